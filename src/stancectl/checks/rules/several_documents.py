"""A second YAML document in a file."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="several-documents",
    finds="a second YAML document begins",
    reason="""
        What comes after `---` is not read, and many other YAML tools stop or fail there as well. Remove the line and put the
        entries into the list above, or into a file of their own.
    """,
    failing={
        "_events.yaml": """
            events:
              - date: 2025-11-25
                title: Video call of the coalition of the willing
            ---
            events:
              - date: 2025-12-15
                title: Summit in Berlin
        """,
    },
    passing={
        "_events.yaml": """
            events:
              - date: 2025-11-25
                title: Video call of the coalition of the willing
              - date: 2025-12-15
                title: Summit in Berlin
        """,
    },
)
