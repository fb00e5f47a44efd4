"""A place that is not YAML."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="yaml-syntax",
    finds="the file is not YAML",
    reason="""
        The entry around it, sometimes the whole file, cannot be read, and nothing in it is checked until this is mended. Look
        at indentation, quotes and brackets there and in the line before; a text that holds `: ` needs quotes.
    """,
    failing="""
        summary: It said: we would weigh it.
    """,
    passing="""
        summary: "It said: we would weigh it."
    """,
)
