"""A format other than 1."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="unknown-format",
    finds="`format` is not `1`",
    reason="""
        The number tells by which rules the files are to be read, and under other rules the same keys can mean something else.
        Write `format: 1`. If the registry really has another format, read it with a version of stancectl that knows it.
    """,
    failing={
        "_registry.yaml": """
            format: 1.0
        """,
    },
    passing={
        "_registry.yaml": """
            format: 1
        """,
    },
)
