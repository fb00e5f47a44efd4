"""An alias, which refers to another place."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="yaml-alias",
    finds="an alias (`*a`) refers to another place",
    reason="""
        A statement is a record of its own: with an alias in it, a correction elsewhere would change it unseen. Write the value
        out, even where another statement has the same. A text that begins with `*` needs quotes.
    """,
    failing="""
        requires: *terms
    """,
    passing="""
        requires: [ceasefire, mandate]
    """,
)
