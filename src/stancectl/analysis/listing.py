"""Where every country stands, a row each."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from stancectl.analysis.positions import Position
from stancectl.model.dates import PartialDate
from stancectl.model.registry import Country
from stancectl.model.vocabulary import Vocabulary


class Standing(NamedTuple):
    """One country's row in `list`.

    `personnel_min` and `personnel_max` add up the offers that name a number of people; None where none
    does, and for the maximum where one is open upwards. `last_statement` is the date of the last statement that counts;
    `statements` counts all of them, `signals` those among them that do not count.
    """

    country: str
    code: str
    name: str
    stance: str | None
    stance_since: PartialDate | None
    stance_by: str | None
    preconditions: tuple[str, ...]
    offers: tuple[str, ...]
    rules_out: tuple[str, ...]
    personnel_min: int | None
    personnel_max: int | None
    last_statement: PartialDate | None
    statements: int
    signals: int


def standing(position: Position) -> Standing:
    """The row of one position."""
    stance, last = position.stance_part, position.last_counted
    least, most = personnel(position)
    return Standing(
        country=position.country.slug,
        code=position.country.code,
        name=position.country.name,
        stance=position.stance,
        stance_since=stance.since if stance else None,
        stance_by=stance.by.ref if stance else None,
        preconditions=tuple(part.item for part in position.preconditions),
        offers=tuple(part.item for part in position.offers),
        rules_out=tuple(part.item for part in position.rules_out),
        personnel_min=least,
        personnel_max=most,
        last_statement=last.date if last else None,
        statements=position.made,
        signals=position.signalled,
    )


def row(country: Country, vocabulary: Vocabulary, day: date) -> Standing:
    """The row of one country at the end of a day, by way of its position only where it was not kept."""
    latest = country.history.latest(day)
    return unpacked(latest.row) if latest else standing(Position(country, vocabulary, day))


def packed(row: Standing) -> tuple[Any, ...]:
    """The row with its dates as they are written."""
    return tuple(str(each) if isinstance(each, PartialDate) else each for each in row)


def unpacked(values: Sequence[Any]) -> Standing:
    """The row that was packed."""
    row = Standing(*values)
    since, last = (PartialDate.parse(str(each)) if each else None for each in (row.stance_since, row.last_statement))
    return row._replace(stance_since=since, last_statement=last)


def has_newer_signals(position: Position) -> bool:
    """Whether somebody sent a signal since the last statement that counts."""
    return position.made > 0 and position.last_place != position.made - 1


def personnel(position: Position) -> tuple[int | None, int | None]:
    """How many people a country offers in all, at least and at most (see Standing)."""
    numbers = [part.personnel for part in position.offers if part.personnel.min is not None or part.personnel.max is not None]
    if not numbers:
        return None, None
    least = [each.min for each in numbers if each.min is not None]
    most = [each.max for each in numbers if each.max is not None]
    return sum(least) if least else None, sum(most) if len(most) == len(numbers) else None


def by_engagement(positions: Iterable[Position], vocabulary: Vocabulary) -> list[Position]:
    """Most engaged first, those without a stance last; the alphabet decides between equals."""
    return sorted(positions, key=lambda position: (vocabulary.rank(position.stance), position.country.slug))


class Filter(NamedTuple):
    """Which rows to keep. Each field is a list of demands that must all be met, each by any of its ids.

    `groups` holds the ISO codes of each group asked for; `since` is the first day the present stance may date from.
    """

    stances: tuple[frozenset[str], ...] = ()
    requires: tuple[frozenset[str], ...] = ()
    offers: tuple[frozenset[str], ...] = ()
    groups: tuple[frozenset[str], ...] = ()
    since: date | None = None

    def keeps(self, row: Standing) -> bool:
        """Whether the row meets every demand."""
        has = (
            (self.stances, {row.stance}),
            (self.requires, {*row.preconditions}),
            (self.offers, {*row.offers}),
            (self.groups, {row.code}),
        )
        recent = self.since is None or (row.stance_since is not None and row.stance_since.earliest >= self.since)
        return recent and all(wanted & present for demands, present in has for wanted in demands)
