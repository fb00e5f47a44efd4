"""A quotation that the summary repeats."""

import re
import unicodedata

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding


def _find(file: CheckedFile) -> Findings:
    for index, said in file.statements:
        quote = _words(said["quote"]) if "quote" in said else ""
        if quote and (f" {quote} " in f" {_words(said['summary'])} " or (_is_wide(quote) and quote in _words(said["summary"]))):
            yield Finding(("statements", index, "quote"), "the summary holds these words", "put the summary in your own words")


def _words(text: str) -> str:
    """The words in lower case, one space between them."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


def _is_wide(text: str) -> bool:
    """Whether a text is of a script that puts no spaces between words, as Chinese and Japanese."""
    return any(unicodedata.east_asian_width(mark) == "W" for mark in text)


RULE = Rule(
    code="quote-in-summary",
    severity="warning",
    finds="the quotation is a part of the summary",
    reason="""
        The summary is yours and the quotation theirs. Where one holds the other, a reader cannot tell whose words they are,
        and the quote adds nothing. Case and punctuation do not count.
    """,
    failing="""
        summary: Turkey will send troops after a ceasefire, if there is a mandate.
        quote: after a ceasefire
    """,
    passing="""
        summary: Turkey will send troops once the guns are silent, if there is a mandate.
        quote: after a ceasefire
    """,
    in_file=_find,
)
