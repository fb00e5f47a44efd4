"""The chain of statements behind a part of a position."""

from typing import NamedTuple

from stancectl.analysis.positions import Move, Position
from stancectl.model.dates import PartialDate
from stancectl.model.history import PART_KINDS, Action, PartKind


class Reason(NamedTuple):
    """One row of `why`: a statement that set, restated or ended an item.

    `part` tells an offer from an exclusion of the same kind; `sources` are addresses.
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


def reasons(position: Position, what: str | None = None) -> list[Reason]:
    """The chain behind one item, part by part and oldest first: earlier runs of it too.

    `what` is the id of a stance, precondition or contribution, or one of PART_KINDS for all there was of that kind (of
    stances, in the order they were taken). Without it: behind everything that is in force.
    """
    if what == "stance":
        return [_reason(position, move) for move in position.moves if move.kind == "stance"]
    chosen = [(part.kind, part.item) for part in position.parts]
    if what is not None:
        done = dict.fromkeys((move.kind, move.item) for move in position.moves if what in (move.kind, move.item))
        chosen = sorted(done, key=lambda part: PART_KINDS.index(part[0]))
    return [_reason(position, move) for part in chosen for move in position.moves if (move.kind, move.item) == part]


def _reason(position: Position, move: Move) -> Reason:
    statement = move.statement
    return Reason(
        country=position.country.slug,
        item=move.item,
        action=move.action,
        date=statement.date,
        ref=statement.ref,
        speaker=statement.speaker,
        attribution=statement.attribution,
        summary=statement.summary,
        sources=tuple(source.url for source in statement.sources),
        part=move.kind,
    )
