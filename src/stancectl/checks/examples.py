"""Short registries for the examples of rules: what is said is filled up with what every registry needs."""

import re
import unicodedata
from collections.abc import Iterator
from textwrap import dedent, indent

from stancectl.checks.rule import Example
from stancectl.registry.files import VOCABULARY, File

TODAY = "2026-01-31"
"""The day on which the examples are checked."""

WORDS = """\
format: 1
topic: A force
stances:
  willing: {label: Willing, takes_part: true}
  undecided: {label: Undecided}
  opposed: {label: Opposed, refuses: true}
preconditions:
  ceasefire: {label: Ceasefire}
  mandate: {label: Mandate}
  framework: {label: Framework}
contributions:
  troops: {label: Troops}
  naval: {label: Naval}
"""
COUNTRY = """\
country: TR
name: Turkey
statements:
"""
STATEMENT = {
    "id": "2025-11-27-mod",
    "date": "2025-11-27",
    "speaker": "Ministry of National Defence",
    "summary": "It would weigh sending soldiers.",
    "sources": "\n  - {url: https://example.org/1}\n  - {url: https://example.org/2}",
}


def files(example: Example) -> list[File]:
    """The files of the registry that an example stands for."""
    texts = {"turkey.yaml": COUNTRY + statements(example)} if isinstance(example, str) else dict(example)
    whole = {VOCABULARY: WORDS} | texts
    return [File(name, name, dedent(text).encode(errors="surrogateescape")) for name, text in whole.items()]


def statements(short: str) -> str:
    """The list of statements that a few lines stand for: one statement's keys, or a list of statements."""
    text = dedent(short).strip("\n") + "\n"
    listed = re.split(r"^- ", text, flags=re.MULTILINE)[1:]
    return "".join(map(_item, [dedent(f"  {each}") for each in listed] or [text]))


def _item(keys: str) -> str:
    given = set(re.findall(r"^([a-z_]+):", keys, flags=re.MULTILINE))
    missing = "".join(f"{key}: {value}\n" for key, value in STATEMENT.items() if key not in given)
    return "  - " + indent(missing + keys, "    ").lstrip()


def shown(example: Example) -> Iterator[str]:
    """The lines of an example as documentation shows them: a file's name over its text where there are several."""
    for name, text in {"": example}.items() if isinstance(example, str) else example.items():
        if name:
            yield f"# {name}"
        legible = "".join(map(_legible, dedent(text).strip("\n")))
        yield from legible.split("\n")


def _legible(mark: str) -> str:
    return f"\\u{ord(mark):04x}" if mark != "\n" and unicodedata.category(mark) in ("Cc", "Cf", "Cs") else mark
