"""A bar for who waits at a terminal, and for nobody else."""

import contextlib
import os
import pty
import subprocess
import sys

from running import environment

PROGRAM = """
from stancectl.report import progress
progress._PATIENCE = {patience}
print(list(progress.shown(iter("abcde"), 5, "Reading the registry")))
"""
ANSWER = "['a', 'b', 'c', 'd', 'e']\n"


def run(patience: float, stderr: int) -> str:
    """What the program answers that passes letters on; its stderr goes to a file descriptor."""
    words = [sys.executable, "-c", PROGRAM.format(patience=patience)]
    env = environment({"TERM": "xterm-256color", "COLUMNS": "80"})
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=stderr, env=env, text=True, check=True).stdout


def at_a_terminal(patience: float) -> tuple[str, str]:
    """The answer, and what a terminal shows beside it."""
    ours, theirs = pty.openpty()
    answer = run(patience, theirs)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # the end, as Linux tells it
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    return answer, shown.decode()


def test_at_a_terminal_there_is_a_bar_that_goes_again() -> None:
    answer, shown = at_a_terminal(patience=-1)
    assert answer == ANSWER
    assert "Reading the registry" in shown
    assert "100%" in shown
    assert shown.endswith("\x1b[2K")  # the line is empty again


def test_what_is_quick_needs_none() -> None:
    assert at_a_terminal(patience=1000) == (ANSWER, "")


def test_nobody_waits_at_a_pipe() -> None:
    ours, theirs = os.pipe()
    assert run(patience=-1, stderr=theirs) == ANSWER
    os.close(theirs)
    assert os.read(ours, 100) == b""
    os.close(ours)
