"""Statements that answer each other in a circle."""

from collections import Counter
from collections.abc import Iterator, Mapping

from stancectl.analysis.circles import chain, circles
from stancectl.checks.rule import Path, Plain, Rule
from stancectl.registry import read
from stancectl.registry.problems import Finding


def _find(files: Mapping[str, Plain]) -> Iterator[tuple[str, Finding]]:
    answers, places, dates = dict[str, tuple[str, ...]](), dict[tuple[str, str], tuple[str, Path]](), dict[str, str]()
    for name, plain in files.items():
        for index, said in read.statements(plain):
            own = f"{read.slug_of(name)}/{said['id']}"
            answered = tuple(filter(None, said.get("responds_to", ())))
            answers[own], dates[own] = answered, said["date"]
            for place, reference in enumerate(said.get("responds_to", ())):
                places[own, reference] = (name, ("statements", index, "responds_to", place))
    twice = {reference for reference, number in Counter(_references(files)).items() if number > 1}
    for circle in circles({reference: answered for reference, answered in answers.items() if reference not in twice}):
        after = dict(zip(circle, [*circle[1:], circle[0]], strict=True))
        first = min(circle, key=lambda reference: dates.get(reference, ""))  # it answers what was said later
        file, path = places[first, after[first]]
        told = f"what this answers answers it: {chain(circle, 'answers')}"
        message = told if len(circle) > 1 else "this statement answers itself"
        yield file, Finding(path, message, "an answer comes after what it answers: look which of them is wrong")


def _references(files: Mapping[str, Plain]) -> Iterator[str]:
    return (f"{read.slug_of(name)}/{said['id']}" for name, plain in files.items() for _, said in read.statements(plain))


RULE = Rule(
    code="circular-reference",
    finds="statements answer each other in a circle",
    reason="""
        `responds_to` names what came before. In a circle one of the references must be wrong, most often the one of the
        earliest statement.
    """,
    failing="""
        - id: 2025-11-27-mod
          date: 2025-11-27
          responds_to: [turkey/2025-12-04-mod]
        - id: 2025-12-04-mod
          date: 2025-12-04
          responds_to: [turkey/2025-11-27-mod]
    """,
    passing="""
        - id: 2025-11-27-mod
          date: 2025-11-27
        - id: 2025-12-04-mod
          date: 2025-12-04
          responds_to: [turkey/2025-11-27-mod]
    """,
    in_registry=_find,
)
