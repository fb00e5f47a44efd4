"""A diagram before any format: boxes, and arrows between them. Knows no mark-up and no places."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

Stroke = Literal["solid", "dashed", "dotted"]
"""How a line is drawn. A dotted one has no direction."""


class Box(NamedTuple):
    """Something with a name."""

    id: str
    label: str


class Arrow(NamedTuple):
    """A line from the box `tail` to the box `head`; `label` is what stands at it, `meaning` all it says."""

    stroke: Stroke
    tail: str
    head: str
    label: str
    meaning: str


class Diagram(NamedTuple):
    """Boxes and arrows under a title; the legend tells what each stroke means."""

    title: str
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    legend: Mapping[Stroke, str]
