"""`sources`: every source with how often it is cited."""

from collections.abc import Sequence

from stancectl.analysis.sources import Citation
from stancectl.report.page import Column, Grid, Page, Span, Title, text
from stancectl.views import words

_COLUMNS = (
    Column("Publisher", least=14),
    Column("Title", least=20, wraps=True),
    Column("Date", worth=-1),
    Column("Lang", worth=-3),
    Column("Cited by", least=12, worth=-2),
)


def page(sources: Sequence[Citation]) -> Page:
    """Title, then a row a source; its title is a link."""
    rows = [
        (
            text(source.publisher or ""),
            text(Span(source.title or source.url, link=source.url)),
            text(str(source.date or "")),
            text(source.lang or ""),
            text(", ".join(source.cited_by)),
        )
        for source in sources
    ]
    title = Title(text(Span("Sources", "bold")), text(Span(words.count(len(sources), "source"), "dim")))
    return Page((title, Grid(_COLUMNS, rows)))
