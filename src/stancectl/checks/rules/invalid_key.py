"""A key that is a list or a mapping."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="invalid-key",
    finds="a key is a list or a mapping",
    reason="""
        YAML allows it, but JSON has no such key, and few programs can hold one. It is usually a bracket or a brace that was
        meant as text, as in a Markdown link. Write the key as a plain word, and a list with a hyphen a line.
    """,
    failing="""
        sources:
          [1]: https://example.org/1
          [2]: https://example.org/2
    """,
    passing="""
        sources:
          - url: https://example.org/1
          - url: https://example.org/2
    """,
)
