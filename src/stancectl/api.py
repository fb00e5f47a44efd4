"""The Python interface: load a registry, ask where a country stands, take records to a data frame.

>>> import stancectl
>>> registry = stancectl.load()
>>> registry["turkey"].position(as_of="2025-12-01").stance
'conditional'
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import Any, Literal, get_args

from stancectl.analysis import changes, rows
from stancectl.analysis.hypotheses import suppose
from stancectl.analysis.listing import by_engagement, row, standing
from stancectl.analysis.parts import part_rows
from stancectl.analysis.positions import Position
from stancectl.analysis.sources import citations
from stancectl.analysis.timeline import timeline
from stancectl.analysis.whatif import Outlook, outlooks, takes_part
from stancectl.model import registry as model
from stancectl.model.errors import UnknownName
from stancectl.model.names import find_country, find_id, key
from stancectl.model.periods import parse_period
from stancectl.model.statements import Statement
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.report import record

Day = date | str | None
"""A day: a date, a text as at the prompt (`2025-03`, `30d`; a period's last day is meant), or None for today."""

Kind = Literal["positions", "parts", "statements", "requirements", "offers", "sources", "timeline"]


def load(folder: str | PathLike[str] | None = None, *, rev: str | None = None, cache: bool = True) -> "Registry":
    """Read a registry.

    `folder` holds a `_registry.yaml`; without one, the registry is found as the command line finds it, down to the one that
    is shipped. `rev` is a git revision to read it at, or `REV:PATH` where it lay elsewhere in the repository; `cache` allows
    the compiled copy in the user's cache folder.

    Raises NoRegistry, InvalidRegistry (with every problem in `problems`) or UnknownRevision, all of them StanceError.
    """
    from stancectl.registry.load import load as read
    from stancectl.registry.load import load_revision
    from stancectl.registry.locate import locate

    named = Path(folder) if folder is not None else None
    return Registry(read(locate(named), cache=cache) if rev is None else load_revision(named, rev))


class Country:
    """A country of a registry: its names, its statements, and where it stands on any day."""

    def __init__(self, country: model.Country, vocabulary: Vocabulary) -> None:
        self._country = country
        self._vocabulary = vocabulary

    def __repr__(self) -> str:
        return f"<Country {self.slug}, statements: {len(self._country.statements)}>"

    @property
    def slug(self) -> str:
        """The name of its file, and of the country everywhere in the registry."""
        return self._country.slug

    @property
    def code(self) -> str:
        """Its ISO 3166-1 alpha-2 code."""
        return self._country.code

    @property
    def name(self) -> str:
        """Its name in English."""
        return self._country.name

    @property
    def aliases(self) -> tuple[str, ...]:
        """What else it is called."""
        return self._country.aliases

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Everything it said, oldest first, signals included."""
        return tuple(self._country.statements)

    def position(self, as_of: Day = None) -> Position:
        """Where it stands at the end of a day; raises InvalidDate for a text that is no date."""
        return Position(self._country, self._vocabulary, day(as_of))


class Registry:
    """A registry: countries by any of their names, and everything at once as records."""

    def __init__(self, registry: model.Registry) -> None:
        self._registry = registry

    def __repr__(self) -> str:
        return f"<Registry {self.vocabulary.topic!r}, countries: {len(self)}>"

    def __getitem__(self, name: str) -> Country:
        """The country of that slug, name, alias or ISO code; raises UnknownName (a KeyError), which names the nearest."""
        return Country(find_country(self._registry, name), self.vocabulary)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and key(name) in self._registry.names

    def __iter__(self) -> Iterator[Country]:
        """Every country, by slug."""
        return (Country(country, self.vocabulary) for country in self._registry.countries.values())

    def __len__(self) -> int:
        return len(self._registry.countries)

    @property
    def vocabulary(self) -> Vocabulary:
        """The question, and the stances, preconditions, contributions and groups its answers are coded in."""
        return self._registry.vocabulary

    @property
    def events(self) -> tuple[model.Event, ...]:
        """What happened around the statements, oldest first."""
        return self._registry.events

    def positions(self, as_of: Day = None) -> list[Position]:
        """Where every country stands at the end of a day, most engaged first."""
        return by_engagement((country.position(as_of) for country in self), self.vocabulary)

    def changes(self, since: date | str, until: Day = None) -> list[changes.Change]:
        """What moved, restatements and signals included, from the first day of `since` to the last of `until`."""
        first = parse_period(since, date.today()).first if isinstance(since, str) else day(since)
        eve = date.fromordinal(max(first.toordinal() - 1, 1))
        found = []
        for country in self:
            found += changes.changes(country.position(eve), country.position(until))
        return found

    def whatif(self, met: str | Iterable[str] = (), without: str | Iterable[str] = (), as_of: Day = None) -> list[Outlook]:
        """Who of those that would take part is clear, and what the others wait for, if these preconditions were met.

        What they imply is met with them, and so is what events have met by the end of a day; what is named in `without` never
        is; one alone may be a text. Raises UnknownName, and Impossible where one of them would bring another that never is met.
        """
        registry, words = self._registry, self.vocabulary
        labels = words.labels("precondition")
        named = ([names] if isinstance(names, str) else names for names in (met, without))
        assumed, never = ([find_id("precondition", labels, name) for name in names] for names in named)
        hypothesis = suppose(words, registry.events, day(as_of), assumed, never)
        standings = (row(country, words, day(as_of)) for country in registry.countries.values())
        return outlooks((each for each in standings if takes_part(words, each.stance)), registry, hypothesis)

    def records(self, kind: Kind, as_of: Day = None) -> list[dict[str, Any]]:
        """Flat records for `pandas.DataFrame` or `polars.DataFrame`, of what was said by the end of a day.

        - `positions`: a record a country, with the fields of `stancectl list`;
        - `parts`: a record a part of a position in force, with the fields of `stancectl show` in TSV;
        - `statements`, `requirements`, `offers`: what was said, with days as `datetime.date`;
        - `sources`: a record an address, with the fields of `stancectl sources`;
        - `timeline`: statements and events in order, with the fields of `stancectl timeline`.
        """
        if kind not in get_args(Kind):
            raise UnknownName("kind of record", kind, get_args(Kind))
        positions = self.positions(as_of)
        said: Sequence[Statement] = [each for position in positions for each in position.statements]
        match kind:
            case "positions":
                return [record(standing(position)) for position in positions]
            case "parts":
                return [record(row) for position in positions for row in part_rows(position)]
            case "statements":
                return [rows.statement_row(each)._asdict() for each in said]
            case "requirements":
                return [row._asdict() for row in rows.requirement_rows(said)]
            case "offers":
                return [row._asdict() for row in rows.offer_rows(said)]
            case "sources":
                return [record(citation) for citation in citations(said)]
            case "timeline":
                return [record(entry) for entry in timeline(positions, self.events, None, day(as_of))]


def day(typed: Day) -> date:
    """The day that is meant (see Day); raises InvalidDate."""
    if typed is None:
        return date.today()
    if isinstance(typed, datetime):
        return typed.date()
    return typed if isinstance(typed, date) else parse_period(typed, date.today()).last
