"""One country's whole position, with the statement behind each part: what `show` tells."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from stancectl.analysis.positions import Part, Position
from stancectl.model.dates import PartialDate
from stancectl.model.statements import Requirement, Source, Statement
from stancectl.model.vocabulary import Vocabulary


class StanceHeld(NamedTuple):
    """The stance in force; `by` is the statement that set it."""

    value: str
    since: PartialDate
    last_stated: PartialDate
    by: str


class PreconditionHeld(NamedTuple):
    """A precondition in force; `restated_by` are the later statements that said it again."""

    id: str
    label: str
    since: PartialDate
    last_stated: PartialDate
    by: str
    restated_by: tuple[str, ...]
    after: tuple[str, ...]
    note: str | None
    met: bool


class OfferHeld(NamedTuple):
    """An offer in force."""

    kind: str
    personnel_min: int | None
    personnel_max: int | None
    note: str | None
    since: PartialDate
    by: str


class RuleOutHeld(NamedTuple):
    """An exclusion in force."""

    kind: str
    since: PartialDate
    by: str


class OfferMade(NamedTuple):
    """An offer as a statement made it."""

    kind: str
    personnel_min: int | None
    personnel_max: int | None
    note: str | None


class StatementMade(NamedTuple):
    """A statement, whole."""

    ref: str
    date: PartialDate
    speaker: str
    office: str | None
    occasion: str | None
    attribution: str
    stance: str | None
    summary: str
    quote: str | None
    requires: tuple[Requirement, ...]
    drops: tuple[str, ...]
    offers: tuple[OfferMade, ...]
    withdraws: tuple[str, ...]
    rules_out: tuple[str, ...]
    reopens: tuple[str, ...]
    responds_to: tuple[str, ...]
    sources: tuple[Source, ...]
    note: str | None


class Dossier(NamedTuple):
    """A position, whole; `uncertain` says that the date of a statement behind it leaves doubt."""

    country: str
    code: str
    name: str
    as_of: date
    uncertain: bool
    stance: StanceHeld | None
    preconditions: tuple[PreconditionHeld, ...]
    offers: tuple[OfferHeld, ...]
    rules_out: tuple[RuleOutHeld, ...]
    statements: tuple[StatementMade, ...]


def dossier(position: Position, vocabulary: Vocabulary, met: Mapping[str, PartialDate]) -> Dossier:
    """Everything about one position. `met` holds the preconditions that are met (see `preconditions.met_on`)."""
    stance = position.stance_part
    return Dossier(
        country=position.country.slug,
        code=position.country.code,
        name=position.country.name,
        as_of=position.as_of,
        uncertain=position.uncertain,
        stance=StanceHeld(stance.item, stance.since, stance.last_stated, stance.by.ref) if stance else None,
        preconditions=tuple(_precondition(part, vocabulary, met) for part in position.preconditions),
        offers=tuple(_offer(part) for part in position.offers),
        rules_out=tuple(RuleOutHeld(part.item, part.since, part.by.ref) for part in position.rules_out),
        statements=tuple(map(statement_made, position.statements)),
    )


def statement_made(statement: Statement) -> StatementMade:
    """A statement with its reference and all that it says."""
    return StatementMade(
        ref=statement.ref,
        date=statement.date,
        speaker=statement.speaker,
        office=statement.office,
        occasion=statement.occasion,
        attribution=statement.attribution,
        stance=statement.stance,
        summary=statement.summary,
        quote=statement.quote,
        requires=statement.requires,
        drops=statement.drops,
        offers=tuple(
            OfferMade(each.kind, *((each.personnel.min, each.personnel.max) if each.personnel else (None, None)), each.note)
            for each in statement.offers
        ),
        withdraws=statement.withdraws,
        rules_out=statement.rules_out,
        reopens=statement.reopens,
        responds_to=statement.responds_to,
        sources=statement.sources,
        note=statement.note,
    )


def _precondition(part: Part, vocabulary: Vocabulary, met: Mapping[str, PartialDate]) -> PreconditionHeld:
    return PreconditionHeld(
        id=part.item,
        label=vocabulary.preconditions[part.item].label,
        since=part.since,
        last_stated=part.last_stated,
        by=part.by.ref,
        restated_by=tuple(statement.ref for statement in part.restated_by),
        after=part.after,
        note=part.note,
        met=part.item in met,
    )


def _offer(part: Part) -> OfferHeld:
    return OfferHeld(part.item, part.personnel.min, part.personnel.max, part.note, part.since, part.by.ref)
