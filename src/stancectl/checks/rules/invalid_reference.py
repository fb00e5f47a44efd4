"""A reference that is not of the form `country/statement`."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="invalid-reference",
    finds="a reference is not of the form `country/statement`",
    reason="""
        An id is unique in its own file only: without the country, the statements of two countries could be meant. Write the
        name of the country's file without `.yaml`, a slash, and the id; within the same file too.
    """,
    failing="""
        - id: 2025-11-25-fidan
          date: 2025-11-25
          speaker: Hakan Fidan
        - responds_to: [2025-11-25-fidan]
    """,
    passing="""
        - id: 2025-11-25-fidan
          date: 2025-11-25
          speaker: Hakan Fidan
        - responds_to: [turkey/2025-11-25-fidan]
    """,
)
