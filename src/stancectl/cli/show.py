"""`stancectl show`: a country's whole position."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from stancectl import views
from stancectl.analysis.parts import PartRow, part_rows
from stancectl.analysis.positions import Position
from stancectl.cli import completion
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, asks
from stancectl.model.names import key
from stancectl.report.report import Report, Table, field_names, table_of

if TYPE_CHECKING:
    from stancectl.model.dates import PartialDate
    from stancectl.report.page import Page


@asks
def command(
    asking: Asking,
    country: Annotated[
        list[str],
        typer.Argument(
            metavar="COUNTRY...", help="Names, ISO codes or slugs; - reads them from stdin.", autocompletion=completion.countries
        ),
    ],
    statements: Annotated[bool, typer.Option("--statements", help="The statements alone, a row each (but on pages).")] = False,
) -> None:
    """A country's whole position.

    Who set each part of it, then the statements with their sources. In markdown and html it is a briefing note to forward.
    """
    positions = asking.positions(asking.countries(country))
    names = ", ".join(position.country.name for position in positions)
    nothing = f"{names}: nothing is in force" if positions else "no country was named"
    nested, flat = (_statements, _statements) if statements else (_dossiers, _parts)
    page = partial(_page, asking, positions)
    answer(asking, Report(partial(nested, asking, positions), partial(flat, asking, positions), page, len(positions)), nothing)


def _parts(_: Asking, positions: list[Position]) -> Table:
    return table_of(PartRow, (row for position in positions for row in part_rows(position)))


def _dossiers(asking: Asking, positions: list[Position]) -> Table:
    from stancectl.analysis.dossier import Dossier, dossier

    return table_of(Dossier, (dossier(position, asking.registry.vocabulary, _met(asking)) for position in positions))


def _statements(_: Asking, positions: list[Position]) -> Table:
    from stancectl.analysis.dossier import StatementMade, statement_made

    return table_of(StatementMade, (statement_made(each) for position in positions for each in position.statements))


def _page(asking: Asking, positions: list[Position]) -> "Page":
    registry = asking.registry

    def holder(code: str) -> Position | None:
        slug = registry.names.get(key(code))
        return asking.positions([registry.countries[slug]])[0] if slug else None

    return views.dossier.page(positions, registry.vocabulary, _met(asking), holder)


def _met(asking: Asking) -> "dict[str, PartialDate]":
    from stancectl.analysis.fulfilment import met_on

    return met_on(asking.registry.vocabulary, asking.registry.events, asking.day)


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    from stancectl.analysis.dossier import Dossier, StatementMade

    return field_names(Dossier, PartRow, StatementMade)
