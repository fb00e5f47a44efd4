"""`stancectl preconditions`: each precondition, met or not, and who requires it."""

from typing import TYPE_CHECKING, Annotated

import typer

from stancectl import views
from stancectl.analysis.graph import Edge, edges
from stancectl.analysis.listing import by_engagement
from stancectl.analysis.positions import Position
from stancectl.analysis.preconditions import Demand, demands
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Countries, Usage, asks
from stancectl.report.report import Table, field_names, report, same

if TYPE_CHECKING:
    from stancectl.report.diagram import Diagram


@asks
def command(
    asking: Asking,
    country: Countries = None,
    matrix: Annotated[bool, typer.Option("--matrix", help="Countries against preconditions.")] = False,
    graph: Annotated[bool, typer.Option("--graph", help="What comes before what, and what brings what with it.")] = False,
) -> None:
    """What has to be so first, and for whom.

    -f svg draws the --graph; -f dot (Graphviz) and -f mermaid have it drawn elsewhere. COUNTRY chooses whose order it shows.
    """
    if matrix and graph:
        raise Usage("--matrix and --graph are two answers", "ask for one of them")
    registry = asking.registry
    positions = by_engagement(asking.positions(asking.countries(country)), registry.vocabulary)
    rows = [row for row in demands(registry, positions, asking.day) if row.count or not country]

    if graph:
        _graph(asking, edges(registry.vocabulary, positions))
    elif matrix:
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


def _graph(asking: Asking, found: list[Edge]) -> None:
    from stancectl.report import drawing, graphviz, mermaid

    def diagram() -> "Diagram":
        return views.graph.diagram(found, asking.registry, asking.day)

    answer(
        asking,
        report(Edge, found, lambda: views.graph.page(found, asking.registry, asking.day)),
        "no precondition comes before another",
        {
            "dot": lambda: graphviz.write(diagram()),
            "mermaid": lambda: mermaid.write(diagram()),
            "svg": lambda: drawing.write(diagram()),
        },
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
    return field_names(Demand, Edge)
