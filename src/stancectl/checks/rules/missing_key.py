"""A required key that is missing or empty."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="missing-key",
    finds="a required key is not there, or empty",
    reason="""
        Without a date a statement has no place in the order, without a speaker nobody can judge its weight, without a source
        nobody can check it. Add what is missing. If it cannot be found out, the entry is not ready to be recorded.
    """,
    failing="""
        speaker:
    """,
    passing="""
        speaker: Hakan Fidan
    """,
)
