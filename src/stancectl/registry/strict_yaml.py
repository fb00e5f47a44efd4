"""YAML without surprises: every scalar is text, every value knows its place, and what could mislead is an error.

Reads libyaml's events and builds the values itself, which keeps the marks and is three times as fast as its loader (see
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
Spot = tuple[int, int, int]  # line and column, from 0, and width
_START: Spot = (0, 0, 1)


class _Unusable(Exception):
    """The rest of the file cannot be read."""


@dataclass(slots=True)
class Document:
    """What a file holds.

    `value` is text, list or dict (None: nothing that could be made out), `problems` what is wrong with it, `lines` its
    text; `spots` has, for each list and dict by identity, where the key and the value of every entry stand.
    """

    file: File
    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    spots: dict[int, dict[Step, tuple[Spot, Spot]]] = field(default_factory=dict)

    def problem(
        self, path: tuple[Step, ...], code: str, message: str, help: str | None = None, *, at_key: bool = False
    ) -> Problem:
        """A problem with the value at `path` (keys and indices from the top), or with its key."""
        spot, container = _START, self.value
        for step in path:
            spots = self.spots.get(id(container), {})
            if step not in spots:
                break
            key_spot, value_spot = spots[step]
            last = step == path[-1] and at_key
            spot = key_spot if last else value_spot
            container = container[step]
        return self.problem_at(spot, code, message, help)

    def problem_at(self, spot: Spot, code: str, message: str, help: str | None = None) -> Problem:
        """A problem at a place in the text."""
        line, column, width = spot
        excerpt = self.lines[line] if line < len(self.lines) else ""
        return Problem(self.file.path, line + 1, column + 1, code, message, help, excerpt, width)


def parse(file: File) -> Document:
    """Read one file. Never raises for what is in it: look at `problems`."""
    document = Document(file)
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = file.data[: error.start].decode("utf-8")
        line = before.count("\n")
        document.problems.append(
            Problem(
                file.path, line + 1, len(before) - before.rfind("\n"), "not-utf-8", "this file is not UTF-8", "save it as UTF-8"
            )
        )
        return document
    document.lines = text.split("\n")
    try:
        _build(text, document)
    except _Unusable:
        document.value = None
    except yaml.MarkedYAMLError as error:
        document.value = None
        mark = error.problem_mark or error.context_mark
        spot = (mark.line, mark.column, 1) if mark else _START
        about = f" {error.context}" if error.context else ""
        document.problems.append(
            document.problem_at(
                spot,
                "yaml-syntax",
                f"{error.problem}{about}",
                "check indentation, quotes and colons; quote text that holds `: ` or ` #`",
            )
        )
    except yaml.reader.ReaderError as error:
        document.value = None
        before = text.encode()[: error.position].decode(errors="ignore")
        spot = (before.count("\n"), len(before) - before.rfind("\n") - 1, 1)
        document.problems.append(
            document.problem_at(spot, "control-character", str(error.reason), "remove the invisible character")
        )
    return document


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; for a mapping, the key whose value comes next."""

    container: list[Any] | dict[str, Any]
    spots: dict[Step, tuple[Spot, Spot]]
    key: Any = None
    key_spot: Spot = _START
    has_key: bool = False


def _build(text: str, document: Document) -> None:
    problems, stack = document.problems, list[_Open]()
    documents = 0
    event: Any
    for event in yaml.parse(text, _Loader):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            spot = _spot(event)
            _refuse_properties(event, spot, document)
            _place(event.value, spot, stack, document)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            spot = _spot(event)
            _refuse_properties(event, spot, document)
            if len(stack) == MAX_DEPTH:
                problems.append(
                    document.problem_at(
                        spot, "too-deep", f"nested deeper than {MAX_DEPTH} levels", "a registry needs no more than six"
                    )
                )
                raise _Unusable
            opened = _Open({} if kind is yaml.MappingStartEvent else [], {})
            document.spots[id(opened.container)] = opened.spots
            _place(opened.container, spot, stack, document)
            stack.append(opened)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
        elif kind is yaml.AliasEvent:
            spot = _spot(event)
            problems.append(
                document.problem_at(spot, "yaml-alias", f"`*{event.anchor}` refers to another place", "write the value out")
            )
            _place(f"*{event.anchor}", spot, stack, document)
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                problems.append(
                    document.problem_at(
                        _spot(event), "several-documents", "a second document begins here", "keep one document a file"
                    )
                )
                raise _Unusable


def _place(value: Any, spot: Spot, stack: list[_Open], document: Document) -> None:
    """Put a value where it belongs: the top, the next place of the open list, or behind the key that waits for it."""
    if not stack:
        document.value = value
        return
    top = stack[-1]
    if isinstance(top.container, list):
        top.spots[len(top.container)] = (spot, spot)
        top.container.append(value)
    elif not top.has_key:
        top.key, top.key_spot, top.has_key = value, spot, True
        if not isinstance(value, str):
            document.problems.append(document.problem_at(spot, "invalid-key", "a key must be text", "write `key: value`"))
    else:
        top.has_key = False
        if not isinstance(top.key, str):
            return
        if top.key in top.spots:
            line = top.spots[top.key][0][0] + 1
            document.problems.append(
                document.problem_at(
                    top.key_spot, "duplicate-key", f"`{top.key}` stands here twice", f"keep one; the first is in line {line}"
                )
            )
            return
        top.spots[top.key] = (top.key_spot, spot)
        if not isinstance(value, str) or value.strip():
            top.container[top.key] = value


def _refuse_properties(event: Any, spot: Spot, document: Document) -> None:
    if event.anchor is not None:
        document.problems.append(
            document.problem_at(spot, "yaml-anchor", f"`&{event.anchor}` is an anchor", "write the value out where it is needed")
        )
    if event.tag is not None:
        document.problems.append(
            document.problem_at(spot, "yaml-tag", f"`{event.tag}` is a tag", "remove it: every value is text")
        )


def _spot(event: Any) -> Spot:
    start, end = event.start_mark, event.end_mark
    return start.line, start.column, max(1, end.column - start.column) if end.line == start.line else 1
