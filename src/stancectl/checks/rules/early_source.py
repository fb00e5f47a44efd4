"""A source older than the statement it is given for."""

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.model.dates import PartialDate
from stancectl.registry.problems import Finding


def _find(file: CheckedFile) -> Findings:
    dates = {index: PartialDate.parse(said["date"]) for index, said in file.statements if said["date"]}
    for path, source in file.sources():
        said = dates.get(int(path[1])) if path[0] == "statements" else None
        if said is not None and "date" in source and PartialDate.parse(source["date"]).latest < said.earliest:
            message = f"published on `{source['date']}`, before the statement of `{said}`"
            yield Finding((*path, "date"), message, "check both dates; say in `note` why an older page is cited")


RULE = Rule(
    code="early-source",
    severity="warning",
    finds="a source is dated before the statement",
    reason="""
        Nobody can report what has not been said yet: one of the dates is wrong, or the source is cited for something else. Of
        partial dates the latest day of the source counts, and the earliest of the statement.
    """,
    failing="""
        date: 2025-11-27
        sources:
          - {url: https://example.org/1, date: 2025-11-26}
          - {url: https://example.org/2, date: 2025-11-28}
    """,
    passing="""
        date: 2025-11-27
        sources:
          - {url: https://example.org/1, date: 2025-11-27}
          - {url: https://example.org/2, date: 2025-11-28}
    """,
    in_file=_find,
)
