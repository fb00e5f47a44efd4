"""Sources for reference managers: BibTeX (as biblatex has `@online`) and CSL-JSON."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from stancectl.analysis.sources import Citation
from stancectl.model.dates import PartialDate
from stancectl.model.names import plain
from stancectl.report.json import dump
from stancectl.report.plain_text import visible

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL |= {mark: f"\\{mark}" for mark in "&%$#_"}


def bibtex(sources: Sequence[Citation]) -> str:
    """An `@online` entry a source. Titles stand in double braces, so that no style changes their capitals."""
    return "\n".join(_entry(id, source) for id, source in zip(ids(sources), sources, strict=True))


def csl(sources: Sequence[Citation]) -> str:
    """One array of CSL items of type `webpage` (schema: citation-style-language/schema, csl-data.json)."""
    return dump([_item(id, source) for id, source in zip(ids(sources), sources, strict=True)], indent=2)


def ids(sources: Iterable[Citation]) -> list[str]:
    """A citation key for each source: publisher, year, and a number from the second of a kind on."""
    given = dict[str, int]()
    made = []
    for source in sources:
        outlet = (source.publisher or "").split(" via ")[-1].split(",")[0]
        publisher = re.sub(r"[^a-z0-9]", "", plain(outlet))[:24] or "source"
        key = f"{publisher}{source.date.earliest.year if source.date else ''}"
        given[key] = given.get(key, 0) + 1
        made.append(key if given[key] == 1 else f"{key}-{given[key]}")
    return made


def _entry(id: str, source: Citation) -> str:
    values = {
        "title": f"{{{_tex(source.title or source.url)}}}",
        "organization": f"{{{_tex(source.publisher)}}}" if source.publisher else None,
        "date": str(source.date) if source.date else None,
        "url": visible(source.url).replace("{", "%7B").replace("}", "%7D"),
        "language": _tex(source.lang) if source.lang else None,
        "note": f"Archived: {_tex(source.archived)}" if source.archived else None,
        "keywords": ", ".join(source.cited_by),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in values.items() if value)
    return f"@online{{{id},\n{lines}}}\n"


def _tex(value: str) -> str:
    return "".join(_SPECIAL.get(mark, mark) for mark in visible(value))


def _item(id: str, source: Citation) -> dict[str, Any]:
    item: dict[str, Any] = {"id": id, "type": "webpage", "title": source.title or source.url, "URL": source.url}
    if source.publisher:
        item["container-title"] = source.publisher
    if source.date:
        item["issued"] = _issued(source.date)
    if source.lang:
        item["language"] = source.lang
    if source.archived:
        item["archive_location"] = source.archived
    return item | {"note": f"Cited by {', '.join(source.cited_by)}"}


def _issued(value: PartialDate) -> dict[str, Any]:
    """The parts that are known, and `circa` where the date is qualified."""
    parts = [int(part) for part in value.text.rstrip("?~").split("-")]
    return {"date-parts": [parts]} | ({"circa": True} if value.qualified else {})
