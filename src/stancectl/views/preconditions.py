"""`preconditions`: which are met, who requires each; `--matrix`: all against all."""

from collections.abc import Mapping, Sequence
from datetime import date

from stancectl.analysis.positions import Position
from stancectl.analysis.preconditions import Demand
from stancectl.model.registry import Country
from stancectl.report.page import Column, Drawing, Grid, Line, Listing, Page, Span, Text, Title, text
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
    """A row a precondition, a column a country (by ISO code); where they do not fit beside each other, in bands."""
    asking = [position for position in positions if position.preconditions]
    asked = [demand for demand in demands if demand.count]

    def draw(width: int) -> list[Text]:
        room = min(max((len(demand.label) for demand in asked), default=0), max(width // 3, 12)) + 1
        size = max((width - room) // 3, 1)
        lines: list[Text] = []
        for start in range(0, len(asking), size):
            band = asking[start : start + size]
            codes = " ".join(position.country.code for position in band)
            lines += [()] if start else []
            lines += [text(" " * room, Span(codes, "bold")), *(_row(demand, band, room) for demand in asked)]
        return lines

    title = Title(text(Span("Preconditions in force", "bold")), text(Span(f"● required, {words.day(as_of)}", "dim")))
    note = Line(text(Span("Countries that require something, most engaged first.", "dim")))
    return Page((title, Drawing(draw), note))


def _row(demand: Demand, band: Sequence[Position], room: int) -> Text:
    name = demand.label if len(demand.label) < room else f"{demand.label[: room - 2]}…"
    marks = ["●" if position.country.slug in demand.required_by else "·" for position in band]
    return text(name.ljust(room), *(Span(f"{mark}  ", "teal" if mark == "●" else "dim") for mark in marks))
