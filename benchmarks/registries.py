"""Registries made up for measuring: any number of statements, always the same for the same numbers."""

import random
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from string import ascii_uppercase

from stancectl.model.iso import is_country
from stancectl.model.vocabulary import Vocabulary
from stancectl.registry.files import VOCABULARY
from stancectl.registry.load import load
from stancectl.registry.locate import shipped

CODES = [code for first, second in product(ascii_uppercase, repeat=2) if is_country(code := first + second) and first not in "QX"]
WORDS = (
    "force",
    "ceasefire",
    "partners",
    "agree",
    "once",
    "guns",
    "fall",
    "silent",
    "who",
    "pays",
    "and",
    "commands",
    "in",
    "the",
)
RARE, RARE_EVERY = "armistice", 50
"""A word to search for, and how many statements of a country go by from one that holds it to the next."""
SPEAKERS = ("Ministry of Defence", "Ministry of Foreign Affairs", "Prime Minister", "President", "Government spokesperson")


def write(folder: Path, statements: int, countries: int, seed: int = 1) -> Path:
    """Write a registry of so many statements, shared out evenly among countries, into a new folder; give the folder back.

    The vocabulary is the shipped one, without who grants what; countries go by their codes, of which there are 249. It holds no
    error.
    """
    chance = random.Random(seed)  # noqa: S311
    words = load(shipped(), cache=False).vocabulary
    folder.mkdir(parents=True)
    vocabulary = (shipped() / VOCABULARY).read_text(encoding="utf-8")
    kept = [line for line in vocabulary.splitlines() if "granted_by" not in line]  # the holders are not among the countries
    (folder / VOCABULARY).write_text("\n".join(kept) + "\n", encoding="utf-8")
    for number in range(countries):
        lines = [f'country: "{CODES[number]}"', f"name: Country {number + 1}", "statements:"]
        for index in range(statements // countries):
            lines += _statement(chance, words, index)
        (folder / f"country-{number + 1:05}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _statement(chance: random.Random, words: Vocabulary, index: int) -> list[str]:
    day = date(2022, 1, 1) + timedelta(days=index * 7 % 1700, weeks=index // 250)
    lines = [
        f"  - id: {day}-{index}",
        f"    date: {day}",
        f"    speaker: {chance.choice(SPEAKERS)}",
        "    occasion: weekly press briefing",
        "    attribution: official",
        f"    stance: {chance.choice(list(words.stances))}",
        "    summary: >-",
        f"      {_text(chance, 18)}",
        f"      {_text(chance, 12)}{f' {RARE}' if index % RARE_EVERY == 0 else ''}",
        f'    quote: "{_text(chance, 8)}"',
        f"    requires: [{', '.join(chance.sample(list(words.preconditions), 2))}]",
        "    offers:",
        f"      - kind: {chance.choice(list(words.contributions))}",
        f"        personnel: {{min: {chance.randint(1, 9) * 100}, max: 1000}}",
        "    sources:",
    ]
    for page in range(2):
        lines += [
            f"      - url: https://example.org/{day}/{chance.getrandbits(40):x}",
            "        publisher: Example Gazette",
            f'        title: "{_text(chance, 7)}"',
            f"        date: {day + timedelta(days=page)}",
            "        lang: en",
        ]
    return lines


def _text(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length))
