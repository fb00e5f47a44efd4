"""A precondition that `_registry.yaml` does not define."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="unknown-precondition",
    finds="a precondition is not in `_registry.yaml`",
    reason="""
        Under another spelling it would be a second precondition: a statement that drops the right one would not end it, and no
        event would meet it. Use an id that is defined, or define the new one, with its meaning.
    """,
    failing="""
        requires: [cease-fire]
    """,
    passing="""
        requires: [ceasefire]
    """,
)
