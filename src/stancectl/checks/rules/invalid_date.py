"""A date in another form than this format has, or not in the calendar."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="invalid-date",
    finds="a date is not in the form of `2025-11-27`, `2025-11` or `2025`, or not in the calendar",
    reason="""
        Dates put statements in order and decide which of them count on a day; and 03/04/2025 is April in one country and March
        in another. Write year, month and day; what the source does not tell is left out, as in `2025-11` or `2025`.
    """,
    failing="""
        date: 27.11.2025
    """,
    passing="""
        date: 2025-11-27
    """,
)
