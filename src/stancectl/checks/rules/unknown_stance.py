"""A stance that `_registry.yaml` does not define."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="unknown-stance",
    finds="a stance is not in `_registry.yaml`",
    reason="""
        The definition tells what a stance means, where it stands in the order from most to least engaged, and whether it
        refuses; nothing can be told of one that has none. Use an id that is defined, or define the new one, with its meaning.
    """,
    failing="""
        stance: undecidd
    """,
    passing="""
        stance: undecided
    """,
)
