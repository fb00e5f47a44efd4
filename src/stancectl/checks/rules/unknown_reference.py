"""A reference to a statement that is not recorded."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="unknown-reference",
    finds="there is no statement of that reference",
    reason="""
        A reader who follows it finds nothing, and cannot see what was answered. Correct the spelling. If the statement answered
        is not recorded yet, record it first; until then, name it in `occasion`.
    """,
    failing="""
        - id: 2025-11-25-fidan
          date: 2025-11-25
          speaker: Hakan Fidan
        - responds_to: [turkey/2025-11-25-fiddan]
    """,
    passing="""
        - id: 2025-11-25-fidan
          date: 2025-11-25
          speaker: Hakan Fidan
        - responds_to: [turkey/2025-11-25-fidan]
    """,
)
