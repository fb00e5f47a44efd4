"""Ids for new statements, made as people make them: the day, and a word for the speaker."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from stancectl.model.names import plain

_CUSTOMARY = {
    "ministry of defence": "mod",
    "ministry of national defence": "mod",
    "defence ministry": "mod",
    "ministry of foreign affairs": "mfa",
    "foreign ministry": "mfa",
}
_SMALL = frozenset(("a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "with"))
_PARTICLES = frozenset(
    ("da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le", "ten", "ter", "van", "von", "zu")
)
_INSTITUTION = re.compile(
    r"\b(of|the|and|ministry|ministers?|office|government|council|cabinet|parliament|assembly|committee|commission"
    r"|spokes\w+|sources?|officials?|coalition|leaders|house|court|agency|party|union)\b"
)
_LONGEST = 3  # words for an institution
_LONGEST_WORD = 40


def new_id(statement: Mapping[str, Any], others: Sequence[Mapping[str, Any]], taken: Collection[str]) -> str:
    """An id that none of those `taken` is: `2025-11-27-mod`.

    The word is the one that most of the `others` (the country's statements) have for the same speaker; else the surname of a
    person, or the first words of an institution's name. A number follows where that id is taken.
    """
    day = statement["date"].rstrip("?~")
    word = _used_word(statement["speaker"], others) or _word(statement["speaker"], is_person="office" in statement)
    base = f"{day}-{word[:_LONGEST_WORD].strip('-')}" if word else day
    id, number = base, 1
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    return id


def _used_word(speaker: str, others: Sequence[Mapping[str, Any]]) -> str | None:
    """The word that this speaker's statements mostly have in their ids (the latest, of several), without a number behind it."""
    said = [other["id"] for other in reversed(others) if other["speaker"] == speaker]
    named = filter(None, (re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}-(.*[a-z].*?)(?:-[0-9]+)?", id) for id in said))
    words = [each[1] for each in named]
    return max(words, key=words.count) if words else None


def _word(speaker: str, *, is_person: bool) -> str:
    name = re.split(r"[,(]", plain(speaker))[0].strip()
    if name in _CUSTOMARY:
        return _CUSTOMARY[name]
    words = [re.sub("[^a-z0-9]+", "-", word.replace("'", "")).strip("-") for word in name.split()]
    words = [word for word in words if word]
    if is_person or not _INSTITUTION.search(name):
        begin = next((place for place, word in enumerate(words[:-1]) if place and word in _PARTICLES), len(words) - 1)
        return "-".join(words[begin:]) if words else ""
    return "-".join([word for word in words if word not in _SMALL][:_LONGEST])
