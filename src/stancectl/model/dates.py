"""Dates as sources give them: a day, a month or a year, certain or not."""

import contextlib
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from stancectl.model.errors import StanceError, shorten

EDTF = "([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~]?)"
"""What a date looks like, whole; whether it is in the calendar is another matter."""


class InvalidDate(StanceError):
    """A text that is no date of the kind asked for."""

    code = "invalid-date"


class PartialDate(NamedTuple):
    """A date of EDTF level 1: `2025`, `2025-03` or `2025-03-27`, then `?` (uncertain) or `~` (approximate).

    `earliest` and `latest` are the first and the last day it can mean; `qualified` says whether `?` or `~` stands behind
    it.

    Source: Extended Date/Time Format, ISO 8601-2:2019, annex A (a subset).
    """

    text: str
    earliest: date
    latest: date
    qualified: bool

    @classmethod
    @lru_cache(maxsize=4096)  # a registry names the same days again and again
    def parse(cls, text: str) -> "PartialDate":
        """Read a date; raise InvalidDate where `text` is none."""
        if len(text) == 10 and text[4] == text[7] == "-":  # a day, as most are
            with contextlib.suppress(ValueError):
                known = date.fromisoformat(text)
                return cls(text, known, known, qualified=False)
        match = re.fullmatch(EDTF, text)
        if match is None:
            raise InvalidDate(
                f"`{shorten(text)}` is no date", "write 2025, 2025-03 or 2025-03-27, then ? or ~ if it is not certain"
            )
        year, month, day, qualifier = match.groups()
        try:
            earliest = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise InvalidDate(f"`{shorten(text)}` is no date of the calendar", "check year, month and day") from None
        if day:
            latest = earliest
        elif month:
            latest = last_of_month(earliest)
        else:
            latest = date(int(year), 12, 31)
        return cls(text, earliest, latest, bool(qualifier))

    def uncertain_at(self, day: date) -> bool:
        """Whether something so dated may not have happened by `day`, or not just then."""
        return self.qualified or self.latest > day

    def __str__(self) -> str:
        return self.text


def last_of_month(day: date) -> date:
    """The last day of the month that `day` is in."""
    return day.replace(day=31) if day.month == 12 else day.replace(month=day.month + 1, day=1) - timedelta(days=1)
