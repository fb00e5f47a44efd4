"""`stancectl check` beside check-jsonschema with the registry's own schema: how long each takes, and what each finds.

    python benchmarks/check.py [ROUNDS]

Both read the same 10,000 statements in 200 files, ROUNDS times (3) in turn; the median counts. Then one mistake of each
kind is put into a file each, and both are asked what is wrong. Needs `pip install check-jsonschema`.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from registries import write

STATEMENTS, COUNTRIES = 10_000, 200
MISTAKES: dict[str, Callable[[str], str]] = {
    "a date that is none": lambda text: re.sub("date: 2022-01-08", "date: 2022-13-08", text, count=1),
    "a date to come": lambda text: re.sub("    date: 2022-01-08", "    date: 2922-01-08", text, count=1),
    "an unknown stance": lambda text: re.sub("stance: [a-z]+", "stance: wiling", text, count=1),
    "an unknown precondition": lambda text: re.sub(r"requires: \[", "requires: [ceasfire, ", text, count=1),
    "a misspelt key": lambda text: text.replace("speaker:", "speeker:", 1),
    "a key twice": lambda text: text.replace(
        "    attribution: official", "    attribution: official\n    attribution: reported", 1
    ),
    "an id twice": lambda text: text.replace("id: 2022-01-08-1", "id: 2022-01-01-0", 1),
    "a code twice": lambda text: re.sub('country: "[A-Z]+"', 'country: "AF"', text),
    "an unknown language": lambda text: text.replace("lang: en", "lang: ua", 1),
    "an answer to nobody": lambda text: text.replace(
        "    sources:", "    responds_to: [country-00001/2021-01-01-x]\n    sources:", 1
    ),
    "an order of nothing": lambda text: re.sub(
        r"requires: \[.*", "requires: [{condition: mandate, after: [ceasefire]}]", text, count=1
    ),
    "an anchor": lambda text: text.replace("speaker: ", "speaker: &who ", 1),
    "an unquoted colon": lambda text: text.replace("occasion: weekly", "occasion: asked: weekly", 1),
    "characters that turn text round": lambda text: text.replace("occasion: weekly", "occasion: \u202eweekly", 1),
}


def main() -> None:
    """Measure, and print two tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        registry = write(Path(folder) / "positions", STATEMENTS, COUNTRIES)
        ours, theirs = commands(registry)
        times: dict[str, list[float]] = {"stancectl check": [], "check-jsonschema": []}
        for _ in range(rounds):
            for name, words in zip(times, (ours, theirs), strict=True):
                started = time.perf_counter()
                subprocess.run(words, capture_output=True, check=True)
                times[name].append(time.perf_counter() - started)
        fastest = statistics.median(times["stancectl check"])
        print(f"{STATEMENTS} statements in {COUNTRIES} files, median of {rounds}")
        for name, taken in times.items():
            print(f"{name:18}{statistics.median(taken):>8.2f} s{statistics.median(taken) / fastest:>8.1f}x")
        print()
        compare(registry, ours, theirs)


def commands(registry: Path) -> tuple[list[str], list[str]]:
    """The two checks of a registry; its schema is written beside it."""
    python = sys.executable
    schema = registry.parent / "country.json"
    made = subprocess.run([python, "-m", "stancectl", "schema", "--registry", registry], capture_output=True, check=True)
    schema.write_bytes(made.stdout)
    files = sorted(map(str, registry.glob("country-*.yaml")))
    ours = [python, "-m", "stancectl", "check", str(registry), "--ignore", "stale-position"]
    return ours, [python, "-m", "check_jsonschema", "--schemafile", str(schema), *files]


def compare(registry: Path, ours: list[str], theirs: list[str]) -> None:
    """Put a mistake of each kind into a file of its own, and print which of them are found."""
    for number, make in enumerate(MISTAKES.values(), 2):
        file = registry / f"country-{number:05}.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(make(text), encoding="utf-8")
        assert file.read_text(encoding="utf-8") != text
    told = [subprocess.run(words, capture_output=True, text=True, check=False).stdout for words in (ours, theirs)]
    print(f"{'mistake':34}{'stancectl':>10}{'check-jsonschema':>18}")
    for number, name in enumerate(MISTAKES, 2):
        found = ["found" if f"country-{number:05}.yaml" in text else "-" for text in told]
        print(f"{name:34}{found[0]:>10}{found[1]:>18}")


if __name__ == "__main__":
    main()
