"""A file's text and what stands where in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from stancectl.registry.files import File
from stancectl.registry.problems import MAX_PROBLEMS, Finding, Problem, Step

MAX_DEPTH = 20
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Plain = dict[str, Any]
Spots = dict[Step, tuple[Any, Any]]
"""For each entry of a list or mapping, libyaml's events for its key and its value: where they stand is asked only rarely."""


@dataclass(slots=True)
class Document:
    """What a file holds.

    `value` is text, list, dict or None (nothing, or nothing that could be made out), `problems` what is wrong with it,
    `text` and `lines` its text; `spots` tells for each list and dict (by identity) where its entries stand. `unread` are the
    lines (from 0) of entries that were left out because their syntax is wrong.
    """

    file: File
    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    text: str = ""
    lines: list[str] = field(default_factory=list)
    spots: dict[int, Spots] = field(default_factory=dict)
    unread: tuple[range, ...] = ()

    def problem(
        self, path: tuple[Step, ...], code: str, message: str, help: str | None = None, *, at_key: bool = False
    ) -> Problem:
        """A problem with the value at `path` (keys and indices from the top), or with its key."""
        event: Any = None
        container: Any = self.value
        for step in path:
            spots = self.spots.get(id(container), {})
            if step not in spots:
                break
            key, value = spots[step]
            event = key if at_key and step == path[-1] else value
            container = container[step]
        return self._at(event, code, message, help)

    def located(self, finding: Finding) -> Problem:
        """The finding as a problem with its place."""
        problem = self.problem(finding.path, finding.code, finding.message, finding.help, at_key=finding.at_key)
        return problem._replace(severity=finding.severity, others=finding.others)

    def unread_lines(self) -> list[str]:
        """The lines of entries that were left out."""
        return [line for entry in self.unread for line in self.lines[entry.start : entry.stop]]

    def names(self, path: tuple[Step, ...]) -> bool:
        """Whether the key at `path` is written, even with nothing behind it."""
        container = self.value
        for step in path[:-1]:
            container = container[step]
        return path[-1] in container

    def scalars(self) -> Iterator[tuple[tuple[Step, ...], Any]]:
        """Every text in it: its path, and libyaml's event for it (`value`, `style`, marks)."""
        return ((path, event) for path, _, event in self._entries(self.value, ()) if type(event) is yaml.ScalarEvent)

    def key_events(self) -> Iterator[tuple[tuple[Step, ...], Any]]:
        """Every key in it: the path of what stands behind it, and libyaml's event for it."""
        return ((path, key) for path, key, _ in self._entries(self.value, ()) if isinstance(path[-1], str))

    def _entries(self, container: Any, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Any, Any]]:
        for step, (key, event) in self.spots.get(id(container), {}).items():
            yield (*path, step), key, event
            if type(event) is not yaml.ScalarEvent:
                yield from self._entries(container[step], (*path, step))

    def report(self, event: Any, code: str, message: str, help: str) -> None:
        """Add a problem with what one of libyaml's events stands for, while there are not more than anyone is told of."""
        if len(self.problems) <= MAX_PROBLEMS:
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
