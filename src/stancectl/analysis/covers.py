"""The smallest choices that satisfy enough of many wants: an exact search, with all ties.

Each want is a set of things. A choice is a set of sources, each of which brings some things with it, and satisfies the wants
whose things are all brought. Things can exclude each other: then no choice brings both.

Finding a smallest choice is hard in general (set cover is a case of it), so this is a branch and bound: sizes from none
upwards, and for each size every choice that could still satisfy enough. A branch is left when even the most useful of the
remaining sources cannot. For that, every want divides one vote among the pairs of things it still lacks (among the things, in
a first and quicker count): a want that is satisfied in the end has given its whole vote to pairs that are brought.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from heapq import nlargest
from itertools import chain, islice
from operator import or_
from typing import NamedTuple

MANY = 1000
"""More ties than these are not listed."""

_ROUNDING = 1e-6
"""What sums of shares may be off by."""


class Covers(NamedTuple):
    """The smallest choices that satisfy enough wants; `most` can be satisfied at once. `more`: there are others."""

    most: int
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
            ordered = sorted(found[:MANY], key=lambda choice: [search.order[source] for source in choice])
            return Covers(most, tuple(ordered), len(found) > MANY)
    raise AssertionError("some choice satisfies as many as can be")


class _State(NamedTuple):
    """How far a choice has come: its sources and all they bring, and the things that it owes to wants it is to satisfy.

    It may go on with the sources that are `left`, and counts on `wants`.
    """

    chosen: tuple[str, ...]
    brought: int
    owed: int
    left: Mapping[str, int]
    wants: Sequence[int]


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
        """The most wants that can be satisfied at once."""
        return self._most(list(self.sources.values()), list(self.wants))

    def _most(self, brought: Sequence[int], wants: Iterable[int]) -> int:
        """The most of some wants: a thing that others exclude is given up, or all of those are.

        What has nothing to do with that thing, not even through others, is counted for itself.
        """
        reach = _union(brought)
        wants = [want for want in wants if not want & ~reach]
        clashes = [pair for pair in self.apart if not pair & ~reach]
        if not clashes:
            return sum(self.wants[want] for want in wants)
        thing = max(_bits(_union(clashes)), key=lambda thing: sum(1 for pair in clashes if pair & thing))
        near, links = thing, [*wants, *clashes, *brought]
        while grown := _union(link for link in links if link & near) & ~near:
            near |= grown
        rivals = _union(pair for pair in clashes if pair & thing) & ~thing
        within = [want for want in wants if want & near]
        left = ([own for own in brought if own & near and not own & given_up] for given_up in (thing, rivals))
        beyond = [own for own in brought if not own & near]
        return max(self._most(own, within) for own in left) + self._most(beyond, [want for want in wants if not want & near])

    def choices(self, size: int, enough: int) -> Iterator[tuple[str, ...]]:
        """All choices of that many sources that satisfy enough wants, where no smaller choice does."""
        told = set[tuple[str, ...]]()
        for chosen in self._grown(_State((), 0, 0, self.sources, list(self.wants)), size, enough):
            choice = tuple(sorted(chosen, key=self.order.__getitem__))
            if choice not in told:
                told.add(choice)
                yield choice

    def _grown(self, state: _State, size: int, enough: int) -> Iterator[tuple[str, ...]]:
        """What a choice becomes with as many as `size` more sources.

        Where there are fewer wants than sources to decide about, one want is satisfied or given up; else a source is chosen. What
        so many wants lack that too few would be left without it is owed. Of the sources that bring one such thing, one has to be
        chosen; each in turn is, without those before it. A choice may still be found twice, by way of different wants.
        """
        chosen, brought, owed, left, wants = state
        done = self._satisfied(brought)
        if done >= enough:
            yield chosen
        if done >= enough or not size:
            return
        owed &= ~brought
        new = {source: own & ~brought for source, own in left.items() if own & ~brought and self._agrees(own | brought)}
        reach = _union(new.values())
        room = sum(nlargest(size, map(int.bit_count, new.values()))) - owed.bit_count()
        if owed & ~reach or room < 0:
            return
        short, missing, lacking = enough - done, Counter[int](), dict[int, int]()
        for want in wants:
            things = want & ~brought & ~owed
            if not things:
                short -= self.wants[want] if want & ~brought else 0
            elif not want & ~brought & ~reach and things.bit_count() <= room:
                lacking[want] = things
                missing[things] += self.wants[want]
        if short <= 0:
            yield from self._paid(chosen, brought, owed, left, size)
            return
        spare = sum(missing.values()) - short
        fate, votes = _votes(missing)
        worth = {source: sum(votes.get(thing, 0) for thing in _bits(own)) for source, own in new.items()}
        if spare < 0 or sum(nlargest(size, worth.values())) < short - _ROUNDING:
            return
        if 2 * size < len(new) and _by_pairs(missing, room) < short - _ROUNDING:  # else it tells hardly more, and takes long
            return
        owed |= sum(thing for thing, number in fate.items() if number > spare)
        if len(lacking) < len(new):
            want = max(lacking, key=lambda want: (self.wants[want], lacking[want].bit_count()))
            yield from self._grown(state._replace(owed=owed | want), size, enough)
            yield from self._grown(state._replace(owed=owed, wants=[each for each in wants if each != want]), size, enough)
            return
        ways = [[source for source, own in new.items() if own & thing] for thing in _bits(owed)] or [list(new)]
        fewest = min(ways, key=len)
        left = dict(left)
        for source in sorted(fewest, key=worth.__getitem__, reverse=True):
            own = left.pop(source)
            yield from self._grown(_State((*chosen, source), brought | own, owed, left, wants), size - 1, enough)

    def _paid(
        self, chosen: tuple[str, ...], brought: int, owed: int, left: Mapping[str, int], size: int
    ) -> Iterator[tuple[str, ...]]:
        """What a choice becomes with as many as `size` more sources that bring all it owes."""
        owed &= ~brought
        if not owed:
            yield chosen
        if not owed or not size:
            return
        fits = {source: own for source, own in left.items() if own & owed and self._agrees(own | brought)}
        ways = [[source for source, own in fits.items() if own & thing] for thing in _bits(owed)]
        if forced := {way[0]: fits[way[0]] for way in ways if len(way) == 1}:
            grown = brought | _union(forced.values())
            if len(forced) <= size and self._agrees(grown):
                yield from self._paid((*chosen, *forced), grown, owed, fits, size - len(forced))
            return
        for source in min(ways, key=len):
            own = fits.pop(source)
            yield from self._paid((*chosen, source), brought | own, owed, fits, size - 1)

    def _satisfied(self, brought: int) -> int:
        return sum(number for want, number in self.wants.items() if not want & ~brought)

    def _agrees(self, brought: int) -> bool:
        return all(brought & pair != pair for pair in self.apart)


def _votes(missing: Mapping[int, int]) -> tuple[dict[int, int], dict[int, float]]:
    """For each thing, how many wants lack it, and their votes for it."""
    fate, votes = dict[int, int](), dict[int, float]()
    for things, number in missing.items():
        share = number / things.bit_count()
        for thing in _bits(things):
            fate[thing] = fate.get(thing, 0) + number
            votes[thing] = votes.get(thing, 0) + share
    return fate, votes


def _by_pairs(missing: Mapping[int, int], room: int) -> float:
    """The most votes that `room` things can have: of each its own, and half of those for its pairs with the best others."""
    single, pairs = dict[int, float](), dict[int, dict[int, float]]()
    for things, number in missing.items():
        members = _bits(things)
        if len(members) == 1:
            single[things] = single.get(things, 0) + number
            continue
        half = number / (len(members) * (len(members) - 1))
        for thing in members:
            row = pairs.setdefault(thing, {})
            for other in members:
                row[other] = row.get(other, 0) + half
    best = []
    for thing in single.keys() | pairs.keys():
        row = pairs.get(thing, {})
        row.pop(thing, None)
        best.append(single.get(thing, 0) + sum(nlargest(room - 1, row.values())))
    return sum(nlargest(room, best))


def _union(parts: Iterable[int]) -> int:
    return reduce(or_, parts, 0)


@lru_cache(maxsize=100_000)
def _bits(number: int) -> tuple[int, ...]:
    found = list[int]()
    while number:
        lowest = number & -number
        found.append(lowest)
        number ^= lowest
    return tuple(found)
