"""The rules explained, as Markdown: for `check --explain`, and for the page `docs/checks.md`."""

from collections.abc import Iterator
from datetime import date, timedelta
from textwrap import fill

from stancectl.checks import examples, run
from stancectl.checks.rule import Example, Rule
from stancectl.registry.problems import Problem

_HEAD = """\
# The rules of check

`stancectl check` applies these rules to a registry. An **error** makes it exit with 1; a **warning** does so with
`--warnings-as-errors`. `--select` and `--ignore` choose among the rules by their codes, which do not change;
`stancectl check --explain CODE` shows a section of this page. The errors that are marked "read" are found whenever a
registry is read: every other command refuses to answer until they are mended. The statements in the examples are made up.

| Code | | What it finds |
|---|---|---|
"""


def section(rule: Rule) -> str:
    """One rule: what it finds, why that matters, an example that fails and one that passes."""
    return "\n".join(_section(rule))


def page() -> str:
    """All rules: a table, then a section each."""
    rules = [run.rule(code) for code in run.codes()]
    table = "".join(f"| [{each.code}](#{each.code}) | {_kind(each)} | {each.finds} |\n" for each in rules)
    return _HEAD + table + "".join(f"\n{section(each).rstrip()}\n" for each in rules)


def findings(example: Example) -> tuple[Problem, ...]:
    """What all rules find in an example, on the day that examples are made for."""
    today = date.fromisoformat(examples.TODAY)
    return run.check(examples.files(example), run.codes(), today, today - timedelta(days=365))


def _kind(rule: Rule) -> str:
    return f"{rule.severity}, read" if rule.is_readers else rule.severity


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule.code}"
    yield ""
    yield f"{rule.severity.title()}: {rule.finds}."
    yield ""
    yield fill(" ".join(rule.reason.split()), 79, break_on_hyphens=False)
    yield ""
    if not rule.failing:
        return
    yield "Reported:"
    yield ""
    yield from _listing(rule.failing)
    problem = next(each for each in findings(rule.failing) if each.code == rule.code)
    yield "```text"
    yield f"{problem.severity}[{problem.code}]: {problem.message}"
    if problem.help:
        yield f"  = help: {problem.help}"
    yield "```"
    yield ""
    yield "Accepted:"
    yield ""
    yield from _listing(rule.passing)


def _listing(example: Example) -> Iterator[str]:
    yield "```yaml"
    yield from examples.shown(example)
    yield "```"
    yield ""
