"""Answers on stdout, everything else on stderr, whatever has become of either."""

import contextlib
import os
import sys
from typing import Never

from stancectl.model.errors import StanceError
from stancectl.registry.errors import InvalidRegistry
from stancectl.report.plain_text import visible


def emit(text: str, done: str | None = None) -> None:
    """Write an answer to stdout as UTF-8. A reader that has gone is no error; a full disk is (OSError).

    Where the answer is about what was `done`, the error says so (Unwritable).
    """
    try:
        _write(text)
    except OSError as error:
        if done is None:
            raise
        from stancectl.registry.writing import Unwritable

        silence()
        raise Unwritable(f"cannot write the answer: {error.strerror}", done) from None


def _write(text: str) -> None:
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


def leave(code: int) -> Never:
    """End the process at once, without taking apart every object first; what was written has been flushed."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, AttributeError):
            stream.flush()
    os._exit(code)


def somebody_answers() -> bool:
    """Whether questions can be asked: stdin and a stream that shows them are terminals that can do more than print."""
    shows = (stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr))
    return sys.stdin is not None and sys.stdin.isatty() and any(shows) and os.environ.get("TERM") not in ("", "dumb")


def note(text: str) -> None:
    """A line for the person, beside the answer."""
    tell(visible(text))


def tell(lines: str) -> None:
    """Lines for the person, whose text is harmless already."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"{lines}\n")
            sys.stderr.flush()


def complain(error: StanceError, code: str | None = None, undone: str = "answered") -> None:
    """Tell of an error: each problem of a registry with its line, and what was not done for it; any other in one line."""
    if not isinstance(error, InvalidRegistry):
        note(f"stancectl: error[{code or error.code}]: {error}")
        return
    from stancectl.report.diagnostics import counted, write

    files = {problem.path for problem in error.problems}
    count = f"{counted(len(error.problems), 'problem')} in {counted(len(files), 'file')}"
    tell(f"{write(error.problems)}stancectl: error[{error.code}]: {count}; nothing was {undone}")
