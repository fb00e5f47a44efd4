"""Circles: what comes before itself."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter


def circles(before: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """The circles in a graph: each name, the names that come before it, round to where it began.

    `before` maps a name to those that come right before it. A circle is told once, as `[a, b, c]` where b comes before a, c
    before b, and a before c; then it is cut open, so that circles within circles end.
    """
    left = {name: list(names) for name, names in before.items()}
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            found: list[str] = error.args[1][::-1]  # it begins and ends with one name, predecessors first
            start = min(range(len(found) - 1), key=lambda place: found[place])
            circle = found[start:-1] + found[:start]
            left[circle[0]].remove(circle[1 % len(circle)])
            yield circle
        else:
            return
