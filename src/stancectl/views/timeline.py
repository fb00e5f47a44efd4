"""`timeline`: statements and events in order, with every change marked."""

from collections.abc import Mapping, Sequence
from datetime import date

from stancectl.analysis.positions import Move, Position
from stancectl.analysis.timeline import Entry as Row
from stancectl.model.registry import Registry
from stancectl.model.statements import Statement
from stancectl.report.page import Entries, Entry, Page, Span, Text, Title, join, text
from stancectl.views import words
from stancectl.views.dossier import marks, moves_by_statement


def page(rows: Sequence[Row], since: date | None, until: date, positions: Mapping[str, Position], registry: Registry) -> Page:
    """Title (the days from `since`, or the first entry, to `until`), the entries, and their sources.

    `positions` has the countries shown by their slugs.
    """
    statements = {each.ref: each for position in positions.values() for each in position.statements}
    events = {(event.date, event.title, tuple(each.url for each in event.sources)): event for event in registry.events}
    moves = {ref: done for position in positions.values() for ref, done in moves_by_statement(position).items()}
    said = sum(row.kind == "statement" for row in rows)
    counts = f"{words.count(said, 'statement')}, {words.count(len(rows) - said, 'event')}"
    span = f"{words.day(since or rows[0].date.earliest)} to {words.day(until)}"
    title = Title(text(Span(span, "bold")), text(Span(counts, "dim")))
    numbers = words.Numbers()
    entries = [
        _statement(row, statements[row.ref], positions[row.country or ""], registry, numbers, moves.get(row.ref, ()))
        if row.ref
        else _event(row, numbers.refer(events[row.date, row.summary, row.sources].sources))
        for row in rows
    ]
    return Page((title, Entries(entries), *numbers.notes()))


def _event(row: Row, sources: Text) -> Entry:
    return Entry(_date(row), (text(Span("▲ ", "violet"), Span(row.summary, "bold"), "  ", sources),))


def _statement(
    row: Row, statement: Statement, position: Position, registry: Registry, numbers: words.Numbers, moves: Sequence[Move]
) -> Entry:
    vocabulary = registry.vocabulary
    who = join(
        " · ",
        [
            Span(position.country.name, "bold"),
            row.speaker or "",
            Span(f"{row.attribution}, not counted", "violet") if statement.is_signal else "",
        ],
    )
    changed = not statement.is_signal and row.stance not in (None, row.stance_before)
    turned = text("  ", words.turn(vocabulary, row.stance_before, row.stance)) if changed else ()
    own = [move for move in moves if move.kind != "stance"]
    return Entry(
        _date(row),
        tuple(
            filter(
                None,
                (
                    text(who, turned, "  ", numbers.refer(statement.sources)),
                    text(row.summary),
                    marks(statement, own, vocabulary),
                ),
            )
        ),
    )


def _date(row: Row) -> Text:
    return text(Span(str(row.date), "dim"))
