"""Every source, once, with the statements that rest on it."""

from collections.abc import Iterable
from typing import NamedTuple

from stancectl.model.dates import PartialDate
from stancectl.model.statements import Source, Statement


class Citation(NamedTuple):
    """One row of `sources`: an address, what the registry knows of it, and the statements that cite it."""

    url: str
    publisher: str | None
    title: str | None
    date: PartialDate | None
    lang: str | None
    archived: str | None
    cited_by: tuple[str, ...]


def citations(statements: Iterable[Statement]) -> list[Citation]:
    """The sources of the statements in the order they first appear.

    Where one address is described more than once, each field is the first that is given.
    """
    cited = dict[str, list[tuple[Source, Statement]]]()
    for statement in statements:
        for source in statement.sources:
            cited.setdefault(source.url, []).append((source, statement))
    return [_citation(url, [source for source, _ in uses], [by.ref for _, by in uses]) for url, uses in cited.items()]


def _citation(url: str, described: list[Source], cited_by: list[str]) -> Citation:
    return Citation(
        url=url,
        publisher=next((source.publisher for source in described if source.publisher), None),
        title=next((source.title for source in described if source.title), None),
        date=next((source.date for source in described if source.date), None),
        lang=next((source.lang for source in described if source.lang), None),
        archived=next((source.archived for source in described if source.archived), None),
        cited_by=tuple(dict.fromkeys(cited_by)),
    )
