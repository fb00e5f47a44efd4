"""`stancectl stats`: counts and freshness."""

from stancectl import views
from stancectl.analysis.stats import Figure, figures
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Countries, asks
from stancectl.report.report import field_names, report


@asks
def command(asking: Asking, country: Countries = None) -> None:
    """How much there is, and how fresh it is."""
    vocabulary = asking.registry.vocabulary
    rows = figures(asking.positions(asking.countries(country)), vocabulary, asking.day)

    answer(asking, report(Figure, rows, lambda: views.stats.page(rows, vocabulary, asking.day)), "there is nothing to count")


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return field_names(Figure)
