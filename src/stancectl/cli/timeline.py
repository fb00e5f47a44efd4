"""`stancectl timeline`: statements and events in order."""

from typing import Annotated

import typer

from stancectl.analysis.listing import by_engagement
from stancectl.analysis.timeline import Entry, timeline
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Countries, Since, Until, asks
from stancectl.report.page import Page
from stancectl.report.report import field_names, report
from stancectl.views.words import day

FIELDS = field_names(Entry)


@asks
def command(
    asking: Asking,
    country: Countries = None,
    since: Since = None,
    until: Until = None,
    chart: Annotated[bool, typer.Option("--chart", help="Draw a lane a country, coloured by stance.")] = False,
) -> None:
    """What was said and what happened, in order, with every change marked."""
    registry = asking.registry
    first, last = asking.within(since, until)
    positions = asking.positions(asking.countries(country), last)
    rows = timeline(positions, registry.events, first, last)

    def page() -> Page:
        if chart:
            from stancectl.views import lanes

            lanes_in_order = positions if country else by_engagement(positions, registry.vocabulary)
            return lanes.page(lanes_in_order, registry.events, registry.vocabulary, first, last)
        from stancectl.views import timeline

        span = f"{day(first or rows[0].date.earliest)} to {day(last)}"
        return timeline.page(rows, span, {position.country.slug: position for position in positions}, registry)

    answer(asking, report(Entry, rows, page), "nothing was said and nothing happened then")
