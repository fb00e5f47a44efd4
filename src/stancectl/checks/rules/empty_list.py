"""A list that needs an entry and has none."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="empty-list",
    finds="no entry in `statements`, `sources` or `stances`",
    reason="""
        Without a source nobody can check a statement, without a statement a country has no position, and without a stance no
        statement can tell one. Add the entry, or leave the statement or the file out until there is one.
    """,
    failing="""
        sources: []
    """,
    passing="""
        sources:
          - url: https://example.org/1
          - url: https://example.org/2
    """,
)
