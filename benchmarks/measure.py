"""Commands run in turn, so that a busy moment hits all alike: the median of their seconds and the peak of their memory."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

LONG, LONG_ROUNDS = 1.0, 5
VERY_LONG, VERY_LONG_ROUNDS = 20.0, 1
STOPWATCH = [sys.executable, "-I", "-S", str(Path(__file__).with_name("stopwatch.py"))]
KILOBYTE = 1 if sys.platform == "darwin" else 1024
"""The unit in which the system tells a peak, in bytes."""


class Failed(Exception):
    """A command exited with an error, or its answer is not the right one."""


@dataclass(frozen=True)
class Key:
    """What is measured: a tool at a task, on a registry of `size` statements (0: the shipped one)."""

    tool: str
    task: str
    size: int = 0


@dataclass(frozen=True, eq=False)
class Command:
    """How it is measured: the words to run, what to do before each time, and whether an answer is right."""

    key: Key
    words: Sequence[str]
    right: Callable[[str], bool]
    before: Callable[[], object] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)
    terminal: bool = False


@dataclass
class Taken:
    """What a command took: the seconds of every round, and the bytes of the highest peak."""

    seconds: list[float] = field(default_factory=list)
    peak: int = 0

    @property
    def median(self) -> float:
        """The median of the rounds' seconds."""
        return statistics.median(self.seconds)


def verified(command: Command, folder: Path) -> float:
    """The seconds of a first run, which warms every cache; raises Failed if its answer is not right."""
    answer = folder / "answer"
    seconds, _ = run(command, folder, answer)
    if not command.right(answer.read_text(encoding="utf-8")):
        raise Failed("the answer is not the right one")
    return seconds


def in_turn(firsts: Mapping[Command, float], rounds: int, folder: Path, tell: Callable[[str], None]) -> dict[Key, Taken]:
    """What commands took that were run in turn, given the seconds of their first run.

    Each runs `rounds` times, but a long one less often; and in another order each time, since what ran before can matter.
    """
    taken = {command.key: Taken() for command in firsts}
    for number in range(rounds):
        for command, first in Random(number).sample(list(firsts.items()), len(firsts)):  # noqa: S311
            mine = taken[command.key]
            if number >= _rounds(min([first, *mine.seconds]), rounds):
                continue
            seconds, peak = run(command, folder, Path("/dev/null"))
            mine.seconds.append(seconds)
            mine.peak = max(mine.peak, peak)
        tell(f"round {number + 1} of {rounds}")
    return taken


def run(command: Command, folder: Path, answer: Path) -> tuple[float, int]:
    """The seconds and the peak of one run in `folder`, whose output goes to `answer`; raises Failed if it fails."""
    command.before()
    place = "terminal" if command.terminal else "pipe"
    told = subprocess.run(
        [*STOPWATCH, str(answer), place, *command.words],
        cwd=folder,
        env={**os.environ, **command.environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise Failed(told.stderr.strip())
    seconds, peak, code = told.stdout.split()
    if code != "0":
        raise Failed(f"exit code {code}: {told.stderr.strip()[-500:]}")
    return float(seconds), int(peak) * KILOBYTE


def _rounds(seconds: float, rounds: int) -> int:
    if seconds > VERY_LONG:
        return min(rounds, VERY_LONG_ROUNDS)
    return min(rounds, LONG_ROUNDS) if seconds > LONG else rounds
