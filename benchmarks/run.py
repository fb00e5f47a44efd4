"""How fast the commands are and what they need, beside floors and other tools, all measured in one go.

    python benchmarks/run.py [--rounds N] [--sizes 240,10000,100000] [--output FOLDER]

Registries are made up and put into the formats of the tools that are installed; then all commands take turns. The results are
written to `performance.md` and `performance.svg` in the folder, which is `docs/`. Needs `pip install -e '.[bench]'`.
"""

import argparse
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import tasks
from made import make
from measure import Command, Failed, in_turn, verified
from plot import draw
from report import Outcome, page

TERMINAL = {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "40"}
FOREIGN = ("PYTHON", "STANCECTL_", "BEANCOUNT_", "NO_COLOR", "FORCE_COLOR")
"""How variables begin that would change what is measured; one of them keeps compiled modules from being stored."""


def main() -> None:
    """Measure, and write the page and its plot."""
    parser = argparse.ArgumentParser(description="Measure stancectl beside floors and other tools.")
    parser.add_argument("--rounds", type=int, default=20, help="how often each command runs")
    parser.add_argument("--sizes", type=_sizes, default=[240, 10_000, 100_000], help="statements of each made-up registry")
    parser.add_argument("--output", type=Path, default=Path(__file__).parents[1] / "docs", help="where the results go")
    options = parser.parse_args()
    words = shlex.join(["python", "benchmarks/run.py", *sys.argv[1:]])
    with tempfile.TemporaryDirectory() as folder:
        outcome = measured(Path(folder), options.sizes, options.rounds, words)
    options.output.mkdir(parents=True, exist_ok=True)
    draw(outcome.results, outcome.sizes, options.output / "performance.svg")
    (options.output / "performance.md").write_text(page(outcome, "performance.svg"), encoding="utf-8")


def measured(folder: Path, sizes: Sequence[int], rounds: int, words: str) -> Outcome:
    """Measure everything in a folder that is empty; `words` are those that asked for it."""
    for name in [name for name in os.environ if name.startswith(FOREIGN)]:
        del os.environ[name]
    os.environ.update(TERMINAL, XDG_CACHE_HOME=str(folder / "cache"))
    firsts, left_out = {}, []
    for command in commands(folder, sizes):
        tell(f"first: {command.key.tool}, {command.key.task}, {command.key.size}")
        try:
            firsts[command] = verified(command, folder)
        except Failed as failure:
            told = f"{command.key.tool} ({command.key.task}, {command.key.size}): {failure}"
            if command.key.tool == tasks.OURS:
                raise SystemExit(told) from None
            left_out.append(told)
    return Outcome(in_turn(firsts, rounds, folder, tell), list(firsts), sizes, rounds, words, left_out)


def commands(folder: Path, sizes: Sequence[int]) -> Iterator[Command]:
    """All that is measured; what it needs is made in the folder."""
    yield from tasks.floors()
    yield from tasks.on_shipped(folder)
    for size in sizes:
        tell(f"making {size} statements")
        place = folder / str(size)
        made = make(place / "positions", size)
        yield from tasks.on_made(made, place)
        yield from tasks.of_peers(made, place)
        if size <= tasks.MOST_CHECKED:
            yield from tasks.checks(made)


def tell(text: str) -> None:
    """Say how far it has come."""
    print(text, file=sys.stderr)


def _sizes(text: str) -> list[int]:
    return sorted(int(size) for size in text.split(","))


if __name__ == "__main__":
    main()
