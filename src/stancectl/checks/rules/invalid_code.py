"""A country code that is not two capital letters."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="invalid-code",
    finds="a country code is not two capital letters",
    reason="""
        Codes tell which country a file, a group or a precondition means, and are compared with each other and with other data.
        Written in another way, they match nothing. Write the two capital letters of ISO 3166-1 (alpha-2).
    """,
    failing={
        "_registry.yaml": """
            groups:
              baltic: [EE, LV, LTU]
        """,
    },
    passing={
        "_registry.yaml": """
            groups:
              baltic: [EE, LV, LT]
        """,
    },
)
