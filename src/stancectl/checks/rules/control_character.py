"""A control character that YAML does not allow."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="control-character",
    finds="a control character that YAML does not allow",
    reason="""
        Text copied from a PDF or a terminal brings such characters along. Most editors do not show them, other YAML tools
        refuse the file, and a quote that holds one is no longer exact. Remove it, and compare the words with the source.
    """,
    failing="""
        quote: We will be part of the re\x02assurance force.
    """,
    passing="""
        quote: We will be part of the reassurance force.
    """,
)
