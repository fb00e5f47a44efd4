"""Many files on every processor."""

import os
import signal
from collections.abc import Callable, Collection
from typing import TypeVar

from stancectl.registry.files import File

Result = TypeVar("Result")

WORTH_A_PROCESS = 1_000_000
"""Bytes of YAML that take longer to read than a process takes to start."""


def each_file(function: Callable[[File], Result], files: Collection[File]) -> list[Result]:
    """The function of each file, in their order; worked out by several processes where there is enough to read.

    Function and results have to be such as can be pickled.
    """
    processes = min(_processors(), sum(len(file.data) for file in files) // WORTH_A_PROCESS)
    if processes > 1:
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        try:
            with ProcessPoolExecutor(processes, initializer=_leave_interrupts) as pool:
                return list(pool.map(function, files, chunksize=max(1, len(files) // (processes * 8))))
        except (OSError, ImportError, BrokenProcessPool):  # no room for processes, or no means to talk to them
            pass
    return [function(file) for file in files]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _leave_interrupts() -> None:
    """Let Ctrl-C stop the one that started this process, which then stops this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
