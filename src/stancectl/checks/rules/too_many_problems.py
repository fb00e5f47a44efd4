"""More problems in one file than are told."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="too-many-problems",
    finds="more problems were found in the file than are told",
    reason="""
        The first 1,000 of a file are told. So many come of one slip that repeats itself, such as a key spelt wrong throughout,
        or of a file that is no registry. Mend those, then check again: the rest was not told yet.
    """,
    failing="",
    passing="",
)
