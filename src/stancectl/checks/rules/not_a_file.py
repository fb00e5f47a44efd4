"""A name that ends in `.yaml` and is no plain file."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="not-a-file",
    finds="a name that ends in `.yaml` or `.yml` is a folder, a device or the like",
    reason="""
        Everything with that ending belongs to the registry. What is in a folder would be missing from every answer, and reading
        a pipe or a device might never end. Put the file itself there, or give the folder a name without the ending.
    """,
    failing="",
    passing="",
)
