"""`stancectl stats`: counts and freshness."""

from stancectl.analysis.stats import Figure, figures
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Countries, asks
from stancectl.report.page import Page
from stancectl.report.report import field_names, report

FIELDS = field_names(Figure)


@asks
def command(asking: Asking, country: Countries = None) -> None:
    """How much there is, of what kind, and how fresh it is."""
    vocabulary = asking.registry.vocabulary
    rows = figures(asking.positions(asking.countries(country)), vocabulary, asking.day)

    def page() -> Page:
        from stancectl.views import stats

        return stats.page(rows, vocabulary, asking.day)

    answer(asking, report(Figure, rows, page), "there is nothing to count")
