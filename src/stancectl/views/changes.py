"""`diff`: what moved, by country, with the statement that moved it."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from stancectl.analysis.changes import QUIET, Change, Total
from stancectl.analysis.positions import Position
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.page import Cell, Column, Grid, Line, Page, Span, Text, Title, text
from stancectl.views import words

_COLUMNS = (Column(least=9), Column(least=18, wraps=True), Column(), Column(least=10, worth=-1))
_TOTALS = (
    Column("Country", least=9),
    Column("Stance", least=12, wraps=True),
    Column("Added"),
    Column("Dropped"),
    Column("Changed", worth=-1),
    Column("Restated", worth=-2),
    Column("Signals", worth=-3),
)


Pairs = Sequence[tuple[Position, Position]]
"""Each country's positions before and after."""
Compared = str | tuple[date, date]
"""Two revisions as they were typed, or two days."""


def page(changes: Sequence[Change], compared: Compared, vocabulary: Vocabulary, pairs: Pairs, hidden: int) -> Page:
    """Title (what is `compared`; `hidden` counts the rows left out), then each country's changes."""
    moved = len({change.country for change in changes if change.change not in QUIET})
    title = Title(text(Span(_span(compared), "bold")), text(Span(f"{words.count(moved, 'country', 'countries')} moved", "dim")))
    hint = f"{words.count(hidden, 'restatement or signal', 'restatements and signals')} not shown: --all shows them"
    return Page((title, grid(changes, vocabulary, pairs), *((Line(text(Span(hint, "dim"))),) if hidden else ())))


def grid(changes: Sequence[Change], vocabulary: Vocabulary, pairs: Pairs) -> Grid:
    """Each country's changes, one a row, with the statement's date and speaker."""
    speakers = {each.ref: each.speaker for pair in pairs for position in pair for each in position.statements}
    rows: list[tuple[Cell, ...]] = []
    for slug, own in groupby(changes, key=lambda change: change.country):
        name: Text = text(Span(_names(pairs)[slug], "bold"))
        for change in own:
            rows.append((name, _what(change, vocabulary), text(str(change.date)), text(Span(speakers[change.by], "dim"))))
            name = ()
    return Grid(_COLUMNS, rows)


def stat_page(totals: Sequence[Total], compared: Compared, vocabulary: Vocabulary, pairs: Pairs) -> Page:
    """Title, then a row a country."""
    title = Title(text(Span(_span(compared), "bold")), text(Span(words.count(len(totals), "country", "countries"), "dim")))
    return Page((title, Grid(_TOTALS, [_total(total, _names(pairs)[total.country], vocabulary) for total in totals])))


def _span(compared: Compared) -> str:
    return compared if isinstance(compared, str) else " → ".join(map(words.day, compared))


def _names(pairs: Pairs) -> dict[str, str]:
    return {after.country.slug: after.country.name for _, after in pairs}


def _what(change: Change, vocabulary: Vocabulary) -> Text:
    kind = change.change
    if kind == "stance":
        return words.turn(vocabulary, change.before, change.after)
    if kind == "signal":
        return text(Span("signal ", "violet"), change.after or "")
    (name,) = (words.precondition_labels if kind.startswith("precondition") else words.contribution_labels)(
        vocabulary, [change.item]
    )
    terms = Span(f": {change.after}", "dim") if change.after else Span("")
    turned = Span(f": {change.before or 'none given'} → {change.after or 'none given'}", "dim")
    match kind:
        case "precondition-added":
            return text(Span("+ ", "green"), name, terms)
        case "precondition-dropped":
            return text(Span("− ", "red"), name)
        case "precondition-restated" if change.before == change.after:
            return text(Span("= ", "dim"), name, terms)
        case "precondition-restated":
            return text(Span("± ", "gold"), name, turned)
        case "offer-added":
            return text(Span("+ ", "green"), f"{name} (offer)", terms)
        case "offer-changed":
            return text(Span("± ", "gold"), f"{name} (offer)", turned)
        case "offer-withdrawn":
            return text(Span("− ", "red"), f"{name} (offer)")
        case "ruled-out":
            return text(Span("✕ ", "red"), f"{name} ruled out")
        case _:
            return text(Span("○ ", "green"), f"{name} no longer ruled out")


def _total(total: Total, name: str, vocabulary: Vocabulary) -> tuple[Cell, ...]:
    same = total.stance_before == total.stance_after
    before = None if same else total.stance_before
    counts = (total.added, total.dropped, total.changed, total.restated, total.signals)
    return (
        text(Span(name, "bold")),
        words.turn(vocabulary, before, total.stance_after),
        *(text(str(number)) if number else text(Span("–", "dim")) for number in counts),
    )
