"""Two recordings of one world: which country of the one is which of the other, and which statement."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from stancectl.model.registry import Country, Registry
from stancectl.model.statements import Statement

CODED = ("date", "attribution", "stance", "requires", "drops", "offers", "withdraws", "rules_out", "reopens")
"""The fields of a statement from which positions are derived; the others are its text."""


def coding(statement: Statement) -> tuple[object, ...]:
    """What a statement is coded as."""
    return tuple(getattr(statement, field) for field in CODED)


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
    def known(self) -> Mapping[str, Statement]:
        """The statements of the earlier recording that the later has too, by their references in the later."""
        return {after.ref: before for before, after in self.statements if before and after}


def match(before: Registry, after: Registry) -> Iterator[Match]:
    """The countries of two recordings, by code; one whose code is new is known by its slug, if nobody has the old code."""
    gone = dict(before.countries)
    for country in after.countries.values():
        earlier = before_of(country, before, after)
        if earlier is not None:
            gone.pop(earlier.slug)
        yield match_country(earlier, country)
    for country in gone.values():
        yield match_country(country, None)


def before_of(country: Country, before: Registry, after: Registry) -> Country | None:
    """The country of the later recording as the earlier has it (see `match`)."""
    same_code = next((each for each in before.countries.values() if each.code == country.code), None)
    if same_code is not None:
        return same_code
    namesake = before.countries.get(country.slug)
    is_another = namesake is None or any(each.code == namesake.code for each in after.countries.values())
    return None if is_another else namesake


def match_country(before: Country | None, after: Country | None) -> Match:
    """One country's statements, matched.

    Statements are the same that say the same, whatever their ids. Of the others, those are of one id that have date, speaker,
    summary or a source in common; then those with one summary; then those of one speaker that share a source.
    """
    if before is after and before is not None:
        return Match(before, after, tuple((each, each) for each in before.statements))
    earlier = {each.id: each for each in (before.statements if before else ())}
    later = {each.id: each for each in (after.statements if after else ())}
    found = {id: earlier.pop(id) for id, each in later.items() if id in earlier and _said(earlier[id]) == _said(each)}
    alike = {_said(each): id for id, each in reversed(earlier.items())}
    for id, each in later.items():
        if id not in found and (was := alike.get(_said(each))) in earlier:
            found[id] = earlier.pop(was)
    found |= {id: earlier.pop(id) for id in later if id in earlier and id not in found and _is_alike(earlier[id], later[id])}
    for resembles in (_is_summed_up_alike, _is_read_in_one_place):
        for id in [id for id in later if id not in found]:
            like = next((each for each in earlier.values() if resembles(each, later[id])), None)
            if like is not None:
                found[id] = earlier.pop(like.id)
    return Match(
        before, after, (*((found.get(id), each) for id, each in later.items()), *((each, None) for each in earlier.values()))
    )


def _said(statement: Statement) -> Statement:
    """A statement without its reference."""
    return statement._replace(country="", id="")


def _is_alike(one: Statement, other: Statement) -> bool:
    return one.date == other.date or one.speaker == other.speaker or one.summary == other.summary or _shares_a_source(one, other)


def _is_summed_up_alike(one: Statement, other: Statement) -> bool:
    return one.summary == other.summary


def _is_read_in_one_place(one: Statement, other: Statement) -> bool:
    return one.speaker == other.speaker and _shares_a_source(one, other)


def _shares_a_source(one: Statement, other: Statement) -> bool:
    return not {each.url for each in one.sources}.isdisjoint(each.url for each in other.sources)
