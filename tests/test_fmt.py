"""The canonical form of a registry's files, and `stancectl fmt`, which puts them in it."""

import json
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as some

from building import FOLDER, WORDS, Plain, country_of, dates, ids, kinds, notes, numbered, people, several, statement_lists
from running import stancectl
from shell import REGISTRY, ROOT
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.formatting import formatted
from stancectl.registry.load import load
from stancectl.registry.readings import shape_of
from stancectl.registry.schema import check
from stancectl.registry.strict_yaml import parse

COUNTRY = "turkey.yaml"


def canonical(text: str, name: str = COUNTRY) -> str:
    """A file in canonical form, in which nothing is wrong; a file in that form is left as it is."""
    first = formatted(File(name, name, text.encode()))
    assert first.problems == ()
    again = formatted(File(name, name, first.data))
    assert (again.problems, again.data.decode()) == ((), first.data.decode())
    return first.data.decode()


def values(text: str, name: str = COUNTRY) -> Any:
    """What a file holds in which nothing is wrong."""
    read = parse(File(name, name, text.encode()))
    assert read.problems == []
    return read.value


def a_statement(lines: str) -> str:
    """A file with one statement of these lines, its keys in column 4."""
    return "statements:\n  - " + "    ".join(lines.lstrip(" ").splitlines(keepends=True))


# Order.


ORDERS = {
    "a country": (COUNTRY, "", "country name aliases statements"),
    "a statement": (
        COUNTRY,
        "statements:\n  - ",
        "id date speaker office occasion attribution stance summary quote requires drops offers withdraws rules_out reopens"
        " responds_to sources note",
    ),
    "a requirement": (COUNTRY, "statements:\n  - requires:\n      - ", "condition after note"),
    "an offer": (COUNTRY, "statements:\n  - offers:\n      - ", "kind personnel note"),
    "people": (COUNTRY, "statements:\n  - offers:\n      - personnel:\n          ", "min max"),
    "a source": (COUNTRY, "statements:\n  - sources:\n      - ", "url publisher title date lang archived"),
    "a vocabulary": (VOCABULARY, "", "format topic question synonyms stances preconditions contributions groups"),
    "a stance": (VOCABULARY, "stances:\n  a:\n    ", "label meaning takes_part refuses"),
    "a precondition": (VOCABULARY, "preconditions:\n  a:\n    ", "label meaning question implied_by excludes granted_by"),
    "a contribution": (VOCABULARY, "contributions:\n  a:\n    ", "label meaning"),
    "an event": (EVENTS, "events:\n  - ", "date title sources meets unmeets note"),
    "a source of an event": (EVENTS, "events:\n  - sources:\n      - ", "url publisher title date lang archived"),
    "what nobody knows": ("_other.yaml", "", "zebra country a name"),
    "ids of stances": (VOCABULARY, "stances:\n  ", "zebra a most least"),
    "groups": (VOCABULARY, "groups:\n  ", "zebra a most least"),
}


def with_keys(before: str, keys: list[str]) -> str:
    """A file that begins so, and then has these keys."""
    column = len(before) - before.rfind("\n") - 1
    return before + f"\n{' ' * column}".join(f"{key}: [x]" if key == "max" else f"{key}: x" for key in keys) + "\n"


@pytest.mark.parametrize(("name", "before", "keys"), ORDERS.values(), ids=ORDERS)
def test_keys_stand_in_the_order_of_the_documentation(name: str, before: str, keys: str) -> None:
    expected = keys.split()
    is_free = "zebra" in keys  # then it is the order of the file
    given_keys = expected if is_free else ["unknown", "also", *reversed(expected)]
    shuffled = canonical(with_keys(before, given_keys), name)
    if before.endswith("personnel:\n          "):  # these fit in brackets, and are written so
        assert "personnel:\n          min: x\n          max: [x]\n          unknown: x\n" in shuffled or "personnel: {min: x, max" in shuffled
    else:
        assert shuffled == with_keys(before, expected if is_free else [*expected, "unknown", "also"])
