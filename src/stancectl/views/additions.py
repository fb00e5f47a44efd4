"""`add`: which statements were added, and what they move."""

from collections.abc import Iterable, Sequence

from stancectl.analysis.changes import Change
from stancectl.model.registry import Country
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.page import Line, Page, Span, Title, text
from stancectl.views import changes as moves

Added = Sequence[tuple[str, str]]
"""The references of statements, and where each stands."""


def page(added: Added, changes: Sequence[Change], vocabulary: Vocabulary, countries: Iterable[Country]) -> Page:
    """A title for each statement, then the changes in its country's position."""
    titles = (Title(text(Span(ref, "bold")), text(Span(place, "dim"))) for ref, place in added)
    nothing = Line(text(Span("The position stays as it is.", "dim")))
    return Page((*titles, moves.grid(changes, vocabulary, countries) if changes else nothing))
