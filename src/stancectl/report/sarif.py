"""Problems as SARIF 2.1.0, the format in which code scanners exchange results (OASIS standard, 27 March 2020)."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from stancectl.registry.problems import Problem
from stancectl.report.json import dump
from stancectl.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(problems: Iterable[Problem], rules: Mapping[str, tuple[str, str]]) -> str:
    """One run of this tool. `rules` tells for each code what it finds, and why that matters."""
    told = list(problems)
    codes = sorted({problem.code for problem in told})
    driver = {
        "name": "stancectl",
        "version": __version__,
        "rules": [
            {"id": code, "shortDescription": {"text": rules[code][0]}, "fullDescription": {"text": rules[code][1]}}
            for code in codes
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code)) for problem in told],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _result(problem: Problem, index: int) -> dict[str, Any]:
    region = {
        "startLine": problem.line,
        "startColumn": problem.column,
        "endColumn": problem.column + problem.width,
    }
    place = {"artifactLocation": {"uri": _uri(problem.path)}, "region": region}
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": f"{problem.message}; {problem.help}" if problem.help else problem.message},
        "locations": [{"physicalLocation": place}],
    }


def _uri(path: str) -> str:
    shown = Path(path)
    return shown.as_uri() if shown.is_absolute() else quote(shown.as_posix())
