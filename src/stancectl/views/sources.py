"""`sources`: every source with the statements that cite it; and the footnotes of other pages."""

from collections.abc import Iterable, Sequence

from stancectl.analysis.sources import Citation, citations
from stancectl.model.statements import Statement
from stancectl.report.page import Block, Column, Footnote, Footnotes, Grid, Heading, Page, Piece, Span, Text, Title, join, text
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


def footnotes(statements: Iterable[Statement], numbers: words.Numbers) -> list[Block]:
    """The sources of the statements under the numbers they were given; nothing for none."""
    cited = citations(statements)
    notes = [Footnote(numbers.of[source.url], _cite(source)) for source in cited]
    return [Heading("Sources"), Footnotes(sorted(notes))] if notes else []


def _cite(source: Citation) -> Text:
    """A source as a footnote: publisher, title, date, address."""
    title = Span(f"“{source.title}”") if source.title else Span("")
    archived = text("archived ", Span(source.archived, "blue", source.archived)) if source.archived else ()
    facts: list[Piece] = [source.publisher or "", title, str(source.date or ""), Span(source.url, "blue", source.url), archived]
    return join(", ", facts)
