"""An anchor, which makes a value known to other places."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="yaml-anchor",
    finds="an anchor (`&a`)",
    reason="""
        It has no use here, since YAML aliases are refused: each statement is a record of its own. Remove it, and write the
        value out where it is needed again. A text that begins with `&` needs quotes.
    """,
    failing="""
        requires: &terms [ceasefire, mandate]
    """,
    passing="""
        requires: [ceasefire, mandate]
    """,
)
