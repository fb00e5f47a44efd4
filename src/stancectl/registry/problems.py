"""What is wrong with a registry: where, what, and what to do about it."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from stancectl.model.errors import StanceError

Step = str | int
Severity = Literal["error", "warning"]

MAX_PROBLEMS = 1000
"""How many are told of one file: a file with more is not a registry that somebody edits."""


class Problem(NamedTuple):
    """Something wrong in a file. Line and column count from 1, in characters; `excerpt` is the line it is in.

    `width` is how many characters of that line it is about, `others` the names of other files that have a part in it.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    help: str | None = None
    excerpt: str | None = None
    width: int = 1
    severity: Severity = "error"
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.severity}[{self.code}]: {self.message}"

    def told_of(self, error: StanceError) -> "Problem":
        """An error as a problem at this place."""
        return self._replace(code=error.code, message=error.message, help=error.help)

    def as_error(self) -> StanceError:
        """The problem as an error of no place."""
        error = StanceError(self.message, self.help)
        error.code = self.code
        return error


class Finding(NamedTuple):
    """A problem before its place in the text is looked up.

    `path` leads to it in the file's value (keys and indices from the top), to the key itself if `at_key`; `others` are the
    names of other files that have a part in it. A rule leaves code and severity to what runs it.
    """

    path: tuple[Step, ...]
    message: str
    help: str | None = None
    at_key: bool = False
    others: tuple[str, ...] = ()
    code: str = ""
    severity: Severity = "error"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file and line."""
    return tuple(sorted(set(problems), key=lambda each: (each.path, each.line, each.column, each.code, each.message)))
