"""Characters that would steer a terminal or turn text round, and how they are spelled out."""

import re

# Control characters (C0, DEL, C1), line and paragraph separators, bidirectional controls, tag characters, byte order
# marks and halves of surrogate pairs. Source: Unicode 15, categories Cc and Zl/Zp, UAX #9 table 4, and UTR #36.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def escape(mark: str) -> str:
    r"""A character as JSON would write it: `\u202e`; one beyond the first plane as two halves."""
    units = mark.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def spelled_out(text: str) -> str:
    """The text with every unsafe character as JSON would write it."""
    return UNSAFE.sub(lambda match: escape(match[0]), text)
