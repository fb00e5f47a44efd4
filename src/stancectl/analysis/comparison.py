"""Positions side by side."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stancectl.analysis.positions import Part, Position
from stancectl.model.history import PART_KINDS, PartKind


class Line(NamedTuple):
    """One part that at least one country has: `held` maps slugs to each country's part, None where it has none.

    For the stance, `item` is `stance`, and each part's own item tells it.
    """

    part: PartKind
    item: str
    held: Mapping[str, Part | None]


def compare(positions: Sequence[Position]) -> list[Line]:
    """Stance, preconditions, offers and exclusions of all countries; what most share comes first."""
    lines = [Line("stance", "stance", {position.country.slug: position.stance_part for position in positions})]
    for kind in PART_KINDS[1:]:
        items = dict.fromkeys(part.item for position in positions for part in position.of_kind(kind))
        rows = [Line(kind, item, {each.country.slug: each.part(kind, item) for each in positions}) for item in items]
        lines += sorted(rows, key=lambda line: -sum(part is not None for part in line.held.values()))
    return lines
