"""`search`: each text that holds the words, with the words marked."""

import re
from collections.abc import Mapping, Sequence

from stancectl.analysis.search import Match
from stancectl.model.names import plain
from stancectl.model.registry import Country
from stancectl.report.page import Entries, Entry, Page, Span, Text, Title, text
from stancectl.views import words


def page(matches: Sequence[Match], wanted: str, countries: Mapping[str, Country]) -> Page:
    """Title, then each match beside its date."""
    statements = len({match.ref for match in matches})
    title = Title(text(Span(f"“{wanted}”", "bold")), text(Span(f"in {words.count(statements, 'statement')}", "dim")))
    return Page((title, Entries([_entry(match, wanted, countries) for match in matches])))


def _entry(match: Match, wanted: str, countries: Mapping[str, Country]) -> Entry:
    who = text(Span(countries[match.country].name, "bold"), f" · {match.speaker}", Span(f" · {match.field} · {match.ref}", "dim"))
    return Entry(text(Span(str(match.date), "dim")), (who, _marked(match.match, wanted)))


def _marked(there: str, wanted: str) -> Text:
    """The text with the words found in bold; without accents and case where that does not change its length."""
    flat = plain(there)
    if len(flat) != len(there):
        return text(there)
    spans, done = [], 0
    for found in re.finditer("|".join(map(re.escape, plain(wanted).split())), flat):
        spans += [Span(there[done : found.start()]), Span(there[found.start() : found.end()], "bold")]
        done = found.end()
    return text(*spans, there[done:])
