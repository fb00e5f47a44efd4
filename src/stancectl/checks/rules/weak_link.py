"""A position that hangs on one statement and its one source."""

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding


def _find(file: CheckedFile) -> Findings:
    alone = dict[int, list[str]]()
    for part in file.today.parts:
        written = file.plain["statements"][file.index(part.by)]["sources"]
        if len(part.run) == 1 and None not in written and len({source.url for source in part.by.sources}) == 1:
            alone.setdefault(file.index(part.by), []).append(f"`{part.item}`")
    for index, items in alone.items():
        message = f"nothing but this statement and its one source holds {', '.join(items)}"
        yield Finding(("statements", index), message, "find a second source, or a statement that says it again")


RULE = Rule(
    code="weak-link",
    severity="warning",
    finds="a part of a position was said once, with one source",
    reason="""
        Stances, preconditions and offers that nobody repeated and one page reports are the first to be doubted. Look for a
        second source or a later statement before you build on them.
    """,
    failing="""
        requires: [mandate]
        sources:
          - url: https://example.org/1
    """,
    passing="""
        requires: [mandate]
        sources:
          - url: https://example.org/1
          - url: https://example.com/2
    """,
    in_file=_find,
)
