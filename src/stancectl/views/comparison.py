"""`compare`: positions side by side."""

from collections.abc import Sequence

from stancectl.analysis.comparison import Line as Row
from stancectl.analysis.positions import Part, Position
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.page import Cell, Column, Grid, Page, Span, Text, Title, text
from stancectl.views import words

_HEADINGS = {"stance": "", "precondition": "Preconditions, since", "offer": "Offers, since", "rule-out": "Rules out, since"}


def page(lines: Sequence[Row], positions: Sequence[Position], vocabulary: Vocabulary) -> Page:
    """Title, then a column a country: the stance, and since when each part has been in force."""
    columns = (Column("", least=12, wraps=True), *(Column(each.country.name, least=9) for each in positions))
    title = Title(text(Span(vocabulary.topic, "bold")), text(Span(words.day(positions[0].as_of), "dim")))
    rows: list[tuple[Cell, ...]] = []
    part = "stance"
    for line in lines:
        if line.part != part:
            part = line.part
            rows.append((text(Span(_HEADINGS[part], "bold")), *(() for _ in positions)))
        held = [line.held[position.country.slug] for position in positions]
        rows.append((_name(line, vocabulary), *(_cell(each, vocabulary) for each in held)))
        if line.part == "stance":
            rows.append((text("Since"), *(text(str(each.since) if each else "–") for each in held)))
    return Page((title, Grid(columns, rows, banded=True)))


def _name(line: Row, vocabulary: Vocabulary) -> Text:
    part = next((part for part in line.held.values() if part is not None and part.kind != "stance"), None)
    return text(words.label(vocabulary, part)) if part else text("Stance")


def _cell(part: Part | None, vocabulary: Vocabulary) -> Text:
    if part is None:
        return text(Span("–", "dim"))
    return words.stance(vocabulary, part.item) if part.kind == "stance" else text(str(part.since))
