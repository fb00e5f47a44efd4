"""Two recordings of one world: which country of the one is which of the other, and which statement."""

from collections.abc import Iterator
from typing import NamedTuple

from stancectl.model.registry import Country, Registry
from stancectl.model.statements import Statement


class Match(NamedTuple):
    """A country in two recordings; None where one does not have it.

    `statements` are those of both, before and after; None where one does not have it. They come in the order of the later
    recording, then those that it lacks.
    """

    before: Country | None
    after: Country | None
    statements: tuple[tuple[Statement | None, Statement | None], ...]

    @property
    def slugs(self) -> frozenset[str]:
        """What the country is called in either."""
        return frozenset(each.slug for each in (self.before, self.after) if each)

    @property
    def known(self) -> frozenset[str]:
        """The references, in the later recording, of the statements that the earlier has too."""
        return frozenset(after.ref for before, after in self.statements if before and after)


def match(before: Registry, after: Registry) -> Iterator[Match]:
    """The countries of two recordings, by slug; one whose slug is new is known by its code."""
    gone = {each.code: each for slug, each in before.countries.items() if slug not in after.countries}
    for slug, country in after.countries.items():
        earlier = before.countries.get(slug) or gone.pop(country.code, None)
        yield match_country(earlier, country)
    for country in gone.values():
        yield match_country(country, None)


def match_country(before: Country | None, after: Country | None) -> Match:
    """One country's statements, matched.

    Statements are the same by their id. Of the others, those are that say the same but for their id; then those with one
    summary; then those of one speaker that share a source.
    """
    if before is after and before is not None:
        return Match(before, after, tuple((each, each) for each in before.statements))
    earlier = {each.id: each for each in (before.statements if before else ())}
    later = {each.id: each for each in (after.statements if after else ())}
    found = {id: earlier.pop(id) for id in later if id in earlier}
    for alike in (_says_the_same, _is_summed_up_alike, _is_read_in_one_place):
        for id in [id for id in later if id not in found]:
            was = next((each for each in earlier.values() if alike(each, later[id])), None)
            if was is not None:
                found[id] = earlier.pop(was.id)
    return Match(
        before, after, (*((found.get(id), each) for id, each in later.items()), *((each, None) for each in earlier.values()))
    )


def _says_the_same(one: Statement, other: Statement) -> bool:
    return one._replace(country=other.country, id=other.id) == other


def _is_summed_up_alike(one: Statement, other: Statement) -> bool:
    return one.summary == other.summary


def _is_read_in_one_place(one: Statement, other: Statement) -> bool:
    return one.speaker == other.speaker and not {each.url for each in one.sources}.isdisjoint(each.url for each in other.sources)
