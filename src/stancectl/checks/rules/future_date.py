"""A statement or a source dated after today."""

from stancectl.checks.rule import CheckedFile, Findings, Path, Rule
from stancectl.model.dates import PartialDate
from stancectl.registry.problems import Finding


def _find(file: CheckedFile) -> Findings:
    today = file.setting.today
    dated: list[tuple[Path, str | None]] = [(("statements", index, "date"), said["date"]) for index, said in file.statements]
    dated += [((*path, "date"), source.get("date")) for path, source in file.sources()]
    dated += [
        (("events", index, "date"), event["date"])
        for index, event in enumerate(file.plain.get("events", ()))
        if event is not None and (event.get("meets") or event.get("unmeets"))
    ]
    for path, text in dated:
        if text and PartialDate.parse(text).earliest > today:
            yield Finding(path, f"`{text}` is still to come: today is {today}", "check the year and the month")


RULE = Rule(
    code="future-date",
    finds="a statement, a source, or an event that meets something is dated after today",
    reason="""
        A registry holds what was said. A date to come is nearly always a slip of the year, and it hides the statement from
        every answer until that day. Where the machine's clock is wrong, `--today DATE` sets the day.
    """,
    failing="""
        id: 2026-11-27-mod
        date: 2026-11-27
    """,
    passing="""
        id: 2025-11-27-mod
        date: 2025-11-27
    """,
    in_file=_find,
)
