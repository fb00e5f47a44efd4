"""What is to be reached, and the figures that tell whether it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from measure import Key, Taken
from peers import FLOOR, PEERS
from tasks import OURS, RICH, TYPER

Results = Mapping[Key, Taken]

PEERS_FROM = 10_000
"""The smallest registry on which every peer is to be slower."""


@dataclass(frozen=True)
class Target:
    """A figure and its bound: a ratio to reach at most, or statements a second to reach at least."""

    name: str
    figure: float
    bound: float
    a_second: bool = False

    @property
    def reached(self) -> bool:
        """Whether the figure is within its bound."""
        return self.figure >= self.bound if self.a_second else self.figure <= self.bound


def targets(results: Results, sizes: Sequence[int]) -> Iterator[Target]:
    """Every target whose figures were measured."""
    for task in ("show", "list", "complete"):
        yield Target(f"`{task}` in a pipe / `{TYPER}`", _ratio(results, Key(OURS, task), Key(TYPER, "floor")), 1.25)
    for task in ("show", "list"):
        ratio = _ratio(results, Key(OURS, f"{task}, terminal"), Key(RICH, "floor"))
        yield Target(f"`{task}` on a terminal / `{RICH}`", ratio, 1.25)
    smallest, largest = min(sizes), max(sizes)
    if smallest < largest:
        for task, bound in (("show", 1.2), ("list", 1.5)):
            ratio = _ratio(results, Key(OURS, task, largest), Key(OURS, task, smallest))
            yield Target(f"`{task}` at {largest:,} statements / at {smallest:,}", ratio, bound)
    for size in sizes:
        if size >= PEERS_FROM:
            yield from _beside_peers(results, size)
    if (jq := Key("jq", "show", largest)) in results:
        ratio = _ratio(results, Key(OURS, "diff", largest), jq)
        yield Target(f"`diff --since` at {largest:,} statements / jq, selecting a country", ratio, 1)
    for size in sizes:
        ratio = _ratio(results, Key(OURS, "whatif", size), Key(OURS, "list", size))
        yield Target(f"`whatif` / `list`, at {size:,} statements", ratio, 2)
    cold = largest / results[Key(OURS, "cold", largest)].median
    yield Target(f"Statements compiled a second, of {largest:,}", cold, 12_000, a_second=True)
    for size in (0, *sizes):
        for task in ("show", "list"):
            ratio = _ratio(results, Key(OURS, f"{task}, edited", size), Key(OURS, task, size))
            where = f"at {size:,} statements" if size else "on the shipped registry"
            yield Target(f"`{task}` after an edit / when unchanged, {where}", ratio, 1.3)


def _beside_peers(results: Results, size: int) -> Iterator[Target]:
    """Ours beside the fastest peer, the floor left out."""
    for task in ("show", "list"):
        theirs = [key for peer in PEERS if peer.program != FLOOR and (key := Key(str(peer), task, size)) in results]
        if theirs:
            fastest = min(theirs, key=lambda key: results[key].median)
            ratio = _ratio(results, Key(OURS, task, size), fastest)
            yield Target(f"`{task}` at {size:,} statements / the fastest peer, {fastest.tool}", ratio, 1)


def _ratio(results: Results, key: Key, other: Key) -> float:
    return results[key].median / results[other].median
