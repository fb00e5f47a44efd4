"""`list`: every country's stance in one screen."""

from collections.abc import Sequence
from datetime import date

from stancectl.analysis.positions import Position
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


def page(positions: Sequence[Position], vocabulary: Vocabulary, as_of: date) -> Page:
    """Title, a row a country, and which countries have sent signals since they last spoke."""
    title = Title(
        text(Span(vocabulary.topic, "bold")),
        text(Span(f"{words.count(len(positions), 'country', 'countries')}, {words.day(as_of)}", "dim")),
    )
    grid = Grid(_COLUMNS, [_row(position, vocabulary) for position in positions])
    hint = text(Span("stancectl show COUNTRY for the whole position", "dim"))
    newer = [position for position in positions if _has_newer_signals(position)]
    if not newer:
        return Page((title, grid, Line(hint)))
    signals = f"Signals since the last statement that counts: {words.names([position.country for position in newer])}"
    return Page((title, grid, Line(text(signals)), Line(hint)))


def _row(position: Position, vocabulary: Vocabulary) -> tuple[Cell, ...]:
    held, last = position.stance_part, position.last_counted
    mark = words.sign(vocabulary, position.stance)
    return (
        text(mark, f" {position.country.name}"),
        text(Span(position.stance, mark.style) if position.stance else words.NO_STANCE),
        text(str(held.since) if held else ""),
        Listing(words.precondition_labels(vocabulary, (part.item for part in position.preconditions))),
        Listing(words.contribution_labels(vocabulary, (part.item for part in position.offers))),
        text(str(last.date) if last else ""),
        Listing(words.contribution_labels(vocabulary, (part.item for part in position.rules_out))),
    )


def _has_newer_signals(position: Position) -> bool:
    return position.made > 0 and position.last_place != position.made - 1
