"""A file in canonical form: the same meaning and the same comments, or none."""

from typing import Any, NamedTuple

from stancectl.registry.canonical import DATED, by_day, earliest_day, file_lines
from stancectl.registry.files import File
from stancectl.registry.layout import layout
from stancectl.registry.problems import Problem
from stancectl.registry.readings import shape_of
from stancectl.registry.shapes import SHORT_FOR, type_behind, type_of_entries
from stancectl.registry.strict_yaml import parse


class Formatted(NamedTuple):
    """A file in canonical form: `data`, None where there is no such form that loses nothing, or the file cannot be read."""

    data: bytes | None
    problems: tuple[Problem, ...] = ()


def formatted(file: File) -> Formatted:
    """The file in canonical form, with its own line ends, or why there is none.

    What it means stays as it is, but for dated entries being put in order, and no comment is lost: that is looked at, and where
    it would not be so there is none.
    """
    document, shape = parse(file), shape_of(file.name)
    if document.problems:
        return Formatted(None, tuple(document.problems))
    before = layout(document)
    lines = file_lines(before.header, before.value, shape)
    end = "\r\n" if "\r\n" in document.text else "\n"
    data = "".join(f"{line}{end}" for line in lines).encode()
    again = parse(file._replace(data=data))
    is_same = not again.problems and meaning(again.value, shape) == meaning(document.value, shape)
    if not is_same or sorted(layout(again).comments) != sorted(before.comments):
        return Formatted(None)
    return Formatted(data)


def meaning(value: Any, shape: Any) -> Any:
    """What a file's value says, however it is put: short forms spelled out, nothing that is empty, dated entries in order."""
    if isinstance(value, str) and shape in SHORT_FOR:
        return dict.fromkeys(SHORT_FOR[shape], value)
    if isinstance(value, dict):
        return {key: meaning(each, type_behind(shape, key)) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        inner = type_of_entries(shape)
        told = [meaning(each, inner) for each in value]
        days = [earliest_day(each.get("date")) if isinstance(each, dict) else None for each in told]
        return by_day(told, days) if inner in DATED else told
    return value
