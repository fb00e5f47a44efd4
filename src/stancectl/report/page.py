"""A page for people, before any format: blocks of styled text. Knows no colour codes and no mark-up."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """A run of text. `style` holds words of STYLES; `link` is an address; `note` the number of the footnote meant."""

    text: str
    style: str = ""
    link: str | None = None
    note: int | None = None


STYLES = ("bold", "dim", "italic", "green", "teal", "gold", "blue", "grey", "orange", "red", "violet")
"""Every word a style may be made of: three weights, and eight colours that read on light and on dark."""

Text = tuple[Span, ...]
Piece = str | Span | Text


def text(*parts: Piece) -> Text:
    """Spans of texts, spans and texts made before; empty ones are left out."""
    return tuple(span for part in parts for span in _spans(part) if span.text)


def join(separator: str, parts: Sequence[Piece]) -> Text:
    """The parts that hold anything, with `separator` between them."""
    full = [made for part in parts if (made := text(part))]
    return tuple(span for place, made in enumerate(full) for span in (*((Span(separator),) if place else ()), *made))


def _spans(part: Piece) -> Iterator[Span]:
    if isinstance(part, str):
        yield Span(part)
    elif isinstance(part, Span):
        yield part
    else:
        yield from part


class Listing(NamedTuple):
    """A cell of several items: as many as fit, then how many more."""

    items: tuple[str, ...]


Cell = Text | Listing


class Column(NamedTuple):
    """A column of a grid.

    It may shrink to `least` characters (0: not at all), by wrapping if `wraps` and else by cutting. Where the grid is still
    too wide, the columns of least `worth` give way; one of worth 0 or more never does.
    """

    name: str = ""
    least: int = 0
    wraps: bool = False
    worth: int = 0


class Title(NamedTuple):
    """What the page is about, and beside it what matters most."""

    left: Text
    right: Text = ()


class Heading(NamedTuple):
    """The name of what follows."""

    text: str


class Line(NamedTuple):
    """A paragraph, and what may stand at its right."""

    text: Text
    aside: Text = ()


class Grid(NamedTuple):
    """Rows under columns. One that is `banded` breaks into several, one below the other, rather than lose a column."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    banded: bool = False

    @property
    def has_head(self) -> bool:
        """Whether any column has a name."""
        return any(column.name for column in self.columns)


class Entry(NamedTuple):
    """Paragraphs beside a label."""

    label: Text
    lines: tuple[Text, ...]


class Entries(NamedTuple):
    """Entries in order; `spaced` leaves a blank line between them."""

    entries: Sequence[Entry]
    spaced: bool = False


class Footnote(NamedTuple):
    """What a number in the text stands for."""

    number: int
    text: Text


class Footnotes(NamedTuple):
    """The footnotes of the page."""

    notes: Sequence[Footnote]


class Drawing(NamedTuple):
    """Lines of signs that depend on the width: `draw` makes them for a number of columns."""

    draw: Callable[[int], Sequence[Text]]


Block = Title | Heading | Line | Grid | Entries | Footnotes | Drawing


class Page(NamedTuple):
    """Blocks from top to bottom."""

    blocks: Sequence[Block]
