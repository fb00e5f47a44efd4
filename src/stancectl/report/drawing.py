"""A diagram as a picture (SVG) that stands alone: light and dark, nothing fetched, nothing run."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from textwrap import wrap

from stancectl.report.diagram import Box, Diagram, Stroke
from stancectl.report.layout import WIDTH, Frame, Layout, Point, layout
from stancectl.report.plain_text import cells, visible

_LETTERS, _LINES = 20, 3  # of a label in a box
_LINE = 17
_TITLE = 44  # letters in a line of the title: what fits on a phone
_MARGIN = 24
_LOOP = 36  # from the right, where an arrow begins that leads from a box to itself

_STYLE = """
svg { font:13px system-ui,sans-serif; }
.paper { fill:#fff; } .box rect { fill:#f4f6f9; stroke:#8a93a1; } text { fill:#1c1f24; }
.title { font-size:15px; font-weight:600; } .name { text-anchor:middle; }
.label { font-size:11px; text-anchor:end; paint-order:stroke; stroke:#fff; stroke-width:6px; stroke-linejoin:round; }
.line { fill:none; stroke-width:1.5; }
.solid { stroke:#1f5fbf; } .dashed { stroke:#0b7272; stroke-dasharray:7 4; } .dotted { stroke:#b04500; stroke-dasharray:1.5 4; }
.solid-end { fill:#1f5fbf; }
.dashed-end { fill:#fff; stroke:#0b7272; stroke-width:1.5; } .dotted-end { stroke:#b04500; stroke-width:2; }
@media (prefers-color-scheme: dark) {
  .paper { fill:#15181d; } .box rect { fill:#23272f; stroke:#7b8494; } text { fill:#e6e8ec; } .label { stroke:#15181d; }
  .solid { stroke:#7fb0ff; } .dashed { stroke:#5ccfc3; } .dotted { stroke:#ff9e64; }
  .solid-end { fill:#7fb0ff; } .dashed-end { fill:#15181d; stroke:#5ccfc3; } .dotted-end { stroke:#ff9e64; }
}
"""

_ENDS = """<defs>
<marker id="stancectl-solid" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="9" markerHeight="9" \
markerUnits="userSpaceOnUse" orient="auto"><path class="solid-end" d="M0,1 L10,5 L0,9 z"/></marker>
<marker id="stancectl-dashed" viewBox="0 0 12 12" refX="11" refY="6" markerWidth="12" markerHeight="12" \
markerUnits="userSpaceOnUse" orient="auto"><path class="dashed-end" d="M1,1.5 L11,6 L1,10.5 z"/></marker>
<marker id="stancectl-dotted" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="10" markerHeight="10" \
markerUnits="userSpaceOnUse" orient="auto"><path class="dotted-end" d="M5,0 V10"/></marker>
</defs>"""


def write(diagram: Diagram) -> str:
    """The picture at its natural size: title, arrows, boxes, and what each stroke means."""
    labels = {box.id: _label(box.label) for box in diagram.boxes}
    placed = layout(diagram, {id: _LINE * (len(lines) + 1) for id, lines in labels.items()})
    title = wrap(visible(diagram.title), _TITLE, max_lines=3, placeholder="…")
    legend = [stroke for stroke in diagram.legend if any(arrow.stroke == stroke for arrow in diagram.arrows)]
    width, top = max(round(placed.width), 8 * _TITLE) + 2 * _MARGIN, 2 * _MARGIN + 20 * len(title)
    bottom = top + placed.height + _MARGIN
    height = round(bottom + 20 * len(legend) + _MARGIN / 2)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"',
        'role="img" aria-labelledby="stancectl-title stancectl-desc">',
        f'<title id="stancectl-title">{escape(visible(diagram.title))}</title>',
        f'<desc id="stancectl-desc">{escape(visible("; ".join(arrow.meaning for arrow in diagram.arrows)))}.</desc>',
        f"<style>{_STYLE}</style>",
        _ENDS,
        '<rect class="paper" width="100%" height="100%"/>',
        *(_text("title", _MARGIN, _MARGIN + 10 + 20 * number, line) for number, line in enumerate(title)),
        f'<g transform="translate({_MARGIN} {top})">',
        *_arrows(diagram, placed),
        *(_box(placed.frames[box.id], labels[box.id], box) for box in diagram.boxes),
        *_labels(diagram, placed),
        "</g>",
        *(
            line
            for number, stroke in enumerate(legend)
            for line in _meaning(stroke, bottom + 20 * number, diagram.legend[stroke])
        ),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _arrows(diagram: Diagram, placed: Layout) -> Iterator[str]:
    for arrow, route in zip(diagram.arrows, placed.routes, strict=True):
        path = _curve(route) if route else _loop(placed.frames[arrow.tail])
        yield f"<g><title>{escape(visible(arrow.meaning))}</title>{_line(arrow.stroke, path)}</g>"


def _labels(diagram: Diagram, placed: Layout) -> Iterator[str]:
    """What stands at each arrow: before the box on its right."""
    for arrow, route in zip(diagram.arrows, placed.routes, strict=True):
        if arrow.label:
            frame = placed.frames[arrow.tail]
            right, height = max(route, default=(frame.x + WIDTH - _LOOP, frame.y - 8))
            yield _text("label", right - 13, height + 4, arrow.label)


def _line(stroke: Stroke, path: str) -> str:
    start = f' marker-start="url(#stancectl-{stroke})"' if stroke == "dotted" else ""
    return f'<path class="line {stroke}" d="{path}"{start} marker-end="url(#stancectl-{stroke})"/>'


def _curve(route: Sequence[Point]) -> str:
    """Level at each of the points."""
    path = f"M{route[0][0]:.1f},{route[0][1]:.1f}"
    for (x, y), (to_x, to_y) in pairwise(route):
        turn = (x + to_x) / 2
        path += f" C{turn:.1f},{y:.1f} {turn:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"
    return path


def _loop(frame: Frame) -> str:
    return f"M{frame.x + WIDTH - _LOOP:.1f},{frame.y:.1f} c0,-18 22,-18 22,0"


def _box(frame: Frame, lines: Sequence[str], box: Box) -> str:
    first = frame.y + frame.height / 2 - _LINE * (len(lines) - 1) / 2 + 4.5
    words = "".join(_text("name", frame.x + WIDTH / 2, first + _LINE * number, line) for number, line in enumerate(lines))
    rect = f'<rect x="{frame.x:.1f}" y="{frame.y:.1f}" width="{WIDTH}" height="{frame.height:.1f}" rx="6"/>'
    return f'<g class="box"><title>{escape(visible(box.label))}</title>{rect}{words}</g>'


def _meaning(stroke: Stroke, y: float, words: str) -> Iterator[str]:
    """A line of the legend."""
    yield _line(stroke, f"M{_MARGIN},{y:.1f} h44")
    yield _text("words", _MARGIN + 56, y + 4.5, words)


def _label(label: str) -> list[str]:
    """The label in lines that fit into a box; wide letters count for two."""
    words = visible(label)
    letters = max(_LETTERS * len(words) // max(cells(words), 1), 1)
    return wrap(words, letters, max_lines=_LINES, placeholder="…") or [""]


def _text(kind: str, x: float, y: float, words: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(visible(words))}</text>'
