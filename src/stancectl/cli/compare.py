"""`stancectl compare`: positions side by side."""

from typing import Annotated

import typer

from stancectl import views
from stancectl.analysis.comparison import Line, compare
from stancectl.cli import completion
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Usage, asks
from stancectl.report.report import Row, Table, same

_FIELDS = ("part", "item")
"""Followed by a field for each country."""


@asks
def command(
    asking: Asking,
    country: Annotated[
        list[str],
        typer.Argument(
            metavar="COUNTRY COUNTRY...",
            help="Names, ISO codes or slugs; - reads them from stdin.",
            autocompletion=completion.countries,
        ),
    ],
) -> None:
    """Positions side by side.

    The stance, and since when each precondition, offer and exclusion has been in force.
    """
    positions = asking.positions(asking.countries(country))
    if len(positions) < 2:
        raise Usage("compare needs two countries or more", "name another")
    lines = compare(positions)

    table = Table((*_FIELDS, *(position.country.slug for position in positions)), [_row(line) for line in lines])
    answer(
        asking,
        same(table, lambda: views.comparison.page(lines, positions, asking.registry.vocabulary)),
        "there is nothing to compare",
    )


def _row(line: Line) -> Row:
    """The part and its item, then for each country the stance, or since when the part has been in force."""
    told = {slug: part and (part.item if part.kind == "stance" else str(part.since)) for slug, part in line.held.items()}
    return {"part": line.part, "item": line.item, **told}


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return _FIELDS
