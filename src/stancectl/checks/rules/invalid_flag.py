"""A flag that is neither `true` nor `false`."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="invalid-flag",
    finds="a flag is neither `true` nor `false`",
    reason="""
        Flags tell which stances take part and which refuse, and a refusal ends earlier preconditions and offers. YAML tools do
        not agree whether `yes` is a flag or a word. Write `true` or `false`, in lower case.
    """,
    failing={
        "_registry.yaml": """
            stances:
              willing: {label: Willing, takes_part: yes}
        """,
    },
    passing={
        "_registry.yaml": """
            stances:
              willing: {label: Willing, takes_part: true}
        """,
    },
)
