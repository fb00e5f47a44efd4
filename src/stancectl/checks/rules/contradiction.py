"""A statement that says a thing and its opposite."""

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding

_OPPOSED = (
    ("offers", "offered", "rules_out", "ruled out"),
    ("offers", "offered", "withdraws", "withdrawn"),
    ("requires", "required", "drops", "dropped"),
    ("rules_out", "ruled out", "reopens", "reopened"),
)


def _find(file: CheckedFile) -> Findings:
    for index, statement in file.statements:
        for key, said, other, denied in _OPPOSED:
            if key not in statement or other not in statement:
                continue
            named = {_id(entry) for _, entry in file.entries(index, key)}
            for path, id in file.entries(index, other):
                if id in named:
                    message = f"`{id}` is {said} and {denied} by the same statement"
                    yield Finding(path, message, f"keep it in `{key}` or in `{other}`")


def _id(entry: str | dict[str, str]) -> str:
    return entry if isinstance(entry, str) else entry.get("condition") or entry["kind"]


RULE = Rule(
    code="contradiction",
    severity="warning",
    finds="one statement says a thing and its opposite",
    reason="""
        An offer of what the same statement rules out comes to nothing: exclusions are applied last. The same holds for what
        is required and dropped, offered and withdrawn, ruled out and reopened. Often two kinds were meant, or two statements.
    """,
    failing="""
        offers: [troops]
        rules_out: [troops]
    """,
    passing="""
        offers: [naval]
        rules_out: [troops]
    """,
    in_file=_find,
)
