"""A tag, which gives a value a type."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="yaml-tag",
    finds="a tag (`!!str`)",
    reason="""
        Every value is text until its key gives it a type, so a tag has nothing to add; in other YAML tools one can even run a
        program. Remove it. A text that begins with `!` needs quotes.
    """,
    failing="""
        date: !!str 2025-11-27
    """,
    passing="""
        date: 2025-11-27
    """,
)
