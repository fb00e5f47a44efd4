"""The shapes of what files hold: the model's dataclasses, and those of whole files; their keys, forms and bounds."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from stancectl.model.registry import Event
from stancectl.model.statements import CountryCode, Offer, Personnel, Requirement, Statement
from stancectl.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyFile(Vocabulary):
    """`_registry.yaml`: the vocabulary, under the number of this format."""

    format: Literal["1"]


@dataclass(frozen=True, slots=True)
class EventsFile:
    """`_events.yaml`."""

    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class CountryFile:
    """A country's file; the slug is the file's name."""

    country: CountryCode
    name: str
    statements: tuple[Statement, ...]
    aliases: tuple[str, ...] = ()


FileShape = type[VocabularyFile] | type[EventsFile] | type[CountryFile]

MAX_ENTRIES = 10_000
"""How long a list may be: twenty times as long as that of any country's statements that somebody edits by hand."""

MAX_IDS = 1000
"""How many ids of one kind a vocabulary may define."""

AT_LEAST_ONE = {(Statement, "sources"), (CountryFile, "statements"), (VocabularyFile, "stances")}
"""Keys whose list or mapping may not be empty."""

SHORT_FOR: dict[Any, tuple[str, ...]] = {Requirement: ("condition",), Offer: ("kind",), Personnel: ("min", "max")}
"""Mappings that may be written as one text, and the keys it stands for."""

_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
NUMBER = "[0-9]{1,9}"
PATTERNS = {
    "slug": _ID,
    "country-code": "[A-Z]{2}",
    "url": r"https?://[^\s/?#.]+(?:\.[^\s/?#.]+)+\.?(?:[/?#]\S*)?",
    "reference": f"{_ID}/{_ID}",
}
"""What texts of some marks look like, whole: expressions that mean the same in Python and in ECMAScript."""

_GIVEN = {(Statement, "country")}  # known from the file's name, not written in it


def is_slug(text: str) -> bool:
    """Whether `text` can be an id or a country's file name."""
    return re.fullmatch(_ID, text) is not None


def hints_of(shape: Any) -> Iterator[tuple[str, Any]]:
    """The keys that a mapping of this shape may have, in the model's order, and the type of each."""
    hints = get_type_hints(shape, include_extras=True)
    return ((each.name, hints[each.name]) for each in fields(shape) if (shape, each.name) not in _GIVEN)


def without_none(hint: Any) -> Any:
    """The type of a value that is there, where the model allows None for one that is not."""
    if get_origin(hint) in (UnionType, Union):
        (hint,) = (choice for choice in get_args(hint) if choice is not type(None))
    return hint


def required_keys(shape: Any) -> set[str]:
    """The keys that a mapping of this shape must have."""
    return {each.name for each in fields(shape) if each.default is MISSING and each.default_factory is MISSING}
