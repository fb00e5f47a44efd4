"""Circles: what comes before itself."""

from collections.abc import Iterable, Iterator, Mapping

_TOLD = 6


def circles(before: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """The circles in a graph, each once: names, every one of which comes right after the next, and the last after the first.

    `before` maps a name to those that come right before it. Of circles that share names, as many are told as have to be cut
    for none to be left; each begins with the name that is first in the alphabet. Takes time in proportion to the graph and
    to what is told.
    """
    done = set[str]()
    for root in before:
        path, depth, ways = [root], {root: 0}, [iter(before[root])]
        while ways and root not in done:
            for name in ways[-1]:
                if name in depth:
                    yield _begun_first(path[depth[name] :])
                elif name in before and name not in done:
                    depth[name] = len(path)
                    path.append(name)
                    ways.append(iter(before[name]))
                    break
            else:
                ways.pop()
                done.add(last := path.pop())
                del depth[last]


def chain(circle: list[str], link: str) -> str:
    """A circle in words, round to where it begins: `a` after `b` after `a`. Of a long one, the beginning."""
    names = [*circle, circle[0]] if len(circle) <= _TOLD else circle[:_TOLD]
    return f" {link} ".join(f"`{name}`" for name in names) + (" …" if len(circle) > _TOLD else "")


def _begun_first(circle: list[str]) -> list[str]:
    start = circle.index(min(circle))
    return circle[start:] + circle[:start]
