"""A text, a list or a mapping in place of another of them."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="wrong-type",
    finds="a text, a list or a mapping stands where another of them belongs",
    reason="""
        Programs rely on what a key holds: one that expects a list takes a text apart letter by letter. A list with one entry is
        still a list, in brackets or with a hyphen a line.
    """,
    failing="""
        requires: ceasefire
    """,
    passing="""
        requires: [ceasefire]
    """,
)
