"""YAML without surprises: every scalar is text, every value knows its place, and what could mislead is an error.

Reads libyaml's events and builds the values itself, which keeps the marks and takes well under the time of its loader (see
`benchmarks/`). Refused: duplicate keys, keys that are no text, anchors and aliases, tags, several documents, text that is
not UTF-8, and nesting beyond MAX_DEPTH. An empty value is left out of its mapping.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from stancectl.registry.files import File
from stancectl.registry.problems import Problem

MAX_DEPTH = 20

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

    `value` is text, list or dict (None: nothing that could be made out), `problems` what is wrong with it, `lines` its
    text; `spots` tells for each list and dict (by identity) where its entries stand.
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
    document = Document(file)
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        document.lines = file.data.decode(errors="replace").split("\n")
        document.problems.append(_not_utf8(document, error.start))
        return document
    document.lines = text.split("\n")
    try:
        _build(text, document)
    except _Unusable:
        document.value = None
    except yaml.MarkedYAMLError as error:
        document.value = None
        document.problems.append(_syntax_error(document, error))
    except yaml.reader.ReaderError as error:
        document.value = None
        line, column = _place(text.encode()[: error.position].decode(errors="ignore"))
        message, help = str(error.reason), "remove the invisible character"
        document.problems.append(document.problem_at(line, column, "control-character", message, help))
    return document


def _not_utf8(document: Document, position: int) -> Problem:
    line, column = _place(document.file.data[:position].decode())
    return document.problem_at(line, column, "not-utf-8", "this file is not UTF-8", "save it as UTF-8")


def _syntax_error(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    message = " ".join(filter(None, (error.problem, error.context)))
    help = "check indentation, quotes and colons; quote text that holds `: ` or ` #`"
    return document.problem_at(line, column, "yaml-syntax", message, help)


def _place(before: str) -> tuple[int, int]:
    """The line and column, from 0, of what comes after this text."""
    return before.count("\n"), len(before) - before.rfind("\n") - 1


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
            document.report(event, "yaml-alias", f"`*{event.anchor}` refers to another place", "write the value out")
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
            container.append(value)
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
    """Put a value behind its key, unless it is empty or the key is no key or was there before."""
    if type(key) is not yaml.ScalarEvent:
        return
    name = key.value
    if name in spots:
        first = spots[name][0].start_mark.line + 1
        document.report(key, "duplicate-key", f"`{name}` stands here twice", f"keep one; the first is in line {first}")
        return
    spots[name] = (key, event)
    if type(value) is not str or value.strip():
        container[name] = value


def _refuse_properties(event: Any, document: Document) -> None:
    if event.anchor is not None:
        document.report(event, "yaml-anchor", f"`&{event.anchor}` is an anchor", "write the value out where it is needed")
    if event.tag is not None:
        document.report(event, "yaml-tag", f"`{event.tag}` is a tag", "remove it: every value is text")
