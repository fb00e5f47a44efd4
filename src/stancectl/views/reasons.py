"""`why`: the chain of statements behind a part of a position."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from stancectl.analysis.blame import UNCOMMITTED, Blame
from stancectl.analysis.positions import Position
from stancectl.analysis.reasons import Reason
from stancectl.model.statements import Statement
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.page import Block, Entries, Entry, Heading, Page, Span, Text, Title, join, text
from stancectl.views import words
from stancectl.views.log import SHORT

_ACTIONS = {"set": ("+ set", "green"), "restated": ("= restated", "dim"), "dropped": ("− ended", "red")}

_CUT = "recorded before this clone begins"
"""Of what the oldest commit of a shallow clone has: by whom is not known."""


def page(
    chains: Sequence[tuple[Position, Sequence[Reason]]], vocabulary: Vocabulary, blames: Mapping[str, Blame] | None = None
) -> Page:
    """For each country that has a chain, its name, then each part's chain, oldest first; then the sources.

    Under each statement stands who recorded it, where `blames` tells of its reference.
    """
    numbers = words.Numbers()
    records = {ref: _record(blame) for ref, blame in (blames or {}).items()}
    statements = {each.ref: each for position, _ in chains for each in position.statements}
    blocks = [
        block
        for position, chain in chains
        if chain
        for block in _blocks(position, chain, vocabulary, statements, numbers, records)
    ]
    return Page([*blocks, *numbers.notes()])


def _blocks(
    position: Position,
    chain: Sequence[Reason],
    vocabulary: Vocabulary,
    statements: Mapping[str, Statement],
    numbers: words.Numbers,
    records: Mapping[str, Text],
) -> Iterator[Block]:
    yield Title(
        text(Span(position.country.name, "bold"), "  ", words.stance(vocabulary, position.stance)),
        text(Span(f"as of {words.day(position.as_of)}", "dim")),
    )
    for (part, item), own in groupby(chain, key=lambda reason: (reason.part, reason.item)):
        held = any((each.kind, each.item) == (part, item) for each in position.parts)
        yield Heading(f"{_name(part, item, vocabulary)}{'' if held else ' (not in force)'}")
        cited = ((reason, numbers.refer(statements[reason.ref].sources)) for reason in own)
        yield Entries([_entry(reason, sources, records.get(reason.ref, ())) for reason, sources in cited])


def _name(part: str, item: str, vocabulary: Vocabulary) -> str:
    if part == "stance":
        return f"Stance: {item}"
    if part == "precondition":
        return f"Precondition: {vocabulary.preconditions[item].label}"
    return f"{'Offer' if part == 'offer' else 'Rules out'}: {vocabulary.contributions[item].label}"


def _record(blame: Blame) -> Text:
    """Who recorded a statement, and who corrected it."""
    if blame.commit == UNCOMMITTED:
        return text(Span("not in git yet", "gold"))
    recorded = f"recorded {blame.recorded} in {blame.commit[:SHORT]} by {blame.author}" if blame.commit else _CUT
    if blame.corrected_by is None:
        return text(Span(recorded, "dim"))
    mended = f"{blame.corrected} in {blame.corrected_by[:SHORT]} by {blame.corrector}"
    corrected = f"corrected {mended if blame.corrected else 'since, not in git yet'}"
    return text(Span(f"{recorded}, ", "dim"), Span(corrected, "violet"))


def _entry(reason: Reason, sources: Text, record: Text) -> Entry:
    action, style = _ACTIONS[reason.action]
    who = join(" · ", [Span(action, style), Span(reason.speaker, "bold"), Span(reason.ref, "dim")])
    return Entry(
        text(Span(str(reason.date), "dim")), (text(who, "  ", sources), text(reason.summary), *((record,) if record else ()))
    )
