"""What is right at once: the value of a plain file in regular form, found without pydantic and PyYAML.

After an edit there is one file to read, and importing those two takes many times as long as reading it. They are asked where
this finds anything amiss: `registry.schema` knows what it is.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, cast, get_args, get_origin

from stancectl.model.dates import InvalidDate, PartialDate
from stancectl.model.statements import Personnel
from stancectl.registry.files import File
from stancectl.registry.plain_yaml import Amiss, value_of
from stancectl.registry.readings import Known, is_named_well, shape_of
from stancectl.registry.shapes import (
    AT_LEAST_ONE,
    MAX_ENTRIES,
    MAX_IDS,
    NUMBER,
    PATTERNS,
    SHORT_FOR,
    hints_of,
    is_shape,
    required_keys,
    without_none,
)

Plain = dict[str, Any]
Check = Callable[[Any, Known], Any]
"""What gives a value back in regular form, by the ids that the vocabulary defines, or raises Amiss."""


def accepted(file: File, known: Known) -> Plain | None:
    """The value of a file in regular form; None where anything is, or may be, wrong with it."""
    shape = shape_of(file.name)
    if shape is None or not is_named_well(file.name):
        return None
    try:
        value: Plain = check_of(cast("Any", shape))(value_of(file.data), known)
    except Amiss:
        return None
    return value


@cache
def check_of(hint: Any) -> Check:
    """What checks a value of the type `hint`."""
    hint = without_none(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    if is_shape(hint):
        return _mapping(hint)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _list(check_of(inner[0]))
    if origin is Mapping:
        return _named(check_of(inner[0]), check_of(inner[1]))
    if origin is Literal:
        return _text(frozenset(inner).__contains__)
    mark: str = hint.__metadata__[0]
    return _text(re.compile(PATTERNS[mark]).fullmatch) if mark in PATTERNS else _known(mark)


def _mapping(shape: Any) -> Check:
    """What checks a mapping with the keys of a shape; those with nothing behind them are left out."""
    checks = {name: check_of(hint) for name, hint in hints_of(shape)}
    required, filled = required_keys(shape), [name for each, name in AT_LEAST_ONE if each is shape]
    short = SHORT_FOR.get(shape)

    def check(value: Any, known: Known) -> Plain:
        if short and type(value) is str:
            value = dict.fromkeys(short, value)
        if type(value) is not dict or not value.keys() <= checks.keys():
            raise Amiss
        found = {name: checks[name](each, known) for name, each in value.items() if each is not None}
        if not found.keys() >= required or not all(found[name] for name in filled):
            raise Amiss
        if shape is Personnel and found.get("min", 0) > found.get("max", found.get("min", 0)):
            raise Amiss
        return found

    return check


def _list(entry: Check) -> Check:
    def check(value: Any, known: Known) -> list[Any]:
        if type(value) is not list or len(value) > MAX_ENTRIES:
            raise Amiss
        return [entry(each, known) for each in value]

    return check


def _named(name: Check, entry: Check) -> Check:
    def check(value: Any, known: Known) -> Plain:
        if type(value) is not dict or len(value) > MAX_IDS:
            raise Amiss
        return {name(each, known): entry(about, known) for each, about in value.items()}

    return check


def _text(fits: Callable[[str], object]) -> Check:
    def check(value: Any, _: Known) -> str:
        if type(value) is not str or not fits(value):
            raise Amiss
        return value

    return check


def _known(kind: str) -> Check:
    """What checks an id of one kind."""

    def check(value: Any, known: Known) -> str:
        ids = known.get(kind)
        if type(value) is not str or (ids is not None and value not in ids):
            raise Amiss
        return value

    return check


def _date(value: Any, _: Known) -> str:
    if type(value) is not str:
        raise Amiss
    try:
        PartialDate.parse(value)
    except InvalidDate:
        raise Amiss from None
    return value


def _flag(value: Any, _: Known) -> bool:
    if value not in ("true", "false"):
        raise Amiss
    return bool(value == "true")


def _number(value: Any, _: Known) -> int:
    if type(value) is not str or not re.fullmatch(NUMBER, value):
        raise Amiss
    return int(value)


def _any_text(value: Any, _: Known) -> str:
    if type(value) is not str:
        raise Amiss
    return value


_SCALARS: dict[Any, Check] = {str: _any_text, PartialDate: _date, bool: _flag, int: _number}
