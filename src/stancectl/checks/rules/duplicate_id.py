"""Two statements of a file with the same id."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="duplicate-id",
    finds="two statements of a file have the same `id`",
    reason="""
        An id is what a statement is referred to by, and what every part of a position names as its origin: with two of the same
        id, nobody can tell which is meant. Give the later entry an id of its own; others may refer to the earlier one already.
    """,
    failing="""
        - id: 2025-11-27-mod
        - id: 2025-11-27-mod
          speaker: Zeki Aktürk
    """,
    passing="""
        - id: 2025-11-27-mod
        - id: 2025-11-27-akturk
          speaker: Zeki Aktürk
    """,
)
