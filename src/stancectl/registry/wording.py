"""What pydantic finds wrong with a value, in our words and at its place."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from stancectl.model.errors import shorten, suggestion
from stancectl.registry.document import Document
from stancectl.registry.problems import Problem, Step
from stancectl.registry.shapes import MAX_ENTRIES, MAX_IDS, FileShape, hints_of, is_shape, without_none

Found = Mapping[str, Any]
"""One of pydantic's errors: `type`, `loc` (the path), `input`, `msg` and `ctx`."""

_WRONG_TYPE = {"string_type": "text", "dict_type": "a mapping", "list_type": "a list"}
_HOW_TO_WRITE = {
    "string_type": "write one text; quote it if it begins with a bracket or a brace",
    "dict_type": "write `key: value` lines under it",
    "list_type": "write `[one, another]`, or a line for each that begins with `- `",
}


def problems(document: Document, shape: FileShape, found: Sequence[Found]) -> list[Problem]:
    """What pydantic found in a document of that shape; of a key that is there, but misspelt, not that it is missing too."""
    misspelt = dict[tuple[Step, ...], list[str]]()
    for each in found:
        if each["type"] == "extra_forbidden":
            misspelt.setdefault(each["loc"][:-1], []).append(str(each["loc"][-1]).casefold())
    return [
        _problem(document, shape, each)
        for each in found
        if each["type"] != "missing" or not get_close_matches(each["loc"][-1], misspelt.get(each["loc"][:-1], ()), cutoff=0.6)
    ]


def _problem(document: Document, shape: FileShape, found: Found) -> Problem:
    """Put one of pydantic's findings into our words, at its place in the file."""
    kind, path = found["type"], tuple[Step, ...](found["loc"])
    if kind == "missing" and document.names(path):
        return document.problem(path, "missing-key", f"`{path[-1]}` is empty", "write something behind it", at_key=True)
    if kind == "missing":
        return document.problem(path[:-1], "missing-key", f"`{path[-1]}` is missing", f"add `{path[-1]}:`")
    if kind == "extra_forbidden":
        name = str(path[-1])
        hint = "write numbers without commas" if name.isdigit() else suggestion(name, _keys_at(shape, path[:-1]))
        return document.problem(path, "unknown-key", f"`{shorten(str(path[-1]))}` is no key here", hint, at_key=True)
    if kind == "literal_error" and not isinstance(found["input"], str):
        kind = "string_type"
    if kind == "literal_error":
        if path == ("format",):
            return document.problem(
                path, "unknown-format", f"this tool reads format 1, not `{shorten(str(found['input']))}`", "write `format: 1`"
            )
        text, allowed = str(found["input"]), found["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return document.problem(
            path, f"unknown-{path[-1]}", f"`{shorten(text)}` is no {path[-1]} of this format", suggestion(text, allowed)
        )
    if kind in _WRONG_TYPE:
        if found["input"] is None:
            help = "write it, or remove the dash" if isinstance(path[-1], int) else "write something behind it"
            return document.problem(path, "wrong-type", f"{_named(path)} is empty", help)
        message = f"{_named(path)} must be {_WRONG_TYPE[kind]}, not {_type_name(found['input'])}"
        return document.problem(path, "wrong-type", message, _meant_mapping(found["input"]) or _HOW_TO_WRITE[kind])
    if kind == "too_long":
        most = MAX_ENTRIES if isinstance(found["input"], list) else MAX_IDS
        message = f"{_named(path)} has more than {most} entries"
        return document.problem(path, "too-many-entries", message, "a registry needs no more than some hundred", at_key=True)
    if kind == "too_short":
        return document.problem(path, "empty-list", f"{_named(path)} needs at least one entry", "add one")
    at_key = path[-1:] == ("[key]",)
    return document.problem(path[:-1] if at_key else path, kind, found["msg"], found["ctx"]["help"], at_key=at_key)


def _meant_mapping(value: object) -> str | None:
    """What to do about a text that was to be a mapping, where it shows what was meant."""
    if not isinstance(value, str):
        return None
    if re.match("https?://", value):
        return "write `url: ` before it"
    return "put a space behind the colon" if re.match(r"[a-z_]+:\S", value) else None


def _named(path: tuple[Step, ...]) -> str:
    keys = [step for step in path if isinstance(step, str)]
    if not keys:
        return "this entry" if path else "this file"
    return f"`{keys[-1]}`" if isinstance(path[-1], str) else f"an entry of `{keys[-1]}`"


def _type_name(value: object) -> str:
    names: dict[type, str] = {str: "text", dict: "a mapping", list: "a list"}
    return names.get(type(value), "nothing")


def _keys_at(shape: FileShape, path: tuple[Step, ...]) -> list[str]:
    """The keys that the mapping at `path` may have."""
    hint: Any = shape
    for step in path:
        if isinstance(step, str) and is_shape(hint):
            hint = dict(hints_of(hint))[step]
        else:
            hint = get_args(hint)[0 if isinstance(step, int) else 1]
        hint = without_none(hint)
    return [name for name, _ in hints_of(hint)]
