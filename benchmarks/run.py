"""How fast the commands are, beside floors measured in the same run.

    python benchmarks/run.py [ROUNDS]

Every command runs ROUNDS times (20), the commands taking turns, so that a busy moment hits all alike; the median counts.
The floor of a command is the interpreter plus Typer doing nothing. The last lines set reading the registry's YAML beside
PyYAML's own loader, in one process.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import yaml

from stancectl.registry import files
from stancectl.registry.locate import shipped
from stancectl.registry.read import check_files
from stancectl.registry.strict_yaml import parse

FLOOR = "import typer; app = typer.Typer(); app.command()(lambda: None); app(standalone_mode=False)"
TOOL = [sys.executable, "-m", "stancectl"]
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "typer, doing nothing": [sys.executable, "-c", FLOOR],
    "show turkey": [*TOOL, "show", "turkey"],
    "show turkey --json": [*TOOL, "show", "turkey", "--json"],
    "show turkey, as a table": [*TOOL, "show", "turkey", "--format", "table"],
    "list": [*TOOL, "list"],
    "list, as a table": [*TOOL, "list", "--format", "table"],
    "diff --since 2025-03": [*TOOL, "diff", "--since", "2025-03"],
    "search backstop": [*TOOL, "search", "backstop"],
    "list --no-cache": [*TOOL, "list", "--no-cache"],
}


def main() -> None:
    """Measure, and print two tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "XDG_CACHE_HOME": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        times: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for number in range(rounds + 1):
            for name, words in COMMANDS.items():
                started = time.perf_counter()
                subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=True)
                if number:  # the first round compiles modules and fills the cache
                    times[name].append(time.perf_counter() - started)
    floor = statistics.median(times["typer, doing nothing"])
    print(f"{'command':28}{'median':>10}{'of the floor':>16}")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:28}{median * 1000:>7.0f} ms{median / floor:>15.2f}x")
    reading(rounds)


def reading(rounds: int) -> None:
    """Time ways of reading the shipped registry's files, already in memory."""
    found = [file for name in files.stamps(shipped()) if isinstance(file := files.read(shipped(), name), files.File)]
    statements = sum(file.data.count(b"\n  - id:") for file in found)
    ways: dict[str, Callable[[], object]] = {
        "strict_yaml.parse": lambda: [parse(file).value for file in found],
        "parse and check": lambda: check_files(found),
        "yaml.CSafeLoader": lambda: [yaml.load(file.data, yaml.CSafeLoader) for file in found],
    }
    print(f"\n{'reading':28}{'a statement':>13}{'of CSafeLoader':>16}")
    taken = {name: min(timed(way) for _ in range(max(rounds // 4, 3))) / statements for name, way in ways.items()}
    for name, seconds in taken.items():
        print(f"{name:28}{seconds * 1e6:>10.0f} µs{seconds / taken['yaml.CSafeLoader']:>15.2f}x")


def timed(way: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
