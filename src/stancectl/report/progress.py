"""How far something is that takes long, for the person who waits."""

import sys
import time
from collections.abc import Generator, Iterable
from typing import TypeVar

Result = TypeVar("Result")

_PATIENCE = 1.0  # seconds before anybody asks


def shown(results: Iterable[Result], total: int, what: str) -> Generator[Result]:
    """Pass on the results, `total` of them; if that takes longer than a second, with a bar on a terminal's stderr."""
    begun = time.monotonic()
    came = iter(results)
    for done, result in enumerate(came, 1):
        yield result
        if time.monotonic() - begun > _PATIENCE and sys.stderr is not None and sys.stderr.isatty():
            yield from _with_bar(came, done, total, what)
            return


def _with_bar(results: Iterable[Result], done: int, total: int, what: str) -> Generator[Result]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total, completed=done)
        for result in results:
            yield result
            progress.advance(task)
