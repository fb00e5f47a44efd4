"""Which commit recorded a statement, and which was the last to code it otherwise."""

from typing import NamedTuple

from stancectl.analysis.matching import coding, match_country
from stancectl.analysis.reasons import Reason
from stancectl.model.dates import PartialDate
from stancectl.model.history import Action, PartKind
from stancectl.model.recordings import Commit, Recording
from stancectl.model.registry import Country, Registry
from stancectl.model.statements import Statement

UNCOMMITTED = "uncommitted"
"""What stands for the commit of what is not committed."""


class Blame(NamedTuple):
    """The commit that recorded a statement, and the last that changed what it is coded as (not merely its text).

    None stands for files that are not committed; `corrected` is None too where nothing was, which `is_corrected` tells apart.
    """

    recorded: Commit | None
    corrected: Commit | None
    is_corrected: bool


class BlamedReason(NamedTuple):
    """One row of `why --blame`: a reason, as `why` has it; then the commit that recorded its statement, its day and author.

    `corrected_by` and `corrected` are the commit that last changed what it is coded as, and its day; None where none did. What
    only the files as they are have is UNCOMMITTED, without a day. The commit is None where a shallow clone lacks it.
    """

    country: str
    item: str
    action: Action
    date: PartialDate
    ref: str
    speaker: str
    attribution: str
    summary: str
    sources: tuple[str, ...]
    part: PartKind
    commit: str | None
    recorded: str | None
    author: str | None
    corrected_by: str | None
    corrected: str | None


def blamed(reason: Reason, blame: Blame) -> BlamedReason:
    """A reason, and the commits behind its statement."""
    made, corrected = blame.recorded, blame.corrected
    known = made if made and not made.is_cut else None
    return BlamedReason(
        *reason,
        commit=known.id if known else None if made else UNCOMMITTED,
        recorded=known.day if known else None,
        author=known.author if known else None,
        corrected_by=corrected.id if corrected else UNCOMMITTED if blame.is_corrected else None,
        corrected=corrected.day if corrected else None,
    )


def blame(statement: Statement, recording: Recording) -> Blame:
    """Follow a statement back, through renames of it and of its country, to the recording that brought it.

    Of recordings that were merged, the first that has it coded as it is now is followed.
    """
    corrected, is_corrected = None, False
    while True:
        found = [(was, each) for each in recording.before if (was := _before(statement, recording.registry, each.registry))]
        if not found:
            return Blame(recording.commit, corrected, is_corrected)
        same = [(was, each) for was, each in found if coding(was) == coding(statement)]
        if not same and not is_corrected:
            corrected, is_corrected = recording.commit, True
        statement, recording = (same or found)[0]


def _before(statement: Statement, after: Registry, before: Registry) -> Statement | None:
    """The statement in an earlier recording."""
    country = after.countries[statement.country]
    earlier = before.countries.get(country.slug) or _of_code(before, country.code)
    if earlier is None or earlier is country:
        return statement if earlier else None
    return next((was for was, now in match_country(earlier, country).statements if now and now.id == statement.id), None)


def _of_code(registry: Registry, code: str) -> Country | None:
    return next((country for country in registry.countries.values() if country.code == code), None)
