"""A page on a terminal, by way of Rich: fitted to the width, in colour where wanted, with clickable links."""

import io
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from rich.text import Text as RichText

from stancectl.report.page import (
    Block,
    Cell,
    Column,
    Drawing,
    Entries,
    Footnotes,
    Grid,
    Heading,
    Line,
    Listing,
    Page,
    Span,
    Text,
    Title,
    text,
)
from stancectl.report.plain_text import visible

_NARROW = 60
_LONG_WORD = 20
_COLOURS = {"green": 64, "teal": 37, "gold": 136, "blue": 33, "grey": 244, "orange": 166, "red": 160, "violet": 98}
"""Of the 256 colours, ones that keep their contrast on white and on black alike (after Solarized's accents)."""

_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {terminal_width} {terminal_height}" role="img">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
{styles}</style>
<defs>{lines}</defs>
<rect width="100%" height="100%" fill="#ffffff"/>
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</svg>
"""


def write(page: Page, width: int, *, colour: bool) -> str:
    """The page in lines of at most `width` characters; escape codes (colour, weight, links) only with `colour`."""
    console = Console(file=io.StringIO(), width=width, color_system="256" if colour else None, legacy_windows=False)
    lines = list(_lines(page, width, console))
    for line in lines:
        line.rstrip()
    if not colour:
        return "".join(f"{line.plain}\n" for line in lines)
    segments = (segment for line in lines for segment in line.render(console, end="\n"))
    return "".join(style.render(words, color_system=ColorSystem.EIGHT_BIT) if style else words for words, style, _ in segments)


def write_svg(page: Page, width: int) -> str:
    """The page as a picture of `width` characters across."""
    console = Console(
        file=io.StringIO(), width=width, record=True, force_terminal=True, color_system="truecolor", legacy_windows=False
    )
    for line in _lines(page, width, console):
        console.print(line, soft_wrap=True, markup=False, highlight=False, emoji=False)
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME

    return console.export_svg(title="", theme=DEFAULT_TERMINAL_THEME, code_format=_SVG, unique_id="stancectl")


def _lines(page: Page, width: int, console: Console) -> Iterator[RichText]:
    before: Block | None = None
    for block in page.blocks:
        if (
            before is not None
            and not isinstance(before, Heading)
            and not (isinstance(block, Line) and isinstance(before, Title | Line))
        ):
            yield RichText()
        yield from _block(block, width, console)
        before = block


def _block(block: Block, width: int, console: Console) -> Iterable[RichText]:
    match block:
        case Title(left, right):
            return _title(_rich(left), _rich(right), width, console)
        case Heading(name):
            return _wrapped(_rich(text(Span(name, "bold"))), width, console)
        case Line(words, aside):
            return _title(_rich(words), _rich(aside), width, console)
        case Grid():
            return _bands(block, width, console) if block.banded else _grid(block, width, console)
        case Entries():
            return _entries(block, width, console)
        case Footnotes(notes):
            room = max((len(str(note.number)) for note in notes), default=0) + 2
            return [
                line
                for note in notes
                for line in _beside(
                    RichText(f"[{note.number}]".rjust(room), style=Style(dim=True)), [_rich(note.text)], room + 1, width, console
                )
            ]
        case Drawing(draw):
            return map(_rich, draw(width))


def _title(left: RichText, right: RichText, width: int, console: Console) -> list[RichText]:
    room = width - left.cell_len - right.cell_len
    if not right.plain:
        return _wrapped(left, width, console)
    if room >= 2:
        return [RichText.assemble(left, " " * room, right)]
    return [*_wrapped(left, width, console), *_wrapped(right, width, console)]


def _entries(block: Entries, width: int, console: Console) -> Iterator[RichText]:
    labels = [_rich(entry.label) for entry in block.entries]
    indent = 2 if width < _NARROW else min(max((label.cell_len for label in labels), default=0) + 2, width // 3)
    for place, (label, entry) in enumerate(zip(labels, block.entries, strict=True)):
        if place and block.spaced:
            yield RichText()
        yield from _beside(label, [_rich(line) for line in entry.lines], indent, width, console)


def _beside(label: RichText, paragraphs: Sequence[RichText], indent: int, width: int, console: Console) -> Iterator[RichText]:
    """Paragraphs beside a label, or under it where it is wider than the indent."""
    lines = [line for paragraph in paragraphs for line in _wrapped(paragraph, max(width - indent, 10), console)]
    if label.cell_len < indent and lines:
        first = lines.pop(0)
        yield RichText.assemble(label, " " * (indent - label.cell_len), first)
    else:
        yield from _wrapped(label, width, console)
    for line in lines:
        yield RichText.assemble(" " * indent, line)


def _bands(grid: Grid, width: int, console: Console) -> Iterator[RichText]:
    """The grid in as many bands as it takes, each with the first column and as many others as fit beside it."""
    sizes = [
        max((_cell_text(cell).cell_len for cell in (text(column.name), *(row[place] for row in grid.rows))), default=0)
        for place, column in enumerate(grid.columns)
    ]
    gap, indent = _spacing(width)
    first = min(sizes[0], max(width // 3, grid.columns[0].least))
    start = 1
    while start < len(sizes):
        room, end = width - indent - first, start
        while end < len(sizes) and (end == start or sizes[end] + gap <= room):
            room -= sizes[end] + gap
            end += 1
        band = [0, *range(start, end)]
        if start > 1:
            yield RichText()
        columns = tuple(grid.columns[place] for place in band)
        yield from _grid(Grid(columns, [tuple(row[place] for place in band) for row in grid.rows]), width, console)
        start = end


def _grid(grid: Grid, width: int, console: Console) -> Iterator[RichText]:
    gap, indent = _spacing(width)
    cells = [[_cell_text(cell) for cell in row] for row in grid.rows]
    texts = [[RichText(column.name), *(row[place] for row in cells)] for place, column in enumerate(grid.columns)]
    widths = _fit(grid.columns, texts, width - indent, gap)
    if grid.has_head:
        head = [RichText(visible(column.name), style=Style(dim=True)) for column in grid.columns]
        yield from _grid_row(head, widths, grid.columns, gap, indent, console)
    for row, shown in zip(grid.rows, cells, strict=True):
        fitted = [_fitted(cell, text, widths[place] or 0) for place, (cell, text) in enumerate(zip(row, shown, strict=True))]
        yield from _grid_row(fitted, widths, grid.columns, gap, indent, console)


def _spacing(width: int) -> tuple[int, int]:
    """The gap between columns, and the indent."""
    return (1, 0) if width < _NARROW else (2, 2)


def _fit(columns: Sequence[Column], texts: Sequence[Sequence[RichText]], width: int, gap: int) -> list[int | None]:
    """The width of each column (None: gives way), so that all fit if they can.

    What wraps or lists shrinks first; then columns give way by worth; only then is one cut that never gives way.
    """
    natural = [max((text.cell_len for text in column), default=0) for column in texts]
    least = [_least(column, own, size) for column, own, size in zip(columns, texts, natural, strict=True)]
    kept = set(range(len(columns)))

    def needed() -> int:
        return sum(least[place] for place in kept) + gap * max(len(kept) - 1, 0)

    for place in sorted(kept, key=lambda place: (columns[place].worth, -place)):
        if needed() > width and columns[place].worth < 0:
            kept.remove(place)
    for place in sorted(kept, key=lambda place: least[place], reverse=True):
        if needed() > width and columns[place].least:
            least[place] = max(least[place] - (needed() - width), min(columns[place].least, least[place]))
    widths: list[int | None] = [least[place] if place in kept else None for place in range(len(columns))]
    spare = width - needed()
    growing = [place for place in kept if natural[place] > least[place]]
    while spare > 0 and growing:
        for place in list(growing):
            if spare > 0:
                widths[place] = (widths[place] or 0) + 1
                spare -= 1
            if widths[place] == natural[place]:
                growing.remove(place)
    return widths


def _least(column: Column, texts: Sequence[RichText], natural: int) -> int:
    """How narrow a column may become before others give way: no word is broken, and what never gives way is not cut."""
    if not column.least or (column.worth >= 0 and not column.wraps):
        return natural
    longest = max((cell_len(word) for text in texts for word in text.plain.split()), default=0) if column.wraps else 0
    return min(natural, max(column.least, min(longest, _LONG_WORD)))


def _grid_row(
    cells: Sequence[RichText], widths: Sequence[int | None], columns: Sequence[Column], gap: int, indent: int, console: Console
) -> Iterator[RichText]:
    columned = [
        (_wrapped(text, size, console) if columns[place].wraps else [_cut(text, size)], size)
        for place, (text, size) in enumerate(zip(cells, widths, strict=True))
        if size is not None
    ]
    for number in range(max(len(lines) for lines, _ in columned)):
        row = RichText(" " * indent)
        for place, (lines, size) in enumerate(columned):
            part = lines[number] if number < len(lines) else RichText()
            row.append(" " * gap if place else "")
            row.append_text(part)
            row.append(" " * (size - part.cell_len))
        yield row


def _cell_text(cell: Cell) -> RichText:
    return RichText(visible(", ".join(cell.items))) if isinstance(cell, Listing) else _rich(cell)


def _fitted(cell: Cell, whole: RichText, width: int) -> RichText:
    """The cell's text; of a listing that is too wide, as many items as fit and how many more there are."""
    if not isinstance(cell, Listing) or whole.cell_len <= width:
        return whole
    for count in range(len(cell.items) - 1, 0, -1):
        some = f"{visible(', '.join(cell.items[:count]))}, +{len(cell.items) - count}"
        if cell_len(some) <= width:
            return RichText(some)
    more = f", +{len(cell.items) - 1}" if len(cell.items) > 1 else ""
    first = RichText(visible(cell.items[0]))
    first.truncate(max(width - len(more), 1), overflow="ellipsis")
    return first.append(more)


def _cut(text: RichText, width: int) -> RichText:
    if text.cell_len <= width:
        return text
    cut = text.copy()
    cut.truncate(width, overflow="ellipsis")
    return cut


def _wrapped(text: RichText, width: int, console: Console) -> list[RichText]:
    lines = [text] if text.cell_len <= width else list(text.wrap(console, max(width, 1)))
    for line in lines:
        line.rstrip()
    return lines or [RichText()]


def _rich(words: Text) -> RichText:
    made = RichText()
    for span in words:
        link = span.link if span.link and span.link.startswith(("https://", "http://")) else None
        made.append(visible(span.text), style=_style(span.style, visible(link) if link else None))
    return made


def _style(words: str, link: str | None) -> Style:
    named = set(words.split())
    colour = next((f"color({_COLOURS[word]})" for word in named if word in _COLOURS), None)
    return Style(
        color=colour, bold="bold" in named or None, dim="dim" in named or None, italic="italic" in named or None, link=link
    )
