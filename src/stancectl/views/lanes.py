"""`timeline --chart`: a lane a country over time, coloured by stance, with the events below."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from stancectl.analysis.positions import Position
from stancectl.model.registry import Event
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.page import Drawing, Entries, Entry, Page, Span, Text, Title, text
from stancectl.report.plain_text import cells, fitted, visible
from stancectl.views import words

_MONTHS = "JFMAMJJASOND"


class Scale(NamedTuple):
    """Days onto columns: `first` is in column 0, `last` in column `width - 1`."""

    first: date
    last: date
    width: int

    def column(self, day: date) -> int:
        """The column of a day; one outside lies at the edge."""
        days = max((self.last - self.first).days, 1)
        return min(max((day - self.first).days * (self.width - 1) // days, 0), self.width - 1)


def page(positions: Sequence[Position], events: Sequence[Event], vocabulary: Vocabulary, since: date | None, until: date) -> Page:
    """Title, the lanes from `since` (None: the first statement) to `until`, and what each event and sign stands for."""
    days = [statement.date.earliest for position in positions for statement in position.statements]
    first = since or min(days, default=until)
    shown = [event for event in events if first <= event.date.earliest <= until]
    title = Title(text(Span(vocabulary.topic, "bold")), text(Span(f"{words.day(first)} to {words.day(until)}", "dim")))

    def draw(width: int) -> list[Text]:
        names = max((cells(visible(position.country.name)) for position in positions), default=0)
        room = min(max(names, len("events")), max(width // 3, 8)) + 2
        scale = Scale(first, until, max(width - room, 10))
        lines = [text(" " * room, Span(line, "dim")) for line in _axis(scale)]
        lines += [
            text(f"{fitted(position.country.name, room - 2)}  ", *_lane(position, vocabulary, scale)) for position in positions
        ]
        return [*lines, text("events".ljust(room), Span(_markers(shown, scale), "violet"))] if shown else lines

    signs = [words.stance(vocabulary, stance) for stance in vocabulary.stances]
    signs += [text(Span(sign, "dim")) for sign in ("─ held", "┼ said again", "· said before any stance")]
    listed = Entries([Entry(text(f"{_letter(place)} {event.date}"), (text(event.title),)) for place, event in enumerate(shown)])
    return Page((title, Drawing(draw), Drawing(lambda width: _packed(signs, width)), *((listed,) if shown else ())))


def _packed(signs: Sequence[Text], width: int) -> list[Text]:
    """The signs in as few lines as hold them, none broken."""
    lines = [signs[0]]
    for sign in signs[1:]:
        longer = text(lines[-1], "  ", sign)
        if sum(len(span.text) for span in longer) <= width:
            lines[-1] = longer
        else:
            lines.append(sign)
    return lines


def _axis(scale: Scale) -> list[str]:
    """A line of years and, where there is room for them, one of the months' initials."""
    years, months = [" "] * scale.width, [" "] * scale.width
    free_year = free_month = 0
    span = range(scale.first.year * 12 + scale.first.month - 1, scale.last.year * 12 + scale.last.month)
    for number in span:
        day = date(number // 12, number % 12 + 1, 1)
        column = scale.column(max(day, scale.first))
        if (day.month == 1 or day <= scale.first) and free_year <= column <= scale.width - 4:
            years[column : column + 4] = str(day.year).rjust(4)
            free_year = column + 5
        if column >= free_month:
            months[column] = _MONTHS[day.month - 1]
            free_month = column + 2
    lines = ["".join(years).rstrip(), "".join(months).rstrip()]
    return lines if len(span) <= scale.width else lines[:1]


def _lane(position: Position, vocabulary: Vocabulary, scale: Scale) -> list[Span]:
    """The stance over the days: its sign where it was taken, or at the left edge, and a line while it was held."""
    earlier = [each.stance for each in position.counted if each.stance and each.date.earliest < scale.first]
    held = earlier[-1] if earlier else None
    lane = [words.sign(vocabulary, held) if held else Span(" "), *[Span(" ")] * (scale.width - 1)]
    reached = 1 if held else 0
    for statement in position.counted:
        if statement.date.earliest >= scale.first:
            column = scale.column(statement.date.earliest)
            _draw(lane, reached, column, held, vocabulary)
            turned = statement.stance not in (None, held)
            held = statement.stance or held
            if turned:
                lane[column] = words.sign(vocabulary, held)
            elif lane[column].text in " ─":
                lane[column] = Span("┼" if held else "·", words.sign(vocabulary, held).style)
            reached = column + 1
    _draw(lane, reached, scale.width, held, vocabulary)
    return lane


def _draw(lane: list[Span], start: int, end: int, held: str | None, vocabulary: Vocabulary) -> None:
    if held is not None:
        for column in range(start, end):
            lane[column] = Span("─", words.sign(vocabulary, held).style)


def _letter(place: int) -> str:
    return chr(ord("a") + place) if place < 26 else "▲"


def _markers(events: Sequence[Event], scale: Scale) -> str:
    line = [" "] * scale.width
    for place, event in enumerate(events):
        line[scale.column(event.date.earliest)] = _letter(place)
    return "".join(line).rstrip()
