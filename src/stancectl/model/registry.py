"""A registry: its vocabulary, its countries and the events around them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stancectl.model.dates import PartialDate
from stancectl.model.history import History
from stancectl.model.statements import CountryCode, PreconditionId, Slug, Source, Statement
from stancectl.model.vocabulary import Vocabulary


class Event(NamedTuple):
    """Something that happened around the statements; it can meet or undo preconditions."""

    date: PartialDate
    title: str
    sources: tuple[Source, ...] = ()
    meets: tuple[PreconditionId, ...] = ()
    unmeets: tuple[PreconditionId, ...] = ()
    note: str | None = None


class Country(NamedTuple):
    """A country and what it said: statements in date order, by earliest day and then as in the file.

    `history` is what they did (see `analysis.fold`).
    """

    slug: Slug
    code: CountryCode
    name: str
    aliases: tuple[str, ...]
    statements: Sequence[Statement]
    history: History


class Registry(NamedTuple):
    """Everything that was read: vocabulary, countries by slug (in the order of slugs), events in date order.

    `names` has every spelling of a country's names (see `model.names.key`) and the slug it stands for.
    """

    vocabulary: Vocabulary
    countries: Mapping[Slug, Country]
    events: tuple[Event, ...]
    names: Mapping[str, Slug]
