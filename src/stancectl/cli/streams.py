"""Answers on stdout, everything else on stderr, whatever has become of either."""

import contextlib
import os
import sys
from collections.abc import Iterator

from stancectl.model.errors import StanceError
from stancectl.registry.problems import InvalidRegistry, Problem
from stancectl.report.plain_text import cells, visible

_WINDOW = 100


def emit(text: str) -> None:
    """Write an answer to stdout as UTF-8. A reader that has gone is no error; a full disk is (OSError)."""
    if sys.stdout is None:
        raise OSError(9, "stdout is closed")
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    except BrokenPipeError:
        silence()


def silence() -> None:
    """Let nothing more be written to stdout, not even what is still in its buffer."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)


def note(text: str) -> None:
    """A line for the person, beside the answer."""
    _tell(visible(text))


def _tell(lines: str) -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"{lines}\n")
            sys.stderr.flush()


def complain(error: StanceError, code: str | None = None) -> None:
    """Tell of an error: each problem of a registry with its line, any other in one line."""
    if not isinstance(error, InvalidRegistry):
        note(f"stancectl: error[{code or error.code}]: {error}")
        return
    lines = [line for problem in error.problems for line in _explained(problem)]
    files = {problem.path for problem in error.problems}
    count = f"{_counted(len(error.problems), 'problem')} in {_counted(len(files), 'file')}"
    _tell("\n".join([*lines, f"stancectl: error[{error.code}]: {count}; nothing was answered"]))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _explained(problem: Problem) -> Iterator[str]:
    yield visible(str(problem))
    margin = " " * len(str(problem.line))
    if problem.excerpt is not None:
        start = max(problem.column - 1 - _WINDOW // 2, 0) if len(problem.excerpt) > _WINDOW else 0
        before = visible(problem.excerpt[start : problem.column - 1])
        meant = visible(problem.excerpt[problem.column - 1 :][: min(problem.width, _WINDOW)])
        rest = visible(problem.excerpt[problem.column - 1 + problem.width :][: max(_WINDOW - len(before) - len(meant), 0)])
        yield f"{margin} |"
        yield f"{problem.line} | {before}{meant}{rest}".rstrip()
        yield f"{margin} | {' ' * cells(before)}{'^' * max(cells(meant), 1)}"
    if problem.help:
        yield f"{margin} = help: {visible(problem.help)}"
