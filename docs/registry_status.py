"""Write the page `docs/registry-status.md`: how complete the shipped registry is, and what `check` still warns of.

    python docs/registry_status.py [DATE]

DATE is the day for which it is true; without it, today.
"""

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from stancectl.analysis.positions import Position
from stancectl.analysis.stats import figures
from stancectl.checks import run
from stancectl.registry import files
from stancectl.registry.load import load
from stancectl.registry.problems import Problem

POSITIONS = Path(__file__).parents[1] / "positions"
PAGE = Path(__file__).with_name("registry-status.md")


def page(today: date) -> str:
    """The page as Markdown, as of a day."""
    return "\n".join([*_page(today), ""])


def _page(today: date) -> Iterator[str]:
    registry = load(POSITIONS, cache=False)
    positions = [Position(country, registry.vocabulary, today) for country in registry.countries.values()]
    counts = {row.item: row.value for row in figures(positions, registry.vocabulary, today) if row.measure == "total"}
    found = {name: files.read(POSITIONS, name) for name in files.stamps(POSITIONS)}
    problems = run.check(found.values(), run.codes(), today, today - timedelta(days=365))
    by_code = {code: list(own) for code, own in groupby(sorted(problems, key=lambda each: each.code), lambda each: each.code)}
    counts["statements with one source"] = len(by_code.get("single-source", ()))
    counts["stances not restated for a year"] = len(by_code.get("stale-position", ()))
    errors = sum(problem.severity == "error" for problem in problems)
    yield "# The state of the shipped registry"
    yield ""
    yield f"As of {today}. This page is written by `python docs/registry_status.py`."
    yield ""
    yield "| | |"
    yield "|---|---:|"
    yield from (f"| {what} | {number} |" for what, number in counts.items())
    yield ""
    yield "## What check finds"
    yield ""
    yield f"{errors} errors and {len(problems) - errors} warnings, listed here by [rule](checks.md). What facts at hand could"
    yield "mend was mended; each of these needs a page or a statement that has not been found yet."
    for code, own in by_code.items():
        yield ""
        yield f"### {code}: {len(own)}"
        yield ""
        rule = run.rule(code)
        yield f"{rule.finds[0].upper()}{rule.finds[1:]}."
        yield ""
        for slug, listed in groupby(own, lambda each: Path(each.path).stem):
            entries = [_entry(problem) for problem in listed]
            yield f"- **{slug}**: {'; '.join(entries)}"


def _entry(problem: Problem) -> str:
    """The statement a problem is with, and what is said of it where that is more than its rule says."""
    lines = (POSITIONS / Path(problem.path).name).read_text(encoding="utf-8").split("\n")[: problem.line]
    id = next(found[1] for line in reversed(lines) if (found := re.match("  - id: (.*)", line)))
    return id if problem.code == "single-source" else f"{id}: {problem.message}"


if __name__ == "__main__":
    PAGE.write_text(page(date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else date.today()), encoding="utf-8")
