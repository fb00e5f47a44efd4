"""What it would take a second time, slow and plain: what `whatif` must agree with.

Where `analysis.whatif` and `analysis.covers` search with bounds, this goes over every subset of the vocabulary, works out what
would be met with it from the beginning, and asks each country whether that is enough. Who stands where is told by `naive_fold`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any

from naive_fold import naive_position
from stancectl.model.registry import Registry

People = tuple[int | None, int | None]


class NaiveWorld:
    """A registry on a day, where some preconditions are taken to be met, and others never to be."""

    def __init__(self, registry: Registry, day: date, assumed: Iterable[str], without: Iterable[str]) -> None:
        self.registry, self.words, self.never = registry, registry.vocabulary.preconditions, set(without)
        happened = set[str]()
        for event in registry.events:
            if event.date.earliest <= day:
                happened = {each for each in happened if each not in event.unmeets} | set(event.meets)
        happened = {each for each in happened if not self.closed({each}) & self.never}
        self.met = self.closed(happened | set(assumed))
        stances = registry.vocabulary.stances
        refusing = {id for id, stance in stances.items() if stance.refuses}
        self.positions = {slug: naive_position(country.statements, refusing, day) for slug, country in registry.countries.items()}
        self.stances = {
            slug: next((name for kind, name in position if kind == "stance"), None) for slug, position in self.positions.items()
        }
        self.needs = {
            slug: {name for kind, name in position if kind == "precondition"} for slug, position in self.positions.items()
        }
        self.taking_part = {slug for slug, stance in self.stances.items() if stance is not None and stances[stance].takes_part}
        self.refusing = {slug for slug, stance in self.stances.items() if stance in refusing}

    def closed(self, named: Iterable[str]) -> set[str]:
        """What is met when these are: one more at a time, for as long as one is implied that is not there."""
        met = set(named)
        while more := [id for id, each in self.words.items() if id not in met and met & set(each.implied_by)]:
            met.add(more[0])
        return met

    def pairs(self) -> Iterator[set[str]]:
        """Any two that exclude each other."""
        for one, other in combinations(self.words, 2):
            if one in self.words[other].excludes or other in self.words[one].excludes:
                yield {one, other}

    def is_possible(self, named: Iterable[str]) -> bool:
        """Whether these can come, besides what is met."""
        met = self.closed(self.met | set(named))
        return not met & self.never and not any(pair <= met and not pair <= self.met for pair in self.pairs())

    def waiting(self, slug: str) -> set[str]:
        """What a country requires that is not met."""
        return self.needs[slug] - self.met

    def clear(self, named: Iterable[str] = ()) -> frozenset[str]:
        """Who is clear when these are met too."""
        met = self.closed(self.met | set(named))
        return frozenset(slug for slug in self.taking_part if self.needs[slug] <= met)

    @cached_property
    def outcomes(self) -> dict[frozenset[str], frozenset[str]]:
        """Every set of preconditions that can come, the smallest first, and who is clear with it."""
        sets = [frozenset(each) for size in range(len(self.words) + 1) for each in combinations(self.words, size)]
        return {each: self.clear(each) for each in sets if self.is_possible(each)}

    @property
    def most(self) -> int:
        """How many can be clear at once."""
        return max(map(len, self.outcomes.values()))

    def smallest(self, wanted: int | None) -> dict[frozenset[str], frozenset[str]]:
        """Every smallest set with which as many are clear as wanted, or else as many as can be; and who is."""
        goal = self.most if wanted is None else min(wanted, self.most)
        enough = {each: clear for each, clear in self.outcomes.items() if len(clear) >= goal}
        size = min(map(len, enough))
        return {each: clear for each, clear in enough.items() if len(each) == size}

    @cached_property
    def unlocks(self) -> dict[str, frozenset[str]]:
        """Every precondition that is not met and can come, and who is clear with it that is not without."""
        return {id: self.clear([id]) - self.clear() for id in self.words if id not in self.met and self.is_possible([id])}

    def holder(self, id: str) -> str | None:
        """The country in whose hand a precondition lies; its code, where it is none of the registry's."""
        code = self.words[id].granted_by
        return next((slug for slug, country in self.registry.countries.items() if country.code == code), code)

    def people(self, slug: str) -> People:
        """How many a country offers: at least and at most, of those offers that tell a number."""
        offers = [part["people"] for (kind, _), part in self.positions[slug].items() if kind == "offer"]
        return added([each for each in offers if each != (None, None)])

    def refused(self) -> dict[str, tuple[set[str], set[str]]]:
        """What is waited for by those who take part, and only countries that refuse could bring; by whom, and which countries."""
        found = {}
        for id in self.words:
            waiting = {slug for slug in self.taking_part if id in self.waiting(slug)}
            holders = {self.holder(way) for way in self.unlocks if id in self.closed([way])}
            if waiting and id in self.unlocks and holders <= self.refusing:
                found[id] = (waiting, {str(slug) for slug in holders})
        return found

    def excluding(self) -> dict[frozenset[str], dict[str, set[str]]]:
        """Pairs that exclude each other, where each is required, or brought by what is, or met; and by whom it is required."""
        found = {}
        for pair in self.pairs():
            sides = {
                id: {slug for slug in self.taking_part if any(id in self.closed([need]) for need in self.needs[slug])}
                for id in pair
            }
            if all(sides[id] or id in self.met for id in pair):
                found[frozenset(pair)] = sides
        return found

    def before(self) -> dict[tuple[str, str], set[str]]:
        """What has to come after what, neither of them met; and which of those who take part say so."""
        said: dict[tuple[str, str], set[str]] = {}
        for slug in self.taking_part:
            for (kind, id), part in self.positions[slug].items():
                for first in part["after"] if kind == "precondition" else ():
                    if not {id, first} & self.met:
                        said.setdefault((id, first), set()).add(slug)
        return said


def added(people: Iterable[People]) -> People:
    """The least of those that tell it; the most only where all do."""
    told = list(people)
    least = [each for each, _ in told if each is not None]
    most = [each for _, each in told if each is not None]
    if not told:
        return None, None
    return sum(least) if least else None, sum(most) if len(most) == len(told) else None


def of_all(people: Iterable[People]) -> People:
    """The same of several countries; of no country, nobody."""
    told = list(people)
    return added(told) if told else (0, 0)


def in_order(world: NaiveWorld, slugs: Iterable[str], stances: Mapping[str, Any]) -> list[str]:
    """Who takes part, then the others; each those first that wait for least, then the most engaged, then by name."""
    ranks = [*stances, None]
    return sorted(
        slugs,
        key=lambda slug: (slug not in world.taking_part, len(world.waiting(slug)), ranks.index(world.stances[slug]), slug),
    )
