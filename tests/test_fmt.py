"""The canonical form of a registry's files, and `stancectl fmt`, which puts them in it."""

import json
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from building import FOLDER, numbered, statement_lists
from running import stancectl
from shell import ROOT, run
from stancectl.model.registry import Registry
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.formatting import formatted
from stancectl.registry.load import load
from stancectl.registry.readings import shape_of
from stancectl.registry.schema import check
from stancectl.registry.strict_yaml import parse

COUNTRY = "turkey.yaml"
OTHER = "_other.yaml"
"""A name that no file of a registry has: nothing is known of what is in it."""


def canonical(text: str, name: str = COUNTRY) -> str:
    """A file in canonical form, in which nothing is wrong; a file in that form is left as it is."""
    first = formatted(File(name, name, text.encode()))
    assert first.problems == ()
    assert first.data is not None, "it has no canonical form"
    assert formatted(File(name, name, first.data)) == first
    return first.data.decode()


def value(text: str, name: str = COUNTRY) -> Any:
    """What a file holds in which nothing is wrong."""
    read = parse(File(name, name, text.encode()))
    assert read.problems == []
    return read.value


# Order.


ORDERS = {
    "a country": (COUNTRY, "", "country name aliases statements"),
    "a statement": (
        COUNTRY,
        "statements:\n  - ",
        (
            "id date speaker office occasion attribution stance summary quote "
            "requires drops offers withdraws rules_out reopens responds_to sources note"
        ),
    ),
    "a requirement": (COUNTRY, "statements:\n  - requires:\n      - ", "condition after note"),
    "an offer": (COUNTRY, "statements:\n  - offers:\n      - ", "kind personnel note"),
    "a source": (COUNTRY, "statements:\n  - sources:\n      - ", "url publisher title date lang archived"),
    "a vocabulary": (VOCABULARY, "", "format topic question synonyms stances preconditions contributions groups"),
    "a stance": (VOCABULARY, "stances:\n  a:\n    ", "label meaning takes_part refuses"),
    "a precondition": (VOCABULARY, "preconditions:\n  a:\n    ", "label meaning question implied_by excludes granted_by"),
    "a contribution": (VOCABULARY, "contributions:\n  a:\n    ", "label meaning"),
    "an event": (EVENTS, "events:\n  - ", "date title sources meets unmeets note"),
    "a source of an event": (EVENTS, "events:\n  - sources:\n      - ", "url publisher title date lang archived"),
}


def with_keys(before: str, keys: list[str]) -> str:
    """A file that begins so, and then has these keys."""
    column = len(before) - before.rfind("\n") - 1
    return before + f"\n{' ' * column}".join(f"{key}: x" for key in keys) + "\n"


@pytest.mark.parametrize(("name", "before", "keys"), ORDERS.values(), ids=ORDERS)
def test_keys_stand_in_the_order_of_the_format_and_unknown_ones_behind_them(name: str, before: str, keys: str) -> None:
    shuffled = with_keys(before, ["unknown", "also", *reversed(keys.split())])
    assert canonical(shuffled, name) == with_keys(before, [*keys.split(), "unknown", "also"])


@pytest.mark.parametrize(
    ("name", "before"),
    [
        *((VOCABULARY, f"{section}:\n  ") for section in ("stances", "preconditions", "contributions", "groups")),
        (OTHER, ""),
        (COUNTRY, "unknown:\n  "),
    ],
)
def test_keys_that_the_format_does_not_order_stay_in_theirs(name: str, before: str) -> None:
    text = with_keys(before, ["most", "less", "date", "country", "a"])
    assert canonical(text, name) == text


DATES = {
    "oldest first": ("2025-03-02 2025-03-01 2024-12-31", "2024-12-31 2025-03-01 2025-03-02"),
    "a month by its first day": ("2025-03-02 2025-03 2025-02-28", "2025-02-28 2025-03 2025-03-02"),
    "a year by its first day": ("2025-01-02 2025 2024-12-31", "2024-12-31 2025 2025-01-02"),
    "one day in the order of the file": ("2025-03-01~ 2025-03? 2025-03-01 2025-02", "2025-02 2025-03-01~ 2025-03? 2025-03-01"),
    "a day that is none": ("2025-03-02 2025-02-30 2025-01", "2025-03-02 2025-02-30 2025-01"),
    "no date": ("2025-03-02 soon 2025-01", "2025-03-02 soon 2025-01"),
    "an empty date": ("2025-03-02 none 2025-01", "2025-03-02 none 2025-01"),
    "one statement": ("2025", "2025"),
}


@pytest.mark.parametrize(("given_dates", "expected"), DATES.values(), ids=DATES)
@pytest.mark.parametrize(("name", "key"), [(COUNTRY, "statements"), (EVENTS, "events")])
def test_statements_and_events_stand_in_the_order_of_their_dates(name: str, key: str, given_dates: str, expected: str) -> None:
    text = f"{key}:\n" + "".join(f"  - note: {each}\n    date: {each.removeprefix('none')}\n" for each in given_dates.split())
    assert [each["note"] for each in value(canonical(text, name), name)[key]] == expected.split()


def test_other_lists_keep_their_order() -> None:
    text = "statements:\n  - requires: [b, a]\n    sources:\n      - date: 2025\n      - date: 2024\n"
    assert canonical(text) == text


# Texts.


QUOTING = {
    # Plain, wherever no reader could take it for anything but a text.
    "a word": ("said so", "said so"),
    "quotes within": ('it\'s a "yes"', 'it\'s a "yes"'),
    "signs within": ("a:b c#d [e] {f} g, h - i ? j", "a:b c#d [e] {f} g, h - i ? j"),
    "a backslash within": ("a\\b", "a\\b"),
    "an address": ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
    "other scripts": ("Türkiye 新华社 🎉", "Türkiye 新华社 🎉"),
    "spaces within": ("a  b", "a  b"),
    "an ellipsis": ("... and so on", '"... and so on"'),
    # Double quotes.
    **{
        f"`{text}`": (text, f'"{text}"')
        for text in (
            *("a: b", "a #b", "a:", "# a", "- a", "? a", ": a", "-", "?", "%a", "@a", "`a", "&a", "*a", "!a", "|", ">", "'a'"),
            *("[a", "]a", "{a", "}a", ", a", " a", "a ", "--- a", "=", "<<"),
        )
    },
    "a tab": ("a\tb", '"a\\tb"'),
    "a control character": ("a\x07b", '"a\\x07b"'),
    "what ends a line to some": ("a\x85b\u2028c\u2029d", '"a\\x85b\\u2028c\\u2029d"'),
    "a byte order mark": ("a\ufeffb", '"a\\ufeffb"'),
    # Single quotes, where double ones would have to be escaped.
    "double quotes first": ('"a" b', "'\"a\" b'"),
    "both": ('"a" it\'s', "'\"a\" it''s'"),
    "a backslash": ("a: \\b", "'a: \\b'"),
    "double quotes and a tab": ('"a"\tb\\', '"\\"a\\"\\tb\\\\"'),
}


@pytest.mark.parametrize(("text", "written"), QUOTING.values(), ids=QUOTING)
def test_quotes(text: str, written: str) -> None:
    assert canonical(f"note: {json.dumps(text, ensure_ascii=False)}\n", OTHER) == f"note: {written}\n"


MISREAD = """\
no No NO yes Yes YES on On ON off Off OFF y Y n N true True TRUE false False FALSE null Null NULL ~
1984 0 -1 +1 010 0o17 0x1F 0b1 1_000 1e3 1E3 1e-3 1.5 .5 6. 1.5e+3 .inf -.Inf .NaN 12:30 190:20:30 1:00.5
2025 2025-03-27 2025-03-27T10:00:00Z 2001-12-14t21:59:43.10-05:00
"""
"""Words that YAML 1.1, YAML 1.2 or those who mix them take for a number, a day, a truth value or nothing."""


@pytest.mark.parametrize("text", MISREAD.split())
def test_a_text_that_others_would_misread_is_in_quotes(text: str) -> None:
    for given_text in (text, f"'{text}'", f'"{text}"'):
        assert canonical(f"sources:\n- title: {given_text}\n", OTHER) == f'sources:\n  - title: "{text}"\n'
        assert canonical(f"? {given_text}\n: [{given_text}]\n", OTHER) == f'"{text}": ["{text}"]\n'


@pytest.mark.parametrize("text", ["1.5e3", ".5e3", "-.5", "+.5e1", "1.e3"])
def test_a_text_that_yaml_1_2_would_misread_is_in_quotes(text: str) -> None:
    assert canonical(f"title: {text}\n", OTHER) == f'title: "{text}"\n'


@pytest.mark.parametrize(
    "text", ["noon", "2025-13~", "2025-03", "1e", "0o9", "nil", "1984?", "1,000", "v1.5", "12:61h", "~x", "=x"]
)
def test_a_text_that_nobody_misreads_is_plain(text: str) -> None:
    assert canonical(f"title: '{text}'\n", OTHER) == f"title: {text}\n"


def test_dates_numbers_and_words_of_the_format_are_plain() -> None:
    text = """\
statements:
  - date: '2025'
    attribution: "official"
    offers: [{kind: '1', personnel: "200"}]
    sources: [{url: "https://example.org/", date: "2025-03-27", title: "2025-03-27"}]
"""
    assert (
        canonical(text)
        == """\
statements:
  - date: 2025
    attribution: official
    offers:
      - {kind: "1", personnel: 200}
    sources:
      - {url: "https://example.org/", title: "2025-03-27", date: 2025-03-27}
"""
    )
    assert canonical("format: '1'\nstances: {a: {takes_part: 'true'}}\n", VOCABULARY) == (
        "format: 1\nstances: {a: {takes_part: true}}\n"
    )


def words(count: int, length: int = 9) -> str:
    """A text of so many words, each and its space a column more than this long."""
    return " ".join("w" * length for _ in range(count))


WRAPPED = {
    "it fits": (f"note: {words(11)} abcd\n", f"note: {words(11)} abcd\n"),
    "a column too many": (f"note: {words(11)} abcde\n", f"note: >-\n  {words(11)} abcde\n"),
    "two lines": (f"note: {words(13)}\n", f"note: >-\n  {words(11)}\n  {words(2)}\n"),
    "folded before": (f"note: >-\n  {words(5)}\n  {words(8)}\n", f"note: >-\n  {words(11)}\n  {words(2)}\n"),
    "folded for nothing": ("note: >-\n  a\n  b\n", "note: a b\n"),
    "plain over lines": ("note: a\n  b\n", "note: a b\n"),
    "quoted over lines": (f'note: "{words(6)}\n  {words(7)}"\n', f"note: >-\n  {words(11)}\n  {words(2)}\n"),
    "quotes by their length": (f"note: ': {words(11)}'\n", f'note: ": {words(11)}"\n'),
    "no quotes where folded": (f"note: ': {words(11)} abcd'\n", f"note: >-\n  : {words(11)} abcd\n"),
    "a number in it": (f"note: 1 {words(12)}\n", f"note: >-\n  1 {words(11)}\n  {words(1)}\n"),
    "a deeper one": (f"a:\n  b:\n    c: {words(12)}\n", f"a:\n  b:\n    c: >-\n      {words(11)}\n      {words(1)}\n"),
    "in a list": (f"a:\n  - {words(13)}\n", f"a:\n  - >-\n    {words(11)}\n    {words(2)}\n"),
    "a long word": (f"note: {'w' * 200}\n", f"note: {'w' * 200}\n"),
    "a long word in quotes": (f"note: ':{'w' * 200}'\n", f"note: :{'w' * 200}\n"),
    "a long word among others": (f"note: a {'w' * 200} b c\n", f"note: >-\n  a\n  {'w' * 200}\n  b c\n"),
    "an address": (f"url: https://example.org/{'w-' * 100}\n", f"url: https://example.org/{'w-' * 100}\n"),
    "only at single spaces": (f"note: a  {words(11)}  b c\n", f"note: >-\n  a  {words(11)}  b c\n"),
    "not what a fold would change": (f"note: '{words(12)} '\n", f'note: "{words(12)} "\n'),
    "not with a tab": (f'note: "{words(12)}\\t"\n', f'note: "{words(12)}\\t"\n'),
    "wide characters count once": (f"note: {'漢' * 60} {'字' * 53}\n", f"note: {'漢' * 60} {'字' * 53}\n"),
    # Several paragraphs.
    "a literal": ("note: |\n  a\n   b\n\n  c\n", "note: |\n  a\n   b\n\n  c\n"),
    "a literal without an end": ("note: |-\n  a\n  b\n", "note: |-\n  a\n  b\n"),
    "a literal elsewhere": ("note:   |-\n        a\n        b\n", "note: |-\n  a\n  b\n"),
    "a long literal": (f"note: |\n  {words(30)}\n  b\n", f"note: |\n  {words(30)}\n  b\n"),
    "paragraphs": ("note: >-\n  a\n  b\n\n  c\n", "note: >-\n  a b\n\n  c\n"),
    "paragraphs in quotes": ('note: "a\\nb\\n\\nc\\n"\n', "note: >\n  a\n\n  b\n\n\n  c\n"),
    "long paragraphs": (f"note: >-\n  {words(13)}\n\n  b\n", f"note: >-\n  {words(11)}\n  {words(2)}\n\n  b\n"),
    "lines that no fold can have": ('note: "a\\n b"\n', 'note: "a\\n b"\n'),
    "ends that no fold can have": ("note: |+\n  a\n\nb: c\n", 'note: "a\\n\\n"\n\nb: c\n'),
    "a comment behind a text that fits": (f"note: {words(11)}  # c c c c c\n", f"note: {words(11)}  # c c c c c\n"),
}


@pytest.mark.parametrize(("before", "after"), WRAPPED.values(), ids=WRAPPED)
def test_texts_that_are_long(before: str, after: str) -> None:
    assert canonical(before, OTHER) == after
    assert value(after, OTHER) == value(before, OTHER)


# Lists and mappings.


LISTS = {
    "words in brackets": ("a: [b, c]\n", "a: [b, c]\n"),
    "words a line": ("a:\n- b\n- c\n", "a: [b, c]\n"),
    "spaces in brackets": ("a: [ b ,c,\n  'd' ,]\n", "a: [b, c, d]\n"),
    "quotes in brackets": ("a: ['b, c', '[d', \"e: f\", g:h, i j]\n", 'a: ["b, c", "[d", "e: f", "g:h", i j]\n'),
    "brackets that fit": (f"a: [{', '.join(['w' * 8] * 11)}, abc]\n", f"a: [{', '.join(['w' * 8] * 11)}, abc]\n"),
    "brackets that do not": (
        f"a: [{', '.join(['w' * 8] * 11)}, abcdef]\n",
        "a:\n" + f"  - {'w' * 8}\n" * 11 + "  - abcdef\n",
    ),
    "a text of several lines": ('a: [b, "c\\nd"]\n', "a:\n  - b\n  - >-\n    c\n\n    d\n"),
    "an empty entry": ('a: [b, ""]\n', "a:\n  - b\n  -\n"),
    "none": ("a: [ ]\nb: { }\n", "a: []\nb: {}\n"),
    "lists of lists": ("a: [[b], [c, [d]], []]\n", "a:\n  - [b]\n  - - c\n    - [d]\n  - []\n"),
    "mappings a line": ("a:\n    b: c\n    d:\n        e: f\n", "a:\n  b: c\n  d:\n    e: f\n"),
    "mappings in brackets": ("a: { b: c,'d': [e,f] }\n", "a: {b: c, d: [e, f]}\n"),
    "mappings that do not fit": (f"a: {{b: {words(6)}, c: {words(7)}}}\n", f"a:\n  b: {words(6)}\n  c: {words(7)}\n"),
    "mappings in lists": ("a: [{b: c}, d, {}]\n", "a:\n  - {b: c}\n  - d\n  - {}\n"),
    "a pair in a list": ("a: [b: c]\n", "a:\n  - {b: c}\n"),
    "nothing behind a key in brackets": ("a: {b: , c: d, e}\n", "a:\n  b:\n  c: d\n  e:\n"),
    "hyphens under their key": ("a:\n- b:\n  - c: d\n    e: f\n", "a:\n  - b:\n      - c: d\n        e: f\n"),
    "hyphens far from their entries": ("a:\n  -   b: c\n      d: e\n  -\n     f: g\n", "a:\n  - b: c\n    d: e\n  - f: g\n"),
    "one level in another style": ("{a: [b], c: {d: e}}\n", "a: [b]\nc: {d: e}\n"),
    "odd keys": ("'a b': c\n\"d: e\": f\n? g\n: h\n'#i': j\n", 'a b: c\n"d: e": f\ng: h\n"#i": j\n'),
    "no key": ("'': a\n", '"": a\n'),
    "a list alone": ("[b, {c: d}]\n", "- b\n- {c: d}\n"),
    "a text alone": ("'a'\n", "a\n"),
}


@pytest.mark.parametrize(("before", "after"), LISTS.values(), ids=LISTS)
def test_lists_and_mappings(before: str, after: str) -> None:
    assert canonical(before, OTHER) == after
    assert value(after, OTHER) == value(before, OTHER)


SHORT = {
    "a requirement": ("requires: [{condition: x}]\n", "requires: [x]\n"),
    "requirements": ("requires:\n- condition: x\n- w\n- condition: z\n", "requires: [x, w, z]\n"),
    "one with a note": (
        "requires:\n- {condition: x}\n- note: o\n  condition: w\n",
        "requires:\n  - x\n  - condition: w\n    note: o\n",
    ),
    "one with an empty note": ("requires:\n- condition: x\n  note:\n", "requires:\n  - condition: x\n    note:\n"),
    "one with nothing in it": ("requires:\n- condition:\n", "requires:\n  - condition:\n"),
    "an offer": ("offers:\n- kind: naval\n", "offers: [naval]\n"),
    "a number of people": ("offers:\n- kind: x\n  personnel: {min: 5, max: 5}\n", "offers:\n  - kind: x\n    personnel: 5\n"),
    "from one number to another": (
        "offers:\n- kind: x\n  personnel:\n    max: 6\n    min: '5'\n",
        "offers:\n  - kind: x\n    personnel: {min: 5, max: 6}\n",
    ),
    "from a number on": (
        "offers:\n- kind: x\n  personnel:\n    min: 5\n",
        "offers:\n  - kind: x\n    personnel: {min: 5}\n",
    ),
    "numbers written in two ways": (
        "offers: [{personnel: {max: 05, min: 5}}]\n",
        "offers:\n  - {personnel: {min: 5, max: 05}}\n",
    ),
    "a comment in it": (
        "requires:\n- condition: x  # c\n- {condition: w}\n",
        "requires:\n  - condition: x  # c\n  - w\n",
    ),
    "a comment above it": (
        "requires:\n- x\n# c\n- {condition: w}\n",
        "requires:\n  - x\n  # c\n  - w\n",
    ),
    "elsewhere": ("unknown:\n- kind: x\n- {condition: w}\n", "unknown:\n  - kind: x\n  - {condition: w}\n"),
}


def statement(lines: str) -> str:
    """A file of one statement with these lines, in column 4."""
    return "statements:\n  - " + "    ".join(lines.splitlines(keepends=True))


@pytest.mark.parametrize(("before", "after"), SHORT.values(), ids=SHORT)
def test_short_forms(before: str, after: str) -> None:
    assert canonical(statement(before)) == statement(after)


# Blank lines and comments.

LINES = {
    "one between statements": (
        "statements:\n- id: a\n- id: b\n\n\n- id: c\n",
        "statements:\n  - id: a\n\n  - id: b\n\n  - id: c\n",
    ),
    "none in them": (
        "statements:\n\n- id: a\n\n  date: soon\n\n  requires:\n\n  - condition: b\n\n    note: c\n\n  - d\n",
        "statements:\n  - id: a\n    date: soon\n    requires:\n      - condition: b\n        note: c\n      - d\n",
    ),
    "none around comments in them": (
        "statements:\n- id: a\n\n  # c\n\n  date: soon\n\n  # d\n",
        "statements:\n  - id: a\n    # c\n    date: soon\n    # d\n",
    ),
    "at most one between keys": (
        "\n\ncountry: AA\n\n\n\nname: A\naliases: [b]\n\nstatements: []\n\n\n",
        "country: AA\n\nname: A\naliases: [b]\n\nstatements: []\n",
    ),
}
LINES_ELSEWHERE = {
    "at most one in a vocabulary": (
        "stances:\n\n  a:\n\n    label: A\n\n\n    meaning: b\n  b:\n    label: B\n\n  c:\n    label: C\n",
        "stances:\n  a:\n    label: A\n\n    meaning: b\n  b:\n    label: B\n\n  c:\n    label: C\n",
    ),
    "spaces in them": ("a: b\n   \n  \nc: d\n", "a: b\n\nc: d\n"),
    "not in brackets": ("a: [b,\n\n  c]\nd: {e: f,\n\n  g: h}\n", "a: [b, c]\nd: {e: f, g: h}\n"),
    "between a comment and what it is about": ("a: b\n\n\n# c\n\n\nd: e\n\n\n# f\n", "a: b\n\n# c\n\nd: e\n\n# f\n"),
}


@pytest.mark.parametrize(("before", "after"), LINES.values(), ids=LINES)
def test_blank_lines(before: str, after: str) -> None:
    assert canonical(before) == after


@pytest.mark.parametrize(("before", "after"), LINES_ELSEWHERE.values(), ids=LINES_ELSEWHERE)
def test_blank_lines_elsewhere(before: str, after: str) -> None:
    assert canonical(before, VOCABULARY if "stances" in before else OTHER) == after


COMMENTS = {
    "above a key": ("a: b\n# c\nd: e\n", "a: b\n# c\nd: e\n"),
    "several above a key": ("a: b\n#c\n\n#d  \n#\ne: f\n", "a: b\n#c\n\n#d\n#\ne: f\n"),
    "indented less than its key": ("a:\n    b: c\n# d\n    e: f\n", "a:\n  b: c\n  # d\n  e: f\n"),
    "indented more than its key": ("a:\n  b: c\n      # d\n  e: f\n", "a:\n  b: c\n  # d\n  e: f\n"),
    "beside a text": ("a: b # c\nd:   'e'     #f\n", "a: b  # c\nd: e  #f\n"),
    "beside a text in quotes": ("a: '# b' # c\nd: e#f # g\n", 'a: "# b"  # c\nd: e#f  # g\n'),
    "beside nothing": ("a: # b\nc:\n", "a:  # b\nc:\n"),
    "beside an entry": ("a:\n- b # c\n- d\n", "a:\n  - b  # c\n  - d\n"),
    "behind a key with a block below it": ("a: # b\n- c: d\ne:   # f\n    g: h\n", "a:  # b\n  - c: d\ne:  # f\n  g: h\n"),
    "below a key with a block below it": ("a:\n# b\n- c: d\n", "a:\n  # b\n  - c: d\n"),
    "behind brackets": ("a: [b, c] # d\ne: {f: g} # h\n", "a: [b, c]  # d\ne: {f: g}  # h\n"),
    "behind brackets over lines": ("a: [b,\n  c] # d\n", "a: [b, c]  # d\n"),
    "behind a text over lines": ("a: b\n  c # d\n", "a: b c  # d\n"),
    "at the end of a list": ("a:\n  - b\n  # c\nd: e\n", "a:\n  - b\n  # c\nd: e\n"),
    "at the end of a mapping": (
        "a:\n    b:\n        c: d\n        # e\n    # f\n# g\nh: i\n",
        "a:\n  b:\n    c: d\n    # e\n  # f\n# g\nh: i\n",
    ),
    "at the end of the file": ("a: b\n# c\n\n# d", "a: b\n# c\n\n# d\n"),
    "in an empty list": ("a: [\n  # b\n]\n", "# b\na: []\n"),
    "in brackets": ("a: [b, # c\n  d,\n  # e\n  f\n  # g\n]\n", "a:\n  - b  # c\n  - d\n  # e\n  - f\n  # g\n"),
    "in brackets first": ("a: [ # b\n  c]\n", "a:\n  # b\n  - c\n"),
    "in braces": ("a: {b: c, # d\n  # e\n  f: g}\n", "a:\n  b: c  # d\n  # e\n  f: g\n"),
    "in brackets in brackets": ("a: {b: [c, # d\n  e], f: g}\n", "a:\n  b:\n    - c  # d\n    - e\n  f: g\n"),
    "of one text two": ("a: # b\n  c # d\n", "# d\na: c  # b\n"),
    "nothing but": ("# a\n\n\n# b\n", "# a\n\n# b\n"),
    "with an empty mapping": ("# a\n{}\n# b\n", "# a\n# b\n{}\n"),
    "behind marks of YAML's": ("--- # a\nb: c\n... # d\n", "# a\nb: c\n# d\n"),
    "that look like something": ("a: b #c: 'd\n# - \"e\n#: [f\ng: h\n", "a: b  #c: 'd\n# - \"e\n#: [f\ng: h\n"),
    "behind a fold": ("a: >- # b\n  c\n", "a: c  # b\n"),
    "behind a literal": ("a: | # b\n  c\n  # d\n# e\n", "a: |  # b\n  c\n  # d\n# e\n"),
    "behind what will be a fold": (f"note: {words(13)} # c\n", f"note: >-  # c\n  {words(11)}\n  {words(2)}\n"),
    "behind a hyphen": ("a:\n- b: c\n- # d\n  e: f\n", "a:\n  - b: c\n  # d\n  - e: f\n"),
    "below a hyphen": ("a:\n- b: c\n-\n  # d\n  e: f\n", "a:\n  - b: c\n  # d\n  - e: f\n"),
    "behind a text that ends with a bracket": ("a: b [ # c\nd: e\n", "a: b [  # c\nd: e\n"),
    "behind a key that ends with a bracket": ("a{: # b\n  c: d\n", "a{:  # b\n  c: d\n"),
    "behind a text of dashes": ("a:\n- -- # b\n- c\n", "a:\n  - --  # b\n  - c\n"),
    "with what ends a line to some": ("a: b  # c\u2028d\n", "a: b  # c\u2028d\n"),
    "beside an entry with nothing in it": ("a:\n- ''  # b\n- c\n", "a:\n  -  # b\n  - c\n"),
    "in a list in a list": ("- [ # a\n  b]\n", "# a\n- [b]\n"),
}


@pytest.mark.parametrize(("before", "after"), COMMENTS.values(), ids=COMMENTS)
def test_comments(before: str, after: str) -> None:
    assert canonical(before, OTHER) == after


def test_a_comment_in_a_long_form_that_becomes_short() -> None:
    text = statement("requires:\n- { # c\n    condition: x}\n")
    assert canonical(text) == statement("requires:\n  # c\n  - x\n")


MOVED = {
    "above a statement": (
        "statements:\n- id: b\n  date: 2025\n# about a\n\n# more about a\n- id: a\n  date: 2024\n",
        "statements:\n  # about a\n  # more about a\n  - id: a\n    date: 2024\n\n  - id: b\n    date: 2025\n",
    ),
    "in a statement": (
        "statements:\n- id: b  # 1\n  # 2\n  date: 2025  # 3\n  # 4\n- date: 2024  # 5\n  # 6\n  id: a\n  # 7\n",
        "statements:\n  # 6\n  - id: a\n    date: 2024  # 5\n    # 7\n\n  - id: b  # 1\n    # 2\n    date: 2025  # 3\n    # 4\n",
    ),
    "statements that are commented out": (
        "statements:\n  - id: a\n    date: 2024\n\n  # - id: b\n  #   date: 2025\n\n  - id: c\n    date: 2026\n  # - id: d\n",
        "statements:\n  - id: a\n    date: 2024\n\n  # - id: b\n  #   date: 2025\n  - id: c\n    date: 2026\n  # - id: d\n",
    ),
    "above and beside keys": (
        "# top\nstatements: []  # 1\n# 2\nname: A  # 3\n# 4\n\n# 5\ncountry: AA\n# end\n",
        "# top\n# 4\n\n# 5\ncountry: AA\n# 2\nname: A  # 3\nstatements: []  # 1\n# end\n",
    ),
    "before the first key": (
        "# yaml-language-server: $schema=schema/country.json\n\n# ours\nname: A\ncountry: AA\n",
        "# yaml-language-server: $schema=schema/country.json\n\n# ours\ncountry: AA\nname: A\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), MOVED.values(), ids=MOVED)
def test_comments_go_where_what_they_are_about_goes(before: str, after: str) -> None:
    assert canonical(before) == after


def test_the_blank_line_below_what_stands_before_the_first_key_stays() -> None:
    assert canonical("# top\n\nname: A\ncountry: AA\n") == "# top\n\ncountry: AA\nname: A\n"


# Files at random: every way to write a value, with comments in every place that can have one.


class Written(NamedTuple):
    """A comment that was written, and what begins the entry it stands above or beside; None where it stands behind the last."""

    text: str
    of: str | None


class Scribe:
    """Somebody who writes YAML in any style that comes to mind, never twice the same, with comments here and there."""

    def __init__(self, random: Random, *, comments: float) -> None:
        self._random = random
        self._comments = comments
        self.written: list[Written] = []

    def file(self, root: Any) -> str:
        """A whole file that holds this value."""
        lines = [*self._above(0, None), *["---"] * self._chance(0.1), *self._above(0, None)]
        if root is None or isinstance(root, str):
            lines.append(self._scalar(root, 0, flow=False) or "''")
        elif not root or self._chance(0.05):
            lines += self._flow(root, 1, is_root=True).split("\n")
        else:
            lines += self._block(root, 0, is_root=True)
        text = "\n".join([*lines, *self._above(0, None), ""])
        if self._chance(0.1):
            text = text.rstrip("\n") if values_of(text.rstrip("\n")) == root else text
        if self._chance(0.2):
            text = text.replace("\n", "\r\n")
        return self._chance(0.1) * "\ufeff" + text

    # Pieces.

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _comment(self, of: str | None) -> str:
        form = self._random.choice(
            [
                "# {}",
                "#{}",
                "#   {}: 'x",
                '# "{}',
                "# - id: {}",
                "## [{}, {{ # c",
                "#: | {} >-",
                "#! &{} *b",
                "# {}\u2028x",
            ]
        )
        self.written.append(Written(form.format(f"§{len(self.written)}§"), of))
        return self.written[-1].text

    def _beside(self, of: str | None) -> str:
        return f"{self._random.choice([' ', '  ', '      '])}{self._comment(of)}" if of and self._chance(self._comments) else ""

    def _above(self, column: int, of: str | None) -> list[str]:
        """Blank lines and comments before an entry."""
        lines = []
        while self._chance(0.15):
            lines.append(self._random.choice(["", "", " "]))
        while self._chance(self._comments):
            lines += [f"{' ' * column}{self._comment(of)}", *[""] * self._chance(0.2)]
        return lines

    def _block(self, value: Any, column: int, *, is_root: bool = False) -> list[str]:
        """A list or a mapping, an entry a line or more, all in one column; the first line begins there."""
        lines = []
        for number, (key, child) in enumerate(entries(value)):
            of = None if is_root and not number else begins(key)
            lines += self._above(column, of) if number or is_root else []
            lines += self._entry(key, child, column, begins(key))
        return lines + [f"{' ' * column}{self._comment(None)}" for _ in range(2) if self._chance(self._comments)]

    def _entry(self, key: str | None, child: Any, column: int, of: str | None) -> list[str]:
        start = " " * column + ("-" if key is None else f"{self._key(key)}{self._random.choice(['', '', '', ' '])}:")
        if child is None or isinstance(child, str):
            text = self._scalar(child, column, flow=False)
            first, *rest = text.split("\n")
            if text and key is not None and self._chance(0.05) and first[0] not in "|>":
                return [f"{start}{self._beside(of)}", f"{' ' * (column + 2)}{text}{self._beside(of)}"]
            if not rest:
                return [f"{start}{' ' * bool(text)}{text}{self._beside(of)}"]
            if first[0] in "|>":
                return [f"{start} {first}{self._beside(of)}", *rest]
            return [f"{start} {first}", *rest[:-1], rest[-1] + self._beside(of)]
        if not child or self._chance(0.25):
            return f"{start} {self._flow(child, column + 1, in_list=key is None)}{self._beside(of)}".split("\n")
        if key is None and self._chance(0.7):  # behind the hyphen
            space = self._random.choice([1, 1, 1, 2, 3])
            first, *rest = self._block(child, column + 1 + space)
            return [f"{start}{' ' * space}{first.lstrip(' ')}", *rest]
        is_flush = key is not None and isinstance(child, list) and self._chance(0.4)
        inner = column + (0 if is_flush else self._random.choice([1, 2, 2, 3, 4, 7]))
        if key is None:  # a comment behind a hyphen is above what follows
            return [start, *self._above(inner, of), *self._block(child, inner)]
        return [f"{start}{self._beside(of)}", *self._above(inner, begins(next(entries(child))[0])), *self._block(child, inner)]

    def _flow(self, value: Any, column: int, *, is_root: bool = False, in_list: bool = False) -> str:
        """A list or a mapping in brackets, on a line or on several, those but the first from this column on."""
        open, close = "[]" if isinstance(value, list) else "{}"
        is_wide = self._chance(0.3)

        def gap(of: str | None, before: str = "") -> str:
            """What stands behind a bracket or a comma."""
            if not is_wide or not self._chance(0.6):
                return self._random.choice(["", " ", "  "]) if before != "," else self._random.choice([" ", "  "])
            return "\n".join(["", *self._above(column, of), " " * column])

        told = open
        for number, (key, child) in enumerate(entries(value)):
            of = begins(None if in_list and not number else key)  # behind a hyphen's bracket: about what the hyphen begins
            told += gap(None if is_root and not number else of, "," if number else "")
            told += "" if key is None else f"{self._key(key)}: "
            if child is None or isinstance(child, str):
                told += self._scalar(child, column, flow=True) or ("''" if key is None else "")
            else:
                told += self._flow(child, column, in_list=key is None)
            if number < len(value) - 1 or self._chance(0.1):
                told += ","
                if is_wide and (beside := self._beside(begins(key))):
                    told += f"{beside}\n{' ' * column}"
        return told + gap(None) + close

    def _key(self, key: str) -> str:
        plain = re.fullmatch(r"\w([\w -]*\w)?", key) is not None
        if "'" not in key and key.isprintable() and self._chance(0.1):
            return f"'{key}'"
        return key if plain and self._chance(0.9) else double(key, self._random)

    def _scalar(self, text: str | None, column: int, *, flow: bool) -> str:
        """A text in one of the ways that mean the same."""
        if text is None or not text.strip():
            return self._random.choice(["", "", "''", '""', double(text or " ", self._random)])
        end = "\n" + " " * (column + self._random.choice([1, 2, 4]))
        folded = re.sub("(?<=[^ ]) (?=[^ ])", lambda _: end if self._chance(0.2) else " ", text)
        lines, chomp = text.removesuffix("\n"), "" if text.endswith("\n") else "-"
        tried = [text, text, text, folded, single(text), single(folded)]
        if not flow:
            paragraphs = folded.removesuffix("\n").replace(end, "\0").replace("\n", "\n\n").replace("\0", "\n")
            tried += [f"{mark}{chomp}{end}{body.replace(chr(10), end)}" for mark, body in (("|", lines), (">", paragraphs))]
        chosen = self._random.choice(tried)
        before, after = ("[", " ]") if flow else ("- ", "\n# x")
        fits = not UNPRINTABLE.search(text) and all(
            values_of(f"{before}{chosen}{each}{after}") == [text] for each in ("", " # c")[: 1 + (chosen[0] not in "|>")]
        )
        return chosen if fits else double(text, self._random)


UNPRINTABLE = re.compile("[^\t\n -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffef]")


def values_of(text: str) -> Any:
    read = parse(File(OTHER, OTHER, text.encode()))
    return Ellipsis if read.problems else read.value


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def double(text: str, random: Random) -> str:
    """A text in double quotes, with more escapes than it needs."""
    escaped = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
    written = ""
    for letter in text:
        if letter in escaped:
            written += escaped[letter]
        elif not letter.isprintable() or random.random() < 0.02:
            written += f"\\U{ord(letter):08x}"
        else:
            written += letter
    return f'"{written}"'


def entries(value: Any) -> Any:
    """The entries of a list, each with no key, or of a mapping."""
    return iter(value.items()) if isinstance(value, dict) else ((None, each) for each in value)


def begins(key: str | None) -> str:
    return "- " if key is None else f"{key}:"


# What a file says, however it is put.

SPELLED_OUT = {
    ("statements", "*", "requires", "*"): ("condition",),
    ("statements", "*", "offers", "*"): ("kind",),
    ("statements", "*", "offers", "*", "personnel"): ("min", "max"),
}


def meant(value: Any, name: str, path: tuple[str, ...] = ()) -> Any:
    """A value with short forms spelled out, without what is empty, and with what is dated in the order of its dates."""
    if isinstance(value, dict):
        told = {key: meant(each, name, (*path, key)) for key, each in value.items()}
        return {key: each for key, each in told.items() if each is not None}
    if isinstance(value, list):
        entries = [meant(each, name, (*path, "*")) for each in value]
        is_dated = path == {COUNTRY: ("statements",), EVENTS: ("events",)}.get(name)
        return by_date(entries) if is_dated else entries
    if value is None or not value.strip():
        return None
    keys = SPELLED_OUT.get(path) if name == COUNTRY else None
    return dict.fromkeys(keys, value) if keys else value


def by_date(entries: list[Any]) -> list[Any]:
    """The entries in the order of their dates; in their own if one has none."""
    days = [first_day(each.get("date") if isinstance(each, dict) else None) for each in entries]
    return [each for _, each in sorted(zip(days, entries, strict=True), key=lambda pair: pair[0])] if all(days) else entries


def first_day(text: Any) -> str:
    """The first day of a date as a text; nothing where it is none."""
    found = re.fullmatch(r"(\d{4})(-\d\d)?(-\d\d)?[?~]?", text) if isinstance(text, str) and text.isascii() else None
    day = found and "".join((found[1], found[2] or "-01", found[3] or "-01"))
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        return ""


# The properties.


def written_anyhow(root: Any, name: str, random: Random, density: float) -> tuple[str, str]:
    """A file with this value in any style, and its canonical form: that means the same and has the same comments."""
    scribe = Scribe(random, comments=density)
    text = scribe.file(root)
    assert meant(value(text, name), name) == meant(root, name)  # else it miswrote
    result = canonical(text, name)
    assert meant(value(result, name), name) == meant(root, name)
    check_comments(result, scribe.written)
    assert result.count("\r") == ("\r" in text) * result.count("\n") == result.count("\r\n")
    assert all(line == line.rstrip(" \t\r") for line in result.split("\r\n" if "\r" in text else "\n")) or "|" in result
    return text, result


def check_comments(text: str, written: list[Written]) -> None:
    """Every comment stands in the file once, above or beside what it is about."""
    lines = text.replace("\r\n", "\n").split("\n")
    assert len(re.findall("§[0-9]+§", text)) == len(written)
    for comment in written:
        (number,) = [number for number, line in enumerate(lines) if comment.text in line]
        assert lines[number].endswith(comment.text)
        before = lines[number].removesuffix(comment.text)
        assert not before or before.endswith(" ")
        while not before.strip() and comment.of is not None:
            number += 1
            before = lines[number] if not lines[number].lstrip().startswith("#") else ""
        if comment.of is not None:
            assert re.match(f" *(- +)*?{begins_as(comment.of)}", before)


def begins_as(begun: str) -> str:
    """An expression for how an entry begins that begins so in some style."""
    if begun == "- ":
        return "- ?"
    key = begun.removesuffix(":")
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    ways = (key, f'"{escaped}"', single(key))
    return f"({'|'.join(map(re.escape, ways))}):" if key.isprintable() else '"'


AWKWARD = [
    *(
        "no",
        "NO",
        "~",
        "null",
        "1e3",
        "12:30",
        "2025",
        "2025-03",
        "- x",
        "? x",
        "%x",
        "@x",
        "`x",
        "a: b",
        "a #b",
        "a:",
        "#",
        "-",
        "?",
        ":",
    ),
    *(
        "x [",
        "{",
        "]",
        "a, b",
        "it's",
        'say "yes"',
        "'",
        '"',
        "\\",
        "a\\n",
        "\\x41",
        "---",
        "...",
        "--- a",
        "|",
        ">-",
        "<<",
        "=",
        "!a",
        "&a",
        "*a",
    ),
    *(
        " a",
        "a ",
        "a  b",
        "\ta",
        "a\tb",
        "a\n",
        "a\nb",
        "a\n\nb\n",
        " a\nb",
        "a\n b",
        "a \nb",
        "\na",
        "a\n\n",
        "a\u2028b",
        "\x85",
        "a\ufeffb",
        "\xa0",
    ),
    *("Türkiye", "新华社", "🎉 👩‍👩‍👧", "e\u0301", "\u202ea", "\x07", "\x7f", "\U0010ffff", "", " "),
    *("word " * 40, "w" * 150, f"https://example.org/{'a-' * 80}", f"a {'b' * 130} c", f"{'x: ' * 50}\n{'y # ' * 50}", "# §"),
]
letters = some.sampled_from([*"abcxyz012:#-?'\"[]{},&*!|>%@`\\/. \n\té漢🎉\u2028", " ", " ", "a", "b"])
texts = some.one_of(
    some.sampled_from(AWKWARD).filter(lambda text: "§" not in text),
    some.text(letters, max_size=30),
    some.lists(some.sampled_from(["of", "the", "government", "it:", "#1", "a  b", "no"]), max_size=45).map(" ".join),
)
said = texts.filter(str.strip)
keys = some.one_of(
    some.sampled_from(
        ["id", "date", "title", "note", "no", "1", "a b", "x: y", "#", "", "- a", "ü", "statements", "sources", "requires"]
    ),
    some.text(letters, max_size=5),
)


def containers(inner: Any) -> Any:
    """Lists and mappings of these; no list of lists, which no registry has a use for."""
    return some.one_of(
        some.lists(inner.filter(lambda each: not isinstance(each, list)), max_size=4), some.dictionaries(keys, inner, max_size=4)
    )


anything = some.recursive(some.one_of(texts, some.none()), containers, max_leaves=12)


def mostly(strategy: Any) -> Any:
    """Values of a strategy, and sometimes anything."""
    return some.one_of(strategy, strategy, strategy, strategy, anything)


listed = some.lists(some.sampled_from(["naval", "air", "no", "a b", "x" * 30]), max_size=5)
some_dates = some.sampled_from(
    ["2025", "2025-03", "2025-03-01", "2025-03-01~", "2025-03-02?", "2024-12-31", "soon", "2025-02-30"]
)
some_people = some.one_of(
    some.sampled_from(["5", "200"]), some.dictionaries(some.sampled_from(["min", "max"]), some.sampled_from(["5", "6", "05", ""]))
)
short = some.one_of(
    some.sampled_from(["naval", "no", ""]),
    some.fixed_dictionaries(
        {}, optional={"condition": said, "kind": said, "note": texts, "after": listed, "personnel": some_people}
    ),
)
loose_sources = some.lists(
    some.fixed_dictionaries({}, optional={"url": texts, "title": texts, "date": some_dates, "x": texts}), max_size=2
)
loose_statements = some.fixed_dictionaries(
    {},
    optional={
        "date": mostly(some_dates),
        "id": texts,
        "note": mostly(texts),
        "summary": texts,
        "sources": mostly(loose_sources),
        "requires": mostly(some.lists(short, max_size=3)),
        "offers": mostly(some.lists(short, max_size=3)),
        "drops": listed,
        "unknown": anything,
    },
)
HIDDEN = re.compile("[\x85\u2028\u2029]")
LOOSE = {
    COUNTRY: some.fixed_dictionaries(
        {"statements": mostly(some.lists(mostly(loose_statements), max_size=4))},
        optional={"name": texts, "country": texts, "aliases": listed, "unknown": anything},
    ),
    EVENTS: some.fixed_dictionaries({"events": mostly(some.lists(loose_statements, max_size=3))}, optional={"unknown": anything}),
    VOCABULARY: some.fixed_dictionaries(
        {},
        optional={
            "format": some.just("1"),
            "topic": texts,
            "synonyms": listed,
            "groups": some.dictionaries(keys, listed, max_size=3),
            "stances": some.dictionaries(
                keys, some.fixed_dictionaries({}, optional={"label": texts, "meaning": texts, "takes_part": texts}), max_size=3
            ),
        },
    ),
    OTHER: anything.filter(lambda each: not (isinstance(each, str) and HIDDEN.search(each))),
}
styles = some.integers(0, 2**32).map(Random)
DENSITIES = [0, 0.1, 0.3]


def shuffled(value: Any, random: Random) -> Any:
    """The value with the keys of all mappings in another order."""
    if isinstance(value, list):
        return [shuffled(each, random) for each in value]
    if isinstance(value, dict):
        return {key: shuffled(value[key], random) for key in random.sample([*value], len(value))}
    return value


@pytest.mark.parametrize("name", LOOSE)
@settings(max_examples=60, deadline=None)
@given(some.data(), styles, some.sampled_from(DENSITIES))
def test_any_file_means_the_same_and_keeps_its_comments(name: str, data: some.DataObject, random: Random, density: float) -> None:
    """Be it valid or not: whatever can be read."""
    written_anyhow(shuffled(data.draw(LOOSE[name]), random), name, random, density)


full_statements = some.fixed_dictionaries(
    {
        "speaker": said,
        "summary": said,
        "sources": some.lists(
            some.builds(
                lambda number, more: {"url": f"https://example.org/{number}", **more},
                some.integers(1, 99),
                some.fixed_dictionaries(
                    {}, optional={"title": texts, "publisher": said, "date": some.sampled_from(["2025", "2025-03-01~"])}
                ),
            ),
            min_size=1,
            max_size=2,
        ),
    },
    optional={"office": texts, "quote": said, "note": texts, "responds_to": some.just(["land/1"])},
)


def as_text(said: Any) -> Any:
    """A statement as it is written: numbers too are texts."""
    if isinstance(said, dict):
        return {key: as_text(each) for key, each in said.items()}
    return [*map(as_text, said)] if isinstance(said, list) else str(said)


sound_statements = some.builds(
    lambda moves, rests: numbered([rest | as_text(move) for move, rest in zip(moves, rests, strict=False)]),
    statement_lists.filter(bool),
    some.lists(full_statements, min_size=1, max_size=9),
)
sound_events = some.fixed_dictionaries(
    {"date": some.sampled_from(["2025", "2025-03", "2025-03-01~"]), "title": said},
    optional={"note": texts, "meets": some.just(["ceasefire"])},
)
sound_stances = some.fixed_dictionaries(
    {"label": said}, optional={"meaning": texts, "takes_part": some.sampled_from(["true", "false"])}
)
slugs = some.sampled_from(["no", "1", "willing", "2025", "a-b", "y", "undecided"])
SOUND = {
    COUNTRY: some.fixed_dictionaries(
        {"country": some.sampled_from(["NO", "TR"]), "name": said, "statements": sound_statements},
        optional={"aliases": some.lists(said, max_size=3)},
    ),
    EVENTS: some.fixed_dictionaries({"events": some.lists(sound_events, max_size=4)}),
    VOCABULARY: some.fixed_dictionaries(
        {"format": some.just("1"), "topic": said, "stances": some.dictionaries(slugs, sound_stances, min_size=1)},
        optional={"question": texts, "groups": some.dictionaries(slugs, some.lists(some.sampled_from(["NO", "TR"])))},
    ),
}


def regular(text: str, name: str) -> Any:
    """What the reader makes of a sound file, with what is dated in the order of its dates."""
    document, shape = parse(File(name, name, text.encode())), shape_of(name)
    assert shape is not None
    told = check(document, shape, {})
    assert document.problems == []
    return {key: by_date(each) if key in ("statements", "events") else each for key, each in told.items()}


@pytest.mark.parametrize("name", SOUND)
@settings(max_examples=60, deadline=None)
@given(some.data(), styles, some.sampled_from(DENSITIES))
def test_a_sound_file_is_read_to_the_same(name: str, data: some.DataObject, random: Random, density: float) -> None:
    before, after = written_anyhow(shuffled(data.draw(SOUND[name]), random), name, random, density)
    assert regular(after, name) == regular(before, name)
    if name == VOCABULARY:
        assert [*value(after)["stances"]] == [*value(before)["stances"]]


# Damaged files.


SHIPPED = sorted(FOLDER.glob("*.yaml"))
PIECES = [
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "  ",
        "\n  ",
        "\n    ",
        "\t",
        ":",
        ": ",
        "- ",
        "-",
        "\n- ",
        "#",
        " # c\n",
        "'",
        '"',
        "''",
        "\\",
        "\\n",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        ", ",
        ">-\n",
        "|\n  ",
        "|+\n",
        "? ",
        "~",
        "null",
        "é",
        "🎉",
        "\ufeff",
        "\xa0",
        "\x07",
        "---\n",
        "...\n",
        "a: b\n",
        "date: 2020\n",
    ),
]


@cache
def small_files() -> list[tuple[str, str]]:
    """The name and the text of each short file."""
    return [(path.name, text) for path in SHIPPED if len(text := path.read_text(encoding="utf-8")) < 5000]


@settings(max_examples=80, deadline=None)
@given(some.data())
def test_a_damaged_file_is_left_alone_or_means_the_same(data: some.DataObject) -> None:
    name, text = data.draw(some.sampled_from(small_files()))
    for _ in range(data.draw(some.integers(1, 3))):
        lines = text.splitlines(keepends=True)
        begin = data.draw(some.integers(0, len(text)))
        end = min(len(text), begin + data.draw(some.integers(0, 20)))
        line = data.draw(some.integers(0, len(lines) - 1)) if lines else 0
        text = data.draw(
            some.sampled_from(
                [
                    text[:begin] + text[end:],
                    text[:end] + text[begin:],
                    text[:begin] + data.draw(some.sampled_from(PIECES)) + text[begin:],
                    "".join([*lines[:line], *lines[line + 1 :]]),
                    "".join([*lines[: line + 1], *lines[line:]]),
                ]
            )
        )
    left_alone_or_the_same(text, name)


def left_alone_or_the_same(text: str, name: str) -> None:
    result = formatted(File(name, name, text.encode()))
    before = parse(File(name, name, text.encode()))
    assert list(result.problems) == before.problems
    assert (result.data is None) == bool(before.problems)
    if result.data is not None:
        after = canonical(text, name)
        kind = name if name in (VOCABULARY, EVENTS) else COUNTRY
        assert meant(value(after, name), kind) == meant(before.value, kind)
        assert after.count("#") >= len(re.findall(r"^ *#", text, re.MULTILINE)) or any(mark in text for mark in "'\"|>")


# The registry that is shipped.


def test_the_shipped_registry_means_the_same_in_canonical_form(tmp_path: Path) -> None:
    copy = tmp_path / "positions"
    copy.mkdir()
    for path in SHIPPED:
        (copy / path.name).write_text(canonical(path.read_text(encoding="utf-8"), path.name), encoding="utf-8")
    before, after = load(FOLDER, cache=False), load(copy, cache=False)
    assert everything(after) == everything(before)


def everything(registry: Registry) -> list[Any]:
    countries = [(*country[:4], tuple(country.statements)) for country in registry.countries.values()]
    return [registry.vocabulary, [*registry.vocabulary.stances], registry.events, dict(registry.names), countries]


def test_the_shipped_registry_is_in_canonical_form() -> None:
    said = stancectl("fmt", "--check", "--registry", FOLDER, cwd=ROOT)
    assert (said.stdout, said.returncode) == ("", 0)


# The command.


TIDY = {
    "_registry.yaml": """\
format: 1
topic: A force
stances:
  willing: {label: Willing}
""",
    "land.yaml": """\
# Land
country: LA
name: Land
statements:
  - id: first
    date: 2025
    speaker: The ministry
    summary: In short.
    sources:
      - url: https://example.org/1
        title: "No: not yet"  # said twice
""",
    "isle.yaml": """\
country: IS
name: Isle
statements:
  - id: first
    date: 2025
    speaker: The ministry
    summary: In short.
    sources:
      - url: https://example.org/1
""",
}
UNTIDY = {
    "land.yaml": """\
# Land
name: Land
country: "LA"
statements:
- summary: In
    short.
  id: first
  speaker:   The ministry
  date: '2025'
  sources:
  - {title: 'No: not yet', # said twice
     url: "https://example.org/1"}
""",
    "isle.yaml": TIDY["isle.yaml"].replace("country: IS\nname: Isle\n", "name: Isle\ncountry: IS\n"),
}
BROKEN = "country: BR\nname: Broken\nname: Again\n"


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A registry that is untidy but for its vocabulary."""
    folder = tmp_path / "registry"
    folder.mkdir()
    for name, text in (TIDY | UNTIDY).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def texts_of(folder: Path) -> dict[str, str]:
    """What is in each file of a folder, the hidden ones too."""
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


def test_every_file_that_is_not_in_canonical_form_is_written_and_named(registry: Path) -> None:
    said = stancectl("fmt", cwd=registry)
    assert (said.stdout, said.stderr, said.returncode) == ("isle.yaml\nland.yaml\n", "stancectl: 2 of 3 files changed\n", 0)
    assert texts_of(registry) == TIDY
    times = {path: path.stat().st_mtime_ns for path in registry.iterdir()}
    again = stancectl("fmt", cwd=registry)
    assert (again.stdout, again.stderr, again.returncode) == ("", "stancectl: 0 of 3 files changed\n", 0)
    assert {path: path.stat().st_mtime_ns for path in registry.iterdir()} == times


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("registry/land.yaml", {"land.yaml"}),
        ("registry/land.yaml registry/land.yaml", {"land.yaml"}),
        ("registry/_registry.yaml", set()),
        ("registry/isle.yaml registry/land.yaml", {"isle.yaml", "land.yaml"}),
        ("registry", {"isle.yaml", "land.yaml"}),
        ("registry registry/land.yaml", {"isle.yaml", "land.yaml"}),
        (".", {"isle.yaml", "land.yaml"}),
        ("--registry registry", {"isle.yaml", "land.yaml"}),
    ],
)
def test_files_and_folders_can_be_named(registry: Path, words: str, changed: set[str]) -> None:
    said = stancectl("fmt", *words.split(), cwd=registry if words == "." else registry.parent)
    assert (sorted(Path(line).name for line in said.stdout.splitlines()), said.returncode) == (sorted(changed), 0)
    assert texts_of(registry) == TIDY | {name: text for name, text in UNTIDY.items() if name not in changed}


def test_two_registries_can_be_named(registry: Path) -> None:
    other = shutil.copytree(registry, registry.parent / "other")
    said = stancectl("fmt", "registry/land.yaml", "other", cwd=registry.parent)
    assert (said.stdout, said.returncode) == ("registry/land.yaml\nother/isle.yaml\nother/land.yaml\n", 0)
    assert (texts_of(registry), texts_of(other)) == (TIDY | {"isle.yaml": UNTIDY["isle.yaml"]}, TIDY)


def test_check_writes_nothing_and_names_the_files(registry: Path) -> None:
    said = stancectl("fmt", "--check", cwd=registry)
    assert (said.stdout, said.returncode) == ("isle.yaml\nland.yaml\n", 1)
    assert said.stderr == "stancectl: 2 of 3 files not in canonical form; `stancectl fmt` puts them in it\n"
    assert texts_of(registry) == TIDY | UNTIDY
    stancectl("fmt", cwd=registry)
    again = stancectl("fmt", "--check", cwd=registry)
    assert (again.stdout, again.returncode) == ("", 0)


@pytest.mark.parametrize(("words", "code"), [("--diff", 0), ("--check --diff", 1)])
def test_a_diff_shows_what_would_change_and_writes_nothing(registry: Path, words: str, code: int) -> None:
    said = stancectl("fmt", *words.split(), cwd=registry)
    assert (said.returncode, texts_of(registry)) == (code, TIDY | UNTIDY)
    assert said.stdout.startswith("--- a/isle.yaml\n+++ b/isle.yaml\n@@ -1,5 +1,5 @@\n+country: IS\n name: Isle\n-country: IS\n")
    assert "_registry" not in said.stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="git is missing")
@pytest.mark.parametrize(
    "change",
    [
        str,
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: text.rstrip("\n"), id="no end"),
    ],
)
def test_a_diff_can_be_applied(registry: Path, change: Callable[[str], str]) -> None:
    for name, text in UNTIDY.items():
        (registry / name).write_bytes(change(text).encode())
    patch = stancectl("fmt", "--diff", cwd=registry).stdout
    subprocess.run(["git", "apply", "--unidiff-zero", "-"], input=patch.encode(), cwd=registry, check=True)
    patched = texts_of(registry)
    assert stancectl("fmt", cwd=registry).stdout == ""
    assert texts_of(registry) == patched


@pytest.mark.parametrize("words", ["", "--check", "--diff", "land.yaml broken.yaml", "."])
def test_where_a_file_is_broken_nothing_is_written(registry: Path, words: str) -> None:
    (registry / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    said = stancectl("fmt", *words.split(), cwd=registry)
    assert (said.stdout, said.returncode) == ("", 2)
    assert said.stderr.startswith("broken.yaml:3:1: error[duplicate-key]: ")
    assert "\n3 | name: Again\n  | ^^^^\n  = help: " in said.stderr
    assert "\nstancectl: error[invalid-registry]: 1 problem in 1 file; nothing was written\n" in said.stderr
    assert texts_of(registry) == TIDY | UNTIDY | {"broken.yaml": BROKEN}


def test_a_broken_file_that_is_not_named_does_no_harm(registry: Path) -> None:
    (registry / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    said = stancectl("fmt", "land.yaml", cwd=registry)
    assert (said.stdout, said.returncode) == ("land.yaml\n", 0)


def test_a_file_that_no_registry_could_be_made_of_is_formatted_all_the_same(registry: Path) -> None:
    (registry / "odd.yaml").write_text("nobody: 'knows'\nname: 1\n", encoding="utf-8")
    said = stancectl("fmt", "odd.yaml", cwd=registry)
    assert (said.returncode, (registry / "odd.yaml").read_text(encoding="utf-8")) == (0, 'name: "1"\nnobody: knows\n')


def test_a_link_stays_a_link(registry: Path) -> None:
    kept = registry.parent / "kept.yaml"
    (registry / "land.yaml").rename(kept)
    (registry / "land.yaml").symlink_to(kept)
    said = stancectl("fmt", "land.yaml", cwd=registry)
    assert (said.stdout, said.returncode) == ("land.yaml\n", 0)
    assert (registry / "land.yaml").readlink() == kept
    assert kept.read_text(encoding="utf-8") == TIDY["land.yaml"]
    assert {path.name for path in registry.parent.iterdir()} == {"kept.yaml", "registry"}


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o640, 0o664, 0o755])
def test_permissions_are_kept(registry: Path, mode: int) -> None:
    (registry / "land.yaml").chmod(mode)
    assert stancectl("fmt", cwd=registry).returncode == 0
    assert stat.S_IMODE((registry / "land.yaml").stat().st_mode) == mode


def an_error(said: subprocess.CompletedProcess[str], start: str) -> bool:
    """Whether that one error is all that was said."""
    return (said.stdout, said.returncode, said.stderr.count("\n")) == ("", 2, 1) and said.stderr.startswith(f"stancectl: {start}")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("nowhere.yaml", "error[no-registry]: there is no file nowhere.yaml; "),
        ("land.yaml nowhere.yaml", "error[no-registry]: there is no file nowhere.yaml; "),
        ("nowhere", "error[no-registry]: there is no folder nowhere; "),
        ("--registry nowhere", "error[no-registry]: there is no folder nowhere; "),
        ("--registry . land.yaml", "error[usage]: --registry and PATH name the registry twice; "),
        ("notes.txt", "error[no-registry]: "),
        ("../beside.yaml", "error[no-registry]: ../beside.yaml is no file of a registry; "),
    ],
)
def test_a_path_that_leads_to_nothing_is_an_error(registry: Path, words: str, error: str) -> None:
    (registry.parent / "beside.yaml").write_text("b: 1\na: 2\n", encoding="utf-8")
    said = stancectl("fmt", *words.split(), cwd=registry)
    assert an_error(said, error), said
    assert texts_of(registry) == TIDY | UNTIDY


def test_a_link_to_nowhere_is_an_error(registry: Path) -> None:
    (registry / "gone.yaml").symlink_to("nowhere.yaml")
    said = stancectl("fmt", cwd=registry)
    assert (said.stdout, said.returncode) == ("", 2)
    assert said.stderr.startswith("gone.yaml:1:1: error[unreadable-file]: ")
    assert {name: (registry / name).read_text(encoding="utf-8") for name in UNTIDY} == UNTIDY


READ_ONLY = 'mount --bind . . && mount -o remount,ro,bind . . && cd "$PWD"'
UNSHARE = "unshare --map-root-user --mount sh -c"


@cache
def may_mount() -> bool:
    return run(f"cd {FOLDER} && {UNSHARE} '{READ_ONLY}'").code == 0


@pytest.mark.skipif(not may_mount(), reason="no file system may be mounted here")
def test_what_may_not_be_written_is_an_error(registry: Path) -> None:
    said = run(f"{UNSHARE} '{READ_ONLY} && stancectl fmt'", cwd=registry)
    assert (said.stdout, said.code, said.stderr.count("\n")) == ("", 2, 1)
    assert said.stderr.startswith("stancectl: error[output]: cannot write isle.yaml: ")
    assert said.stderr.endswith("; nothing was changed\n")
    assert texts_of(registry) == TIDY | UNTIDY


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize(("name", "mode"), [("land.yaml", 0o444), (".", 0o555)])
def test_a_file_or_folder_that_is_read_only_stays_as_it_is(registry: Path, name: str, mode: int) -> None:
    (registry / name).chmod(mode)
    said = stancectl("fmt", cwd=registry)
    registry.chmod(0o755)
    assert an_error(said, "error[output]: cannot write "), said
    assert texts_of(registry) == TIDY | UNTIDY


def test_without_a_registry_here_nothing_is_written(tmp_path: Path) -> None:
    """Unlike the commands that read, it does not take the one that is shipped."""
    before = {path: path.stat().st_mtime_ns for path in FOLDER.iterdir()}
    for words in ([], ["--check"], ["--diff"]):
        assert an_error(stancectl("fmt", *words, cwd=tmp_path), "error[no-registry]: there is no registry here; ")
    assert {path: path.stat().st_mtime_ns for path in FOLDER.iterdir()} == before
    assert list(tmp_path.iterdir()) == []


# Line ends, and what stands before the first.


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("b: 'c'\r\n\r\n\r\nd: |\r\n  e\r\n  f\r\n", "b: c\r\n\r\nd: |\r\n  e\r\n  f\r\n"),
        ("a: b  # c\r\nd: [e, # f\r\n  g]", "a: b  # c\r\nd:\r\n  - e  # f\r\n  - g\r\n"),
        ("a: b\r\nc: d\n", "a: b\r\nc: d\r\n"),
        ("a: b\rc: 'd'\r", "a: b\nc: d\n"),
        ("a: b", "a: b\n"),
        ("a: b\n\n\n", "a: b\n"),
        ("\ufeffa: b\n", "a: b\n"),
        ("\ufeff# a\r\nb: c\r\n", "# a\r\nb: c\r\n"),
    ],
)
def test_line_ends_stay_and_a_byte_order_mark_goes(before: str, after: str) -> None:
    assert canonical(before, OTHER) == after


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_nothing_stays_nothing(text: str) -> None:
    assert formatted(File(COUNTRY, COUNTRY, text.encode())).data == b""


@pytest.mark.parametrize(
    "text", ["a: [", "a: b\na: c\n", "&a b: c\n", "a: !t b\n", "a: b\n---\nc: d\n", "a: \x07\n", "a: \udc80\n"]
)
def test_a_file_with_mistakes_has_no_canonical_form(text: str) -> None:
    file = File(COUNTRY, COUNTRY, text.encode(errors="surrogateescape"))
    assert formatted(file) == (None, tuple(parse(file).problems))
    assert parse(file).problems
