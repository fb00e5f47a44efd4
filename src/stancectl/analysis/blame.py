"""Which commit recorded a statement, and which was the last to code it otherwise."""

from typing import NamedTuple

from stancectl.analysis.matching import coding, match_country
from stancectl.model.recordings import Recording
from stancectl.model.registry import Country, Registry
from stancectl.model.statements import Statement

UNCOMMITTED = "uncommitted"
"""What stands for the commit of what is not committed."""


class Blame(NamedTuple):
    """Who recorded a statement, beside a row of `why`: the commit, its day and its author.

    `corrected_by` and `corrected` are the commit that last changed what it is coded as (not merely its text), and its day;
    None where none did. What only the files as they are have is UNCOMMITTED, without a day. The commit is None where a
    shallow clone lacks it.
    """

    commit: str | None
    recorded: str | None
    author: str | None
    corrected_by: str | None
    corrected: str | None


def blame(statement: Statement, recording: Recording) -> Blame:
    """Follow a statement back, through renames of it and of its country, to the recording that brought it.

    Of recordings that were merged, the first that has it coded as it is now is followed.
    """
    corrected: Recording | None = None
    while True:
        found = [(was, each) for each in recording.before if (was := _before(statement, recording.registry, each.registry))]
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
    )


def _before(statement: Statement, after: Registry, before: Registry) -> Statement | None:
    """The statement in an earlier recording."""
    country = after.countries[statement.country]
    earlier = before.countries.get(country.slug) or _of_code(before, country.code)
    if earlier is None or earlier is country:
        return statement if earlier else None
    return next((was for was, now in match_country(earlier, country).statements if now and now.id == statement.id), None)


def _of_code(registry: Registry, code: str) -> Country | None:
    return next((country for country in registry.countries.values() if country.code == code), None)
