"""`stancectl preconditions`: each precondition, met or not, and who requires it."""

from typing import Annotated

import typer

from stancectl import views
from stancectl.analysis.listing import by_engagement
from stancectl.analysis.positions import Position
from stancectl.analysis.preconditions import Demand, demands
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Countries, asks
from stancectl.report.report import Table, field_names, report, same


@asks
def command(
    asking: Asking,
    country: Countries = None,
    matrix: Annotated[bool, typer.Option("--matrix", help="Countries against preconditions.")] = False,
) -> None:
    """What has to be so first, and for whom."""
    registry = asking.registry
    positions = by_engagement(asking.positions(asking.countries(country)), registry.vocabulary)
    rows = [row for row in demands(registry, positions, asking.day) if row.count or not country]

    if matrix:
        table = _matrix(positions, rows)
        answer(
            asking,
            same(table, lambda: views.preconditions.matrix_page(rows, positions, asking.day)),
            "nobody requires anything",
        )
    else:
        answer(
            asking,
            report(Demand, rows, lambda: views.preconditions.page(rows, registry.countries, asking.day)),
            "nobody requires anything" if country else "this registry knows no preconditions",
        )


def _matrix(positions: list[Position], rows: list[Demand]) -> Table:
    """A row a country that requires something; under each precondition since when it does."""
    items = [row.precondition for row in rows if row.count]
    lines = []
    for position in positions:
        since = {part.item: str(part.since) for part in position.preconditions}
        if since:
            lines.append({"country": position.country.slug, **{item: since.get(item) for item in items}})
    return Table(("country", *items), lines)


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return field_names(Demand)
