"""A statement that rests on one source."""

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding


def _find(file: CheckedFile) -> Findings:
    for index, said in file.statements:
        sources = said["sources"]
        if sources and all(source is not None and source["url"] == sources[0]["url"] != "" for source in sources):
            yield Finding(
                ("statements", index, "sources"), "one source only", "add a second that does not copy the first", at_key=True
            )


RULE = Rule(
    code="single-source",
    severity="warning",
    finds="a statement has one source only",
    reason="""
        One page may err, change or go. A second that does not copy the first makes a statement hard to doubt; there is not
        always one, and then the warning is simply true.
    """,
    failing="""
        sources:
          - url: https://example.org/1
    """,
    passing="""
        sources:
          - url: https://example.org/1
          - url: https://example.com/2
    """,
    in_file=_find,
)
