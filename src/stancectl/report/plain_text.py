"""Registry text made harmless: what would steer a terminal, turn text round or run in a spreadsheet is spelled out."""

import re
import unicodedata
from typing import Any

# Control characters (C0, DEL, C1), line and paragraph separators, bidirectional controls, tag characters, byte order
# marks and halves of surrogate pairs. Source: Unicode 15, categories Cc and Zl/Zp, UAX #9 table 4, and UTR #36.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACE = str.maketrans("\t\r\n", "   ")


def escape(mark: str) -> str:
    r"""A character as JSON would write it: `\u202e`; one beyond the first plane as two halves."""
    units = mark.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def visible(text: str) -> str:
    """The text in one line, with every unsafe character spelled out."""
    return UNSAFE.sub(lambda match: escape(match[0]), text.translate(_SPACE))


def cell(value: Any) -> str:
    """A plain value as one cell of a flat format: lists joined by commas, nothing for None, a mapping by its first value."""
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
    return sum(0 if unicodedata.combining(mark) else 1 + (unicodedata.east_asian_width(mark) in "WF") for mark in text)


def fitted(text: str, width: int) -> str:
    """The text in one line of exactly `width` columns: cut with an ellipsis, or filled up with spaces."""
    line = visible(text)
    if cells(line) > width:
        while cells(line) > width - 1:
            line = line[:-1]
        line += "…"
    return line + " " * (width - cells(line))
