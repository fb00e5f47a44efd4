"""Which commit recorded a statement, and which was the last to code it otherwise."""

from collections.abc import Iterable
from typing import NamedTuple

from stancectl.analysis.matching import Match, before_of, coding, match_country
from stancectl.model.recordings import Recording
from stancectl.model.registry import Registry
from stancectl.model.statements import Statement

UNCOMMITTED = "uncommitted"
"""What stands for the commit of what is not committed."""


class Blame(NamedTuple):
    """Who recorded a statement, beside a row of `why`: the commit, its day and its author.

    `corrected_by`, `corrected` and `corrector` are the commit that last changed what it is coded as (not merely its text), its
    day and its author; None where none did. What only the files as they are have is UNCOMMITTED, without a day. The commit is
    None where a shallow clone lacks it.
    """

    commit: str | None
    recorded: str | None
    author: str | None
    corrected_by: str | None
    corrected: str | None
    corrector: str | None


Matches = dict[tuple[int, int], Match]
"""Matches of two versions of a country, by the ids of the objects."""


def blames(statements: Iterable[Statement], recording: Recording) -> dict[str, Blame]:
    """Who recorded each of the statements of a recording, by their references."""
    matches: Matches = {}
    return {statement.ref: _blame(statement, recording, matches) for statement in statements}


def _blame(statement: Statement, recording: Recording, matches: Matches) -> Blame:
    """Follow a statement back, through renames of it and of its country, to the recording that brought it.

    Of recordings that were merged, the first that has it coded as it is now is followed.
    """
    corrected: Recording | None = None
    while True:
        sides = ((_before(statement, recording.registry, each.registry, matches), each) for each in recording.before)
        found = [(was, each) for was, each in sides if was is not None]
        if not found:
            break
        same = [(was, each) for was, each in found if coding(was) == coding(statement)]
        if not same:
            corrected = corrected or recording
        statement, recording = (same or found)[0]
    made = recording.commit
    known = made if made and not made.is_cut else None
    mended = corrected.commit if corrected else None
    return Blame(
        commit=known.id if known else None if made else UNCOMMITTED,
        recorded=known.day if known else None,
        author=known.author if known else None,
        corrected_by=mended.id if mended else UNCOMMITTED if corrected else None,
        corrected=mended.day if mended else None,
        corrector=mended.author if mended else None,
    )


def _before(statement: Statement, after: Registry, before: Registry, matches: Matches) -> Statement | None:
    """The statement in an earlier recording."""
    country = after.countries[statement.country]
    earlier = before_of(country, before, after)
    if earlier is None or earlier is country:
        return statement if earlier else None
    key = (id(earlier), id(country))
    if key not in matches:
        matches[key] = match_country(earlier, country)
    return matches[key].known.get(statement.ref)
