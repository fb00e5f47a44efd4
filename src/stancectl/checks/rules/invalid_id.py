"""An id that is not made of lower-case letters, digits and single hyphens."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="invalid-id",
    finds="an id is not made of lower-case letters, digits and single hyphens",
    reason="""
        Ids stand in references, on the command line and in the output that scripts read; in one form they need no quotes and
        have one spelling. No reference can name a statement whose id has another form. Write it in lower case, with hyphens.
    """,
    failing="""
        id: 2025-11-27-MoD
    """,
    passing="""
        id: 2025-11-27-mod
    """,
)
