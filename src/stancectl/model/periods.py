"""Dates as people type them at a prompt: a period with a first and a last day, both included."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from stancectl.model.dates import InvalidDate, PartialDate, last_of_month
from stancectl.model.errors import shorten

FORMS = "2025, 2025-Q1, 2025-03, 2025-03-27, today, yesterday, 30d, 6w, 3m or 1y (ago)"

_QUARTER = "([0-9]{4})-q([1-4])"
_AGO = "([0-9]{1,5})([dwmy])"


class Period(NamedTuple):
    """From its first day to its last, both included."""

    first: date
    last: date


def parse_period(text: str, today: date) -> Period:
    """Read what a user typed, in any case; raise InvalidDate where it is no date.

    Grammar, with `today` as the day that relative forms count from:

    - `YYYY`, `YYYY-MM`, `YYYY-MM-DD`: a year, a month, a day;
    - `YYYY-Qn`: a quarter, n from 1 to 4;
    - `today`, `yesterday`;
    - `30d`, `6w`, `3m`, `1y`: the day that many days, weeks, months or years ago; where the month is too short for the
      day, its last day.
    """
    typed = text.strip().casefold()
    try:
        return _read(typed, today)
    except InvalidDate:
        raise InvalidDate(f"`{shorten(text)}` is no date to ask for", f"write {FORMS}") from None
    except (ValueError, OverflowError):
        raise InvalidDate(f"`{shorten(text)}` lies before the year 1", f"write {FORMS}") from None


def _read(typed: str, today: date) -> Period:
    """Read lower-case text; raise InvalidDate, or ValueError or OverflowError where the calendar does not reach so far."""
    if typed == "today":
        return _day(today)
    if typed == "yesterday":
        return _day(today - timedelta(days=1))
    if quarter := re.fullmatch(_QUARTER, typed):
        month = int(quarter[2]) * 3
        first = PartialDate.parse(f"{quarter[1]}-{month - 2:02}").earliest
        return Period(first, last_of_month(first.replace(month=month)))
    if ago := re.fullmatch(_AGO, typed):
        return _day(_back(today, int(ago[1]), ago[2]))
    named = PartialDate.parse(typed)
    if named.qualified:
        raise InvalidDate("a period is not in doubt")
    return Period(named.earliest, named.latest)


def _day(day: date) -> Period:
    return Period(day, day)


def _back(today: date, count: int, unit: str) -> date:
    if unit in "dw":
        return today - timedelta(days=count * (7 if unit == "w" else 1))
    year, month = divmod(today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1), 12)
    first = date(year, month + 1, 1)
    return min(first.replace(day=1) + timedelta(days=today.day - 1), last_of_month(first))
