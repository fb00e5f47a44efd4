"""A country's file that is not named like an id."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="invalid-file-name",
    finds="a country's file is not named like `new-zealand.yaml`",
    reason="""
        The file's name is the country's name in references and on the command line, so it has the form of an id: under another,
        no reference could name its statements. Name it in lower-case letters, digits and single hyphens, with `.yaml` behind
        it.
    """,
    failing={
        "new_zealand.yaml": """
            country: NZ
            name: New Zealand
        """,
    },
    passing={
        "new-zealand.yaml": """
            country: NZ
            name: New Zealand
        """,
    },
)
