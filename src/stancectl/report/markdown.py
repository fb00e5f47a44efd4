"""Markdown (CommonMark with tables and footnotes), for notes and wikis."""

import re
from itertools import groupby

from stancectl.report.page import (
    Block,
    Cell,
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
    join,
)
from stancectl.report.plain_text import visible

DRAWING_WIDTH = 100

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&])")
_STARTS_BLOCK = re.compile(r"^(\s*\d*)([-+=.)])")


def write(page: Page) -> str:
    """The page, its blocks apart by blank lines."""
    return "\n\n".join(filter(None, map(_block, page.blocks))) + "\n"


def _block(block: Block) -> str:
    match block:
        case Title(left, right):
            return f"# {_text(left, bare=True)}" + (f"\n\n{_text(right)}" if right else "")
        case Heading(name):
            return f"## {_escaped(name)}"
        case Line(words, aside):
            return _paragraph(join(" · ", [words, aside]))
        case Grid():
            return _grid(block)
        case Entries(entries):
            return "\n".join(
                f"- **{_text(entry.label, bare=True)}**  \n" + "  \n".join(f"  {_paragraph(line)}" for line in entry.lines)
                for entry in entries
            )
        case Footnotes(notes):
            return "\n".join(f"[^{note.number}]: {_text(note.text)}" for note in notes)
        case Drawing(draw):
            lines = ["".join(visible(span.text) for span in line).rstrip() for line in draw(DRAWING_WIDTH)]
            fence = "`" * max(3, 1 + max((len(run) for line in lines for run in re.findall("`+", line)), default=0))
            return "\n".join([f"{fence}text", *lines, fence])


def _paragraph(words: Text) -> str:
    """Text at the beginning of a line, where a hyphen or a number would begin a list."""
    return _STARTS_BLOCK.sub(r"\1\\\2", _text(words))


def _grid(grid: Grid) -> str:
    head = [_escaped(column.name) for column in grid.columns]
    rows = [head, ["---"] * len(head), *([_cell(cell) for cell in row] for row in grid.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Cell) -> str:
    return _escaped(", ".join(cell.items)) if isinstance(cell, Listing) else _text(cell)


def _text(words: Text, *, bare: bool = False) -> str:
    """Spans of one kind are marked as one, so that marks never touch."""
    runs = groupby(words, key=lambda span: (span.style, span.link, span.note))
    return "".join(_span(Span("".join(span.text for span in run), *kind), bare) for kind, run in runs)


def _span(span: Span, bare: bool) -> str:
    if span.note is not None:
        return f"[^{span.note}]"
    inner, styles = _escaped(span.text), span.style.split()
    if span.link and span.link.startswith(("https://", "http://")):
        address = (
            visible(span.link).replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
        )
        inner = f"[{inner}]({address})"
    core = inner.strip()
    if bare or not core:
        return inner
    mark = "**" if "bold" in styles else "*" if "italic" in styles else ""
    return inner.replace(core, f"{mark}{core}{mark}", 1)


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", visible(words))
