"""The shapes of what files hold: the model's named tuples, and those of whole files; their keys, forms and bounds."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from stancectl.model.registry import Event
from stancectl.model.statements import CountryCode, Offer, Personnel, Requirement, Statement
from stancectl.model.vocabulary import Vocabulary


class EventsFile(NamedTuple):
    """`_events.yaml`."""

    events: tuple[Event, ...] = ()


class CountryFile(NamedTuple):
    """A country's file; the slug is the file's name."""

    country: CountryCode
    name: str
    statements: tuple[Statement, ...]
    aliases: tuple[str, ...] = ()


FileShape = type[Vocabulary] | type[EventsFile] | type[CountryFile]

MAX_ENTRIES = 10_000
"""How long a list may be: twenty times as long as that of any country's statements that somebody edits by hand."""

MAX_IDS = 1000
"""How many ids of one kind a vocabulary may define."""

AT_LEAST_ONE = {(Statement, "sources"), (CountryFile, "statements"), (Vocabulary, "stances")}
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
_FORMAT: tuple[str, Any] = ("format", Literal["1"])  # written in `_registry.yaml`, of no interest to the model


def is_slug(text: str) -> bool:
    """Whether `text` can be an id or a country's file name."""
    return re.fullmatch(_ID, text) is not None


def is_shape(hint: Any) -> bool:
    """Whether a type is a named tuple, which a mapping with keys of these names is written for."""
    return hasattr(hint, "_fields")


def hints_of(shape: Any) -> Iterator[tuple[str, Any]]:
    """The keys that a mapping of this shape may have, in the model's order, and the type of each."""
    yield from ((name, hint) for name, hint in get_type_hints(shape, include_extras=True).items() if (shape, name) not in _GIVEN)
    if shape is Vocabulary:
        yield _FORMAT


def without_none(hint: Any) -> Any:
    """The type of a value that is there, where the model allows None for one that is not."""
    if get_origin(hint) in (UnionType, Union):
        (hint,) = (choice for choice in get_args(hint) if choice is not type(None))
    return hint


def type_of_entries(hint: Any) -> Any:
    """The type of a list's entries, where that of the list is known; else None."""
    return get_args(hint)[0] if get_origin(hint) is tuple else None


def type_behind(hint: Any, key: object) -> Any:
    """The type of what stands behind a key of a mapping, where that of the mapping is known; else None."""
    if is_shape(hint):
        return _types(hint).get(str(key))
    return without_none(get_args(hint)[1]) if get_origin(hint) is Mapping else None


def keys_of(shape: Any) -> tuple[str, ...]:
    """The keys that a mapping of this shape may have, in the model's order."""
    return tuple(_types(shape))


@cache
def _types(shape: Any) -> dict[str, Any]:
    return {name: without_none(hint) for name, hint in hints_of(shape)}


def required_keys(shape: Any) -> set[str]:
    """The keys that a mapping of this shape must have."""
    return {name for name, _ in hints_of(shape) if name not in shape._field_defaults}
