"""Taking back what is not there."""

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.model.history import PartKind
from stancectl.registry.problems import Finding

_ENDS: dict[str, tuple[PartKind, str]] = {
    "drops": ("precondition", "required"),
    "withdraws": ("offer", "offered"),
    "reopens": ("rule-out", "ruled out"),
}


def _find(file: CheckedFile) -> Findings:
    ended = {(id(move.statement), move.kind, move.item) for move in file.history.moves if move.action == "dropped"}
    for index, statement in file.dated:
        for key, (kind, state) in _ENDS.items():
            for path, item in file.entries(index, key):
                is_ended = (id(statement), kind, item) in ended
                if not (is_ended or statement.is_signal or file.may_be_lost(item)):
                    help = "look for the statement that set it, or leave it out here"
                    yield Finding(path, f"`{item}` is not {state} at that time", help)


RULE = Rule(
    code="not-in-force",
    severity="warning",
    finds="`drops`, `withdraws` or `reopens` names what is not in force",
    reason="""
        Somebody can only take back what was said. An earlier statement is missing, is dated later, or calls the thing by
        another id. Signals are left alone: they change nothing.
    """,
    failing="""
        drops: [mandate]
    """,
    passing="""
        - id: 2025-11-27-mod
          date: 2025-11-27
          requires: [mandate]
        - id: 2025-12-04-mod
          date: 2025-12-04
          drops: [mandate]
    """,
    in_file=_find,
)
