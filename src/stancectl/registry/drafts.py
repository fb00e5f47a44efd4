"""Statements that are to be added: from flags or from text, checked before anything is touched."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from stancectl.model.errors import StanceError
from stancectl.model.statements import Statement
from stancectl.registry import schema
from stancectl.registry.document import Document, Plain
from stancectl.registry.errors import InvalidRegistry
from stancectl.registry.files import MAX_BYTES, File, too_large
from stancectl.registry.problems import Problem, Step
from stancectl.registry.readings import Known
from stancectl.registry.strict_yaml import parse

_NEW_ID = "new"
"""Stands for the id of a statement that is to get one from its date and speaker."""

_SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


class Draft(NamedTuple):
    """A statement to be added, in the form of a file: texts, lists and mappings. Without an id, it is to get one.

    `country` is the name that stands with it, if any; `place` is where that, or the draft, stands in a text it comes from.
    """

    country: str | None
    statement: Plain
    place: Problem | None = None


class NoJson(StanceError):
    """A text that begins as JSON does, and does not go on so."""

    code = "json-syntax"


def read_drafts(data: bytes, known: Known, path: str = "stdin") -> list[Draft]:
    """The statements in a text: YAML, JSON, or one JSON value after the other, as in JSON Lines.

    Each value is a statement or a list of them, with the keys of a country's file, and with `country` or `ref` if they tell of
    more than one. Raises InvalidRegistry with everything that is wrong, by line.
    """
    if len(data) > MAX_BYTES:
        raise InvalidRegistry([too_large(path)])
    drafts, problems = list[Draft](), list[Problem]()
    for line, text, is_json in _values(data, path):
        document = parse(File(path, path, text))
        if is_json:
            _drop_nulls(document)
        found = _drafts(document, line)
        if isinstance(document.value, dict | list):
            shape: Any = Statement if isinstance(document.value, dict) else tuple[Statement, ...]
            schema.check(document, shape, known)
        elif not document.problems:
            document.problems.append(
                document.problem((), "wrong-type", "this is no statement", "write `key: value` lines, or a list of such")
            )
        problems += (each._replace(line=each.line + line) for each in document.problems)
        drafts += found
    if problems:
        raise InvalidRegistry(problems)
    return drafts


def check_draft(statement: Plain, known: Known) -> list[StanceError]:
    """What is wrong with a statement that comes from no text."""
    document = Document(File("", "", b""), {"id": _NEW_ID} | statement)
    shape: Any = Statement
    schema.check(document, shape, known)
    return [each.as_error() for each in dict.fromkeys(each._replace(line=1, column=1, width=1) for each in document.problems)]


def _values(data: bytes, path: str) -> Iterator[tuple[int, bytes, bool]]:
    """The values in a text, one JSON value after the other or all of it: the line (from 0), the text, whether it is JSON."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""  # which YAML's reader tells of
    if text.lstrip()[:1] not in ("[", "{"):
        yield 0, data, False
        return
    found, end = list[tuple[int, bytes, bool]](), 0
    while start := re.compile(r"\s*(?=\S)").match(text, end):
        try:
            _, end = json.JSONDecoder().raw_decode(text, start.end())
        except (ValueError, RecursionError) as error:
            if found and isinstance(error, json.JSONDecodeError):
                excerpt = text.split("\n")[error.lineno - 1]
                place = Problem(path, error.lineno, error.colno, "", "", excerpt=excerpt)
                wrong = NoJson(f"this is no JSON: {error.msg}", "write one value after the other, a line each or not")
                raise InvalidRegistry([place.told_of(wrong)]) from None
            yield 0, data, False
            return
        own = _SURROGATES.sub(_joined, text[start.end() : end])
        column = start.end() - text.rfind("\n", 0, start.end()) - 1
        found.append((text.count("\n", 0, start.end()), f"{' ' * column}{own}".encode(errors="replace"), True))
    yield from found


def _joined(pair: re.Match[str]) -> str:
    """The one character that JSON writes as two halves."""
    return str(pair[1]) + str(json.loads(f'"\\u{pair[2]}\\u{pair[3]}"'))


def _drop_nulls(document: Document) -> None:
    """Make nothing of JSON's null, which YAML written so strictly takes for a word."""
    for path, event in list(document.scalars()):
        if not event.style and event.value == "null":
            container = document.value
            for step in path[:-1]:
                container = container[step]
            container[path[-1]] = None


def _drafts(document: Document, line: int) -> list[Draft]:
    """The drafts in a document, which is left with what belongs into a country's file."""
    value = document.value
    entries: list[tuple[tuple[Step, ...], Any]] = [((), value)]
    if isinstance(value, list):
        entries = [((number,), each) for number, each in enumerate(value)]
    drafts = list[Draft]()
    for path, each in entries:
        if not isinstance(each, dict):
            continue
        named = document.problem((*path, "country" if "country" in each else "ref"), "", "")
        country, ref = each.pop("country", None), each.pop("ref", None)
        if not isinstance(country, str | None) or not isinstance(ref, str | None) or (country and ref):
            wrong = StanceError(
                "one name has to say whose statement this is", "write `country` or `ref`, with one text behind it"
            )
            wrong.code = "wrong-type"
            document.problems.append(named.told_of(wrong))
        elif ref is not None:
            country, _, id = ref.partition("/")
            if id:
                each.setdefault("id", id)
        for offer in each.get("offers") or () if isinstance(each.get("offers"), list) else ():
            _join_personnel(offer)
        statement = _without_nothing(each)
        drafts.append(Draft(country if isinstance(country, str) else None, statement, named._replace(line=named.line + line)))
        if not each.get("id"):
            each["id"] = _NEW_ID
    return drafts


def _join_personnel(offer: Any) -> None:
    """Put the two numbers that `show --statements` gives of an offer into one mapping, as files have it."""
    if isinstance(offer, dict) and {"personnel_min", "personnel_max"} & offer.keys():
        ends = {name: offer.pop(f"personnel_{name}", None) for name in ("min", "max")}
        if any(ends.values()):
            offer["personnel"] = {name: number for name, number in ends.items() if number}


def _without_nothing(value: Any) -> Any:
    """A value without what is None or empty in it."""
    if isinstance(value, dict):
        return {key: left for key, each in value.items() if (left := _without_nothing(each)) not in (None, [], {})}
    if isinstance(value, list):
        return [_without_nothing(each) for each in value]
    return value
