"""`stancectl show`: a country's whole position."""

from typing import Annotated

import typer

from stancectl import views
from stancectl.analysis.dossier import Dossier, PartRow, StatementMade, dossier, part_rows, statement_made
from stancectl.analysis.positions import Position
from stancectl.analysis.preconditions import met_on
from stancectl.cli import completion
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, asks
from stancectl.model.names import key
from stancectl.report.report import Report, field_names, table_of

FIELDS = tuple(dict.fromkeys((*field_names(Dossier), *field_names(PartRow), *field_names(StatementMade))))


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
    registry = asking.registry
    met = met_on(registry.vocabulary, registry.events, asking.day)

    def holder(code: str) -> Position | None:
        slug = registry.names.get(key(code))
        return asking.positions([registry.countries[slug]])[0] if slug else None

    if statements:
        nested = flat = table_of(StatementMade, (statement_made(each) for position in positions for each in position.statements))
    else:
        nested = table_of(Dossier, (dossier(position, registry.vocabulary, met) for position in positions))
        flat = table_of(PartRow, (row for position in positions for row in part_rows(position)))
    names = ", ".join(position.country.name for position in positions)
    nothing = f"{names}: nothing is in force" if positions else "no country was named"
    answer(asking, Report(nested, flat, lambda: views.dossier.page(positions, registry.vocabulary, met, holder)), nothing)
