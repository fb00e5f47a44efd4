"""Statements that answer each other in a circle."""

from collections.abc import Iterator, Mapping

from stancectl.analysis.circles import chain, circles
from stancectl.checks.rule import Plain, Rule
from stancectl.registry import readings
from stancectl.registry.problems import Finding


def _find(files: Mapping[str, Plain]) -> Iterator[tuple[str, Finding]]:
    said = readings.by_reference(files)
    for circle in circles({reference: _answered(each) for reference, (_, _, each) in said.items()}):
        first = min(circle, key=lambda reference: said[reference][2]["date"])  # it answers what was said later
        name, index, statement = said[first]
        place = statement["responds_to"].index(circle[(circle.index(first) + 1) % len(circle)])
        told = f"what this answers answers it: {chain(circle, 'answers')}"
        message = told if len(circle) > 1 else "this statement answers itself"
        help = "an answer comes after what it answers: look which of them is wrong"
        others = tuple(dict.fromkeys(said[reference][0] for reference in circle))
        yield name, Finding(("statements", index, "responds_to", place), message, help, others=others)


def _answered(statement: Plain) -> tuple[str, ...]:
    return tuple(filter(None, statement.get("responds_to", ())))


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
