"""`whatif`: who is clear, who waits for what and on whom, what unlocks next, and what stands against it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from stancectl.analysis.contradictions import Contradiction
from stancectl.analysis.fulfilment import met_on
from stancectl.analysis.hypotheses import Hypothesis
from stancectl.analysis.positions import Position
from stancectl.analysis.whatif import Choices, Outlook, Unlock, holder, takes_part
from stancectl.model.registry import Registry
from stancectl.report.page import (
    Block,
    Cell,
    Column,
    Entries,
    Entry,
    Grid,
    Heading,
    Line,
    Listing,
    Page,
    Span,
    Text,
    Title,
    join,
    text,
)
from stancectl.views import words

_CLEAR = (Column("Country", least=8), Column("Stance"), Column("People", worth=-1))
_WAITING = (Column("Country", least=8), Column("People", worth=-1), Column("Waits for", least=20, wraps=True))
_HELD = (
    Column("Precondition", least=10, wraps=True),
    Column("Held by", least=8, wraps=True),
    Column("Stance said", worth=-1),
    Column("Statement", worth=-2),
    Column("Waiting"),
)
_NEXT = (
    Column("Precondition", least=12, wraps=True),
    Column("Clears"),
    Column("People", worth=-1),
    Column("Countries", least=8, worth=-2),
)
_OPEN = (
    Column("Precondition", least=12, wraps=True),
    Column("Clears"),
    Column("People", worth=-1),
    Column("Countries", least=8, worth=-2),
    Column("Waiting"),
    Column("Held by", least=8, worth=-1),
)
_TOLD = 5
"""As many ties as are told on a page."""


def page(
    rows: Sequence[Outlook],
    unlocks: Sequence[Unlock],
    choices: Choices,
    contradictions: Sequence[Contradiction],
    holders: Sequence[Position],
    hypothesis: Hypothesis,
    registry: Registry,
    as_of: date,
) -> Page:
    """Title (what is supposed), then a section for each question that has an answer.

    `holders` are the positions of those in whose hand preconditions lie.
    """
    taking = _taking_part(rows, registry)
    refused = _refused(holders, registry)
    return Page(
        [
            *_head(hypothesis, registry, as_of),
            *_clear(taking, registry),
            *_waiting("Waiting", [row for row in taking if not row.clear], registry),
            *_waiting("Would not take part as they stand", rows[len(taking) :], registry),
            *_held(taking, holders, registry),
            *_next(unlocks, taking, refused, registry),
            *_sets(choices, taking, refused, registry, _TOLD),
            *_contradictions(contradictions, holders, registry),
        ]
    )


def sets_page(
    choices: Choices,
    rows: Sequence[Outlook],
    holders: Sequence[Position],
    hypothesis: Hypothesis,
    registry: Registry,
    as_of: date,
) -> Page:
    """Every smallest set, and whom it clears."""
    refused = _refused(holders, registry)
    sets = _sets(choices, _taking_part(rows, registry), refused, registry, len(choices.sets))
    return Page([*_head(hypothesis, registry, as_of), *sets])


def contradictions_page(
    contradictions: Sequence[Contradiction], holders: Sequence[Position], hypothesis: Hypothesis, registry: Registry, as_of: date
) -> Page:
    """A line a contradiction."""
    return Page([*_head(hypothesis, registry, as_of), *_contradictions(contradictions, holders, registry)])


def unlocks_page(
    unlocks: Sequence[Unlock], rows: Sequence[Outlook], hypothesis: Hypothesis, registry: Registry, as_of: date
) -> Page:
    """A line a precondition that could be met, whomever it clears."""
    offers = {row.country: row for row in rows}
    lines: list[tuple[Cell, ...]] = []
    for unlock in unlocks:
        people = _people([offers[slug] for slug in unlock.countries])
        countries = Listing(tuple(_name(slug, registry) for slug in unlock.countries))
        clears = Span(f"+{unlock.clears}", "green") if unlock.clears else Span("–", "dim")
        held = _name(unlock.held_by, registry) if unlock.held_by else ""
        lines.append((text(unlock.label), text(clears), text(people), countries, text(str(len(unlock.waiting))), text(held)))
    return Page([*_head(hypothesis, registry, as_of), Heading("What each alone would unlock"), Grid(_OPEN, lines)])


def _head(hypothesis: Hypothesis, registry: Registry, as_of: date) -> Iterator[Block]:
    yield Title(text(Span(_supposed(hypothesis, registry), "bold")), text(Span(f"as of {words.day(as_of)}", "dim")))
    yield from _premises(hypothesis, registry, as_of)


def _supposed(hypothesis: Hypothesis, registry: Registry) -> str:
    if not hypothesis.assumed:
        return "As things are"
    return f"If met: {_labels(hypothesis.assumed, registry)}"


def _premises(hypothesis: Hypothesis, registry: Registry, as_of: date) -> Iterator[Block]:
    """What holds besides what is supposed (and since when, if it has come about), and what never will."""
    since = met_on(registry.vocabulary, registry.events, as_of) if hypothesis.recorded else {}
    premises = {
        "met already": hypothesis.recorded,
        "and so": hypothesis.implied,
        "never": hypothesis.without,
        "and so never": hypothesis.lost(registry.vocabulary),
    }
    for name, items in premises.items():
        labels = []
        for item in registry.vocabulary.preconditions:
            if item in items:
                dated = f" ({since[item]})" if items is hypothesis.recorded else ""
                labels.append(f"{_labels([item], registry)}{dated}")
        if labels:
            yield Line(text(Span(f"{name}: {', '.join(labels)}", "dim")))


def _clear(taking: Sequence[Outlook], registry: Registry) -> Iterator[Block]:
    clear = [row for row in taking if row.clear]
    people = _people(clear)
    yield Heading(f"Clear: {len(clear)} of {len(taking)} that would take part{f', {people} people' if people else ''}")
    if clear:
        yield Grid(_CLEAR, [(*_country(row, registry), text(_people([row]))) for row in clear])


def _waiting(name: str, rows: Sequence[Outlook], registry: Registry) -> Iterator[Block]:
    if rows:
        yield Heading(f"{name}: {len(rows)}")
        lines: list[tuple[Cell, ...]] = []
        for row in rows:
            mark = words.sign(registry.vocabulary, row.stance)
            waits = text(_labels(row.waiting_for, registry)) if row.waiting_for else text(Span("nothing it has named", "dim"))
            lines.append((text(mark, f" {_name(row.country, registry)}"), text(_people([row])), waits))
        yield Grid(_WAITING, lines)


def _held(taking: Sequence[Outlook], holders: Sequence[Position], registry: Registry) -> Iterator[Block]:
    """The preconditions waited for that lie in one country's hand, and where that country stands."""
    positions = {each.country.slug: each for each in holders}
    lines = list[tuple[Cell, ...]]()
    for item, precondition in registry.vocabulary.preconditions.items():
        waiting = sum(item in row.waiting_for for row in taking)
        slug = holder(registry, item)
        if waiting and slug is not None:
            stance = positions[slug].stance_part if slug in positions else None
            mark = words.stance(registry.vocabulary, stance.item if stance else None)
            said = (str(stance.last_stated), stance.last_by.ref) if stance else ("", "")
            who = text(f"{_name(slug, registry)} ", mark)
            lines.append((text(precondition.label), who, text(said[0]), text(Span(said[1], "dim")), text(str(waiting))))
    if lines:
        yield Heading("In whose hand it lies")
        yield Grid(_HELD, lines)


def _next(
    unlocks: Sequence[Unlock], taking: Sequence[Outlook], refused: Mapping[str, str], registry: Registry
) -> Iterator[Block]:
    unlocking = [unlock for unlock in unlocks if unlock.clears]
    if unlocking:
        offers = {row.country: row for row in taking}
        yield Heading("Unlocks next, each alone")
        lines: list[tuple[Cell, ...]] = []
        for unlock in unlocking:
            people = _people([offers[slug] for slug in unlock.countries])
            countries = Listing(tuple(_name(slug, registry) for slug in unlock.countries))
            label = _marked([unlock.precondition], refused, registry)
            lines.append((label, text(Span(f"+{unlock.clears}", "green")), text(people), countries))
        yield Grid(_NEXT, lines)
    elif unlocks and not all(row.clear for row in taking):
        yield Heading("Unlocks next")
        yield Line(text("No precondition alone would clear another country."))


def _sets(
    choices: Choices, taking: Sequence[Outlook], refused: Mapping[str, str], registry: Registry, most: int
) -> Iterator[Block]:
    """The smallest sets, no more than so many, and whom they clear or leave out, whichever is said faster."""
    clear, reached = sum(row.clear for row in taking), min(choices.wanted, choices.most)
    if clear == len(taking):
        return
    if reached <= clear:
        yield Heading("Smallest sets")
        already = f"{clear} {'is' if clear == 1 else 'are'} clear already."
        yield Line(text(already if clear < choices.most else "Nothing that can still be met would clear another country."))
        return
    number = len(choices.sets)
    size = words.count(len(choices.sets[0].preconditions), "more precondition")
    ways = f" ({number:,}{'+' if choices.more else ''} ways)" if number > 1 else ""
    short = f", not {choices.wanted}" if choices.wanted > choices.most else ""
    limit = f" (as many as can be at once{short})" if reached == choices.most < len(taking) else ""
    yield Heading(f"Smallest {'sets' if ways else 'set'} to clear {reached} of {len(taking)}{limit}: {size}{ways}")
    entries = []
    for choice in choices.sets[:most]:
        names = [_name(slug, registry) for slug in choice.countries]
        left = [_name(row.country, registry) for row in taking if row.country not in choice.countries]
        told = f"clears all but {', '.join(left)}" if len(left) < len(names) else f"clear then: {', '.join(names)}"
        lines = [_marked(choice.preconditions, refused, registry), *([text(Span(told, "dim"))] if left else [])]
        entries.append(Entry(text("+"), tuple(lines)))
    yield Entries(entries)
    if number > most:
        yield Line(text(Span("--sets lists them all" if not choices.more else f"--sets lists {number:,} of them", "dim")))


def _contradictions(contradictions: Sequence[Contradiction], holders: Sequence[Position], registry: Registry) -> Iterator[Block]:
    if contradictions:
        positions = {each.country.slug: each for each in holders}
        yield Heading("Contradictions")
        yield Entries([Entry(text(Span("✕", "red")), (_against(each, positions, registry),)) for each in contradictions])


def _against(found: Contradiction, holders: Mapping[str, Position], registry: Registry) -> Text:
    names = ", ".join(_name(slug, registry) for slug in found.countries)
    labels = words.precondition_labels(registry.vocabulary, found.preconditions)
    if found.kind == "exclusion":
        against = ", ".join(_name(slug, registry) for slug in found.against)
        return text(f"{labels[0]} ({names or 'met'}) and {labels[1]} ({against or 'met'}) exclude each other")
    if found.kind == "circle":
        return text(f"{' after '.join([*labels, labels[0]])} ({names})")
    hands = []
    for slug in found.against:
        part = holders[slug].stance_part
        ref = Span(f" {part.last_by.ref}" if part else "", "dim")
        hands.append(text(f"{_name(slug, registry)} ", words.stance(registry.vocabulary, holders[slug].stance), ref))
    return text(
        f"{labels[0]} ({names}) is in the hand of ", hands[0], *(text("; what brings it, of ", hand) for hand in hands[1:])
    )


def _country(row: Outlook, registry: Registry) -> tuple[Text, Text]:
    mark = words.sign(registry.vocabulary, row.stance)
    return text(mark, f" {_name(row.country, registry)}"), text(Span(row.stance or "", mark.style))


def _people(rows: Sequence[Outlook]) -> str:
    """The people that countries offer, least and most: `0 to 1,000+` where not all name a number, nothing where none does."""
    if all(row.personnel_min is None and row.personnel_max is None for row in rows):
        return ""
    least = sum(row.personnel_min or 0 for row in rows)
    most = sum(row.personnel_min or 0 if row.personnel_max is None else row.personnel_max for row in rows)
    is_open = any(row.personnel_max is None for row in rows)
    span = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    return f"{span}{'+' if is_open else ''}"


def _taking_part(rows: Sequence[Outlook], registry: Registry) -> Sequence[Outlook]:
    """Those that would take part, who come first."""
    return [row for row in rows if takes_part(registry.vocabulary, row.stance)]


def _refused(holders: Iterable[Position], registry: Registry) -> dict[str, str]:
    """The preconditions in the hand of a country that refuses, and its name."""
    refusing = {each.country.slug for each in holders if registry.vocabulary.refuses(each.stance)}
    held = {item: holder(registry, item) for item in registry.vocabulary.preconditions}
    return {item: _name(slug, registry) for item, slug in held.items() if slug in refusing}


def _marked(items: Iterable[str], refused: Mapping[str, str], registry: Registry) -> Text:
    """The labels of preconditions; behind one in the hand of a country that refuses, a cross and its name."""
    marks = {item: Span(f" ✕ {refused[item]}" if item in refused else "", "red") for item in items}
    return join(", ", [text(_labels([item], registry), mark) for item, mark in marks.items()])


def _labels(items: Iterable[str], registry: Registry) -> str:
    return ", ".join(words.precondition_labels(registry.vocabulary, items))


def _name(slug: str, registry: Registry) -> str:
    """A country's name, or its code where the registry has no such country."""
    return registry.countries[slug].name if slug in registry.countries else slug
