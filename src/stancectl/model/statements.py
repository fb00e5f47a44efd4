"""A statement: what somebody said, when, and what it set or took back."""

from typing import Annotated, Literal, NamedTuple, get_args

from stancectl.model.dates import PartialDate

# What a text stands for. The types are plain `str`; the marks tell the border how to check them.
StanceId = Annotated[str, "stance"]
PreconditionId = Annotated[str, "precondition"]
ContributionId = Annotated[str, "contribution"]
CountryCode = Annotated[str, "country-code"]
Slug = Annotated[str, "slug"]
Reference = Annotated[str, "reference"]
Url = Annotated[str, "url"]

Attribution = Literal["official", "document", "dissenting", "anonymous", "reported"]
ATTRIBUTIONS: tuple[Attribution, ...] = get_args(Attribution)

COUNTED: frozenset[Attribution] = frozenset(("official", "document"))
"""The attributions that set a position. All others are signals: shown, never counted."""


class Source(NamedTuple):
    """Where a statement or event can be read."""

    url: Url
    publisher: str | None = None
    title: str | None = None
    date: PartialDate | None = None
    lang: str | None = None
    archived: Url | None = None


class Requirement(NamedTuple):
    """A precondition as one statement put it: what has to come before it, and in what sense."""

    condition: PreconditionId
    after: tuple[PreconditionId, ...] = ()
    note: str | None = None


class Personnel(NamedTuple):
    """How many people, at least and at most; None where the statement leaves that end open."""

    min: int | None = None
    max: int | None = None


class Offer(NamedTuple):
    """A contribution as one statement offered it."""

    kind: ContributionId
    personnel: Personnel | None = None
    note: str | None = None


class Statement(NamedTuple):
    """One dated, attributed, sourced statement. `country` is the slug of the country that said it."""

    country: Slug
    id: Slug
    date: PartialDate
    speaker: str
    summary: str
    sources: tuple[Source, ...]
    office: str | None = None
    occasion: str | None = None
    attribution: Attribution = "official"
    stance: StanceId | None = None
    quote: str | None = None
    requires: tuple[Requirement, ...] = ()
    drops: tuple[PreconditionId, ...] = ()
    offers: tuple[Offer, ...] = ()
    withdraws: tuple[ContributionId, ...] = ()
    rules_out: tuple[ContributionId, ...] = ()
    reopens: tuple[ContributionId, ...] = ()
    responds_to: tuple[Reference, ...] = ()
    note: str | None = None

    @property
    def ref(self) -> str:
        """The statement's name anywhere in the registry: `turkey/2025-11-27-mod`."""
        return f"{self.country}/{self.id}"

    @property
    def is_signal(self) -> bool:
        """Whether it is shown but never counted (dissenting, anonymous or reported)."""
        return self.attribution not in COUNTED
