"""A report to where it was asked for: format, fields, colour, file."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stancectl.cli.options import Asking, Usage
from stancectl.cli.streams import emit, note
from stancectl.model.errors import UnknownName
from stancectl.report.report import Report, Table

if TYPE_CHECKING:
    from stancectl.report.page import Page

NESTED = ("json", "jsonl", "yaml")
FLAT = ("tsv", "csv")
PAGES = ("table", "plain", "markdown", "html", "svg")
FORMATS = ("table", "plain", "tsv", "csv", "json", "jsonl", "yaml", "markdown", "html", "svg")
REFERENCES = ("bibtex", "csl")
"""Formats of `sources` alone."""
GRAPHS = ("dot", "mermaid")
"""Formats of `preconditions --graph` alone."""

ENDINGS = {
    ".txt": "plain",
    ".tsv": "tsv",
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".svg": "svg",
    ".bib": "bibtex",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
}
SVG_WIDTH = 110
PLAIN_WIDTH = 80

Writer = Callable[[], str]


def answer(asking: Asking, report: Report, empty: str, more: Mapping[str, Writer] | None = None) -> None:
    """Write the report as the options ask.

    `empty` is the note for a person where there is nothing to tell: then stdout stays empty, but for the empty list of JSON
    and YAML. `more` are further formats of this one command, or its own way to write one of a page.
    """
    own, default = more or {}, "table" if is_terminal() else "tsv"
    format = chosen_format(
        asking.format, asking.output, tuple(dict.fromkeys((*FORMATS, *own))), ENDINGS, default, json=asking.json
    )
    colour = in_colour(asking.color, asking.output)
    picks = asking.fields is not None and format in FORMATS
    if format in own and not picks:
        is_empty, write = report.size == 0, own[format]
    elif format in PAGES and not picks:
        is_empty, write = report.size == 0, lambda: _page(report.page(), format, colour)
    else:
        table = _only((report.nested if format in NESTED else report.flat)(), asking.fields)
        is_empty, write = not table.rows, lambda: _written(table, format, asking.header, colour)
    if is_empty:
        note(f"stancectl: {empty}")
    is_silent = is_empty and format not in ("json", "yaml", "csl") and (asking.output is None or format in PAGES)
    deliver("" if is_silent else write(), asking.output)


def is_page(asking: Asking) -> bool:
    """Whether the options ask for what a person reads, not for rows."""
    default = "table" if is_terminal() else "tsv"
    format = chosen_format(asking.format, asking.output, FORMATS, ENDINGS, default, json=asking.json)
    return format in PAGES and asking.fields is None


def deliver(text: str, output: Path | None) -> None:
    """Write an answer to a file, or to stdout for none or `-`."""
    if output is None or str(output) == "-":
        emit(text)
    else:
        from stancectl.cli.save import save

        save(output, text)


def chosen_format(
    typed: str | None, output: Path | None, known: Sequence[str], endings: Mapping[str, str], default: str, *, json: bool
) -> str:
    """The format asked for, one of those `known`: by --format or --json, else by the file's ending, else the default."""
    if json and typed not in (None, "json"):
        raise Usage(f"--json and --format {typed} ask for two formats", "drop one of them")
    if typed is not None and typed not in known:
        raise UnknownName("format", typed, known)
    if typed is not None or json:
        return typed or "json"
    if output is None or str(output) == "-":
        return default
    ending = output.suffix.casefold()
    if endings.get(ending) not in known:
        raise UnknownName("file ending", ending or output.name, [each for each, format in endings.items() if format in known])
    return endings[ending]


def is_terminal() -> bool:
    """Whether a person reads stdout directly."""
    return sys.stdout is not None and sys.stdout.isatty()


def in_colour(color: str, output: Path | None) -> bool:
    """--color over NO_COLOR over FORCE_COLOR over what the terminal can do."""
    if color not in ("auto", "always", "never"):
        raise UnknownName("colour setting", color, ("auto", "always", "never"))
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return output is None and is_terminal() and os.environ.get("TERM") != "dumb"


def _written(table: Table, format: str, header: bool | None, colour: bool) -> str:
    if format in NESTED:
        return _nested(table, format)
    return _flat(table, format, header) if format in FLAT else _page(table.page(), format, colour)


def _only(table: Table, fields: str | None) -> Table:
    """The table with the fields that are wanted."""
    return table if fields is None else table.only(list(dict.fromkeys(name.strip() for name in fields.split(","))))


def _nested(table: Table, format: str) -> str:
    if format == "yaml":
        from stancectl.report import yaml

        return yaml.write(table)
    from stancectl.report import json

    return json.write(table) if format == "json" else json.write_lines(table)


def _flat(table: Table, format: str, header: bool | None) -> str:
    if format == "csv":
        from stancectl.report import csv

        return csv.write(table, header is not False)
    from stancectl.report import tsv

    return tsv.write(table, header is True)


def _page(page: "Page", format: str, colour: bool) -> str:
    if format == "markdown":
        from stancectl.report import markdown

        return markdown.write(page)
    if format == "html":
        from stancectl.report import html

        return html.write(page)
    from stancectl.report import terminal

    if format == "svg":
        return terminal.write_svg(page, SVG_WIDTH)
    return terminal.write(page, shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns, colour=colour and format == "table")
