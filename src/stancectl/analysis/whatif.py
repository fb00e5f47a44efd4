"""What it would take: who is clear in a hypothesis, who waits for what, and what would clear most of those who wait."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from stancectl.analysis.covers import smallest
from stancectl.analysis.hypotheses import Hypothesis
from stancectl.analysis.listing import Standing
from stancectl.analysis.positions import Position
from stancectl.model.names import key
from stancectl.model.registry import Country, Registry
from stancectl.model.vocabulary import Vocabulary


class Outlook(NamedTuple):
    """One country's row in `whatif`.

    It is `clear` when its stance is one that takes part and it waits for nothing. `waiting_for` are the preconditions it
    names that are not met, `blocked_by` the other countries in whose hand these lie. The personnel are those of `list`.
    """

    country: str
    stance: str | None
    clear: bool
    waiting_for: tuple[str, ...]
    blocked_by: tuple[str, ...]
    personnel_min: int | None
    personnel_max: int | None


class Unlock(NamedTuple):
    """One row of `whatif --next`: a precondition that is not met, and the countries that it alone would clear.

    `clears` is how many they are, `personnel_min` and `personnel_max` what they offer in all: the least is None where none
    names a number, the most where one of them names none. `waiting` are all that wait for it, `held_by` is the country in
    whose hand it lies, `holder_stance` its stance and `holder_statement` the statement in which it last told that.
    """

    precondition: str
    label: str
    clears: int
    countries: tuple[str, ...]
    personnel_min: int | None
    personnel_max: int | None
    waiting: tuple[str, ...]
    held_by: str | None
    holder_stance: str | None
    holder_statement: str | None


class Choice(NamedTuple):
    """One row of `whatif --sets`: a smallest set of preconditions, how many are clear with it, and who they are."""

    preconditions: tuple[str, ...]
    clear: int
    countries: tuple[str, ...]
    personnel_min: int | None
    personnel_max: int | None


class Choices(NamedTuple):
    """The smallest sets; `wanted` countries were to be clear, and as many as `most` can be at once. `more`: not all are here."""

    wanted: int
    most: int
    sets: tuple[Choice, ...]
    more: bool


def outlooks(standings: Iterable[Standing], registry: Registry, hypothesis: Hypothesis) -> list[Outlook]:
    """The row of every country: those that are clear first, then those that wait for least; then the most engaged.

    Countries that would not take part come last.
    """
    words = registry.vocabulary
    rows = [_outlook(each, registry, hypothesis) for each in standings]
    rows.sort(key=lambda row: (words.rank(row.stance), row.country))
    return sorted(rows, key=lambda row: (not takes_part(words, row.stance), len(row.waiting_for)))


def unlocks(rows: Sequence[Outlook], registry: Registry, hypothesis: Hypothesis, holders: Iterable[Position]) -> list[Unlock]:
    """Every precondition that is not met and could be, with whom it alone would clear: what clears most comes first.

    `holders` are the positions of those in whose hand preconditions lie.
    """
    vocabulary = registry.vocabulary
    stances = {each.country.slug: each.stance_part for each in holders}
    waiting = _taking_part(rows, vocabulary)
    found = []
    for item, brought in hypothesis.open.items():
        cleared = [row for row in waiting if row.waiting_for and brought.issuperset(row.waiting_for)]
        held_by = holder(registry, item)
        stance = stances.get(held_by or "")
        found.append(
            Unlock(
                precondition=item,
                label=vocabulary.preconditions[item].label,
                clears=len(cleared),
                countries=tuple(row.country for row in cleared),
                **_people(cleared),
                waiting=tuple(row.country for row in waiting if item in row.waiting_for),
                held_by=held_by,
                holder_stance=stance.item if stance else None,
                holder_statement=stance.last_by.ref if stance else None,
            )
        )
    return sorted(found, key=lambda unlock: (-unlock.clears, -len(unlock.waiting)))


def choices(rows: Sequence[Outlook], vocabulary: Vocabulary, hypothesis: Hypothesis, wanted: int | None = None) -> Choices:
    """The smallest sets of preconditions with which `wanted` countries are clear, or else as many as can be at once."""
    asked = _taking_part(rows, vocabulary)
    found = smallest([frozenset(row.waiting_for) for row in asked], hypothesis.open, hypothesis.apart, wanted)
    sets = []
    for choice in found.choices:
        met = frozenset[str]().union(*(hypothesis.open[item] for item in choice))
        clear = [row for row in asked if met.issuperset(row.waiting_for)]
        sets.append(Choice(choice, len(clear), tuple(row.country for row in clear), **_people(clear)))
    return Choices(found.most if wanted is None else wanted, found.most, tuple(sets), found.more)


def holders(registry: Registry) -> list[Country]:
    """The countries in whose hand any precondition lies."""
    held = dict.fromkeys(filter(None, (holder(registry, item) for item in registry.vocabulary.preconditions)))
    return [registry.countries[slug] for slug in held if slug in registry.countries]


def takes_part(vocabulary: Vocabulary, stance: str | None) -> bool:
    """Whether a stance is one of those that take part."""
    return stance is not None and vocabulary.stances[stance].takes_part


def holder(registry: Registry, precondition: str) -> str | None:
    """The slug of the country in whose hand a precondition lies, or its code where the registry has no such country."""
    code = registry.vocabulary.preconditions[precondition].granted_by
    return None if code is None else registry.names.get(key(code), code)


def _taking_part(rows: Iterable[Outlook], vocabulary: Vocabulary) -> list[Outlook]:
    return [row for row in rows if takes_part(vocabulary, row.stance)]


def _outlook(standing: Standing, registry: Registry, hypothesis: Hypothesis) -> Outlook:
    waiting = tuple(item for item in standing.preconditions if item not in hypothesis.met)
    holders = dict.fromkeys(holder(registry, item) for item in waiting)
    return Outlook(
        country=standing.country,
        stance=standing.stance,
        clear=not waiting and takes_part(registry.vocabulary, standing.stance),
        waiting_for=waiting,
        blocked_by=tuple(slug for slug in holders if slug not in (None, standing.country)),
        personnel_min=standing.personnel_min,
        personnel_max=standing.personnel_max,
    )


def _people(rows: Sequence[Outlook]) -> dict[str, Any]:
    least = [row.personnel_min for row in rows if row.personnel_min is not None]
    most = [row.personnel_max for row in rows if row.personnel_max is not None]
    return {
        "personnel_min": sum(least) if least or not rows else None,
        "personnel_max": sum(most) if len(most) == len(rows) else None,
    }
