"""A file with nothing in it."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="empty-file",
    finds="there is nothing in the file",
    reason="""
        It may have been saved before it was written, or have lost what was in it: comments alone count as nothing. Look into
        its history, then fill it or remove it.
    """,
    failing={
        "_events.yaml": """
            # still to come
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
