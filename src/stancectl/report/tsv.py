"""Tab-separated values: whole, one row a line, for `cut`, `awk` and `sort`."""

from stancectl.report.plain_text import cell
from stancectl.report.report import Table


def write(table: Table, header: bool) -> str:
    """The table's rows, under its field names if `header`."""
    lines = ["\t".join(table.fields)] if header else []
    lines += ["\t".join(cell(row[name]) for name in table.fields) for row in table.rows]
    return "".join(f"{line}\n" for line in lines)
