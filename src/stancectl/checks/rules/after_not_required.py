"""An order that names a precondition which is not required."""

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.model.statements import COUNTED
from stancectl.registry.problems import Finding


def _find(file: CheckedFile) -> Findings:
    named = set[str]()  # in so far any statement, signals included: whoever leaks an order need not repeat all of it
    for index, held in file.in_force():
        named.update(held)
        for path, requirement in file.entries(index, "requires"):
            for place, id in enumerate(requirement.get("after", ())):
                is_signal = file.plain["statements"][index].get("attribution", "official") not in COUNTED
                required = named if is_signal else held
                if id is not None and id not in required and not file.may_be_lost(id):
                    message = f"`{id}` is not required, so nothing can come after it"
                    yield Finding((*path, "after", place), message, f"add `{id}` to `requires`, or leave it out here")


RULE = Rule(
    code="after-not-required",
    finds="`after` names a precondition that is not required",
    reason="""
        A precondition that waits for something nobody asked for cannot be placed in the order. What comes first has to be
        required by the same statement, or by an earlier one and still be in force.
    """,
    failing="""
        requires:
          - {condition: mandate, after: [ceasefire]}
    """,
    passing="""
        requires:
          - ceasefire
          - {condition: mandate, after: [ceasefire]}
    """,
    in_file=_find,
)
