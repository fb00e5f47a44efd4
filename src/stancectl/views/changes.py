"""`diff`: what moved, by country, with the statement that moved it."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from stancectl.analysis.changes import QUIET, Change, Total
from stancectl.model.registry import Registry
from stancectl.model.statements import Statement
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


def page(
    changes: Sequence[Change], span: str, registry: Registry, by: Mapping[str, Statement], restated: int, hidden: int
) -> Page:
    """Title (`span` names what is compared, `hidden` counts what is left out), then each country's changes."""
    moved = len({change.country for change in changes if change.change not in QUIET})
    counts = f"{words.count(moved, 'country', 'countries')} moved, {restated} restated"
    title = Title(text(Span(span, "bold")), text(Span(counts, "dim")))
    rows: list[tuple[Cell, ...]] = []
    for slug, own in groupby(changes, key=lambda change: change.country):
        name: Text = text(Span(registry.countries[slug].name, "bold"))
        for change in own:
            who = by[change.by].speaker if change.by in by else ""
            rows.append((name, _what(change, registry.vocabulary), text(str(change.date)), text(Span(who, "dim"))))
            name = ()
    hint = f"{words.count(hidden, 'restatement or signal', 'restatements and signals')} not shown: --all shows them"
    return Page((title, Grid(_COLUMNS, rows), *((Line(text(Span(hint, "dim"))),) if hidden else ())))


def stat_page(totals: Sequence[Total], span: str, registry: Registry) -> Page:
    """Title, then a row a country."""
    title = Title(text(Span(span, "bold")), text(Span(words.count(len(totals), "country", "countries"), "dim")))
    return Page((title, Grid(_TOTALS, [_total(total, registry) for total in totals])))


def _what(change: Change, vocabulary: Vocabulary) -> Text:
    kind = change.change
    if kind == "stance":
        return words.turn(vocabulary, change.before, change.after)
    if kind == "signal":
        return text(Span("signal ", "violet"), change.after or "")
    if kind.startswith("precondition"):
        name = vocabulary.preconditions[change.item].label
    else:
        name = vocabulary.contributions[change.item].label
    terms = Span(f": {change.after}", "dim") if change.after else Span("")
    match kind:
        case "precondition-added":
            return text(Span("+ ", "green"), name, terms)
        case "precondition-dropped":
            return text(Span("− ", "red"), name)
        case "precondition-restated":
            return text(Span("= ", "dim"), name, terms)
        case "offer-added":
            return text(Span("+ ", "green"), f"{name} (offer)", terms)
        case "offer-changed":
            return text(
                Span("± ", "gold"),
                f"{name} (offer)",
                Span(f": {change.before or 'none given'} → {change.after or 'none given'}", "dim"),
            )
        case "offer-withdrawn":
            return text(Span("− ", "red"), f"{name} (offer)")
        case "ruled-out":
            return text(Span("✕ ", "red"), f"{name} ruled out")
        case _:
            return text(Span("○ ", "green"), f"{name} no longer ruled out")


def _total(total: Total, registry: Registry) -> tuple[Cell, ...]:
    same = total.stance_before == total.stance_after
    before = None if same else total.stance_before
    counts = (total.added, total.dropped, total.changed, total.restated, total.signals)
    return (
        text(Span(registry.countries[total.country].name, "bold")),
        words.turn(registry.vocabulary, before, total.stance_after),
        *(text(str(number)) if number else text(Span("–", "dim")) for number in counts),
    )
