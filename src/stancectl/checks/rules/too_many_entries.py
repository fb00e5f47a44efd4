"""A list that goes on beyond what a registry needs."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="too-many-entries",
    finds="a list has more than 10,000 entries, or a vocabulary more than 1,000 ids of one kind",
    reason="""
        No country has made so many statements, and no statement has so many sources: something was pasted here that is no part
        of a registry. Such a list is not read.
    """,
    failing="",
    passing="",
)
