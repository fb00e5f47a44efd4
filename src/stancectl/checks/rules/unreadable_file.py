"""A file that cannot be opened."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="unreadable-file",
    finds="the file cannot be opened, or is a link to nowhere",
    reason="""
        To answer without it would be to say that the country in it has said nothing. Give yourself the permission to read the
        file, or mend the link; where a git clone lacks it, fetch it.
    """,
    failing="",
    passing="",
)
