"""Bytes that are not UTF-8."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="not-utf-8",
    finds="the file is not UTF-8",
    reason="""
        In another encoding the same bytes are other letters: whoever guesses wrong turns `Süddeutsche` into `Sьddeutsche`. Save
        the file as UTF-8, and look at the letters with accents afterwards.
    """,
    failing="""
        occasion: interview with S\udcfcddeutsche Zeitung
    """,
    passing="""
        occasion: interview with Süddeutsche Zeitung
    """,
)
