"""A list that names a thing twice."""

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.model.errors import shorten
from stancectl.registry.problems import Finding

_LISTS = ("requires", "drops", "offers", "withdraws", "rules_out", "reopens", "responds_to", "sources")


def _find(file: CheckedFile) -> Findings:
    for index, said in file.statements:
        for key in _LISTS:
            if len(said.get(key, ())) < 2:
                continue
            seen = set[str]()
            for path, entry in file.entries(index, key):
                name = entry if isinstance(entry, str) else entry.get("condition") or entry.get("kind") or entry.get("url", "")
                if name and name in seen:
                    yield Finding(path, f"`{shorten(name)}` stands in `{key}` twice", "make one entry of the two")
                seen.add(name)


RULE = Rule(
    code="repeated-entry",
    severity="warning",
    finds="a list of a statement names the same thing twice",
    reason="""
        Of two entries for one precondition or one offer the later wins, and the note and the numbers of the first are lost.
        An address that stands twice looks like two sources.
    """,
    failing="""
        offers:
          - {kind: troops, personnel: 1000}
          - {kind: troops, note: in rear areas}
    """,
    passing="""
        offers:
          - {kind: troops, personnel: 1000, note: in rear areas}
    """,
    in_file=_find,
)
