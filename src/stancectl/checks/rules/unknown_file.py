"""A file that begins with `_` and is none of this format."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="unknown-file",
    finds="a file begins with `_` and is neither `_registry.yaml` nor `_events.yaml`",
    reason="""
        Under a name that is nearly right, the events would be missing from every answer without a word. Give the file its right
        name. What is no part of the registry, such as an editor's notes, goes into a file that does not end in `.yaml` or
        `.yml`.
    """,
    failing={
        "_event.yaml": """
            events:
              - date: 2025-11-25
                title: Video call of the coalition of the willing
        """,
    },
    passing={
        "_events.yaml": """
            events:
              - date: 2025-11-25
                title: Video call of the coalition of the willing
        """,
    },
)
