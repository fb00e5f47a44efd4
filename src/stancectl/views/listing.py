"""`list`: every country's stance in one screen."""

from collections.abc import Sequence
from datetime import date

from stancectl.analysis.listing import Standing
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.page import Cell, Column, Grid, Line, Listing, Page, Span, Title, text
from stancectl.views import words

_COLUMNS = (
    Column("Country", least=8),
    Column("Stance"),
    Column("Since"),
    Column("Preconditions", least=16, worth=-1),
    Column("Offers", least=14, worth=-2),
    Column("Last said", worth=-3),
    Column("Rules out", least=12, worth=-4),
)


def page(rows: Sequence[Standing], newer: Sequence[str], vocabulary: Vocabulary, as_of: date) -> Page:
    """Title, a row a country, and the names of those that have sent signals since they last spoke (`newer`)."""
    title = Title(
        text(Span(vocabulary.topic, "bold")),
        text(Span(f"{words.count(len(rows), 'country', 'countries')}, {words.day(as_of)}", "dim")),
    )
    grid = Grid(_COLUMNS, [_row(row, vocabulary) for row in rows])
    hint = text(Span("stancectl show COUNTRY for the whole position", "dim"))
    if not newer:
        return Page((title, grid, Line(hint)))
    signals = f"Signals since the last statement that counts: {', '.join(newer)}"
    return Page((title, grid, Line(text(signals)), Line(hint)))


def _row(row: Standing, vocabulary: Vocabulary) -> tuple[Cell, ...]:
    mark = words.sign(vocabulary, row.stance)
    return (
        text(mark, f" {row.name}"),
        text(Span(row.stance, mark.style) if row.stance else words.NO_STANCE),
        text(str(row.stance_since or "")),
        Listing(words.precondition_labels(vocabulary, row.preconditions)),
        Listing(words.contribution_labels(vocabulary, row.offers)),
        text(str(row.last_statement or "")),
        Listing(words.contribution_labels(vocabulary, row.rules_out)),
    )
