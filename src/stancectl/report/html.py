"""HTML: one page that stands alone, light and dark, nothing fetched."""

from collections.abc import Iterable
from html import escape

from stancectl.report.page import (
    Block,
    Cell,
    Drawing,
    Entries,
    Entry,
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

DRAWING_WIDTH = 110

# Each colour on light paper and on dark, all at 4.5:1 or better (WCAG 2.2, AA).
_COLOURS = {
    "green": ("#2b7a0b", "#8fd16f"),
    "teal": ("#0b7272", "#5ccfc3"),
    "gold": ("#8a6100", "#e2b93b"),
    "blue": ("#1f5fbf", "#7fb0ff"),
    "grey": ("#5c6370", "#a3abb8"),
    "orange": ("#b04500", "#ff9e64"),
    "red": ("#b3261e", "#ff7a72"),
    "violet": ("#6b3fa0", "#c3a6ff"),
}
_LIGHT = "".join(f"--{name}:{light};" for name, (light, _) in _COLOURS.items())
_DARK = "".join(f"--{name}:{dark};" for name, (_, dark) in _COLOURS.items())
_CLASSES = "".join(f".{name} {{ color:var(--{name}); }} " for name in _COLOURS)
_STYLE = f"""
:root {{ color-scheme: light dark; --ink:#1c1f24; --faint:#5c6370; --rule:#d5d9e0; --paper:#fff; {_LIGHT} }}
@media (prefers-color-scheme: dark) {{
  :root {{ --ink:#e6e8ec; --faint:#a3abb8; --rule:#3a404b; --paper:#15181d; {_DARK} }}
}}
body {{ margin:2rem auto; max-width:60rem; padding:0 1rem; font:1rem/1.5 system-ui,sans-serif;
  color:var(--ink); background:var(--paper); overflow-wrap:anywhere; }}
h1 {{ font-size:1.5rem; margin:1.5rem 0 .25rem; }}
h2 {{ font-size:1.1rem; margin:1.75rem 0 .5rem; }}
p {{ margin:.25rem 0; }}
a {{ color:inherit; }}
.aside, .dim {{ color:var(--faint); }} .bold {{ font-weight:600; }} .italic {{ font-style:italic; }}
.scroll {{ overflow-x:auto; }}
table {{ border-collapse:collapse; overflow-wrap:normal; }}
th, td {{ text-align:left; vertical-align:top; padding:.25rem 1rem .25rem 0; border-bottom:1px solid var(--rule); }}
.rigid {{ white-space:nowrap; }}
dl {{ margin:0; }} dt {{ margin-top:.9rem; font-weight:600; }} dd {{ margin:0; }}
ol {{ padding-left:2.5rem; }}
pre {{ overflow-x:auto; line-height:1.25; overflow-wrap:normal; }}
{_CLASSES}
"""


def write(page: Page) -> str:
    """The page as a document."""
    titles = ("".join(span.text for span in block.left) for block in page.blocks if isinstance(block, Title))
    name = next(titles, "stancectl")
    body = "\n".join(_block(block) for block in page.blocks)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(visible(name))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Title(left, right):
            return f"<h1>{_text(left)}</h1>" + (f'\n<p class="aside">{_text(right)}</p>' if right else "")
        case Heading(name):
            return f"<h2>{escape(visible(name))}</h2>"
        case Line(words, aside):
            return f"<p>{_text(join(' · ', [words, aside]))}</p>"
        case Grid():
            return _grid(block)
        case Entries(entries):
            return "<dl>\n" + "\n".join(map(_entry, entries)) + "\n</dl>"
        case Footnotes(notes):
            items = "\n".join(f'<li id="note-{note.number}" value="{note.number}">{_text(note.text)}</li>' for note in notes)
            return f"<ol>\n{items}\n</ol>"
        case Drawing(draw):
            return "<pre>" + "\n".join(map(_text, draw(DRAWING_WIDTH))) + "</pre>"


def _grid(grid: Grid) -> str:
    rigid = [not column.least for column in grid.columns]
    rows = [_row("th", (escape(visible(column.name)) for column in grid.columns), rigid)] if grid.has_head else []
    rows += [_row("td", map(_cell, row), rigid) for row in grid.rows]
    return '<div class="scroll"><table>\n' + "\n".join(rows) + "\n</table></div>"


def _row(tag: str, cells: Iterable[str], rigid: Iterable[bool]) -> str:
    """A row; the cells of a column that may not shrink stay in one line."""
    opened = (f'{tag} class="rigid"' if whole else tag for whole in rigid)
    return "<tr>" + "".join(f"<{first}>{cell}</{tag}>" for first, cell in zip(opened, cells, strict=True)) + "</tr>"


def _cell(cell: Cell) -> str:
    return escape(visible(", ".join(cell.items))) if isinstance(cell, Listing) else _text(cell)


def _entry(entry: Entry) -> str:
    lines = "".join(f"<p>{_text(line)}</p>" for line in entry.lines)
    return f"<dt>{_text(entry.label)}</dt><dd>{lines}</dd>"


def _text(words: Text) -> str:
    return "".join(map(_span, words))


def _span(span: Span) -> str:
    inner = escape(visible(span.text))
    if span.style:
        inner = f'<span class="{escape(span.style)}">{inner}</span>'
    if span.note is not None:
        return f'<a href="#note-{span.note}">{inner}</a>'
    if span.link and span.link.startswith(("https://", "http://")):
        return f'<a href="{escape(visible(span.link))}" rel="noopener noreferrer">{inner}</a>'
    return inner
