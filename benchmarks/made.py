"""A registry made up for measuring, with what there is to know of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import formats
import registries
from formats import Statement
from registries import RARE
from stancectl.registry.load import load
from stancectl.registry.locate import shipped

MOST_COUNTRIES, EACH_AT_LEAST = 200, 6


@dataclass(frozen=True)
class Made:
    """A registry's folder, and its statements by country and date."""

    folder: Path
    statements: list[Statement]

    @property
    def size(self) -> int:
        """How many statements there are."""
        return len(self.statements)

    @property
    def files(self) -> list[Path]:
        """The files of its countries."""
        return sorted(self.folder.glob("country-*.yaml"))

    @property
    def country(self) -> str:
        """The country in the middle: neither the first nor the last to be found."""
        return str(self.statements[self.size // 2]["country"])

    @property
    def stances(self) -> dict[str, str]:
        """The latest stance of every country."""
        return {statement["country"]: statement["stance"] for statement in self.statements}

    @property
    def taking_part(self) -> dict[str, str]:
        """The latest stance of every country that would take part."""
        known = load(shipped(), cache=False).vocabulary.stances
        return {country: stance for country, stance in self.stances.items() if known[stance].takes_part}

    def of_country(self) -> Iterator[str]:
        """The ids of that country's statements."""
        return (statement["id"] for statement in self.statements if statement["country"] == self.country)

    def with_word(self) -> Iterator[str]:
        """The ids of the statements that hold the rare word."""
        return (statement["id"] for statement in self.statements if RARE in statement["summary"])


def make(folder: Path, size: int) -> Made:
    """Make a registry of `size` statements in a new folder."""
    countries = min(MOST_COUNTRIES, size // EACH_AT_LEAST)
    return Made(folder, formats.read(registries.write(folder, size, countries)))
