"""Registry text made harmless: what would steer a terminal, turn text round or run in a spreadsheet is spelled out."""

from typing import Any

_SPACE = str.maketrans("\t\r\n", "   ")


def is_harmless(text: str) -> bool:
    """Whether a text can be shown as it is."""
    return visible(text) == text


def visible(text: str) -> str:
    """The text in one line, with every unsafe character spelled out."""
    if text.isprintable():  # which nothing unsafe is
        return text
    from stancectl.report.unsafe import spelled_out

    return spelled_out(text.translate(_SPACE))


def cell(value: Any) -> str:
    """A plain value as one cell of a flat format: lists joined by commas, nothing for None, a mapping by its first value."""
    if type(value) is str:
        return visible(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(map(cell, value))
    if isinstance(value, dict):
        return cell(next(iter(value.values()), None))
    return visible(str(value))


def cells(text: str) -> int:
    """How many columns of a terminal the text takes: none for a combining mark, two for a wide letter (UAX #11)."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(mark) else 1 + (east_asian_width(mark) in "WF") for mark in text)


def fitted(text: str, width: int) -> str:
    """The text in one line of exactly `width` columns: cut with an ellipsis, or filled up with spaces."""
    line = visible(text)
    if cells(line) > width:
        while cells(line) > width - 1:
            line = line[:-1]
        line += "…"
    return line + " " * (width - cells(line))
