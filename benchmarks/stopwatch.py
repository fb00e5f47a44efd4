"""Run one command, and print its seconds, the kilobytes of its peak and its exit code.

    python -I -S stopwatch.py ANSWER pipe|terminal COMMAND...

What the command writes, into a pipe or on a terminal of 100 columns, goes to the file ANSWER. This is a process of its own
because the peak of a child is never less than what its parent held when it began: this one imports next to nothing.
"""

import os
import sys
import time


def main() -> None:
    """Do what the arguments say."""
    answer, place, *words = sys.argv[1:]
    reading, writing = _terminal() if place == "terminal" else os.pipe()
    kept = os.open(answer, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    started = time.perf_counter()
    child = os.posix_spawnp(words[0], words, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1)])
    os.close(writing)
    while part := _read(reading):
        os.write(kept, part)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - started
    print(seconds, usage.ru_maxrss, os.waitstatus_to_exitcode(status))


def _terminal() -> tuple[int, int]:
    import termios

    master, slave = os.openpty()
    termios.tcsetwinsize(slave, (40, 100))
    return master, slave


def _read(end: int) -> bytes:
    try:
        return os.read(end, 1 << 16)
    except OSError:  # nobody holds the terminal's other end any more
        return b""


if __name__ == "__main__":
    main()
