"""`preconditions --graph`: what each precondition brings with it, what waits for it and for whom; and the same to be drawn."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from stancectl.analysis.graph import Edge, circles_of_order
from stancectl.analysis.layers import layers
from stancectl.model.registry import Country, Registry
from stancectl.report.diagram import Arrow, Box, Diagram, Stroke
from stancectl.report.page import Block, Entries, Entry, Heading, Line, Page, Piece, Span, Text, Title, join, text
from stancectl.views import words

_TOLD = 4
_STROKES: dict[str, Stroke] = {"implies": "dashed", "after": "solid", "excludes": "dotted"}
_VERBS: dict[Stroke, str] = {"solid": "has to come before", "dashed": "brings with it", "dotted": "excludes"}
_LEGEND = _VERBS | {"solid": "has to come before, for the countries named"}


def page(edges: Sequence[Edge], registry: Registry, as_of: date) -> Page:
    """Title, an entry for each precondition that others follow from (what comes first, first), and circles."""
    known = registry.vocabulary.preconditions
    linked = _linked(known, edges)
    layer = layers(linked, [(edge.first, edge.then) for edge in edges if edge.kind != "excludes"])
    firsts = {edge.first for edge in edges}
    said = len({slug for edge in edges for slug in edge.required_by})
    blocks: list[Block] = [
        Title(
            text(Span("What has to come before what", "bold")),
            text(Span(f"{words.count(said, 'country names', 'countries name')} an order, {words.day(as_of)}", "dim")),
        ),
        Entries(
            [
                Entry(text(Span(known[item].label, "bold")), tuple(_follows(item, edges, registry)))
                for item in sorted(linked, key=layer.__getitem__)
                if item in firsts
            ]
        ),
    ]
    if found := circles_of_order(edges):
        blocks += [Heading("Circles"), *(Line(text(Span("↻ ", "red"), _circle(circle, registry))) for circle in found)]
    others = len(known) - len(linked)
    left_out = f"{words.count(others, 'other precondition stands', 'other preconditions stand')} alone" if others else ""
    return Page([*blocks, Line(text(Span("; ".join(filter(None, (left_out, "-o FILE.svg draws the graph"))), "dim")))])


def diagram(edges: Sequence[Edge], registry: Registry, as_of: date) -> Diagram:
    """A box for each precondition that has an edge, and an arrow for each edge, with the codes of the countries behind it."""
    vocabulary = registry.vocabulary
    labels = {item: each.label for item, each in vocabulary.preconditions.items()}
    return Diagram(
        f"{vocabulary.topic}: what has to come before what, {words.day(as_of)}",
        [Box(item, labels[item]) for item in _linked(labels, edges)],
        [_arrow(edge, labels, registry.countries) for edge in edges],
        _LEGEND,
    )


def _linked(known: Iterable[str], edges: Iterable[Edge]) -> list[str]:
    """The preconditions that have an edge, in the vocabulary's order."""
    ends = {item for edge in edges for item in (edge.first, edge.then)}
    return [item for item in known if item in ends]


def _follows(item: str, edges: Sequence[Edge], registry: Registry) -> Iterator[Text]:
    """A line for all that it brings with it, one for each precondition that waits for it, one for all that it excludes."""
    own = [edge for edge in edges if edge.first == item]
    labels = {edge: registry.vocabulary.preconditions[edge.then].label for edge in own}
    brought: list[Piece] = [labels[edge] for edge in own if edge.kind == "implies"]
    if brought:
        yield text(Span("brings with it ", "dim"), join(", ", brought))
    for edge in own:
        if edge.kind == "after":
            who = words.names([registry.countries[slug] for slug in edge.required_by])
            yield text(Span("→ ", "teal"), labels[edge], Span(f" · {who}", "dim"))
    excluded: list[Piece] = [labels[edge] for edge in own if edge.kind == "excludes"]
    if excluded:
        yield text(Span("excludes ", "orange"), join(", ", excluded))


def _circle(circle: Sequence[str], registry: Registry) -> str:
    return " → ".join(words.precondition_labels(registry.vocabulary, (*circle, circle[0])))


def _arrow(edge: Edge, labels: Mapping[str, str], countries: Mapping[str, Country]) -> Arrow:
    stroke = _STROKES[edge.kind]
    behind = [countries[slug] for slug in edge.required_by]
    codes = [country.code for country in behind[:_TOLD]]
    more = [f"+{len(behind) - _TOLD}"] if len(behind) > _TOLD else []
    meaning = f"{labels[edge.first]} {_VERBS[stroke]} {labels[edge.then]}"
    return Arrow(
        stroke, edge.first, edge.then, ", ".join(codes + more), f"{meaning}: {words.names(behind)}" if behind else meaning
    )
