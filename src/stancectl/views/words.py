"""Words that several pages share: signs and colours of stances, labels, dates and counts."""

from collections.abc import Iterable, Sequence
from datetime import date

from stancectl.analysis.positions import Part
from stancectl.model.dates import PartialDate
from stancectl.model.registry import Country
from stancectl.model.statements import Source
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.page import Block, Footnote, Footnotes, Heading, Piece, Span, Text, join, text

NO_STANCE = Span("no stance", "dim")

_TAKES_PART = (("●", "green"), ("◐", "teal"), ("◔", "gold"))
_NEITHER = (("◇", "blue"), ("○", "grey"))
_REFUSES = (("✕", "orange"), ("■", "red"))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def sign(vocabulary: Vocabulary, stance: str | None) -> Span:
    """The stance's sign in its colour: full to quarter circles take part, crosses and squares refuse."""
    if stance is None:
        return Span("·", "dim")
    meant = vocabulary.stances.get(stance)
    if meant is None:
        return Span("?", "dim")
    alike = [
        id for id, other in vocabulary.stances.items() if (other.takes_part, other.refuses) == (meant.takes_part, meant.refuses)
    ]
    palette = _TAKES_PART if meant.takes_part else _REFUSES if meant.refuses else _NEITHER
    place = alike.index(stance) * (len(palette) - 1) // max(len(alike) - 1, 1)
    return Span(*palette[place])


def stance(vocabulary: Vocabulary, id: str | None) -> Text:
    """The stance's sign and name in its colour."""
    if id is None:
        return text(NO_STANCE)
    mark = sign(vocabulary, id)
    return text(Span(f"{mark.text} {id}", mark.style))


def turn(vocabulary: Vocabulary, before: str | None, after: str | None) -> Text:
    """From one stance to another."""
    return text(stance(vocabulary, before), " → ", stance(vocabulary, after)) if before else stance(vocabulary, after)


def precondition_labels(vocabulary: Vocabulary, ids: Iterable[str]) -> tuple[str, ...]:
    """What the preconditions are called; one that only another revision knows, by its id."""
    labels = vocabulary.labels("precondition")
    return tuple(labels.get(id, id) for id in ids)


def contribution_labels(vocabulary: Vocabulary, ids: Iterable[str]) -> tuple[str, ...]:
    """What the contributions are called; one that only another revision knows, by its id."""
    labels = vocabulary.labels("contribution")
    return tuple(labels.get(id, id) for id in ids)


def label(vocabulary: Vocabulary, part: Part) -> str:
    """What a part's item is called."""
    if part.kind == "precondition":
        return vocabulary.preconditions[part.item].label
    return part.item if part.kind == "stance" else vocabulary.contributions[part.item].label


def day(value: date) -> str:
    """A day as people write it: `21 Nov 2026`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def when(value: PartialDate) -> str:
    """A partial date as people write it, with what is not known left out: `Nov 2025`, `about 27 Nov 2025`, `2025?`."""
    size = len(value.text.rstrip("?~"))
    words = day(value.earliest) if size == 10 else day(value.earliest).split(" ", 1)[1] if size == 7 else str(value.earliest.year)
    if not value.qualified:
        return words
    return f"about {words}" if value.text.endswith("~") else f"{words}?"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number and what it counts: `1 country`, `44 countries`."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def names(countries: Sequence[Country]) -> str:
    """The names of countries, in order."""
    return ", ".join(country.name for country in countries)


class Numbers:
    """Numbers for the sources of a page, in the order they are first referred to."""

    def __init__(self) -> None:
        self._numbered: dict[str, tuple[int, Source]] = {}

    def refer(self, sources: Iterable[Source]) -> Text:
        """A numbered link to each of the sources."""
        spans = []
        for source in sources:
            number, _ = self._numbered.setdefault(source.url, (len(self._numbered) + 1, source))
            spans.append(Span(f"[{number}]", "blue", source.url, number))
        return text(*spans)

    def notes(self) -> list[Block]:
        """All sources under their numbers; nothing for none."""
        notes = [Footnote(number, _cite(source)) for number, source in self._numbered.values()]
        return [Heading("Sources"), Footnotes(notes)] if notes else []


def _cite(source: Source) -> Text:
    """A source as a footnote: publisher, title, date, address."""
    title = Span(f"“{source.title}”") if source.title else Span("")
    archived = text("archived ", Span(source.archived, "blue", source.archived)) if source.archived else ()
    facts: list[Piece] = [source.publisher or "", title, str(source.date or ""), Span(source.url, "blue", source.url), archived]
    return join(", ", facts)
