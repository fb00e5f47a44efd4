"""A mistake put into any one field of any shipped file is reported at its line, or is harmless by the format's rules.

What has to be reported, and what is harmless, is told here by the tables of docs/registry-format.md, not by the code.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some

from building import FOLDER
from stancectl.checks import run
from stancectl.registry import files
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.problems import Problem
from stancectl.registry.strict_yaml import parse

TODAY = date(2026, 11, 21)
TEXTS = {"name", "speaker", "office", "occasion", "summary", "quote", "note", "publisher", "title", "aliases"}
"""Keys under which any text may stand."""
FORMS = {
    "country": "invalid-code",
    "id": "invalid-id",
    "date": "invalid-date",
    "attribution": "unknown-attribution",
    "stance": "unknown-stance",
    **dict.fromkeys(("requires", "condition", "drops", "after"), "unknown-precondition"),
    **dict.fromkeys(("offers", "kind", "withdraws", "rules_out", "reopens"), "unknown-contribution"),
    **dict.fromkeys(("personnel", "min", "max"), "invalid-number"),
    "responds_to": "invalid-reference",
    **dict.fromkeys(("url", "archived"), "invalid-url"),
    "lang": "unknown-language",
}
"""Keys whose values have a form or are defined somewhere, and what is said of one that does not fit."""
REQUIRED = {"country", "name", "id", "date", "speaker", "summary", "url", "condition", "kind"}


class Field(NamedTuple):
    """A value that stands in one line: its file, its path, its line (from 0), and where in the line it begins and ends."""

    file: str
    path: tuple[str | int, ...]
    line: int
    begin: int
    end: int

    @property
    def key(self) -> str:
        return next(str(step) for step in reversed(self.path) if isinstance(step, str))

    @property
    def is_listed(self) -> bool:
        return isinstance(self.path[-1], int)

    @property
    def text(self) -> str:
        return lines_of(self.file)[self.line]

    def replaced(self, value: str) -> list[str]:
        """The lines of the file with that value in place of this one."""
        return self.with_line(self.text[: self.begin] + value + self.text[self.end :])

    def with_line(self, *lines: str) -> list[str]:
        """The lines of the file with these in place of the field's line."""
        every = lines_of(self.file)
        return [*every[: self.line], *lines, *every[self.line + 1 :]]


class Mistake(NamedTuple):
    """The lines of a file with a mistake in them, and the code that has to be told, `below` the field's line by so many.

    No code: it is harmless. An `other` code may stand in its place.
    """

    lines: list[str]
    code: str | None
    below: int = 0
    other: str | None = None


@cache
def source(name: str) -> File:
    found = files.read(FOLDER, name)
    assert isinstance(found, File)
    return found


@cache
def lines_of(name: str) -> list[str]:
    return source(name).data.decode().split("\n")


@cache
def fields() -> list[Field]:
    """Every value in the countries' files that stands in one line."""
    found = []
    for name in files.stamps(FOLDER):
        if name not in (VOCABULARY, EVENTS):
            for path, event in parse(source(name)).scalars():
                start, end = event.start_mark, event.end_mark
                if start.line == end.line and event.value:
                    found.append(Field(name, path, start.line, start.column, end.column))
    return found


def found_in(name: str, text: str) -> list[Problem]:
    """What is found in a file with that text, among the files it refers to."""
    referred = {f"{slug}.yaml" for slug in re.findall(r"\b([a-z]+(?:-[a-z]+)*)/[0-9]{4}-", source(name).data.decode())}
    others = [source(each) for each in files.stamps(FOLDER) if each in {VOCABULARY, *referred} - {name}]
    given = [*others, File(name, name, text.encode(errors="surrogateescape"))]
    chosen = set(run.codes()) - {"unknown-holder"}  # its countries are not all there
    return [each for each in run.check(given, chosen, TODAY, TODAY - timedelta(days=365)) if each.path == name]


# The mistakes. Each makes one of a field, or None where the field does not allow it.


def nonsense(field: Field) -> Mistake | None:
    return Mistake(field.replaced("No such thing!"), FORMS.get(field.key))


def nothing(field: Field) -> Mistake | None:
    if field.is_listed:
        return None
    needed = field.key in REQUIRED and not (field.key == "date" and "sources" in field.path)
    return Mistake(field.replaced(""), "missing-key" if needed else None)


def a_list(field: Field) -> Mistake | None:
    return Mistake(field.replaced("[one, another]"), "wrong-type")


def a_mapping(field: Field) -> Mistake | None:
    if field.key == "personnel" or (field.is_listed and field.key in ("requires", "offers")):
        return None
    return Mistake(field.replaced("{one: another}"), "wrong-type")


def month_thirteen(field: Field) -> Mistake | None:
    return Mistake(field.replaced("2025-13-01"), "invalid-date") if field.key == "date" else None


def a_later_century(field: Field) -> Mistake | None:
    return Mistake(field.replaced("2925-01-01"), "future-date") if field.key == "date" else None


def an_anchor(field: Field) -> Mistake | None:
    return Mistake(field.replaced(f"&a {field.text[field.begin : field.end]}"), "yaml-anchor")


def an_alias(field: Field) -> Mistake | None:
    return Mistake(field.replaced("*a "), "yaml-alias")


def a_tag(field: Field) -> Mistake | None:
    return Mistake(field.replaced(f"!!str {field.text[field.begin : field.end]}"), "yaml-tag")


def inserted(mark: str, code: str) -> Callable[[Field], Mistake | None]:
    def make(field: Field) -> Mistake | None:
        middle = (field.begin + field.end) // 2
        return Mistake(field.with_line(field.text[:middle] + mark + field.text[middle:]), code)

    return make


def misspelt_key(field: Field) -> Mistake | None:
    before, place = field.text[: field.begin], f"{field.key}: "
    if field.is_listed or not before.endswith(place):
        return None
    return Mistake(field.with_line(f"{before[: -len(place)]}{field.key}x: {field.text[field.begin :]}"), "unknown-key")


def in_block(field: Field) -> bool:
    """Whether the line holds a key and this value, and nothing else."""
    head, rest = field.text[: field.begin], field.text[field.end :].strip()
    return not field.is_listed and not rest and re.fullmatch(rf" *(- )?{field.key}: ", head) is not None


def key_twice(field: Field) -> Mistake | None:
    again = field.text.replace("- ", "  ", 1) if field.text.lstrip().startswith("- ") else field.text
    return Mistake(field.with_line(field.text, again), "duplicate-key", 1) if in_block(field) else None


def unquoted_colon(field: Field) -> Mistake | None:
    is_plain = field.text[field.begin] not in "\"'"
    return Mistake(field.with_line(f"{field.text}: so"), "yaml-syntax") if in_block(field) and is_plain else None


def open_quote(field: Field) -> Mistake | None:
    return Mistake(field.replaced('"No such thing'), "yaml-syntax") if in_block(field) else None


def a_tab(field: Field) -> Mistake | None:
    return Mistake(field.with_line(f"\t{field.text}"), "yaml-syntax") if in_block(field) else None


def too_deep(field: Field) -> Mistake | None:
    is_first = "- " in field.text[: field.begin] or len(field.path) == 1
    return Mistake(field.with_line(f" {field.text}"), "yaml-syntax") if in_block(field) and not is_first else None


def too_shallow(field: Field) -> Mistake | None:
    is_first = "- " in field.text[: field.begin] or len(field.path) == 1
    return Mistake(field.with_line(field.text[1:]), "yaml-syntax") if in_block(field) and not is_first else None


def no_dash(field: Field) -> Mistake | None:
    """The entry runs into the one before it. (Of a first entry nobody can tell: the second may have a dash too many.)"""
    if not in_block(field) or not field.text.lstrip().startswith("- ") or field.path[-2] == 0:
        return None
    return Mistake(field.with_line(field.text.replace("- ", "  ", 1)), "duplicate-key", other="yaml-syntax")


MISTAKES: dict[str, Callable[[Field], Mistake | None]] = {
    made.__name__: made
    for made in (
        nonsense,
        nothing,
        a_list,
        a_mapping,
        month_thirteen,
        a_later_century,
        an_anchor,
        an_alias,
        a_tag,
        misspelt_key,
        key_twice,
        unquoted_colon,
        open_quote,
        a_tab,
        too_deep,
        too_shallow,
        no_dash,
    )
} | {
    "turned_round": inserted("\u202e", "invisible-character"),
    "a_bell": inserted("\a", "control-character"),
    "a_byte_of_latin_1": inserted("\udce9", "not-utf-8"),
}


@pytest.mark.parametrize("name", MISTAKES)
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=some.data())
def test_a_mistake_is_reported_at_its_line_or_harmless(name: str, data: some.DataObject) -> None:
    field = data.draw(some.sampled_from(fields()))
    mistake = MISTAKES[name](field)
    assume(mistake is not None)
    assert mistake is not None
    found = found_in(field.file, "\n".join(mistake.lines))
    if mistake.code is None:
        assert [str(each) for each in found if each.severity == "error"] == []
    else:
        line = field.line + 1 + mistake.below
        told = {each.code for each in found if each.line == line}
        assert told & {mistake.code, mistake.other}, "\n".join([f"{field.text!r} of {field.file}:{line}", *map(str, found)])


def test_the_shipped_files_hold_no_error_to_begin_with() -> None:
    for name in {field.file for field in fields()}:
        assert [str(each) for each in found_in(name, source(name).data.decode()) if each.severity == "error"] == []


def test_every_key_is_known_to_these_tables() -> None:
    assert {field.key for field in fields()} <= TEXTS | set(FORMS)
