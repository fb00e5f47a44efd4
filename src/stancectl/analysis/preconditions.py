"""Every precondition, and for whom it has to be so first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stancectl.analysis.fulfilment import met_on
from stancectl.analysis.positions import Part, Position
from stancectl.model.dates import PartialDate
from stancectl.model.registry import Registry


@dataclass(frozen=True, slots=True)
class Demand:
    """One precondition's row in `preconditions`: who has it in force, from when it was first to when it was last stated.

    No named tuple: those have a `count` of their own.
    """

    precondition: str
    label: str
    met: bool
    met_on: PartialDate | None
    required_by: tuple[str, ...]
    count: int
    first_stated: PartialDate | None
    last_stated: PartialDate | None


def demands(registry: Registry, positions: Iterable[Position], as_of: date) -> list[Demand]:
    """Every precondition of the vocabulary, most required first."""
    met = met_on(registry.vocabulary, registry.events, as_of)
    holders = {item: dict[str, Part]() for item in registry.vocabulary.preconditions}
    for position in positions:
        for part in position.preconditions:
            holders[part.item][position.country.slug] = part
    found = []
    for item, precondition in registry.vocabulary.preconditions.items():
        parts = holders[item].values()
        found.append(
            Demand(
                precondition=item,
                label=precondition.label,
                met=item in met,
                met_on=met.get(item),
                required_by=tuple(holders[item]),
                count=len(parts),
                first_stated=min((part.since for part in parts), key=lambda day: day.earliest, default=None),
                last_stated=max((part.last_stated for part in parts), key=lambda day: day.earliest, default=None),
            )
        )
    return sorted(found, key=lambda demand: -demand.count)
