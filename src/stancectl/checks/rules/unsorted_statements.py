"""Statements that do not stand oldest first."""

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.model.dates import PartialDate
from stancectl.registry.problems import Finding


def _find(file: CheckedFile) -> Findings:
    before = None
    for index, said in file.statements:
        date = PartialDate.parse(said["date"]) if said["date"] else None
        if date is not None and before is not None and date.earliest < before.earliest:
            yield Finding(("statements", index, "date"), f"`{date}` stands after `{before}`", "put the statements oldest first")
        before = date or before


RULE = Rule(
    code="unsorted-statements",
    severity="warning",
    finds="the statements are not oldest first",
    reason="""
        Positions come out right in any order, but people read these files, and two hands that add at different ends do not
        see each other. A month comes with its first day, a year with its first.
    """,
    failing="""
        - id: 2025-12-04-mod
          date: 2025-12-04
        - id: 2025-11-27-mod
          date: 2025-11-27
    """,
    passing="""
        - id: 2025-11-27-mod
          date: 2025-11-27
        - id: 2025-12-04-mod
          date: 2025-12-04
    """,
    in_file=_find,
)
