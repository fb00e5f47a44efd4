"""A diagram for Graphviz, in the DOT language."""

from collections.abc import Mapping

from stancectl.report.diagram import Arrow, Diagram
from stancectl.report.plain_text import visible

_STYLES = {
    "solid": {},
    "dashed": {"style": "dashed", "arrowhead": "empty"},
    "dotted": {"style": "dotted", "dir": "both", "arrowhead": "tee", "arrowtail": "tee"},
}


def write(diagram: Diagram) -> str:
    """The boxes, then the arrows, a line each; an arrow without a label of its own has that of the legend."""
    look = {"shape": "box", "style": "rounded", "fontname": "sans-serif"}
    lines = [
        f"graph [{_attributes({'rankdir': 'LR', 'label': diagram.title, 'labelloc': 't', 'fontname': 'sans-serif'})}];",
        f"node [{_attributes(look)}];",
        f"edge [{_attributes({'fontname': 'sans-serif', 'fontsize': '10'})}];",
        *(f"{_quoted(box.id)} [{_attributes({'label': box.label})}];" for box in diagram.boxes),
        *(_arrow(arrow, diagram) for arrow in diagram.arrows),
    ]
    return "digraph {\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def _arrow(arrow: Arrow, diagram: Diagram) -> str:
    values = {"label": arrow.label or diagram.legend[arrow.stroke], "tooltip": arrow.meaning} | _STYLES[arrow.stroke]
    return f"{_quoted(arrow.tail)} -> {_quoted(arrow.head)} [{_attributes(values)}];"


def _attributes(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in values.items())


def _quoted(value: str) -> str:
    r"""A string in quotes. Graphviz would read `\n` and the like in it, and entities of HTML."""
    return '"' + visible(value).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') + '"'
