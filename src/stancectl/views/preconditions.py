"""`preconditions`: which are met, who requires each; `--matrix`: all against all."""

from collections.abc import Mapping, Sequence
from datetime import date

from stancectl.analysis.positions import Position
from stancectl.analysis.preconditions import Demand
from stancectl.model.registry import Country
from stancectl.report.page import Column, Grid, Listing, Page, Span, Text, Title, text
from stancectl.views import words

_COLUMNS = (
    Column("Precondition", least=12),
    Column("Met"),
    Column("By"),
    Column("First", worth=-2),
    Column("Last said", worth=-3),
    Column("Required by", least=10, worth=-1),
)


def page(demands: Sequence[Demand], countries: Mapping[str, Country], as_of: date) -> Page:
    """Title, then a row a precondition."""
    rows = [
        (
            text(demand.label),
            text(Span(f"✓ {demand.met_on}", "green") if demand.met_on else Span("not met", "dim")),
            text(str(demand.count)) if demand.count else text(Span("–", "dim")),
            text(str(demand.first_stated or "")),
            text(str(demand.last_stated or "")),
            Listing(tuple(countries[slug].name for slug in demand.required_by)),
        )
        for demand in demands
    ]
    met = sum(demand.met for demand in demands)
    title = Title(text(Span("Preconditions", "bold")), text(Span(f"{met} of {len(demands)} met, {words.day(as_of)}", "dim")))
    return Page((title, Grid(_COLUMNS, rows)))


def matrix_page(demands: Sequence[Demand], positions: Sequence[Position], as_of: date) -> Page:
    """A row a precondition in force, a column a country that requires something (by ISO code), most engaged first."""
    asking = [position for position in positions if position.preconditions]
    columns = (Column("Precondition", least=12), *(Column(position.country.code) for position in asking))
    rows = [
        (text(demand.label), *(_required(position.country.slug in demand.required_by) for position in asking))
        for demand in demands
        if demand.count
    ]
    title = Title(text(Span("Preconditions in force", "bold")), text(Span(f"● required, {words.day(as_of)}", "dim")))
    return Page((title, Grid(columns, rows, banded=True)))


def _required(yes: bool) -> Text:
    return text(Span("●", "teal") if yes else Span("·", "dim"))
