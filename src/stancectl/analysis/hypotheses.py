"""A hypothesis: which preconditions are met in it, and which can still come."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from typing import NamedTuple

from stancectl.analysis.fulfilment import brought_about, with_implied
from stancectl.model.errors import StanceError
from stancectl.model.registry import Event
from stancectl.model.vocabulary import Vocabulary


class Impossible(StanceError):
    """A precondition that is supposed to be met, and would bring another with it that is supposed never to be."""

    code = "usage"

    def __init__(self, item: str, without: str) -> None:
        meant = f"`{item}`" if item == without else f"`{item}`, which brings `{without}`,"
        super().__init__(f"{meant} cannot be met and --without it", "drop one of them")


class Hypothesis(NamedTuple):
    """What is taken to be met, with all that this implies.

    `recorded` and `assumed` name what events have met and what is supposed besides, `without` what is never to come.
    `open` maps every precondition that is not met, but could be, to all that would be met with it. `apart` are the pairs of
    preconditions that exclude each other, one of which is not met yet.
    """

    recorded: frozenset[str]
    assumed: tuple[str, ...]
    without: tuple[str, ...]
    met: frozenset[str]
    open: Mapping[str, frozenset[str]]
    apart: tuple[frozenset[str], ...]

    def lost(self, vocabulary: Vocabulary) -> list[str]:
        """What cannot come besides what it is without: that would bring it, or excludes what is met."""
        return [item for item in vocabulary.preconditions if item not in self.met | self.open.keys() | {*self.without}]

    @property
    def implied(self) -> frozenset[str]:
        """What is met without being named."""
        return self.met - self.recorded - {*self.assumed}


def suppose(
    vocabulary: Vocabulary, events: Iterable[Event], as_of: date, assumed: Iterable[str] = (), without: Iterable[str] = ()
) -> Hypothesis:
    """The world as events have left it at the end of a day, in which what is `assumed` is met and what is `without` never is.

    What would bring that with it never is either, even where an event has met it. A precondition that excludes one that is
    met cannot come. Raises Impossible where what is assumed would bring what never is.
    """
    assumed, without = tuple(dict.fromkeys(assumed)), tuple(dict.fromkeys(without))
    brings = {item: with_implied([item], vocabulary) for item in vocabulary.preconditions}
    for item in assumed:
        if clash := brings[item].intersection(without):
            raise Impossible(item, item if item in clash else min(clash))
    recorded = frozenset(item for item in brought_about(events, as_of) if not brings[item].intersection(without))
    met = reduce(frozenset.union, (brings[item] for item in (*recorded, *assumed)), frozenset[str]())
    apart = tuple(pair for pair in exclusions(vocabulary) if not pair <= met)
    never = {item for item, own in brings.items() if own.intersection(without) or any(pair <= own | met for pair in apart)}
    return Hypothesis(
        recorded, assumed, without, met, {item: own for item, own in brings.items() if item not in met | never}, apart
    )


def exclusions(vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    """The pairs of preconditions that exclude each other, whichever of the two says so. None excludes itself."""
    pairs = (frozenset((item, other)) for item, each in vocabulary.preconditions.items() for other in each.excludes)
    return tuple(pair for pair in dict.fromkeys(pairs) if len(pair) > 1)
