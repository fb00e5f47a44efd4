"""Full text: every field of every statement that holds the words."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, Protocol, runtime_checkable

from stancectl.model.dates import PartialDate
from stancectl.model.names import plain
from stancectl.model.registry import Country
from stancectl.model.statements import Statement


class Match(NamedTuple):
    """One row of `search`: the text (`match`) of a statement's field that holds every word."""

    ref: str
    date: PartialDate
    country: str
    speaker: str
    field: str
    match: str


@runtime_checkable
class Sifting(Protocol):
    """Statements that can tell by their raw texts which of them are worth making."""

    def sift(self, may_be: Callable[[str], bool]) -> Iterable[Statement]:
        """Those whose texts, run together, pass the test."""


def search(countries: Iterable[Country], text: str, since: date, until: date) -> list[Match]:
    """Fields that hold every word of `text`, in any order, case and accents aside; oldest first.

    Of what was said from `since` to `until`, both included.
    """
    words = plain(text).split()
    found = []
    said = (each for country in countries for each in _candidates(country, words) if since <= each.date.earliest <= until)
    for statement in sorted(said, key=lambda statement: statement.date.earliest):
        for field, value in _texts(statement):
            there = plain(value)
            if words and all(word in there for word in words):
                found.append(Match(statement.ref, statement.date, statement.country, statement.speaker, field, value))
    return found


def _candidates(country: Country, words: list[str]) -> Iterable[Statement]:
    """The statements that may hold the words: a stored country can tell without making the others."""

    def may_hold(text: str) -> bool:
        there = plain(text)
        return all(word in there for word in words)

    said = country.statements
    if not isinstance(said, Sifting) or any("," in word for word in words):  # which `_texts` may put between two texts
        return said
    return said.sift(may_hold)


def _texts(statement: Statement) -> Iterator[tuple[str, str]]:
    for field in ("speaker", "office", "occasion", "summary", "quote", "note"):
        if value := getattr(statement, field):
            yield field, value
    for requirement in statement.requires:
        if requirement.note:
            yield "requires", requirement.note
    for offer in statement.offers:
        if offer.note:
            yield "offers", offer.note
    for source in statement.sources:
        yield "sources", ", ".join(text for text in (source.publisher, source.title) if text) or source.url
