"""A statement into a country's file, at its place by date, with every other byte as it was."""

import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import yaml

from stancectl.model.dates import PartialDate
from stancectl.model.errors import StanceError
from stancectl.model.statements import Statement
from stancectl.registry.canonical import earliest_day, statement_lines
from stancectl.registry.document import LOADER, Document, Plain
from stancectl.registry.errors import InvalidRegistry
from stancectl.registry.files import File
from stancectl.registry.formatting import meaning
from stancectl.registry.strict_yaml import parsable, parse


class NoPlace(StanceError):
    """A file into which a statement cannot be put without touching what is there."""

    code = "no-place"


def inserted(file: File, statements: Sequence[Plain]) -> bytes:
    """The file with the statements in it: each behind those of its day or before it, in the order they come in.

    A statement is a mapping of the file format: texts, lists, mappings; its date must be one. Raises InvalidRegistry where
    the file cannot be read, NoPlace where its statements do not stand in lines of their own.
    """
    document = parse(file)
    if document.problems:
        raise InvalidRegistry(document.problems)
    items = _Items(document)
    days = [PartialDate.parse(each["date"]).earliest for each in statements]
    placed = sorted((items.place_for(day), day, number) for number, day in enumerate(days))
    expected = list(document.value["statements"])
    for place, own in reversed([(place, [*group]) for place, group in groupby(placed, key=itemgetter(0))]):
        new = [statements[number] for _, _, number in own]
        expected[place:place] = new
        items.put(place, [statement_lines(each, items.column) for each in new])
    bom = file.data[: len(file.data) - len(file.data.removeprefix(BOM_UTF8))]
    written = bom + "".join(items.lines).encode()
    again = parse(file._replace(data=written))
    if again.problems or _said(again.value) != _said(document.value | {"statements": expected}):
        raise _no_place(file)
    return written


def statement_spans(file: File) -> dict[str, range]:
    """The lines (from 0) of each statement of a sound file, by its id."""
    document = parse(file)
    items = _Items(document)
    ids = (str(each["id"]) for each in document.value["statements"])
    return {id: range(begin, end + 1) for id, begin, end in zip(ids, items.begins, items.ends, strict=True)}


def _said(value: Plain) -> Plain:
    """What a country's file says, its statements in the order of the file."""
    return value | {"statements": [meaning(each, Statement) for each in value["statements"]]}


def _no_place(file: File) -> NoPlace:
    return NoPlace(
        f"{file.path} has its statements in a form that nothing can be put into", f"run `stancectl fmt {file.path}` first"
    )


class _Items:
    """The statements of a file, by its lines."""

    def __init__(self, document: Document) -> None:
        self.lines = re.findall("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", document.text)
        root = yaml.compose(parsable(document.text), LOADER)
        in_lines = isinstance(root, yaml.MappingNode) and not root.flow_style
        nodes: dict[str, Any] = {key.value: (key, value) for key, value in root.value} if root and in_lines else {}
        key, node = nodes.get("statements", (None, None))
        if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
            raise _no_place(document.file)
        self.column: int = node.start_mark.column
        self._begin: int = key.start_mark.line + 1
        self.begins = [each.start_mark.line for each in node.value]
        lasts = [_last_of(each) for each in node.value]
        self.ends = [self._last_line(each) for each in lasts]
        self._keeps_blanks = [self._is_kept(each) for each in lasts]
        said = document.value["statements"]
        self._days = [(earliest_day(each.get("date")) if isinstance(each, dict) else None) or date.min for each in said]
        self._is_spaced = len(self.ends) == 1 or not self.lines[self.ends[-2] + 1].strip()

    def place_for(self, day: date) -> int:
        """Before which statement one of that day goes: behind the last that is not later."""
        return next((number + 1 for number in reversed(range(len(self._days))) if self._days[number] <= day), 0)

    def put(self, place: int, statements: list[list[str]]) -> None:
        """Put the lines of statements before the one of that number; places from the end to the beginning."""
        blank = [""] if self._is_spaced and not (place and self._keeps_blanks[place - 1]) else []
        if place == 0:
            end = _end_of(self.lines[self._begin - 1]) or "\n"
            new = [line for statement in statements for line in (*statement, *blank)]
            self.lines[self._begin] = "".join(f"{line}{end}" for line in new) + self.lines[self._begin]
        else:
            last = self.lines[self.ends[place - 1]]
            end = _end_of(last) or _end_of(self.lines[0])
            new = [line for statement in statements for line in (*blank, *statement)]
            self.lines[self.ends[place - 1]] = "".join((last.rstrip("\r\n"), *(f"{end}{line}" for line in new), _end_of(last)))

    def _last_line(self, last: Any) -> int:
        """The last line of a statement, by its last value, with the comments below that are indented like its keys."""
        line: int = last.end_mark.line
        if _is_indented(last):
            line -= last.end_mark.column == 0
            while not self.lines[line].strip() and not self._is_kept(last):
                line -= 1
        while line + 1 < len(self.lines) and re.match(f" {{{self.column + 1},}}#", self.lines[line + 1]):
            line += 1
        return line

    def _is_kept(self, last: Any) -> bool:
        """Whether the blank lines behind a value belong to it."""
        return _is_indented(last) and "+" in self.lines[last.start_mark.line]


def _last_of(node: Any) -> Any:
    """The last text, or the last list or mapping in brackets, of a value."""
    if isinstance(node, yaml.ScalarNode) or not node.value or node.flow_style:
        return node
    last = node.value[-1]
    return _last_of(last[1] if isinstance(last, tuple) else last)


def _is_indented(node: Any) -> bool:
    """Whether a text stands in lines of its own."""
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def _end_of(line: str) -> str:
    """What ends a line."""
    return line[len(line.rstrip("\r\n")) :]
