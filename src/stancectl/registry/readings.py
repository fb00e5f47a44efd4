"""What files are called, and what they are read to."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import PurePath
from typing import Any, NamedTuple

from stancectl.model.names import slug
from stancectl.model.vocabulary import Vocabulary
from stancectl.registry.files import EVENTS, VOCABULARY
from stancectl.registry.problems import Problem
from stancectl.registry.shapes import MAX_IDS, CountryFile, EventsFile, FileShape, is_slug

Plain = dict[str, Any]
Known = Mapping[str, Mapping[str, None]]
"""The ids that the vocabulary defines, by kind, in its order."""

KINDS = {"stance": "stances", "precondition": "preconditions", "contribution": "contributions"}
"""The kinds of ids that statements use, and the keys of the vocabulary under which they are defined."""


class Reading(NamedTuple):
    """What a file was read to: its value in regular form, and what is wrong with it.

    Of a broken file the value is what can be made out, if anything; `lost` are the ids in entries that could not be read.
    """

    name: str
    value: Plain | None
    problems: tuple[Problem, ...]
    lost: tuple[str, ...] = ()


def known_ids(vocabulary: object) -> dict[str, dict[str, None]]:
    """The ids that a vocabulary defines, by kind, in order; of a broken one, those that can be made out."""
    if not isinstance(vocabulary, dict):
        return {}
    known = dict[str, dict[str, None]]()
    others = vocabulary.keys() - set(KINDS.values())
    for kind, section in KINDS.items():
        ids = vocabulary.get(section)
        is_optional = kind != "stance" and not get_close_matches(section, others, cutoff=0.75)
        if (isinstance(ids, dict) and len(ids) <= MAX_IDS) or (ids is None and is_optional):
            known[kind] = dict.fromkeys(ids or ())
    return known


@cache
def slug_of(name: str) -> str:
    """The slug of the country whose file is called `name`; of a misnamed file, what is nearest to it."""
    stem = PurePath(name).stem
    return stem if is_named_well(name) else slug(stem)


def shape_of(name: str) -> FileShape | None:
    """What the file of that name holds; None for one that is no part of a registry."""
    if name in (VOCABULARY, EVENTS):
        return Vocabulary if name == VOCABULARY else EventsFile
    return None if name.startswith("_") else CountryFile


def is_named_well(name: str) -> bool:
    """Whether a file's name says what is in it."""
    return name in (VOCABULARY, EVENTS) or (name.endswith(".yaml") and is_slug(PurePath(name).stem))


def statements(value: Plain) -> Iterator[tuple[int, Plain]]:
    """The statements in a file's value, as far as they can be made out, and their places in the file."""
    return ((index, said) for index, said in enumerate(value.get("statements", ())) if said is not None)


def by_reference(values: Mapping[str, Plain]) -> dict[str, tuple[str, int, Plain]]:
    """Every statement by its reference: its file, its index there, and what it says. Left out are those of one reference."""
    found, twice = dict[str, tuple[str, int, Plain]](), set[str]()
    for name, value in values.items():
        for index, said in statements(value):
            reference = f"{slug_of(name)}/{said['id']}"
            if reference in found:
                twice.add(reference)
            found[reference] = (name, index, said)
    return {reference: entry for reference, entry in found.items() if reference not in twice}
