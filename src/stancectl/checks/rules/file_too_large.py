"""A file of more than 4 MiB."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="file-too-large",
    finds="the file is larger than 4 MiB",
    reason="""
        It is not read, so that a dump or a log that came into the folder under a wrong name cannot fill the memory of every
        command. A file of statements stays far below: remove from it, or from the folder, what does not belong to the registry.
    """,
    failing="",
    passing="",
)
