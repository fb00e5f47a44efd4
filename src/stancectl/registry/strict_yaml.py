"""YAML without surprises: every scalar is text, every value knows its place, and what could mislead is an error.

Reads libyaml's events and builds the values itself, which keeps the marks and takes less time than its loader needs
without them (see `benchmarks/`). Refused: duplicate keys, keys that are no text, anchors and aliases, tags, several
documents, text that is not UTF-8, and nesting beyond MAX_DEPTH. An empty value is None.
"""

import codecs
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from stancectl.model.errors import shorten
from stancectl.registry.files import File
from stancectl.registry.problems import Problem

MAX_DEPTH = 20
_YAML_TAGS = "tag:yaml.org,2002:"

_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what libyaml counts as one
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Step = str | int
Plain = dict[str, Any]
Spots = dict[Step, tuple[Any, Any]]
"""For each entry of a list or mapping, libyaml's events for its key and its value: where they stand is asked only rarely."""


class _Unusable(Exception):
    """The rest of the file cannot be read."""


@dataclass(slots=True)
class Document:
    """What a file holds.

    `value` is text, list, dict or None (nothing, or nothing that could be made out), `problems` what is wrong with it,
    `lines` its text; `spots` tells for each list and dict (by identity) where its entries stand.
    """

    file: File
    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    spots: dict[int, Spots] = field(default_factory=dict)

    def problem(
        self, path: tuple[Step, ...], code: str, message: str, help: str | None = None, *, at_key: bool = False
    ) -> Problem:
        """A problem with the value at `path` (keys and indices from the top), or with its key."""
        event: Any = None
        container: Any = self.value
        for step in path:
            spots = self.spots[id(container)] if isinstance(container, dict | list) else {}
            if step not in spots:
                break
            key, value = spots[step]
            event = key if at_key and step == path[-1] else value
            container = container[step]
        return self._at(event, code, message, help)

    def names(self, path: tuple[Step, ...]) -> bool:
        """Whether the key at `path` is written, even with nothing behind it."""
        container = self.value
        for step in path[:-1]:
            container = container[step]
        return path[-1] in container

    def report(self, event: Any, code: str, message: str, help: str) -> None:
        """Add a problem with what one of libyaml's events stands for."""
        self.problems.append(self._at(event, code, message, help))

    def problem_at(self, line: int, column: int, code: str, message: str, help: str | None, width: int = 1) -> Problem:
        """A problem at a place in the text, line and column counted from 0."""
        excerpt = self.lines[line] if line < len(self.lines) else ""
        return Problem(self.file.path, line + 1, column + 1, code, message, help, excerpt, width)

    def _at(self, event: Any, code: str, message: str, help: str | None) -> Problem:
        if event is None:
            return self.problem_at(0, 0, code, message, help)
        start, end = event.start_mark, event.end_mark
        width = max(1, end.column - start.column) if end.line == start.line else 1
        return self.problem_at(start.line, start.column, code, message, help, width)


def parse(file: File) -> Document:
    """Read one file. Never raises for what is in it: look at `problems`."""
    data, document = file.data.removeprefix(codecs.BOM_UTF8), Document(file)
    document.lines = _LINE_END.split(data.decode(errors="replace"))
    try:
        _build(data.decode(), document)
    except _Unusable:
        document.value = None
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode())
        document.problems.append(document.problem_at(line, column, "not-utf-8", "this file is not UTF-8", "save it as UTF-8"))
    except yaml.MarkedYAMLError as error:
        document.value = None
        document.problems.append(_syntax_error(document, error))
    except yaml.reader.ReaderError as error:
        document.value = None
        line, column = _place(data[: error.position].decode(errors="ignore"))
        message, help = str(error.reason), "remove the invisible character"
        document.problems.append(document.problem_at(line, column, "control-character", message, help))
    return document


def _syntax_error(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    """What libyaml stumbled over; where something was begun and never ended, its beginning."""
    mark = error.problem_mark or error.context_mark
    at_end = mark is not None and not any(line.strip() for line in document.lines[mark.line :])
    if error.context_mark is not None and (at_end or error.context == "while scanning a simple key"):
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    message = " ".join(filter(None, (error.problem, error.context)))
    help = "check indentation, quotes and brackets; quote text that holds `: ` or ` #`"
    return document.problem_at(line, column, "yaml-syntax", message, help)


def _place(before: str) -> tuple[int, int]:
    """The line and column, from 0, of what comes after this text."""
    lines = _LINE_END.split(before)
    return len(lines) - 1, len(lines[-1])


def _build(text: str, document: Document) -> None:  # noqa: PLR0912
    """Make the document's value of libyaml's events.

    One loop that calls little, because it runs for every word of a registry.
    """
    stack: list[tuple[Any, Any, Any]] = []
    container: Any = None  # the open list or mapping
    key: Any = None  # the event of the key whose value comes next, in a mapping
    spots: dict[Step, tuple[Any, Any]] = {}  # those of the container
    documents = 0
    event: Any
    for event in yaml.parse(text, _Loader):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value = event.value
        elif kind is yaml.MappingStartEvent:
            value = {}
        elif kind is yaml.SequenceStartEvent:
            value = []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            container, key, spots = stack.pop()
            continue
        elif kind is yaml.AliasEvent:
            document.report(event, "yaml-alias", f"`*{shorten(event.anchor)}` refers to another place", "write the value out")
            value = f"*{event.anchor}"
        else:
            documents += kind is yaml.DocumentStartEvent
            if documents > 1:
                document.report(event, "several-documents", "a second document begins here", "keep one document a file")
                raise _Unusable
            continue
        if kind is not yaml.AliasEvent and (event.anchor is not None or event.tag is not None):
            _refuse_properties(event, document)

        opened = spots
        if container is None:
            document.value = value
        elif type(container) is list:
            spots[len(container)] = (event, event)
            container.append(value if kind is not yaml.ScalarEvent or value.strip() else None)
        elif key is None:
            key = event
            if kind is not yaml.ScalarEvent:
                document.report(event, "invalid-key", "a key must be text", "write `key: value`")
        else:
            _enter(container, spots, key, event, value, document)
            key = None

        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if len(stack) == MAX_DEPTH:
                document.report(event, "too-deep", f"nested deeper than {MAX_DEPTH} levels", "a registry needs no more than six")
                raise _Unusable
            stack.append((container, key, opened))
            container, key = value, None
            spots = document.spots[id(value)] = {}


def _enter(container: Plain, spots: Spots, key: Any, event: Any, value: Any, document: Document) -> None:
    """Put a value behind its key, unless the key is no key or was there before."""
    if type(key) is not yaml.ScalarEvent:
        return
    name = key.value
    if name in spots:
        first = spots[name][0].start_mark.line + 1
        document.report(key, "duplicate-key", f"`{shorten(name)}` stands here twice", f"keep one; the first is in line {first}")
        return
    spots[name] = (key, event)
    container[name] = value if type(value) is not str or value.strip() else None


def _refuse_properties(event: Any, document: Document) -> None:
    if event.anchor is not None:
        document.report(
            event, "yaml-anchor", f"`&{shorten(event.anchor)}` is an anchor", "write the value out where it is needed"
        )
    if event.tag is not None:
        document.report(
            event, "yaml-tag", f"`{shorten(event.tag.replace(_YAML_TAGS, '!!'))}` is a tag", "remove it: every value is text"
        )
