"""JSON: one array of objects, or one object a line."""

import json
from typing import Any

from stancectl.report.report import Table
from stancectl.report.unsafe import spelled_out


def write(table: Table) -> str:
    """One array, indented."""
    return dump(list(table.rows), indent=2)


def write_lines(table: Table) -> str:
    """One object a line."""
    return "".join(dump(row) for row in table.rows)


def dump(value: Any, indent: int | None = None) -> str:
    """A plain value as JSON: readable letters, unsafe characters escaped."""
    lines = json.dumps(value, ensure_ascii=False, indent=indent).split("\n")
    return "".join(spelled_out(line) + "\n" for line in lines)
