"""What every command answers with: rows under named fields, and the page a person sees."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from stancectl.model.dates import PartialDate
from stancectl.model.errors import UnknownName
from stancectl.report.plain_text import cell

if TYPE_CHECKING:
    from stancectl.report.page import Page

Row = Mapping[str, Any]

_PLAIN = {str, int, bool, type(None)}


class Table(NamedTuple):
    """Rows of plain values (text, numbers, true and false, None, lists and mappings of those) under named fields."""

    fields: tuple[str, ...]
    rows: Sequence[Row]

    def only(self, wanted: Sequence[str]) -> "Table":
        """The same rows with the `wanted` fields alone, in that order; raise UnknownName for one that is not here."""
        for name in wanted:
            if name not in self.fields:
                raise UnknownName("field", name, self.fields)
        return Table(tuple(wanted), [{name: row[name] for name in wanted} for row in self.rows])

    def page(self) -> "Page":
        """The rows as a page with one grid."""
        from stancectl.report.page import Column, Grid, Page, text

        columns = [Column(name.replace("_", " "), least=6, wraps=True) for name in self.fields]
        rows = [tuple(text(cell(row[name])) for name in self.fields) for row in self.rows]
        return Page((Grid(tuple(columns), rows),))


class Report(NamedTuple):
    """An answer: `nested` for formats that nest (json, jsonl, yaml), `flat` for those that don't, `page` for people.

    Each is called only for what was asked for; `size` is how many things a person would see.
    """

    nested: Callable[[], Table]
    flat: Callable[[], Table]
    page: "Callable[[], Page]"
    size: int


def report(kind: type, results: Iterable[Any], page: "Callable[[], Page] | None" = None) -> Report:
    """A report of results that are named tuples of one `kind`: its fields are the columns."""
    table = table_of(kind, results)
    return same(table, page or table.page)


def joined(kinds: Sequence[type], rows: Sequence[Sequence[Any]], page: "Callable[[], Page]") -> Report:
    """A report whose rows are several results each, one of every kind: their fields stand side by side."""
    made = [{name: value for result in row for name, value in record(result).items()} for row in rows]
    return same(Table(field_names(*kinds), made), page)


def same(table: Table, page: "Callable[[], Page]") -> Report:
    """A report of one table for all formats."""
    return Report(lambda: table, lambda: table, page, len(table.rows))


def field_names(*kinds: type) -> tuple[str, ...]:
    """The fields of named tuples and dataclasses, in order and each once."""
    return tuple(dict.fromkeys(name for kind in kinds for name in kind.__annotations__))


def table_of(kind: type, results: Iterable[Any]) -> Table:
    """The results, named tuples of one `kind`, as rows."""
    return Table(field_names(kind), [record(result) for result in results])


def record(result: Any) -> dict[str, Any]:
    """A named tuple or a dataclass as plain values: dates as they are written, tuples as lists."""
    return {name: _plain(getattr(result, name)) for name in field_names(type(result))}


def _plain(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, PartialDate | date):
        return str(value)
    if hasattr(value, "_fields"):
        return record(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value
