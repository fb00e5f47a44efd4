"""Preconditions that wait for each other."""

from stancectl.analysis.circles import chain, circles
from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding


def _find(file: CheckedFile) -> Findings:
    for index, held in file.in_force():
        own = {entry["condition"]: path for path, entry in file.entries(index, "requires") if entry.get("after")}
        for circle in circles({id: requirement.after for id, requirement in held.items()}) if own else ():
            named = next((id for id in circle if id in own), None)
            if named is not None:
                turn = circle.index(named)
                message = f"`{named}` waits for itself: {chain(circle[turn:] + circle[:turn], 'after')}"
                yield Finding((*own[named], "after"), message, "look which of the orders was meant")


RULE = Rule(
    code="circular-after",
    finds="preconditions come after each other in a circle",
    reason="""
        What waits for itself can never be met. The order in force counts, so the circle may be closed by a statement that
        gives one precondition a new place without restating the other.
    """,
    failing="""
        requires:
          - {condition: ceasefire, after: [mandate]}
          - {condition: mandate, after: [ceasefire]}
    """,
    passing="""
        requires:
          - ceasefire
          - {condition: mandate, after: [ceasefire]}
    """,
    in_file=_find,
)
