"""What is wrong with a registry: where, what, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from stancectl.model.errors import StanceError

MAX_PROBLEMS = 1000
"""How many are told of one file: a file with more is not a registry that somebody edits."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error in a file. Line and column count from 1, in characters; `excerpt` is the line it is in.

    `width` is how many characters of that line it is about.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    help: str | None = None
    excerpt: str | None = None
    width: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: error[{self.code}]: {self.message}"


class InvalidRegistry(StanceError):
    """A registry that cannot be read; `problems` are all that were found, by file and line."""

    code = "invalid-registry"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(
            sorted(set(problems), key=lambda each: (each.path, each.line, each.column, each.code, each.message))
        )
        super().__init__("\n".join(map(str, self.problems)))


class NoRegistry(StanceError):
    """There is no registry where one was looked for."""

    code = "no-registry"


class UnknownRevision(StanceError):
    """Git has no such revision of the registry, or there is no git to ask."""

    code = "unknown-revision"
