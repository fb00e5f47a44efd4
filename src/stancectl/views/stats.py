"""`stats`: counts, and how fresh they are."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from stancectl.analysis.stats import Figure
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.page import Block, Column, Grid, Heading, Page, Span, Text, Title, text
from stancectl.views import words

_HEADINGS = {
    "stance": "Countries by stance",
    "attribution": "Statements by attribution",
    "last statement": "Countries by their last statement",
}


def page(figures: Sequence[Figure], vocabulary: Vocabulary, as_of: date) -> Page:
    """Title, then a grid a measure."""
    blocks: list[Block] = [Title(text(Span(vocabulary.topic, "bold")), text(Span(words.day(as_of), "dim")))]
    for measure, own in groupby(figures, key=lambda figure: figure.measure):
        if measure in _HEADINGS:
            blocks.append(Heading(_HEADINGS[measure]))
        rows = [(_name(figure, vocabulary), text(str(figure.value).rjust(5))) for figure in own]
        blocks.append(Grid((Column(), Column()), rows))
    return Page(blocks)


def _name(figure: Figure, vocabulary: Vocabulary) -> Text:
    if figure.measure == "stance" and figure.item in vocabulary.stances:
        return words.stance(vocabulary, figure.item)
    return text(figure.item)
