"""`stancectl timeline`: statements and events in order."""

from typing import Annotated

import typer

from stancectl import views
from stancectl.analysis.listing import by_engagement
from stancectl.analysis.timeline import Entry, timeline
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Countries, Since, Until, asks
from stancectl.report.report import field_names, report


@asks
def command(
    asking: Asking,
    country: Countries = None,
    since: Since = None,
    until: Until = None,
    chart: Annotated[bool, typer.Option("--chart", help="Draw a lane a country, coloured by stance.")] = False,
) -> None:
    """What was said and what happened, in order."""
    registry = asking.registry
    first, last = asking.within(since, until)
    positions = asking.positions(asking.countries(country), last)
    rows = timeline(positions, registry.events, first, last)

    if chart:
        lanes = positions if country else by_engagement(positions, registry.vocabulary)
        shown = report(Entry, rows, lambda: views.lanes.page(lanes, registry.events, registry.vocabulary, first, last))
    else:
        by_slug = {position.country.slug: position for position in positions}
        shown = report(Entry, rows, lambda: views.timeline.page(rows, first, last, by_slug, registry))
    answer(asking, shown, "nothing was said and nothing happened then")


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return field_names(Entry)
