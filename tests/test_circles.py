"""Circles in a graph: found when there are any, and only what is one."""

from graphlib import CycleError, TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stancectl.analysis.circles import chain, circles

Graph = dict[str, tuple[str, ...]]

CASES: list[tuple[Graph, list[str]]] = [
    ({}, []),
    ({"a": ("b", "c"), "b": ("c",), "c": ()}, []),
    ({"a": ("elsewhere",)}, []),
    ({"a": ("a",)}, ["a"]),
    ({"b": ("a",), "a": ("b",)}, ["ab"]),
    ({"a": ("b",), "b": ("c",), "c": ("a", "b")}, ["abc", "bc"]),
    ({"d": ("c",), "c": ("d",), "a": ("b", "c"), "b": ("a",)}, ["cd", "ab"]),
]


@pytest.mark.parametrize(("graph", "found"), CASES)
def test_what_is_found(graph: Graph, found: list[str]) -> None:
    assert ["".join(circle) for circle in circles(graph)] == found


def is_without(graph: Graph) -> bool:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return False
    return True


names = some.sampled_from("abcdef")
graphs = some.dictionaries(names, some.lists(names, max_size=3, unique=True).map(tuple))


@given(graphs)
def test_there_are_circles_where_there_is_no_order(graph: Graph) -> None:
    found = list(circles(graph))
    assert (found == []) == is_without(graph)
    for circle in found:
        assert len(set(circle)) == len(circle)
        assert circle[0] == min(circle)
        assert all(after in graph[name] for name, after in zip(circle, [*circle[1:], circle[0]], strict=True))


@given(graphs)
def test_every_circle_has_a_part_that_is_found(graph: Graph) -> None:
    told = {name for circle in circles(graph) for name in circle}
    left = {name: tuple(each for each in before if each not in told) for name, before in graph.items() if name not in told}
    assert is_without(left)


def test_a_circle_in_words() -> None:
    assert chain(["a", "b"], "after") == "`a` after `b` after `a`"
    assert chain(list("abcdefgh"), "answers").endswith("`e` answers `f` …")


def test_a_long_circle_is_no_burden() -> None:
    size = 50_000
    (only,) = circles({str(number): (str((number + 1) % size),) for number in range(size)})
    assert len(only) == size
