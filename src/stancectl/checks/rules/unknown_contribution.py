"""A contribution that `_registry.yaml` does not define."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="unknown-contribution",
    finds="a contribution is not in `_registry.yaml`",
    reason="""
        An offer replaces the earlier one of its kind and lifts an exclusion of that kind; of a kind spelt in another way it
        would do neither, and both would stand. Use an id that is defined, or define the new one, with its meaning.
    """,
    failing="""
        offers: [navy]
    """,
    passing="""
        offers: [naval]
    """,
)
