"""`stancectl list`: all countries, one row each."""

from typing import TYPE_CHECKING, Annotated

import typer

from stancectl import views
from stancectl.analysis.listing import Filter, Standing, has_newer_signals, row
from stancectl.cli import completion
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Countries, asks
from stancectl.report.report import field_names, report

if TYPE_CHECKING:
    from stancectl.report.page import Page


@asks
def command(
    asking: Asking,
    country: Countries = None,
    stance: Annotated[
        list[str] | None, typer.Option("--stance", metavar="A,B", help="Stances, any of them.", autocompletion=completion.stances)
    ] = None,
    requires: Annotated[
        list[str] | None,
        typer.Option(
            "--requires",
            metavar="A,B",
            help="Preconditions in force, any of them; again for all.",
            autocompletion=completion.preconditions,
        ),
    ] = None,
    offers: Annotated[
        list[str] | None,
        typer.Option(
            "--offers",
            metavar="A,B",
            help="Offers in force, any of them; again for all.",
            autocompletion=completion.contributions,
        ),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            "--group", metavar="A,B", help="Members of groups, any of them; again for all.", autocompletion=completion.groups
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Stances taken from the first day of DATE on.")
    ] = None,
) -> None:
    """Where every country stands, a row each."""
    registry = asking.registry
    groups = asking.ids("group", group)
    wanted = Filter(
        stances=asking.ids("stance", stance),
        requires=asking.ids("precondition", requires),
        offers=asking.ids("contribution", offers),
        groups=tuple(frozenset(code for name in names for code in registry.vocabulary.groups[name]) for names in groups),
        since=asking.within(since, None)[0],
    )
    countries, words = {each.slug: each for each in asking.countries(country)}, registry.vocabulary
    rows = [found for each in countries.values() if wanted.keeps(found := row(each, words, asking.day))]
    rows.sort(key=lambda row: (words.rank(row.stance), row.country))

    def page() -> "Page":
        newer = [row.name for row in rows if has_newer_signals(asking.positions([countries[row.country]])[0])]
        return views.listing.page(rows, newer, words, asking.day)

    answer(
        asking,
        report(Standing, rows, page),
        "no country is like that" if registry.countries else "this registry has no countries",
    )


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return field_names(Standing)
