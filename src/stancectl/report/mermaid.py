"""A diagram for Mermaid, as GitHub, GitLab and many wikis draw it."""

import re

from stancectl.report.diagram import Arrow, Diagram
from stancectl.report.plain_text import visible

_LINES = {"solid": "-->", "dashed": "-.->", "dotted": "x-.-x"}
_SPECIAL = re.compile(r"\B-|-\B|[^\w ,:'-]|_")
"""All but letters, digits and the marks that cannot be read as a quote, a comment, an entity, a list or emphasis."""


def write(diagram: Diagram) -> str:
    """The boxes, then the arrows, a line each; an arrow without a label of its own has that of the legend.

    Boxes go by numbers: ids such as `end` and `graph` are words of the language.
    """
    ids = {box.id: f"n{number}" for number, box in enumerate(diagram.boxes, 1)}
    lines = [
        f"accTitle: {_text(diagram.title)}",
        *(f'{ids[box.id]}["{_text(box.label)}"]' for box in diagram.boxes),
        *(f"{ids[arrow.tail]} {_line(arrow, diagram)} {ids[arrow.head]}" for arrow in diagram.arrows),
    ]
    return "flowchart LR\n" + "".join(f"  {line}\n" for line in lines)


def _line(arrow: Arrow, diagram: Diagram) -> str:
    return f'{_LINES[arrow.stroke]}|"{_text(arrow.label or diagram.legend[arrow.stroke])}"|'


def _text(value: str) -> str:
    """The words with single spaces between them, and every special character as Mermaid has entities: `#35;`."""
    return _SPECIAL.sub(lambda match: f"#{ord(match[0])};", " ".join(visible(value).split())) or " "
