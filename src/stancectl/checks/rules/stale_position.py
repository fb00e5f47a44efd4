"""A stance that nobody restated for a long time."""

import re

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding


def _find(file: CheckedFile) -> Findings:
    part = file.today.stance_part
    if part is not None and part.last_stated.latest < file.setting.stale and not _may_be_newer(file):
        age = (file.setting.today - part.last_stated.latest).days
        message = f"`{part.item}` was last stated on {part.last_stated}, {age} days ago"
        path = ("statements", file.index(part.run[-1]), "stance")
        yield Finding(path, message, "look for a newer statement; `--stale` sets how old a stance may be")


def _may_be_newer(file: CheckedFile) -> bool:
    """Whether a newer statement could not be made out, or what it says of the stance."""
    written = file.document.value["statements"]
    newer = [index for index, said in file.dated if said.date.latest >= file.setting.stale]
    if any(written[index].get("stance") and "stance" not in file.plain["statements"][index] for index in newer):
        return True
    lost = re.findall(r"date: *([0-9-]+)", "\n".join(file.document.unread_lines()))
    return any(date >= file.setting.stale.isoformat() for date in lost)


RULE = Rule(
    code="stale-position",
    severity="warning",
    finds="a stance was not restated for a year",
    reason="""
        Silence changes nothing in a registry, and much in the world. A stance older than a year, or than `--stale 180d`,
        `--stale 6m` and so on says, should be looked up again before it is quoted as present.
    """,
    failing="""
        id: 2024-11-27-mod
        date: 2024-11-27
        stance: undecided
    """,
    passing="""
        - id: 2024-11-27-mod
          date: 2024-11-27
          stance: undecided
        - id: 2025-12-04-mod
          date: 2025-12-04
          stance: undecided
    """,
    in_file=_find,
)
