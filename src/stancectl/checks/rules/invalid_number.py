"""A number that is not digits alone, or a range upside down."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="invalid-number",
    finds="a number is not made of one to nine digits, or `min` is greater than `max`",
    reason="""
        The numbers of people that a country offers are added up, and `6,000` is six thousand to one reader and six to another.
        Write digits alone, and a range as `{min: 5000, max: 6000}`; what the source says beside the number goes into `note`.
    """,
    failing="""
        offers:
          - kind: troops
            personnel: 6,000
    """,
    passing="""
        offers:
          - kind: troops
            personnel: 6000
    """,
)
