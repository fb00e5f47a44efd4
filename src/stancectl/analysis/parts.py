"""The parts of a position in force, a row each: what `show` tells in flat formats."""

from typing import NamedTuple

from stancectl.analysis.positions import Position
from stancectl.model.dates import PartialDate


class PartRow(NamedTuple):
    """One part of a position; `part` is `stance`, `precondition`, `offer` or `rule-out`."""

    country: str
    part: str
    item: str
    since: PartialDate
    last_stated: PartialDate
    by: str
    note: str | None


def part_rows(position: Position) -> list[PartRow]:
    """The parts in force: stance, preconditions, offers, exclusions."""
    stance = (position.stance_part,) if position.stance_part else ()
    parts = (*stance, *position.preconditions, *position.offers, *position.rules_out)
    slug = position.country.slug
    return [PartRow(slug, part.kind, part.item, part.since, part.last_stated, part.by.ref, part.note) for part in parts]
