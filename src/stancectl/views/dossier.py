"""`show`: a position with who set each part, then the statements and their sources. In Markdown and HTML, a briefing note."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from stancectl.analysis.positions import Move, Part, Position, steps
from stancectl.analysis.terms import people
from stancectl.model.dates import PartialDate
from stancectl.model.statements import Statement
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.page import (
    Block,
    Column,
    Entries,
    Entry,
    Grid,
    Heading,
    Line,
    Page,
    Piece,
    Span,
    Text,
    Title,
    join,
    text,
)
from stancectl.views import words

STALE_MONTHS = 12
"""A precondition that nobody has repeated for so long is said to be so."""

_PRECONDITIONS = (
    Column(),
    Column("Precondition", least=10, wraps=True),
    Column("Since"),
    Column("Last stated", worth=-2),
    Column("Met"),
    Column("In what sense", least=16, wraps=True, worth=-1),
)
_OFFERS = (
    Column("Offer", least=10, wraps=True),
    Column("Since"),
    Column("Last stated", worth=-2),
    Column("In what sense", least=16, wraps=True, worth=-1),
)
_EXCLUSIONS = (Column("Excluded", least=10), Column("Since"), Column("By", least=12, wraps=True, worth=-1))


def page(
    positions: Sequence[Position],
    vocabulary: Vocabulary,
    met: Mapping[str, PartialDate],
    holder: Callable[[str], Position | None],
) -> Page:
    """One country after the other, then all sources. `holder` finds the position of the country with an ISO code."""
    numbers = words.Numbers()
    blocks: list[Block] = []
    for position in positions:
        blocks += _head(position, vocabulary)
        blocks += _preconditions(position, vocabulary, met, holder)
        blocks += _offers(position, vocabulary)
        blocks += _exclusions(position, vocabulary)
        if position.statements:
            blocks += [Heading("Statements"), Entries(list(statement_entries(position, vocabulary, numbers)), spaced=True)]
    blocks += numbers.notes()
    return Page(blocks)


def _head(position: Position, vocabulary: Vocabulary) -> Iterator[Block]:
    held = position.stance_part
    name = Span(position.country.name, "bold")
    if held:
        yield Title(
            text(name, "  ", words.stance(vocabulary, held.item)), text(f"since {words.when(held.since)} · {held.by.speaker}")
        )
    else:
        yield Title(text(name, "  ", words.NO_STANCE), text(_why_no_stance(position)))
    signals = f", {words.count(position.signalled, 'signal')}" if position.signalled else ""
    facts = f"{words.count(position.made, 'statement')}{signals}"
    last = f"Last stated {words.when(held.last_stated)} · " if held else ""
    yield Line(text(Span(f"{last}{facts}", "dim")))
    yield Line(text(Span(f"{vocabulary.topic}, as of {words.day(position.as_of)}", "dim")))
    if position.uncertain:
        yield Line(
            text(
                Span("Part of this position rests on a date that is not exact (~ about, ? uncertain, or without its day).", "dim")
            )
        )


def _why_no_stance(position: Position) -> str:
    if position.last_counted:
        return "no statement that counts tells one"
    return "signals only, which do not count" if position.signals else "nothing said by then"


def _preconditions(
    position: Position, vocabulary: Vocabulary, met: Mapping[str, PartialDate], holder: Callable[[str], Position | None]
) -> Iterator[Block]:
    held = position.preconditions
    if not held:
        return
    order = steps(held)
    takes_part = position.stance is not None and vocabulary.stances[position.stance].takes_part
    yield Heading("Would take part once" if takes_part else "Names as preconditions")
    yield Grid(
        _PRECONDITIONS,
        [
            (
                text(Span(str(order.get(part.item, "·")), "dim")),
                text(words.label(vocabulary, part)),
                text(str(part.since)),
                text(str(part.last_stated) if len(part.run) > 1 else Span("once", "dim")),
                text(Span("✓ met", "green") if part.item in met else Span("not met", "dim")),
                _sense(part, position, vocabulary, holder),
            )
            for part in held
        ],
    )


def _sense(part: Part, position: Position, vocabulary: Vocabulary, holder: Callable[[str], Position | None]) -> Text:
    after = words.precondition_labels(vocabulary, part.after)
    code = vocabulary.preconditions[part.item].granted_by
    grantor = holder(code) if code and code != position.country.code else None
    months = _months(part.last_stated.latest, position.as_of)
    return join(
        "; ",
        [
            part.note or "",
            f"after {' and '.join(after)}" if after else "",
            f"held by {grantor.country.name} ({grantor.stance or 'no stance'})" if grantor else "",
            Span(f"not restated for {months} months", "dim") if months >= STALE_MONTHS else "",
        ],
    )


def _months(first: date, last: date) -> int:
    """Whole months between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _offers(position: Position, vocabulary: Vocabulary) -> Iterator[Block]:
    if position.offers:
        yield Heading("Offers")
        yield Grid(
            _OFFERS,
            [
                (
                    text(words.label(vocabulary, part)),
                    text(str(part.since)),
                    text(str(part.last_stated) if len(part.run) > 1 else Span("once", "dim")),
                    join("; ", [people(part.personnel) or "", part.note or ""]),
                )
                for part in position.offers
            ],
        )


def _exclusions(position: Position, vocabulary: Vocabulary) -> Iterator[Block]:
    if position.rules_out:
        yield Heading("Rules out")
        yield Grid(
            _EXCLUSIONS,
            [(text(words.label(vocabulary, part)), text(str(part.since)), text(part.by.speaker)) for part in position.rules_out],
        )


def statement_entries(position: Position, vocabulary: Vocabulary, numbers: words.Numbers) -> Iterator[Entry]:
    """Each statement beside its date: who and where, the summary, the words, what it changed, the sources."""
    moves = moves_by_statement(position)
    for statement in position.statements:
        lines = [
            byline(statement, numbers),
            text(statement.summary),
            text(Span(f"“{statement.quote}”", "italic")) if statement.quote else (),
            marks(statement, moves.get(statement.ref, ()), vocabulary),
            text(Span(f"Note: {statement.note}", "dim")) if statement.note else (),
        ]
        yield Entry(text(Span(str(statement.date), "dim" if statement.is_signal else "bold")), tuple(filter(None, lines)))


def byline(statement: Statement, numbers: words.Numbers) -> Text:
    """Who said it, where, how far it counts, and the sources."""
    parts = join(
        " · ",
        [
            Span(statement.speaker, "bold"),
            statement.office or "",
            statement.occasion or "",
            Span(f"{statement.attribution}, not counted", "violet") if statement.is_signal else "",
            "document" if statement.attribution == "document" else "",
        ],
    )
    return text(parts, "  ", numbers.refer(statement.sources))


def moves_by_statement(position: Position) -> dict[str, list[Move]]:
    """What each counted statement did, by its reference."""
    found = dict[str, list[Move]]()
    for move in position.moves:
        found.setdefault(move.statement.ref, []).append(move)
    return found


def marks(statement: Statement, moves: Iterable[Move], vocabulary: Vocabulary) -> Text:
    """What the statement did to the position (its `moves`); of a signal, what it claims; and whom it answers."""
    answers: list[Piece] = [f"answers {reference}" for reference in statement.responds_to]
    if statement.is_signal:
        claims: list[Piece] = [
            words.stance(vocabulary, statement.stance) if statement.stance else (),
            *words.precondition_labels(vocabulary, (each.condition for each in statement.requires)),
            *(f"offer of {label}" for label in words.contribution_labels(vocabulary, (each.kind for each in statement.offers))),
            *(f"no {label}" for label in words.contribution_labels(vocabulary, statement.rules_out)),
            *(f"no longer requires {label}" for label in words.precondition_labels(vocabulary, statement.drops)),
            *(f"withdraws {label}" for label in words.contribution_labels(vocabulary, statement.withdraws)),
            *(f"reopens {label}" for label in words.contribution_labels(vocabulary, statement.reopens)),
        ]
        claimed = join(", ", claims)
        return join(" · ", [text("claims ", claimed) if claimed else (), *answers])
    turned, done = list[Text](), dict[Span, list[Piece]]()
    for move in moves:
        item = words.stance(vocabulary, move.item) if move.kind == "stance" else text(_label(move, vocabulary))
        if move.action == "restated":
            done.setdefault(Span("restates", "dim"), []).append(item)
        elif move.kind == "stance":
            turned.append(text("→ ", item))
        else:
            done.setdefault(_VERBS[move.kind, move.action], []).append(item)
    return join(" · ", [*turned, *(join(" ", [verb, join(", ", items)]) for verb, items in done.items()), *answers])


_VERBS = {
    ("precondition", "set"): Span("requires", "green"),
    ("precondition", "dropped"): Span("drops", "red"),
    ("offer", "set"): Span("offers", "green"),
    ("offer", "dropped"): Span("withdraws", "red"),
    ("rule-out", "set"): Span("rules out", "red"),
    ("rule-out", "dropped"): Span("reopens", "green"),
}


def _label(move: Move, vocabulary: Vocabulary) -> str:
    names = vocabulary.preconditions if move.kind == "precondition" else vocabulary.contributions
    return names[move.item].label
