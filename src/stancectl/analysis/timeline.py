"""Statements and events in the order they came."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from stancectl.analysis.positions import Position
from stancectl.model.dates import PartialDate
from stancectl.model.registry import Event
from stancectl.model.statements import Statement


class Entry(NamedTuple):
    """One row of `timeline`: a statement, or an event (whose title is its summary, and which has no country).

    `stance` is what the statement tells, `stance_before` where the country stood until then; `sources` are addresses.
    """

    date: PartialDate
    uncertain: bool
    country: str | None
    kind: Literal["statement", "event"]
    ref: str | None
    speaker: str | None
    attribution: str | None
    stance: str | None
    stance_before: str | None
    requires: tuple[str, ...]
    drops: tuple[str, ...]
    offers: tuple[str, ...]
    rules_out: tuple[str, ...]
    summary: str
    sources: tuple[str, ...]


def timeline(positions: Iterable[Position], events: Iterable[Event], since: date | None, until: date) -> list[Entry]:
    """What the countries said, and what happened, from `since` (None: ever) to `until`, both included.

    A partial date stands at its earliest day; on one day, events come first and countries in alphabetical order.
    """
    entries = [_event(event, until) for event in events]
    for position in sorted(positions, key=lambda position: position.country.slug):
        entries += _statements(position, until)
    within = (entry for entry in entries if (since or date.min) <= entry.date.earliest <= until)
    return sorted(within, key=lambda entry: entry.date.earliest)


def _statements(position: Position, until: date) -> list[Entry]:
    found, stance = [], None
    for statement in position.statements:
        found.append(_statement(statement, stance, until))
        if not statement.is_signal:
            stance = statement.stance or stance
    return found


def _statement(statement: Statement, stance_before: str | None, until: date) -> Entry:
    return Entry(
        date=statement.date,
        uncertain=statement.date.uncertain_at(until),
        country=statement.country,
        kind="statement",
        ref=statement.ref,
        speaker=statement.speaker,
        attribution=statement.attribution,
        stance=statement.stance,
        stance_before=stance_before,
        requires=tuple(each.condition for each in statement.requires),
        drops=statement.drops,
        offers=tuple(each.kind for each in statement.offers),
        rules_out=statement.rules_out,
        summary=statement.summary,
        sources=tuple(source.url for source in statement.sources),
    )


def _event(event: Event, until: date) -> Entry:
    return Entry(
        date=event.date,
        uncertain=event.date.uncertain_at(until),
        country=None,
        kind="event",
        ref=None,
        speaker=None,
        attribution=None,
        stance=None,
        stance_before=None,
        requires=(),
        drops=(),
        offers=(),
        rules_out=(),
        summary=event.title,
        sources=tuple(source.url for source in event.sources),
    )
