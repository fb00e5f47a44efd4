"""`stancectl search`: full text."""

from datetime import date
from typing import Annotated

import typer

from stancectl import views
from stancectl.analysis.search import Match, search
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Since, Until, Usage, asks
from stancectl.report.report import field_names, report


@asks
def command(
    asking: Asking,
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words, in any order; case and accents do not matter.")],
    since: Since = None,
    until: Until = None,
) -> int:
    """Every text that holds all the words.

    Exits with 1 if there is none.
    """
    wanted = " ".join(text)
    if not wanted.strip():
        raise Usage("search needs a word", "name one")
    first, last = asking.within(since, until)
    matches = search(asking.countries(None), wanted, first or date.min, last)

    answer(
        asking,
        report(Match, matches, lambda: views.search.page(matches, wanted, asking.registry.countries)),
        f"nothing holds “{wanted}”",
    )
    return 0 if matches else 1


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return field_names(Match)
