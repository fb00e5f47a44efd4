"""Lists and mappings nested deeper than 20 levels."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="too-deep",
    finds="lists and mappings are nested deeper than 20 levels",
    reason="""
        A registry needs six. What goes deeper is a key that got stuck or a file that is no registry, and nothing of the file is
        read: without a bound, a file could bring down what reads it. Remove the brackets, or the indentation, that are too
        many.
    """,
    failing="""
        requires: [[[[[[[[[[[[[[[[[[[[ceasefire]]]]]]]]]]]]]]]]]]]]
    """,
    passing="""
        requires: [ceasefire]
    """,
)
