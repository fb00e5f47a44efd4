"""Dates as sources give them, and as people type them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from stancectl.model.dates import InvalidDate, PartialDate
from stancectl.model.errors import StanceError, shorten
from stancectl.model.periods import FORMS, parse_period

moderately = settings(deadline=None, max_examples=60)
TODAY = date(2026, 3, 31)


# As sources give them.


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "qualified"),
    [
        ("2025-03-27", "2025-03-27", "2025-03-27", False),
        ("2025-03-27?", "2025-03-27", "2025-03-27", True),
        ("2025-03-27~", "2025-03-27", "2025-03-27", True),
        ("2025-03", "2025-03-01", "2025-03-31", False),
        ("2025-04~", "2025-04-01", "2025-04-30", True),
        ("2025-12", "2025-12-01", "2025-12-31", False),
        ("2025-02", "2025-02-01", "2025-02-28", False),
        ("2024-02", "2024-02-01", "2024-02-29", False),
        ("2000-02", "2000-02-01", "2000-02-29", False),
        ("1900-02", "1900-02-01", "1900-02-28", False),
        ("2024-02-29", "2024-02-29", "2024-02-29", False),
        ("2025", "2025-01-01", "2025-12-31", False),
        ("2025?", "2025-01-01", "2025-12-31", True),
        ("0001", "0001-01-01", "0001-12-31", False),
        ("9999-12", "9999-12-01", "9999-12-31", False),
    ],
)
def test_a_partial_date_spans_all_the_days_it_can_mean(text: str, earliest: str, latest: str, qualified: bool) -> None:
    read = PartialDate.parse(text)
    assert (read.earliest.isoformat(), read.latest.isoformat(), read.qualified) == (earliest, latest, qualified)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "202",
        "20255",
        "2025-3",
        "2025-3-7",
        "2025-03-7",
        "2025-03-027",
        "2025/03/27",
        "20250327",
        "27.03.2025",
        "2025-",
        "2025-03-",
        "-2025",
        "2025-W13",
        "2025-Q1",
        "2025-XX",
        "2025?-03",
        "2025~-03",
        "2025%",
        "2025?~",
        "?",
        "~2025",
        "2025-03-27T10:00",
        " 2025",
        "2025 ",
        "2025\n",
        "March 2025",
        "today",
        "２０２５",  # full-width digits
        "٢٠٢٥-٠٣",  # Arabic-Indic digits
        "2025‐03",  # U+2010, not the hyphen of ASCII
    ],
)
def test_what_is_not_of_the_form_is_no_date(text: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        PartialDate.parse(text)
    assert caught.value.message == f"`{shorten(text)}` is no date"
    assert str(caught.value.help).startswith("write 2025, 2025-03 or 2025-03-27, then ? or ~")


@pytest.mark.parametrize(
    "text",
    ["0000", "0000-01", "2025-00", "2025-13", "2025-03-00", "2025-04-31", "2025-02-30", "2025-02-29", "1900-02-29", "2025-13?"],
)
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        PartialDate.parse(text)
    assert caught.value.message == f"`{text}` is no date of the calendar"
    assert str(caught.value.help).startswith("check ")


def test_an_invalid_date_is_an_error_that_a_user_can_act_on() -> None:
    assert issubclass(InvalidDate, StanceError)
    assert InvalidDate.code == "invalid-date"
    assert str(InvalidDate("`x` is no date", "write 2025")) == "`x` is no date; write 2025"


@pytest.mark.parametrize(
    ("text", "day", "uncertain"),
    [
        ("2025-03-27", "2025-03-26", True),  # has yet to come
        ("2025-03-27", "2025-03-27", False),
        ("2025-03-27", "2026-01-01", False),
        ("2025-03", "2025-03-01", True),
        ("2025-03", "2025-03-30", True),  # may still be tomorrow
        ("2025-03", "2025-03-31", False),  # by then, whichever day it was
        ("2025", "2025-12-30", True),
        ("2025", "2025-12-31", False),
        ("2025-03-27?", "2025-03-27", True),
        ("2025-03-27~", "2099-01-01", True),  # time does not make it certain
        ("2025?", "2099-01-01", True),
    ],
)
def test_a_date_is_uncertain_while_days_it_can_mean_lie_ahead_and_always_if_qualified(
    text: str, day: str, uncertain: bool
) -> None:
    assert PartialDate.parse(text).uncertain_at(date.fromisoformat(day)) is uncertain


def test_dates_are_equal_when_they_are_written_alike() -> None:
    assert PartialDate.parse("2025-03") == PartialDate.parse("2025-03")
    assert PartialDate.parse("2025-03") != PartialDate.parse("2025-03?")
    assert PartialDate.parse("2025-03?") != PartialDate.parse("2025-03~")
    assert len({PartialDate.parse(text) for text in ("2025", "2025", "2025-01")}) == 2


days = some.dates()
written = some.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    days,
    some.sampled_from([4, 7, 10]),
    some.sampled_from(["", "?", "~"]),
)


@moderately
@given(written)
def test_a_date_prints_as_it_was_written(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@moderately
@given(written)
def test_a_date_spans_exactly_the_days_that_are_written_like_it(text: str) -> None:
    read, start = PartialDate.parse(text), text.rstrip("?~")
    assert read.earliest <= read.latest
    assert read.earliest.isoformat().startswith(start)
    assert read.latest.isoformat().startswith(start)
    if read.earliest > date.min:
        assert not (read.earliest - timedelta(days=1)).isoformat().startswith(start)
    if read.latest < date.max:
        assert not (read.latest + timedelta(days=1)).isoformat().startswith(start)


@moderately
@given(written, days)
def test_only_a_qualified_date_stays_uncertain(text: str, day: date) -> None:
    read = PartialDate.parse(text)
    assert read.uncertain_at(day) is (text[-1] in "?~" or day < read.latest)


@moderately
@given(some.text("0123456789-?~ Q", max_size=12) | some.text(max_size=12))
def test_any_text_is_a_date_or_an_invalid_one(text: str) -> None:
    with suppress(InvalidDate):
        assert str(PartialDate.parse(text)) == text


# As people type them.


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-03", "2025-03-01", "2025-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-03-27", "2025-03-27", "2025-03-27"),
        ("2025-Q1", "2025-01-01", "2025-03-31"),
        ("2025-Q2", "2025-04-01", "2025-06-30"),
        ("2025-q3", "2025-07-01", "2025-09-30"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("9999-Q4", "9999-10-01", "9999-12-31"),
        ("today", "2026-03-31", "2026-03-31"),
        ("Today", "2026-03-31", "2026-03-31"),
        ("YESTERDAY", "2026-03-30", "2026-03-30"),
        ("  today ", "2026-03-31", "2026-03-31"),
        ("\t2025-03\n", "2025-03-01", "2025-03-31"),
        ("0d", "2026-03-31", "2026-03-31"),
        ("1d", "2026-03-30", "2026-03-30"),
        ("30d", "2026-03-01", "2026-03-01"),
        ("030D", "2026-03-01", "2026-03-01"),
        ("365d", "2025-03-31", "2025-03-31"),
        ("6w", "2026-02-17", "2026-02-17"),
        ("6W", "2026-02-17", "2026-02-17"),
        ("3m", "2025-12-31", "2025-12-31"),
        ("12m", "2025-03-31", "2025-03-31"),
        ("1y", "2025-03-31", "2025-03-31"),
        ("2025y", "0001-03-31", "0001-03-31"),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(typed: str, first: str, last: str) -> None:
    period = parse_period(typed, TODAY)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("today", "typed", "day"),
    [
        ("2026-03-31", "1m", "2026-02-28"),
        ("2026-03-30", "1m", "2026-02-28"),
        ("2026-03-29", "1m", "2026-02-28"),
        ("2026-03-28", "1m", "2026-02-28"),
        ("2024-03-31", "1m", "2024-02-29"),  # a leap year
        ("2026-05-31", "1m", "2026-04-30"),
        ("2026-05-31", "2m", "2026-03-31"),  # not by way of 30 April
        ("2026-01-31", "1m", "2025-12-31"),
        ("2026-01-31", "11m", "2025-02-28"),
        ("2024-02-29", "1y", "2023-02-28"),
        ("2024-02-29", "4y", "2020-02-29"),
        ("2024-02-29", "12m", "2023-02-28"),
        ("2025-02-28", "1y", "2024-02-28"),  # and not the 29th
        ("2026-01-01", "yesterday", "2025-12-31"),
        ("2024-03-01", "1d", "2024-02-29"),
        ("2025-03-01", "1d", "2025-02-28"),
        ("9999-12-31", "1m", "9999-11-30"),
        ("0001-02-28", "1m", "0001-01-28"),
    ],
)
def test_a_month_too_short_for_the_day_gives_its_last(today: str, typed: str, day: str) -> None:
    period = parse_period(typed, date.fromisoformat(today))
    assert period.first == period.last == date.fromisoformat(day)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "tomorrow",
        "2025-3",
        "2025-13",
        "2025-00",
        "2025-02-30",
        "2025-02-29",
        "0000",
        "2025-Q0",
        "2025-Q5",
        "2025Q1",
        "2025-Q1-01",
        "30",
        "d",
        "30 d",
        "-30d",
        "+30d",
        "1.5y",
        "30h",
        "30days",
        "123456d",
        "２０２５",
        "２０２５-Q1",
        "٣٠d",
        "³d",
    ],
)
def test_what_is_no_period_is_refused_with_all_the_forms_there_are(typed: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        parse_period(typed, TODAY)
    assert caught.value.message.startswith(f"`{typed}` is no date")
    assert caught.value.help == f"write {FORMS}"


@pytest.mark.parametrize("typed", ["0000-Q1", "0000-q4"])
def test_a_quarter_that_no_calendar_has_is_refused_as_it_was_typed(typed: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        parse_period(typed, TODAY)
    assert caught.value.message.startswith(f"`{typed}` is no date")
    assert caught.value.help == f"write {FORMS}"


@pytest.mark.parametrize("typed", ["2025~", "2025?", "2025-03-27?", "2025-03~"])
def test_one_cannot_ask_for_an_uncertain_date(typed: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        parse_period(typed, TODAY)
    assert str(caught.value) == f"`{typed}` is no date to ask for; write {FORMS}"


@pytest.mark.parametrize(
    ("today", "typed"),
    [
        ("2026-03-31", "2026y"),
        ("2026-03-31", "99999y"),
        ("2026-03-31", "99999m"),
        ("0300-03-31", "99999W"),
        ("0001-03-31", "99999d"),
        ("0001-01-31", "1m"),
        ("0001-01-01", "1d"),
        ("0001-01-01", "yesterday"),
    ],
)
def test_before_the_year_1_there_is_no_date(today: str, typed: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        parse_period(typed, date.fromisoformat(today))
    assert str(caught.value) == f"`{typed}` lies before the year 1; write {FORMS}"


@moderately
@given(written)
def test_an_unqualified_date_means_the_same_at_the_prompt_as_in_a_source(text: str) -> None:
    plain = text.rstrip("?~")
    period, read = parse_period(plain, TODAY), PartialDate.parse(plain)
    assert (period.first, period.last) == (read.earliest, read.latest)


@moderately
@given(some.dates(min_value=date(200, 1, 1)), some.integers(0, 2000))
def test_months_ago_is_the_same_day_of_that_month_or_its_last(today: date, count: int) -> None:
    day = parse_period(f"{count}m", today).first
    assert (today.year - day.year) * 12 + today.month - day.month == count
    assert day.day == today.day or (day.day < today.day and (day + timedelta(days=1)).day == 1)


@moderately
@given(some.dates(min_value=date(200, 1, 1)), some.integers(0, 150))
def test_a_year_is_twelve_months_and_a_week_seven_days(today: date, count: int) -> None:
    assert parse_period(f"{count}y", today) == parse_period(f"{count * 12}m", today)
    assert parse_period(f"{count}w", today) == parse_period(f"{count * 7}d", today)
    assert today - parse_period(f"{count}d", today).first == timedelta(days=count)


@moderately
@given(some.integers(1, 9999), some.integers(1, 4))
def test_a_quarter_is_its_three_months(year: int, quarter: int) -> None:
    period = parse_period(f"{year:04}-Q{quarter}", TODAY)
    months = [parse_period(f"{year:04}-{month:02}", TODAY) for month in range(3 * quarter - 2, 3 * quarter + 1)]
    assert (period.first, period.last) == (months[0].first, months[-1].last)


@moderately
@given(some.text("0123456789-qQdwmy?~", max_size=8) | some.text(max_size=10), days)
def test_whatever_is_typed_is_a_period_or_an_invalid_date(typed: str, today: date) -> None:
    with suppress(InvalidDate):
        period = parse_period(typed, today)
        assert period.first <= period.last
