"""`timeline --chart`: a lane a country over time, coloured by stance, with the events below."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from stancectl.analysis.positions import Position
from stancectl.model.registry import Event
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.page import Drawing, Entries, Entry, Page, Span, Text, Title, text
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
        names = max((len(position.country.name) for position in positions), default=0)
        room = min(max(names, len("events")), max(width // 3, 8)) + 2
        scale = Scale(first, until, max(width - room, 10))
        lines = [text(" " * room, Span(line, "dim")) for line in _axis(scale)]
        lines += [text(_name(position.country.name, room), *_lane(position, vocabulary, scale)) for position in positions]
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


def _name(name: str, room: int) -> str:
    return (name if len(name) < room - 1 else f"{name[: room - 3]}…").ljust(room)


def _axis(scale: Scale) -> list[str]:
    """A line of years and one of months; months stand by their initial, as many as there is room for."""
    years, months = [" "] * scale.width, [" "] * scale.width
    month = scale.first.replace(day=1)
    last_letter = -2
    while month <= scale.last:
        column = scale.column(max(month, scale.first))
        if month.month == 1 or month <= scale.first:
            for place, digit in enumerate(str(month.year)):
                if column + place < scale.width:
                    years[column + place] = digit
        if column > last_letter + 1:
            months[column] = _MONTHS[month.month - 1]
            last_letter = column
        month = (month + timedelta(days=31)).replace(day=1)
    return ["".join(years).rstrip(), "".join(months).rstrip()]


def _lane(position: Position, vocabulary: Vocabulary, scale: Scale) -> list[Span]:
    """The stance over the days: its sign where it was taken, a line while it was held."""
    cells = [Span(" ")] * scale.width
    reached, held = 0, None
    for statement in position.counted:
        column = scale.column(statement.date.earliest)
        if statement.date.earliest < scale.first:
            held = statement.stance or held
            continue
        _draw(cells, reached, column, held, vocabulary)
        turned = statement.stance is not None and statement.stance != held
        held = statement.stance or held
        mark = words.sign(vocabulary, held)
        if turned:
            cells[column] = mark
        elif cells[column].text in " ─":
            cells[column] = Span("┼", mark.style) if statement.stance else Span("┼" if held else "·", mark.style)
        reached = column + 1
    _draw(cells, reached, scale.width, held, vocabulary)
    return cells


def _draw(cells: list[Span], start: int, end: int, held: str | None, vocabulary: Vocabulary) -> None:
    if held is not None:
        for column in range(start, end):
            cells[column] = Span("─", words.sign(vocabulary, held).style)


def _letter(place: int) -> str:
    return chr(ord("a") + place) if place < 26 else "▲"


def _markers(events: Sequence[Event], scale: Scale) -> str:
    line = [" "] * scale.width
    for place, event in enumerate(events):
        line[scale.column(event.date.earliest)] = _letter(place)
    return "".join(line).rstrip()
