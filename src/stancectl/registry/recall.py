"""A registry from its store: what an answer needs of it is read when it is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import overload

from stancectl.model.history import Balance, History, Latest, Record
from stancectl.model.registry import Country, Registry
from stancectl.model.statements import Statement
from stancectl.registry import build
from stancectl.registry.files import EVENTS, VOCABULARY
from stancectl.registry.store import Broken, Store

Again = Callable[[], Registry]
"""What reads the registry from its files, where the store fails in the middle of an answer."""


def recall(kept: Store, again: Again) -> Registry:
    """The registry that was stored; raises one of Broken."""
    vocabulary = build.vocabulary(kept.head(VOCABULARY))
    events = build.events(kept.head(EVENTS)) if EVENTS in kept.stamps else ()
    return Registry(vocabulary, _Countries(kept, again), events, kept.names())


class _Countries(Mapping[str, Country]):
    """Countries by slug."""

    def __init__(self, kept: Store, again: Again) -> None:
        self._kept = kept
        self._again = again
        self._slugs = build.slugs(kept.stamps)
        self._made: dict[str, Country] = {}

    def __getitem__(self, slug: str) -> Country:
        if slug not in self._made:
            if slug not in self._slugs:
                raise KeyError(slug)
            try:
                self._made[slug] = self._country(slug)
            except Broken:
                self._made[slug] = self._read[slug]
        return self._made[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._slugs)

    def __len__(self) -> int:
        return len(self._slugs)

    @cached_property
    def _read(self) -> Mapping[str, Country]:
        return self._again().countries

    def _country(self, slug: str) -> Country:
        file = f"{slug}.yaml"
        head = self._kept.head(file)
        balance = Balance(*head["balance"])
        latest = Latest(head["day"], balance, head["row"])
        history = History(partial(self._record, slug), ordered=head["ordered"], latest=latest)
        statements = _Statements(slug, balance.made, self._kept, lambda: self._read[slug].statements)
        return Country(slug, head["country"], head["name"], tuple(head.get("aliases", ())), statements, history)

    def _record(self, slug: str) -> Record:
        try:
            return self._kept.record(f"{slug}.yaml")
        except Broken:
            return self._read[slug].history.record


class _Statements(Sequence[Statement]):
    """A country's statements."""

    def __init__(self, slug: str, count: int, kept: Store, again: Callable[[], Sequence[Statement]]) -> None:
        self._slug = slug
        self._count = count
        self._kept = kept
        self._again = again
        self._made: dict[int, Statement] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Statement: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Statement, ...]: ...
    def __getitem__(self, index: int | slice) -> Statement | tuple[Statement, ...]:
        places = range(self._count)[index]
        if isinstance(places, int):
            if places not in self._made:
                self._make(places, places)
            return self._made[places]
        if places and not self._made.keys() >= set(places):
            self._make(min(places), max(places))
        return tuple(self._made[place] for place in places)

    def sift(self, may_be: Callable[[str], bool]) -> Iterator[Statement]:
        """Those whose texts, run together, pass the test: the others are not even made."""
        try:
            places = self._kept.sift(f"{self._slug}.yaml", may_be)
        except Broken:
            places = list(range(self._count))
        return (self[place] for place in places)

    def _make(self, first: int, last: int) -> None:
        """Make the statements between two places, both included."""
        try:
            for place, plain in enumerate(self._kept.statements(f"{self._slug}.yaml", first, last), first):
                self._made[place] = build.statement(self._slug, plain)
        except Broken:
            self._made = dict(enumerate(self._again()))
