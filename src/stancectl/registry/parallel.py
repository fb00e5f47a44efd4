"""Many files on every processor."""

import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any, TypeVar

from stancectl.registry.files import File

Result = TypeVar("Result")

WORTH_A_PROCESS = 1_000_000
"""Bytes of YAML that take longer to read than a process takes to start."""


Progress = Callable[[Iterator[Any], int], Generator[Any]]
"""Passes on what takes long to come, so many of them, and tells somebody how far it is."""


def each_file(function: Callable[[File], Result], files: Sequence[File]) -> Generator[Result]:
    """The function of each file, in their order; worked out by several processes where there is enough to read.

    Function and results have to be such as can be pickled.
    """
    processes = min(_processors(), sum(len(file.data) for file in files) // WORTH_A_PROCESS)
    done = 0
    if processes > 1:
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        try:
            with ProcessPoolExecutor(processes, initializer=_leave_interrupts) as pool:
                for result in pool.map(function, files, chunksize=max(1, len(files) // (processes * 32))):
                    yield result
                    done += 1
        except (OSError, ImportError, BrokenProcessPool):  # no room for processes, or no means to talk to them
            pass
    yield from map(function, files[done:])


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _leave_interrupts() -> None:
    """Let Ctrl-C stop the one that started this process, which then stops this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
