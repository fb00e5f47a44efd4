"""Statements and what they name as flat rows, for data frames: text, days, true and false, lists of text."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stancectl.model.statements import Statement


class StatementRow(NamedTuple):
    """A statement: `date` as it is written, `earliest` and `latest` as days, lists of ids, sources by address.

    `counts` says whether it counts towards the position.
    """

    ref: str
    country: str
    date: str
    earliest: dt.date
    latest: dt.date
    speaker: str
    office: str | None
    occasion: str | None
    attribution: str
    counts: bool
    stance: str | None
    summary: str
    quote: str | None
    requires: list[str]
    drops: list[str]
    offers: list[str]
    withdraws: list[str]
    rules_out: list[str]
    reopens: list[str]
    responds_to: list[str]
    sources: list[str]
    note: str | None


class RequirementRow(NamedTuple):
    """A precondition as one statement named it."""

    ref: str
    country: str
    earliest: dt.date
    counts: bool
    precondition: str
    after: list[str]
    note: str | None


class OfferRow(NamedTuple):
    """A contribution as one statement offered it."""

    ref: str
    country: str
    earliest: dt.date
    counts: bool
    contribution: str
    personnel_min: int | None
    personnel_max: int | None
    note: str | None


def statement_row(statement: Statement) -> StatementRow:
    """One statement's row."""
    return StatementRow(
        ref=statement.ref,
        country=statement.country,
        date=str(statement.date),
        earliest=statement.date.earliest,
        latest=statement.date.latest,
        speaker=statement.speaker,
        office=statement.office,
        occasion=statement.occasion,
        attribution=statement.attribution,
        counts=not statement.is_signal,
        stance=statement.stance,
        summary=statement.summary,
        quote=statement.quote,
        requires=[each.condition for each in statement.requires],
        drops=list(statement.drops),
        offers=[each.kind for each in statement.offers],
        withdraws=list(statement.withdraws),
        rules_out=list(statement.rules_out),
        reopens=list(statement.reopens),
        responds_to=list(statement.responds_to),
        sources=[source.url for source in statement.sources],
        note=statement.note,
    )


def requirement_rows(statements: Iterable[Statement]) -> Iterator[RequirementRow]:
    """A row for each precondition that each statement names."""
    for said in statements:
        for each in said.requires:
            yield RequirementRow(
                said.ref, said.country, said.date.earliest, not said.is_signal, each.condition, list(each.after), each.note
            )


def offer_rows(statements: Iterable[Statement]) -> Iterator[OfferRow]:
    """A row for each contribution that each statement offers."""
    for said in statements:
        for each in said.offers:
            least, most = (each.personnel.min, each.personnel.max) if each.personnel else (None, None)
            yield OfferRow(said.ref, said.country, said.date.earliest, not said.is_signal, each.kind, least, most, each.note)
