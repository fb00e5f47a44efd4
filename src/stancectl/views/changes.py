"""`diff`: what moved, by country, with the statement that moved it; and what was recorded differently."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, repeat, takewhile

from stancectl.analysis.changes import QUIET, Change, ChangeKind, Compared, Total
from stancectl.analysis.edits import cause as cause_of
from stancectl.model.registry import Country
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.page import Block, Cell, Column, Entries, Entry, Grid, Heading, Line, Page, Span, Text, Title, join, text
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


_CONTEXT = 2
"""As many words as are told on either side of those that differ."""

_AROUND = {"event": "Events", "vocab": "Vocabulary"}
"""What stands for the country's name where the registry itself was recorded differently, by how the kind begins."""

_CAUSES = {"entry-added": "new", "entry-corrected": "corrected", "entry-removed": "taken out"}
"""What was done to the statements behind a change."""


def page(changes: Sequence[Change], compared: Compared, hidden: int) -> Page:
    """Title, each country's changes (of which so many are `hidden`), then what was recorded differently."""
    moved = len({change.country for change in changes if change.change not in QUIET})
    title = Title(_span(compared), text(Span(f"{words.count(moved, 'country', 'countries')} moved", "dim")))
    hint = f"{words.count(hidden, 'restatement or signal', 'restatements and signals')} not shown: --all shows them"
    history = compared.edits if isinstance(compared.what, str) else ()  # of two registries, none comes of the other
    causes = (cause_of(change, history) for change in changes)
    blocks: list[Block] = [title, grid(changes, compared.vocabulary, _countries(compared), causes)] if changes else [title]
    if hidden:
        blocks.append(Line(text(Span(hint, "dim"))))
    if compared.edits:
        blocks += [Heading("Recorded differently"), _edits(compared)]
    return Page(blocks)


def grid(
    changes: Sequence[Change],
    vocabulary: Vocabulary,
    countries: Iterable[Country],
    causes: Iterable[ChangeKind | None] = repeat(None),
) -> Grid:
    """Each country's changes, one a row, with the statement's date and speaker, and each change's cause, if that is known.

    Of the `countries` before and after, the later come last.
    """
    known = list(countries)
    speakers = {each.ref: each.speaker for country in known for each in country.statements}
    names, rows, last = {country.slug: country.name for country in known}, list[tuple[Cell, ...]](), None
    for change, cause in zip(changes, causes, strict=False):
        name = text(Span(names[change.country or ""], "bold")) if change.country != last else ()
        what = join(" · ", [_what(change, vocabulary), Span(_CAUSES.get(cause or "", ""), "violet")])
        rows.append((name, what, text(str(change.date)), text(Span(speakers.get(change.by or "", ""), "dim"))))
        last = change.country
    return Grid(_COLUMNS, rows)


def stat_page(totals: Sequence[Total], compared: Compared) -> Page:
    """Title, then a row a country."""
    title = Title(_span(compared), text(Span(words.count(len(totals), "country", "countries"), "dim")))
    names = _names(compared)
    return Page((title, Grid(_TOTALS, [_total(total, names[total.country], compared.vocabulary) for total in totals])))


def _edits(compared: Compared) -> Entries:
    """What was recorded differently, a field a line, under the statement's date and id, beside the country's name."""
    names, entries = _names(compared), list[Entry]()
    for name, of_country in groupby(compared.edits, key=lambda edit: names.get(edit.country or "") or _AROUND[edit.change[:5]]):
        lines = list[Text]()
        for ref, own in groupby(of_country, key=lambda edit: edit.by):
            told = list(own)
            if ref:
                lines.append(text(Span(f"{told[0].date}  {ref}", "dim")))
            lines += map(_edit, told)
        entries.append(Entry(text(Span(name, "bold")), tuple(lines)))
    return Entries(entries)


def _edit(edit: Change) -> Text:
    kind = edit.change.partition("-")[2]
    if kind in ("added", "removed"):
        mark = Span("+ ", "green") if kind == "added" else Span("− ", "red")
        return text(mark, edit.after or edit.before or "")
    field = edit.item.replace("_", " ")
    mark = Span("~ ", "dim") if kind == "reworded" else Span("± ", "gold")
    before, after = _around_the_difference(edit.before or "none", edit.after or "none")
    return text(mark, Span(f"{field}: ", "bold"), Span(before, "dim"), " → ", after)


def _around_the_difference(before: str, after: str) -> tuple[str, str]:
    """Two texts without the words that both begin or end with, but for a few."""
    one, other = before.split(), after.split()
    begun = _alike(one, other)
    ended = _alike(one[begun:][::-1], other[begun:][::-1])
    start, end = max(begun - _CONTEXT, 0), max(ended - _CONTEXT, 0)
    return _cut(one, start, end), _cut(other, start, end)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(words: Sequence[str], start: int, end: int) -> str:
    return " ".join([*(["…"] if start else []), *words[start : len(words) - end], *(["…"] if end else [])])


def _span(compared: Compared) -> Text:
    what = compared.what
    names = (what,) if isinstance(what, str) else (each if isinstance(each, str) else words.day(each) for each in what)
    return text(Span(" → ".join(names), "bold"))


def _countries(compared: Compared) -> Iterator[Country]:
    return (position.country for before, after, _ in compared.pairs for position in (before, after))


def _names(compared: Compared) -> dict[str, str]:
    return {country.slug: country.name for country in _countries(compared)}


def _what(change: Change, vocabulary: Vocabulary) -> Text:
    kind = change.change
    if kind == "stance":
        return words.turn(vocabulary, change.before, change.after)
    if kind == "signal":
        return text(Span("signal ", "violet"), change.after or "")
    is_offer = kind.startswith(("offer", "rule")) or change.item not in vocabulary.preconditions
    (name,) = (words.contribution_labels if is_offer else words.precondition_labels)(vocabulary, [change.item])
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
        case "since-changed" | "order-changed":
            word = "since" if kind == "since-changed" else "after"
            return text(Span("± ", "gold"), f"{name}, {word}: {change.before or 'nothing'} → {change.after or 'nothing'}")
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
