"""Preconditions as a graph: which bring others with them, which have to come before others, which exclude each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from stancectl.analysis.circles import circles
from stancectl.analysis.positions import Position
from stancectl.model.vocabulary import Vocabulary

Relation = Literal["implies", "after", "excludes"]


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of the graph, from the precondition `first` to the one that follows from it (`then`).

    `implies`: once `first` is met, so is `then`. `after`: `then` comes after `first`, as the countries in `required_by` say.
    `excludes`: the two cannot stand beside each other, whichever is named first. No named tuple: those have a `count` of
    their own.
    """

    kind: Relation
    first: str
    then: str
    required_by: tuple[str, ...] = ()
    count: int = 0


def edges(vocabulary: Vocabulary, positions: Iterable[Position]) -> list[Edge]:
    """What the vocabulary implies, the order that the positions ask for, and what the vocabulary excludes.

    Of each kind in the vocabulary's order, by `first` and then by `then`; one that is `after` more countries' others first.
    """
    known = vocabulary.preconditions
    rank = {item: place for place, item in enumerate(known)}
    ordered = dict[tuple[str, str], list[str]]()
    for position in positions:
        for part in position.preconditions:
            for first in part.after:
                ordered.setdefault((first, part.item), []).append(position.country.slug)
    excluded = dict[frozenset[str], tuple[str, str]]()
    for item, each in known.items():
        for other in each.excludes:
            excluded.setdefault(frozenset((item, other)), (item, other))
    found = [Edge("implies", first, then) for then, each in known.items() for first in dict.fromkeys(each.implied_by)]
    found += [Edge("after", first, then, tuple(slugs), len(slugs)) for (first, then), slugs in ordered.items()]
    found += [Edge("excludes", first, then) for first, then in excluded.values()]
    kinds: tuple[Relation, ...] = ("implies", "after", "excludes")
    return sorted(found, key=lambda edge: (kinds.index(edge.kind), rank[edge.first], -edge.count, rank[edge.then]))


def circles_of_order(graph: Sequence[Edge]) -> list[list[str]]:
    """Circles of what comes after what, all countries' words taken together: each precondition comes before the next."""
    before = dict[str, list[str]]()
    for edge in graph:
        if edge.kind == "after":
            before.setdefault(edge.then, []).append(edge.first)
    return [[circle[0], *circle[:0:-1]] for circle in circles(before)]
