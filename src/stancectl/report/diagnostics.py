"""Problems as people read them: `file:line:column: severity[code]: message`, the line with a caret, and what to do."""

import re
from collections.abc import Iterable, Iterator

from stancectl.registry.problems import Problem
from stancectl.report.plain_text import cells, visible
from stancectl.report.report import Table
from stancectl.report.unsafe import escape

FIELDS = ("file", "line", "column", "end_column", "severity", "code", "message", "help")
_WINDOW = 100
_UNSEEN = re.compile("[\xad\u034f\u115f\u1160\u180e\u200b\u2060-\u2064\u3164\uffa0\ufff9-\ufffb]")
_COLOURS = {"error": "38;5;160", "warning": "38;5;136"}  # as `report.terminal` has them


def write(problems: Iterable[Problem], *, colour: bool = False) -> str:
    """The problems, each with its line."""
    return "".join(f"{line}\n" for problem in problems for line in _lines(problem, colour))


def table(problems: Iterable[Problem]) -> Table:
    """The problems as rows under the names that the JSON contract gives them."""
    rows = [
        {
            "file": problem.path,
            "line": problem.line,
            "column": problem.column,
            "end_column": problem.column + problem.width,
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "help": problem.help,
        }
        for problem in problems
    ]
    return Table(FIELDS, rows)


def counted(number: int, what: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _spelt(text: str) -> str:
    """The text with what cannot be seen spelled out, harmless or not."""
    return _UNSEEN.sub(lambda match: escape(match[0]), visible(text))


def _lines(problem: Problem, colour: bool) -> Iterator[str]:
    def styled(text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if colour else text

    place = visible(f"{problem.path}:{problem.line}:{problem.column}:")
    label = styled(f"{problem.severity}[{problem.code}]", f"1;{_COLOURS[problem.severity]}")
    yield f"{styled(place, '1')} {label}: {visible(problem.message)}"
    margin = " " * len(str(problem.line))
    if problem.excerpt is not None:
        start = max(problem.column - 1 - _WINDOW // 2, 0) if len(problem.excerpt) > _WINDOW else 0
        before = _spelt(problem.excerpt[start : problem.column - 1])
        meant = _spelt(problem.excerpt[problem.column - 1 :][: min(problem.width, _WINDOW)])
        rest = _spelt(problem.excerpt[problem.column - 1 + problem.width :][: max(_WINDOW - len(before) - len(meant), 0)])
        yield styled(f"{margin} |", "2")
        yield f"{styled(f'{problem.line} |', '2')} {before}{meant}{rest}".rstrip()
        caret = styled("^" * max(cells(meant), 1), _COLOURS[problem.severity])
        yield f"{styled(f'{margin} |', '2')} {' ' * cells(before)}{caret}"
    if problem.help:
        yield f"{styled(f'{margin} = help:', '2')} {visible(problem.help)}"
