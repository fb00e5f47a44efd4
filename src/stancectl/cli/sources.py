"""`stancectl sources`: every source, for a spreadsheet or a reference manager."""

from stancectl import views
from stancectl.analysis.sources import Citation, citations
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Countries, Since, Until, asks
from stancectl.report import references
from stancectl.report.report import field_names, report


@asks
def command(asking: Asking, country: Countries = None, since: Since = None, until: Until = None) -> None:
    """Every source, once, and who cites it.

    -f bibtex and -f csl (CSL-JSON) go into Zotero and other reference managers.
    """
    first, last = asking.within(since, until)
    said = [each for position in asking.positions(asking.countries(country), last) for each in position.statements]
    found = citations(each for each in said if first is None or each.date.earliest >= first)

    more = {"bibtex": lambda: references.bibtex(found), "csl": lambda: references.csl(found)}
    answer(asking, report(Citation, found, lambda: views.sources.page(found)), "there are no sources", more)


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return field_names(Citation)
