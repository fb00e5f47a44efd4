"""Problems as annotations of GitHub Actions, which it shows beside the lines of a pull request.

Source: GitHub Docs, "Workflow commands for GitHub Actions".
"""

from collections.abc import Iterable

from stancectl.registry.problems import Problem
from stancectl.report.plain_text import visible


def write(problems: Iterable[Problem]) -> str:
    """One workflow command a problem."""
    return "".join(map(_command, problems))


def _command(problem: Problem) -> str:
    properties = {
        "file": problem.path,
        "line": problem.line,
        "col": problem.column,
        "endColumn": problem.column + problem.width,
        "title": problem.code,
    }
    named = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    text = visible(problem.message) + (f"\n{visible(problem.help)}" if problem.help else "")
    return f"::{problem.severity} {named}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
