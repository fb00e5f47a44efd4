"""Which mistakes `stancectl check` finds, beside other checkers: check-jsonschema with the registry's schema, and yamllint.

    python benchmarks/check.py

One mistake of each kind is put into a file of its own, and each checker is asked what is wrong. Those that are not installed
are left out. How long they take is measured by `run.py`.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from peers import found
from registries import write

STATEMENTS, COUNTRIES = 240, 40
YAMLLINT = "{extends: relaxed, rules: {line-length: disable}}"
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
    """Make the mistakes, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        registry = write(Path(folder) / "positions", STATEMENTS, COUNTRIES)
        compare(registry, commands(registry))


def commands(registry: Path) -> dict[str, list[str]]:
    """The checkers' names and commands; the schema of the registry is written beside it."""
    tool = str(Path(sys.executable).with_name("stancectl"))
    schema = registry.parent / "country.json"
    made = subprocess.run([tool, "schema", "--registry", registry], capture_output=True, check=True)
    schema.write_bytes(made.stdout)
    files = sorted(map(str, registry.glob("country-*.yaml")))
    checkers = {"check-jsonschema": ["--schemafile", str(schema), *files], "yamllint": ["-d", YAMLLINT, *files]}
    theirs = {name: [path, *words] for name, words in checkers.items() if (path := found(name))}
    return {"stancectl": [tool, "check", str(registry), "--ignore", "stale-position"], **theirs}


def compare(registry: Path, checkers: dict[str, list[str]]) -> None:
    """Put a mistake of each kind into a file of its own, and print which of them are found."""
    for number, make in enumerate(MISTAKES.values(), 2):
        file = registry / f"country-{number:05}.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(make(text), encoding="utf-8")
        assert file.read_text(encoding="utf-8") != text
    told = [subprocess.run(words, capture_output=True, text=True, check=False).stdout for words in checkers.values()]
    print(f"{'mistake':34}{''.join(f'{name:>18}' for name in checkers)}")
    for number, name in enumerate(MISTAKES, 2):
        found_by = ("found" if f"country-{number:05}.yaml" in text else "-" for text in told)
        print(f"{name:34}{''.join(f'{word:>18}' for word in found_by)}")


if __name__ == "__main__":
    main()
