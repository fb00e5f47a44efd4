"""Layers of a graph: what comes first stands in the first, and what follows from it further on."""

from collections.abc import Iterable, Sequence

Pair = tuple[str, str]


def layers(names: Sequence[str], arrows: Iterable[Pair], ties: Iterable[Pair] = ()) -> dict[str, int]:
    """The layer (from 0) of each name; no two that share an arrow or a tie stand in one.

    An arrow leads to a higher layer, unless it is part of a circle: of each circle at least one leads back. Ties have no
    direction. A name that nothing leads to stands right before what it leads to. Takes time in proportion to the graph.
    """
    arrows = list(arrows)
    place = {name: place for place, name in enumerate(_in_order(names, arrows))}
    turned = {(min(pair, key=place.__getitem__), max(pair, key=place.__getitem__)) for pair in (*arrows, *ties)}
    onward = sorted((pair for pair in turned if pair[0] != pair[1]), key=lambda pair: place[pair[0]])
    layer = dict.fromkeys(names, 0)
    for first, then in onward:
        layer[then] = max(layer[then], layer[first] + 1)
    nearest = dict[str, int]()
    for first, then in onward:
        nearest[first] = min(nearest.get(first, layer[then]), layer[then])
    return layer | {name: nearest[name] - 1 for name in nearest.keys() - {then for _, then in onward}}


def _in_order(names: Iterable[str], arrows: Iterable[Pair]) -> list[str]:
    """The names so that every arrow leads onward that is no part of a circle: searched in depth, the last one left first."""
    ahead = {name: list[str]() for name in names}
    for first, then in arrows:
        ahead[first].append(then)
    met, left = set[str](), list[str]()
    for root, begun in ahead.items():
        path = [] if root in met else [(root, iter(begun))]
        met.add(root)
        while path:
            name, ways = path[-1]
            new = next((each for each in ways if each not in met), None)
            if new is None:
                left.append(name)
                path.pop()
            else:
                met.add(new)
                path.append((new, iter(ahead[new])))
    return left[::-1]
