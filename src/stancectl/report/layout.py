"""Where the boxes and arrows of a diagram go: boxes in columns, arrows in curves between them (after Sugiyama)."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from stancectl.analysis.layers import layers
from stancectl.report.columns import heights
from stancectl.report.diagram import Arrow, Diagram

WIDTH = 152
"""Of a box."""

_STEP = WIDTH + 112  # from one column to the next
_LABEL = 36  # what an arrow leaves for its label, before the box on its right
_SPACE = 14  # between two boxes
_DOOR = 15  # between two arrows at a box

Point = tuple[float, float]


class Frame(NamedTuple):
    """Where a box is: its upper left corner, and how high it is."""

    x: float
    y: float
    height: float


class Layout(NamedTuple):
    """The frames of the boxes by their ids, and for each arrow the points it passes, from tail to head.

    An arrow is level at each of its points. One from a box to itself has none.
    """

    frames: Mapping[str, Frame]
    routes: Sequence[Sequence[Point]]
    width: float
    height: float


class _Stop(NamedTuple):
    """A place in a column: a box (its `bundle` is empty), or where a bundle of arrows passes on its way from one box."""

    column: int
    box: str
    bundle: str = ""


def layout(diagram: Diagram, least: Mapping[str, float]) -> Layout:
    """Places for boxes at least that high (by id), none on another.

    What comes first is on the left. Arrows of one stroke that leave a box in one direction stay together while they can.
    """
    column = layers(
        [box.id for box in diagram.boxes],
        [(arrow.tail, arrow.head) for arrow in diagram.arrows if arrow.stroke != "dotted"],
        [(arrow.tail, arrow.head) for arrow in diagram.arrows if arrow.stroke == "dotted"],
    )
    boxes = {id: _Stop(place, id) for id, place in column.items()}
    paths = [_path(arrow, column) for arrow in diagram.arrows]
    exits: dict[str, set[_Stop]] = {id: set() for id in boxes}
    entries: dict[str, set[_Stop]] = {id: set() for id in boxes}
    for path in filter(None, paths):
        exits[path[0].box].add(path[0])
        entries[path[-1].box].add(path[-2])
    tall = {id: max(least[id], _DOOR * (1 + max(len(exits[id]), len(entries[id])))) for id in boxes}

    columns: list[list[_Stop]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for stop in dict.fromkeys([*boxes.values(), *(stop for path in paths for stop in path[1:-1])]):
        columns[stop.column].append(stop)
    sizes = {stop: _SPACE + (0 if stop.bundle else tall[stop.box]) for each in columns for stop in each}
    links = dict.fromkeys(link for path in paths for link in pairwise([boxes[path[0].box], *path[1:]] if path else path))
    height = heights(columns, list(links), sizes)

    for id, doors in exits.items():
        height |= _doors(height[boxes[id]], sorted(doors))
    ends = {id: _doors(height[boxes[id]], sorted(doors, key=height.__getitem__)) for id, doors in entries.items()}
    routes = []
    for path, arrow in zip(paths, diagram.arrows, strict=True):
        points = [(stop.column * _STEP + side, height[stop]) for stop in path[:-1] for side in (0, WIDTH)][1:]
        points += [(stop.column * _STEP - short, ends[stop.box][path[-2]]) for stop in path[-1:] for short in (_LABEL, 0)]
        routes.append(points[:: 1 if path and path[0].box == arrow.tail else -1])
    frames = {id: Frame(stop.column * _STEP, height[stop] - tall[id] / 2, tall[id]) for id, stop in boxes.items()}
    bottom = max((height[stop] + size / 2 for stop, size in sizes.items()), default=0)
    return Layout(frames, routes, len(columns) * _STEP - (_STEP - WIDTH), bottom)


def _path(arrow: Arrow, column: Mapping[str, int]) -> list[_Stop]:
    """From left to right, where its bundle stops, from the door of one box on, then the other box; none for one to itself."""
    left, right = sorted((arrow.tail, arrow.head), key=column.__getitem__)
    if left == right:
        return []
    bundle = f"{arrow.stroke} {'onward' if left == arrow.tail else 'back'}"
    return [*(_Stop(place, left, bundle) for place in range(column[left], column[right])), _Stop(column[right], right)]


def _doors(middle: float, stops: Sequence[_Stop]) -> dict[_Stop, float]:
    """The heights at which arrows that come from or go to these stops pass the side of a box."""
    first = middle - _DOOR * (len(stops) - 1) / 2
    return {stop: first + _DOOR * place for place, stop in enumerate(stops)}
