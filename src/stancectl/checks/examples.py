"""Short registries for the examples of rules: what is said is filled up with what every registry needs."""

import re
import unicodedata
from collections.abc import Iterator
from textwrap import dedent, indent

from stancectl.checks.rule import Example
from stancectl.registry.files import VOCABULARY, File

TODAY = "2026-01-31"
"""The day on which the examples are checked."""

WORDS = {
    "format": "1",
    "topic": "A force",
    "stances": """
  willing: {label: Willing, takes_part: true}
  undecided: {label: Undecided}
  opposed: {label: Opposed, refuses: true}""",
    "preconditions": """
  ceasefire: {label: Ceasefire}
  mandate: {label: Mandate}
  framework: {label: Framework}""",
    "contributions": """
  troops: {label: Troops}
  naval: {label: Naval}""",
}
COUNTRY = {"country": "TR", "name": "Turkey"}
STATEMENT = {
    "id": "2025-11-27-mod",
    "date": "2025-11-27",
    "speaker": "Ministry of National Defence",
    "summary": "It would weigh sending soldiers.",
    "sources": "\n  - {url: https://example.org/1}\n  - {url: https://example.org/2}",
}


def files(example: Example) -> list[File]:
    """The files of the registry that an example stands for."""
    texts = (
        {"turkey.yaml": _whole(COUNTRY) + f"statements:\n{statements(example)}"} if isinstance(example, str) else dict(example)
    )
    whole = {VOCABULARY: ""} | texts
    return [
        File(name, name, _filled(name, dedent(text).lstrip("\n")).encode(errors="surrogateescape"))
        for name, text in whole.items()
    ]


def statements(short: str) -> str:
    """The list of statements that a few lines stand for: one statement's keys, or a list of statements."""
    text = dedent(short).strip("\n") + "\n"
    listed = re.split(r"^- ", text, flags=re.MULTILINE)[1:]
    return "".join(map(_item, [dedent(f"  {each}") for each in listed] or [text]))


def _item(keys: str) -> str:
    return "  - " + indent(_whole(STATEMENT, keys) + keys, "    ").lstrip()


def _filled(name: str, text: str) -> str:
    """The text of a file with what it leaves out: of the vocabulary any key, of a country its statements."""
    if name == VOCABULARY:
        return text + _whole(WORDS, text)
    return text if name.startswith("_") or "statements:" in text else f"{text}statements:\n{statements('')}"


def _whole(keys: dict[str, str], given: str = "") -> str:
    """Those of the keys that are not given, with their values."""
    there = set(re.findall(r"^([a-z_]+):", given, flags=re.MULTILINE))
    return "".join(f"{key}: {value}\n" for key, value in keys.items() if key not in there)


def shown(example: Example) -> Iterator[str]:
    """The lines of an example as documentation shows them: a file's name over its text where there are several."""
    for name, text in {"": example}.items() if isinstance(example, str) else example.items():
        if name:
            yield f"# {name}"
        legible = "".join(map(_legible, dedent(text).strip("\n")))
        yield from legible.split("\n")


def _legible(mark: str) -> str:
    return f"\\u{ord(mark):04x}" if mark != "\n" and unicodedata.category(mark) in ("Cc", "Cf", "Cs") else mark
