"""Columns of things that are linked: in what order they stand, and how high, for the links to be short and cross little."""

from bisect import bisect_right, insort
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from operator import add, sub
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)

_SWEEPS = 12


def heights(
    columns: Iterable[Sequence[Thing]], links: Sequence[tuple[Thing, Thing]], sizes: Mapping[Thing, float]
) -> dict[Thing, float]:
    """The height of each thing's middle (from 0 down), so that in no column one of those sizes reaches into the next.

    A link leads from a thing in one column to one in the next. The columns are swept to and fro: each thing goes to the mean
    place of those it is linked with on one side, and of all orders met the one with the fewest crossings is taken; then each
    goes to their mean height as far as the others let it.
    """
    before, after = dict[Thing, list[Thing]](), dict[Thing, list[Thing]]()
    for left, right in links:
        before.setdefault(right, []).append(left)
        after.setdefault(left, []).append(right)
    order = best = [list(column) for column in columns]
    for sweep in range(_SWEEPS):
        order = _swept(order, before) if sweep % 2 == 0 else _swept(order[::-1], after)[::-1]
        best = min(best, order, key=lambda each: _crossings(each, after))

    middle = {thing: place for column in best for thing, place in zip(column, _stacked(column, sizes), strict=True)}
    for sweep in range(_SWEEPS):
        for column in best if sweep % 2 == 0 else best[::-1]:
            wanted = [
                _mean(middle[each] for each in (*before.get(thing, ()), *after.get(thing, ())) or (thing,)) for thing in column
            ]
            middle.update(zip(column, _apart(wanted, _stacked(column, sizes)), strict=True))
    top = min((middle[thing] - size / 2 for thing, size in sizes.items()), default=0)
    return {thing: height - top for thing, height in middle.items()}


def _swept(columns: Sequence[list[Thing]], linked: Mapping[Thing, Sequence[Thing]]) -> list[list[Thing]]:
    """Each column by the mean place of what its things are linked with in the one before."""
    swept = [columns[0]] if columns else []
    for column in columns[1:]:
        place = {thing: number for number, thing in enumerate(swept[-1])}
        own = {thing: number for number, thing in enumerate(column)}
        swept.append(
            sorted(column, key=lambda thing: _mean(place[each] for each in linked[thing]) if thing in linked else own[thing])
        )
    return swept


def _crossings(columns: Sequence[Sequence[Thing]], after: Mapping[Thing, Sequence[Thing]]) -> int:
    crossings = 0
    for column, following in pairwise(columns):
        place = {thing: number for number, thing in enumerate(following)}
        reached = list[int]()
        for thing in column:
            ends = [place[each] for each in after.get(thing, ())]
            crossings += sum(len(reached) - bisect_right(reached, end) for end in ends)
            for end in ends:
                insort(reached, end)
    return crossings


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def _stacked(column: Sequence[Thing], sizes: Mapping[Thing, float]) -> list[float]:
    """The middles of things that stand right below each other."""
    bottoms = list(accumulate(sizes[thing] for thing in column))
    return [bottom - sizes[thing] / 2 for thing, bottom in zip(column, bottoms, strict=True)]


def _apart(wanted: Sequence[float], stacked: Sequence[float]) -> list[float]:
    """The heights nearest to those wanted (in the sum of squares) that are as far apart as those stacked, or further.

    Neighbours that would come too near move as one to the mean of where they want to be (pool adjacent violators).
    """
    pools = list[tuple[float, int]]()  # how much lower than stacked, and how many
    for lower in map(sub, wanted, stacked):
        pool = (lower, 1)
        while pools and pools[-1][0] >= pool[0]:
            above, many = pools.pop()
            pool = ((above * many + pool[0] * pool[1]) / (many + pool[1]), many + pool[1])
        pools.append(pool)
    lowered = (lower for lower, many in pools for _ in range(many))
    return list(map(add, stacked, lowered))
