"""`sources`: every source with the statements that cite it."""

from collections.abc import Sequence

from stancectl.analysis.sources import Citation
from stancectl.report.page import Entries, Entry, Page, Span, Title, join, text
from stancectl.views import words


def page(sources: Sequence[Citation]) -> Page:
    """Title, then each source beside its date: what it is, where it is, who cites it."""
    title = Title(text(Span("Sources", "bold")), text(Span(words.count(len(sources), "source"), "dim")))
    return Page((title, Entries([_entry(source) for source in sources])))


def _entry(source: Citation) -> Entry:
    what = join(" · ", [Span(source.publisher or "", "bold"), source.title or "", Span(source.lang or "", "dim")])
    where = join(" · ", [Span(url, "blue", url) for url in (source.url, source.archived) if url])
    by = Span(f"cited by {', '.join(source.cited_by)}", "dim")
    return Entry(text(Span(str(source.date or "undated"), "dim")), tuple(filter(None, (what, where, text(by)))))
