"""An id that names another day than the statement's."""

import re

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding

_DAY = "(0[1-9]|[12][0-9]|3[01])"
_DATED = re.compile(f"(19|20)[0-9]{{2}}(-(0[1-9]|1[0-2])(-{_DAY})?)?(?=-|$)")  # at the beginning
_DATED_BELOW = re.compile(f"(?<![0-9])(19|20)[0-9]{{2}}-(0[1-9]|1[0-2])-{_DAY}(?![0-9])")


def _find(file: CheckedFile) -> Findings:
    for index, said in file.statements:
        named, date = _DATED.match(said["id"]) or _DATED_BELOW.search(said["id"]), said["date"].rstrip("?~")
        if named is not None and date and not (named[0].startswith(date) or date.startswith(named[0])):
            message = f"the id says `{named[0]}`, and the date is `{said['date']}`"
            yield Finding(
                ("statements", index, "id"), message, "correct whichever is wrong; an id others refer to may stay as it is"
            )


RULE = Rule(
    code="mismatched-id",
    severity="warning",
    finds="the date in an id is not the statement's",
    reason="""
        References are read by people: `turkey/2025-11-27-mod` promises that day. Either the id or the date was copied from
        another entry. A coarser date is no contradiction.
    """,
    failing="""
        id: 2025-11-20-mod
        date: 2025-11-27
    """,
    passing="""
        id: 2025-11-27-mod
        date: 2025-11-27
    """,
    in_file=_find,
)
