"""Contradictions: what keeps a hypothesis from coming about, as countries stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from stancectl.analysis.circles import circles
from stancectl.analysis.fulfilment import with_implied
from stancectl.analysis.graph import edges
from stancectl.analysis.hypotheses import Hypothesis, exclusions
from stancectl.analysis.positions import Position
from stancectl.analysis.whatif import holder
from stancectl.model.registry import Registry
from stancectl.model.vocabulary import Vocabulary

Kind = Literal["held-by-refusal", "exclusion", "circle"]


class Contradiction(NamedTuple):
    """One row of `whatif --contradictions`.

    - `held-by-refusal`: the `countries` wait for a precondition in the hand of a country whose stance refuses, and whatever
      would bring it lies in such a hand too. `against` are those who hold them, its own holder first; `by` is the statement in
      which that one last told its stance;
    - `exclusion`: two preconditions exclude each other; the `countries` name the first, those `against` it the second. Where
      nobody names one, it is met in the hypothesis;
    - `circle`: each of the preconditions has to come after the next, and the last after the first, as the `countries` put it.
    """

    kind: Kind
    preconditions: tuple[str, ...]
    countries: tuple[str, ...]
    against: tuple[str, ...] = ()
    by: str | None = None


def contradictions(
    positions: Sequence[Position], holders: Iterable[Position], registry: Registry, hypothesis: Hypothesis
) -> list[Contradiction]:
    """All contradictions among the preconditions of these countries; `holders` are the positions of those who grant any."""
    named = {
        item: [each.country.slug for each in positions if each.part("precondition", item)]
        for item in registry.vocabulary.preconditions
    }
    return [
        *_held_by_refusal(named, {each.country.slug: each for each in holders}, registry, hypothesis),
        *_excluding(named, registry, hypothesis),
        *_circular(positions, registry.vocabulary, hypothesis),
    ]


def _held_by_refusal(
    named: Mapping[str, Sequence[str]], holders: Mapping[str, Position], registry: Registry, hypothesis: Hypothesis
) -> Iterator[Contradiction]:
    stances = {slug: each.stance_part for slug, each in holders.items()}
    refusing = {slug: part.last_by.ref for slug, part in stances.items() if part and registry.vocabulary.refuses(part.item)}
    for item, waiting in named.items():
        others = [way for way, brought in hypothesis.open.items() if item in brought and way != item]
        held_by = [holder(registry, way) for way in (item, *others)]
        against = tuple(dict.fromkeys(slug for slug in held_by if slug in refusing))
        if waiting and item in hypothesis.open and all(slug in against for slug in held_by):
            yield Contradiction("held-by-refusal", (item,), tuple(waiting), against, refusing[against[0]])


def _excluding(named: Mapping[str, Sequence[str]], registry: Registry, hypothesis: Hypothesis) -> Iterator[Contradiction]:
    brings = {item: with_implied([item], registry.vocabulary) for item, slugs in named.items() if slugs}
    for pair in exclusions(registry.vocabulary):
        one, other = sorted(pair, key=list(named).index)
        sides = [
            dict.fromkeys(slug for item, own in brings.items() if thing in own for slug in named[item]) for thing in (one, other)
        ]
        if all(slugs or thing in hypothesis.met for thing, slugs in zip((one, other), sides, strict=True)):
            yield Contradiction("exclusion", (one, other), tuple(sides[0]), tuple(sides[1]))


def _circular(positions: Iterable[Position], vocabulary: Vocabulary, hypothesis: Hypothesis) -> Iterator[Contradiction]:
    ordered = [position for position in positions if position.country.history.ordered]
    said = {
        (edge.then, edge.first): edge.required_by
        for edge in edges(vocabulary, ordered)
        if edge.kind == "after" and not hypothesis.met.intersection((edge.then, edge.first))
    }
    before = dict[str, list[str]]()
    for item, first in said:
        before.setdefault(item, []).append(first)
    for circle in circles(before):
        links = zip(circle, [*circle[1:], circle[0]], strict=True)
        yield Contradiction("circle", tuple(circle), tuple(dict.fromkeys(slug for link in links for slug in said[link])))
