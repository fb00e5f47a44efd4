"""Comma-separated values for spreadsheets (RFC 4180), with cells that one would run defused."""

import csv
import io

from stancectl.report.plain_text import cell
from stancectl.report.report import Table

_STARTS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write(table: Table, header: bool) -> str:
    """The table's rows, under its field names if `header`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if header:
        writer.writerow(table.fields)
    writer.writerows([_defused(cell(row[name])) for name in table.fields] for row in table.rows)
    return out.getvalue()


def _defused(value: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula. Source: OWASP, CSV Injection."""
    return f"'{value}" if value.lstrip().startswith(_STARTS_FORMULA) else value
