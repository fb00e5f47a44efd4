"""A key that does not belong where it stands."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="unknown-key",
    finds="a key does not belong here",
    reason="""
        Were it passed over, a slip of one letter would take what stands behind it out of the position without a word. Correct
        the spelling or the indentation; what this format has no key for goes into `note`.
    """,
    failing="""
        rule_out: [troops]
    """,
    passing="""
        rules_out: [troops]
    """,
)
