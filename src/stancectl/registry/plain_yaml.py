"""YAML in which nothing is amiss: its value alone, in two thirds of the time that knowing the place of every word takes.

Accepts what `registry.strict_yaml` reads without complaint, and gives the same value; of anything else that module tells
what is wrong.
"""

from typing import Any

import yaml

from stancectl.registry.document import LOADER, MAX_DEPTH

_MISLEADING = ("<<<<<<< ", "\ufeff", "\x85", "\u2028", "\u2029")  # marks of a merge conflict, and what no editor shows


class Amiss(Exception):
    """A file that `strict_yaml` has to look at."""


def value_of(data: bytes) -> Any:
    """The value of a file: lists and mappings of text, and None for what is empty; raise Amiss."""
    try:
        text = data.decode()
        if any(mark in text for mark in _MISLEADING):
            raise Amiss
        return _value(LOADER(text).get_event)
    except (UnicodeDecodeError, yaml.YAMLError):
        raise Amiss from None


def _value(next_event: Any) -> Any:  # noqa: PLR0912
    """The list or mapping that libyaml's events tell of: one loop that calls little, because it runs for every word."""
    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    if type(next_event()) is not yaml.StreamStartEvent or type(next_event()) is not yaml.DocumentStartEvent:
        raise Amiss
    whole: Any = []
    container = whole  # the open list or mapping
    is_list = True
    key: str | None = None  # whose value comes next, in a mapping
    stack: list[tuple[Any, bool]] = []
    while stack or not whole:
        event = next_event()
        kind = type(event)
        if kind is scalar:
            value = event.value
            if event.anchor is not None or event.tag is not None:
                raise Amiss
            if is_list:
                container.append(value if value and not value.isspace() else None)
            elif key is None:
                if value in container:
                    raise Amiss
                key = value
            else:
                container[key] = value if value and not value.isspace() else None
                key = None
        elif kind is mapping or kind is sequence:
            if event.anchor is not None or event.tag is not None or len(stack) == MAX_DEPTH:
                raise Amiss
            value = {} if kind is mapping else []
            if is_list:
                container.append(value)
            elif key is None:
                raise Amiss
            else:
                container[key] = value
                key = None
            stack.append((container, is_list))
            container, is_list = value, kind is sequence
        elif kind is yaml.AliasEvent or not stack:
            raise Amiss
        else:
            container, is_list = stack.pop()
    if type(next_event()) is not yaml.DocumentEndEvent or type(next_event()) is not yaml.StreamEndEvent:
        raise Amiss
    return whole[0]
