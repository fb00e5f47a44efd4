"""An order that names a precondition which is not required."""

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding


def _find(file: CheckedFile) -> Findings:
    for index, held in file.in_force():
        for path, requirement in file.entries(index, "requires"):
            for place, id in enumerate(requirement.get("after", ())):
                if id is not None and id not in held and not file.may_be_lost(id):
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
