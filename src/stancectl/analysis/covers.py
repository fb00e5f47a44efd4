"""The smallest choices that satisfy enough of many wants: an exact search, with all ties.

Each want is a set of things. A choice is a set of sources, each of which brings some things with it, and satisfies the wants
whose things are all brought. Things can exclude each other: then no choice brings both.

Finding a smallest choice is hard in general (set cover is a case of it), so this is a branch and bound: sizes from none
upwards, and for each size every choice that could still satisfy enough. A branch is left when even the most useful of the
remaining sources cannot. For that, every want divides one vote among the things it still lacks, and a source counts as
much as the votes on what it brings: a want that is satisfied in the end has given its whole vote to sources that were chosen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from heapq import nlargest
from itertools import chain, islice
from operator import or_
from typing import NamedTuple

MANY = 1000
"""More ties than these are not listed."""

_ROUNDING = 1e-6
"""What sums of shares may be off by."""


class Covers(NamedTuple):
    """The smallest choices that satisfy `satisfied` wants; `most` can be satisfied at once. `more`: there are others."""

    most: int
    satisfied: int
    choices: tuple[tuple[str, ...], ...]
    more: bool


def smallest(
    wants: Iterable[frozenset[str]],
    brings: Mapping[str, frozenset[str]],
    apart: Iterable[frozenset[str]] = (),
    enough: int | None = None,
) -> Covers:
    """The smallest choices that satisfy `enough` wants, or else as many as can be satisfied at once.

    `brings` maps every source to the things it brings. Choices list their sources in the order of `brings`.
    """
    search = _Search(wants, brings, apart)
    most = search.largest()
    wanted = most if enough is None else min(enough, most)
    for size in range(len(brings) + 1):
        found = list(islice(search.choices(size, wanted), MANY + 1))
        if found:
            return Covers(most, wanted, tuple(found[:MANY]), len(found) > MANY)
    raise AssertionError("some choice satisfies as many as can be")


class _Search:
    """Wants and what is brought, as bits of numbers."""

    def __init__(
        self, wants: Iterable[frozenset[str]], brings: Mapping[str, frozenset[str]], apart: Iterable[frozenset[str]]
    ) -> None:
        things = {thing: 1 << place for place, thing in enumerate(dict.fromkeys(chain.from_iterable(brings.values())))}
        self.wants = Counter(sum(map(things.__getitem__, want)) for want in wants if want <= things.keys())
        self.apart = [sum(map(things.__getitem__, pair)) for pair in apart if pair <= things.keys()]
        self.order = {source: place for place, source in enumerate(brings)}
        brought = {source: sum(map(things.__getitem__, own)) for source, own in brings.items()}
        self.sources = {source: own for source, own in brought.items() if own & _union(self.wants) and self._agrees(own)}

    def largest(self) -> int:
        """The most wants that what is left can satisfy, when of any two things that exclude each other one is given up."""
        return max(map(self._satisfied, self._left(list(self.sources.values()), self.apart)))

    def _left(self, brought: list[int], apart: list[int]) -> Iterator[int]:
        everything = _union(brought)
        for place, pair in enumerate(apart):
            if everything & pair == pair:
                for given_up in _bits(pair):
                    yield from self._left([own for own in brought if not own & given_up], apart[place + 1 :])
                return
        yield everything

    def choices(self, size: int, enough: int) -> Iterator[tuple[str, ...]]:
        """All choices of that many sources that satisfy enough wants, where no smaller choice does."""
        for chosen in self._grown((), 0, self.sources, size, enough):
            yield tuple(sorted(chosen, key=self.order.__getitem__))

    def _grown(
        self, chosen: tuple[str, ...], brought: int, left: Mapping[str, int], size: int, enough: int
    ) -> Iterator[tuple[str, ...]]:
        """What the choice becomes with as many as `size` more of the sources that are left."""
        done = self._satisfied(brought)
        if done >= enough:
            yield chosen
        if done >= enough or not size:
            return
        new = {source: own & ~brought for source, own in left.items() if own & ~brought and self._agrees(own | brought)}
        lacking = self._lacking(brought, _union(new.values()), size * max(map(int.bit_count, new.values()), default=0))
        spare = done + sum(lacking.values()) - enough
        votes, fate = dict[int, float](), dict[int, int]()
        for things, number in lacking.items():
            share = number / things.bit_count()
            for thing in _bits(things):
                votes[thing] = votes.get(thing, 0) + share
                fate[thing] = fate.get(thing, 0) + number
        worth = {source: sum(votes.get(thing, 0) for thing in _bits(own)) for source, own in new.items()}
        if spare < 0 or done + sum(nlargest(size, worth.values())) < enough - _ROUNDING:
            return
        needed = [thing for thing, number in fate.items() if number > spare]
        ways = [[source for source, own in new.items() if own & thing] for thing in needed] or [list(new)]
        fewest = min(ways, key=len)
        left = dict(left)
        for source in sorted(fewest, key=worth.__getitem__, reverse=True):
            own = left.pop(source)
            yield from self._grown((*chosen, source), brought | own, left, size - 1, enough)

    def _satisfied(self, brought: int) -> int:
        return sum(number for want, number in self.wants.items() if not want & ~brought)

    def _lacking(self, brought: int, to_come: int, most: int) -> Counter[int]:
        """What the wants lack that can still be satisfied, by no more than `most` things."""
        lacking = Counter[int]()
        for want, number in self.wants.items():
            things = want & ~brought
            if things and not things & ~to_come and things.bit_count() <= most:
                lacking[things] += number
        return lacking

    def _agrees(self, brought: int) -> bool:
        return all(brought & pair != pair for pair in self.apart)


def _union(parts: Iterable[int]) -> int:
    return reduce(or_, parts, 0)


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest
        number ^= lowest
