"""What a file may hold, derived from the model: the dataclasses are the schema, pydantic-core checks against it.

A validator takes the plain value of a file (text, lists, dicts) and gives it back in one regular form (still plain, so
that it can be stored as JSON); `registry.build` makes model objects of that.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, ValidationError, core_schema

from stancectl.model.dates import EDTF, InvalidDate, PartialDate
from stancectl.model.errors import shorten, suggestion
from stancectl.model.registry import Event
from stancectl.model.statements import CountryCode, Offer, Personnel, Requirement, Statement
from stancectl.model.vocabulary import Vocabulary
from stancectl.registry.document import Document
from stancectl.registry.problems import MAX_PROBLEMS, Problem, Step

# The shape of each file, where it is not one of the model's own dataclasses.


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


MAX_IDS = 1000
"""How many ids of one kind a vocabulary may define."""

FileShape = type[VocabularyFile] | type[EventsFile] | type[CountryFile]

MAX_ENTRIES = 10_000
"""How long a list may be: twenty times as long as that of any country's statements that somebody edits by hand."""

_GIVEN = {(Statement, "country")}  # known from the file's name, not written in it
AT_LEAST_ONE = {(Statement, "sources"), (CountryFile, "statements"), (VocabularyFile, "stances")}
"""Keys whose list or mapping may not be empty."""


def check(document: Document, shape: FileShape, known: Mapping[str, Mapping[str, None]]) -> Any:
    """The document's value in regular form; what is wrong with it is added to the document's problems.

    `known` lists the valid `stance`, `precondition` and `contribution` ids; a kind that is missing is not checked. Returns
    None where anything was wrong.
    """
    if document.value is None:
        if not document.problems:
            document.problems.append(document.problem((), "empty-file", "this file is empty", "fill it, or remove it"))
        return None
    try:
        value = _validator(cast("Any", shape)).validate_python(document.value, context=known)
    except ValidationError as error:
        found = [dict(each) for each in error.errors(include_url=False)[: MAX_PROBLEMS * 5]]
        document.problems += [_problem(document, shape, each) for each in found if not _is_misspelt(each, found)]
        return None
    return value if not document.problems else None


def made_out(document: Document, shape: FileShape, known: Mapping[str, Mapping[str, None]]) -> Any:
    """What can be made out of a broken file, in regular form; None where that is nothing.

    What is wrong is left out: None stands for an entry of a list, an empty text, list or mapping for what is required.
    """
    if not isinstance(document.value, dict):
        return None
    return _validator(cast("Any", shape), lenient=True).validate_python(document.value, context=known)


def is_slug(text: str) -> bool:
    """Whether `text` can be an id or a country's file name."""
    return re.fullmatch(_ID, text) is not None


def _is_misspelt(missing: dict[str, Any], found: list[dict[str, Any]]) -> bool:
    """Whether a key that is missing is told already, as one that is unknown beside it and nearly the same."""
    if missing["type"] != "missing":
        return False
    *above, key = missing["loc"]
    beside = [
        str(each["loc"][-1]).casefold() for each in found if each["type"] == "extra_forbidden" and [*each["loc"][:-1]] == above
    ]
    return bool(beside) and bool(get_close_matches(str(key), beside, cutoff=0.6))


def _problem(document: Document, shape: FileShape, found: dict[str, Any]) -> Problem:
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


_HOW_TO_WRITE = {
    "string_type": "write one text; quote it if it begins with a bracket or a brace",
    "dict_type": "write `key: value` lines under it",
    "list_type": "write `[one, another]`, or a line for each that begins with `- `",
}


def _meant_mapping(value: object) -> str | None:
    """What to do about a text that was to be a mapping, where it shows what was meant."""
    if not isinstance(value, str):
        return None
    if re.match("https?://", value):
        return "write `url: ` before it"
    return "put a space behind the colon" if re.match(r"[a-z_]+:\S", value) else None


_WRONG_TYPE = {"string_type": "text", "dict_type": "a mapping", "list_type": "a list"}


def _named(path: tuple[Step, ...]) -> str:
    keys = [step for step in path if isinstance(step, str)]
    if not keys:
        return "this file"
    return f"`{keys[-1]}`" if isinstance(path[-1], str) else f"an entry of `{keys[-1]}`"


def _type_name(value: object) -> str:
    names: dict[type, str] = {str: "text", dict: "a mapping", list: "a list"}
    return names.get(type(value), "nothing")


def _keys_at(shape: FileShape, path: tuple[Step, ...]) -> list[str]:
    """The keys that the mapping at `path` may have."""
    hint: Any = shape
    for step in path:
        if isinstance(step, str) and is_dataclass(hint):
            hint = dict(hints_of(hint))[step]
        else:
            hint = get_args(hint)[0 if isinstance(step, int) else 1]
        hint = without_none(hint)
    return [name for name, _ in hints_of(hint)]


# From the model's types to pydantic-core's schema.


@cache
def _validator(shape: Hashable, *, lenient: bool = False) -> SchemaValidator:
    return SchemaValidator(_schema(shape, lenient=lenient))


def hints_of(shape: Any) -> Iterator[tuple[str, Any]]:
    """The keys that a mapping of this shape may have, in the model's order, and the type of each."""
    hints = get_type_hints(shape, include_extras=True)
    return ((each.name, hints[each.name]) for each in fields(shape) if (shape, each.name) not in _GIVEN)


def without_none(hint: Any) -> Any:
    """The type of a value that is there, where the model allows None for one that is not."""
    if get_origin(hint) in (UnionType, Union):
        (hint,) = (choice for choice in get_args(hint) if choice is not type(None))
    return hint


def _schema(hint: Any, *, lenient: bool = False) -> CoreSchema:
    """What checks a value of the type `hint`; if `lenient`, what leaves out the parts of it that are wrong."""
    hint = without_none(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    if is_dataclass(hint):
        return _mapping_schema(hint, lenient=lenient)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        entry = _schema(inner[0], lenient=lenient)
        if lenient:
            entry = core_schema.with_default_schema(entry, default=None, on_error="default")
        return core_schema.list_schema(entry, strict=True, max_length=MAX_ENTRIES)
    if origin is dict:
        keys, values = _schema(inner[0]), _schema(inner[1], lenient=lenient)
        if lenient:
            keys, values = core_schema.str_schema(), _or_blank(inner[1], values)
        return core_schema.dict_schema(keys, values, strict=True, max_length=MAX_IDS)
    if origin is Literal:
        return core_schema.literal_schema(list(inner))
    if hasattr(hint, "__metadata__"):
        return _marked(hint.__metadata__[0])
    raise TypeError(f"the model has a type that no file can hold: {hint}")


def _mapping_schema(shape: Any, *, lenient: bool = False) -> CoreSchema:
    required = required_keys(shape)
    entries = {}
    for name, hint in hints_of(shape):
        schema: Any = _schema(hint, lenient=lenient)
        if lenient and name in required and shape not in SHORT_FOR:
            schema = _or_blank(hint, schema)
        elif lenient and name not in required:
            schema = core_schema.with_default_schema(schema, on_error="omit")
        elif (shape, name) in AT_LEAST_ONE:
            schema["min_length"] = 1
        entries[name] = core_schema.typed_dict_field(schema, required=name in required and (not lenient or shape in SHORT_FOR))
    mapping: CoreSchema = core_schema.typed_dict_schema(entries, extra_behavior="ignore" if lenient else "forbid", strict=True)
    mapping = core_schema.no_info_before_validator_function(_without_empty(frozenset(entries)), mapping)
    if shape not in SHORT_FOR:
        return mapping
    if shape is Personnel:
        mapping = core_schema.no_info_after_validator_function(_personnel, mapping)
    return core_schema.no_info_before_validator_function(_spelled_out(SHORT_FOR[shape]), mapping)


def required_keys(shape: Any) -> set[str]:
    """The keys that a mapping of this shape must have."""
    return {each.name for each in fields(shape) if each.default is MISSING and each.default_factory is MISSING}


def _or_blank(hint: Any, schema: CoreSchema) -> CoreSchema:
    """The schema with a blank in place of what is wrong or missing."""
    return core_schema.with_default_schema(schema, default_factory=lambda: _blank(hint), on_error="default")


def _blank(hint: Any) -> Any:
    if is_dataclass(hint) and hint not in _SCALARS:
        required = required_keys(hint)
        return {name: _blank(each) for name, each in hints_of(hint) if name in required}
    return {tuple: list, dict: dict}.get(get_origin(hint) or str, str)()


def _without_empty(keys: frozenset[str]) -> Callable[[object], object]:
    """What leaves out those of the known `keys` that have nothing behind them; one that is not known stays, to be refused."""

    def left(value: object) -> object:
        if not isinstance(value, dict) or None not in value.values():
            return value
        return {key: each for key, each in value.items() if each is not None or key not in keys}

    return left


SHORT_FOR: dict[Any, tuple[str, ...]] = {Requirement: ("condition",), Offer: ("kind",), Personnel: ("min", "max")}
"""Mappings that may be written as one text, and the keys it stands for."""


def _spelled_out(keys: tuple[str, ...]) -> Callable[[object], object]:
    return lambda value: dict.fromkeys(keys, value) if isinstance(value, str) else value


def _personnel(value: dict[str, int]) -> dict[str, int]:
    if value.get("min", 0) > value.get("max", value.get("min", 0)):
        raise PydanticCustomError("invalid-number", "`min` is greater than `max`", {"help": "swap them"})
    return value


def _text(check: Callable[[str], Any]) -> CoreSchema:
    return core_schema.no_info_after_validator_function(check, core_schema.str_schema(strict=True))


def _pattern(code: str, pattern: str, what: str, help: str) -> CoreSchema:
    fits = re.compile(pattern).fullmatch

    def matches(text: str) -> str:
        if not fits(text):
            raise PydanticCustomError(
                code, "`{text}` is no " + what, {"text": shorten(text), "help": _nearly(text, fits) or help}
            )
        return text

    return _text(matches)


def _nearly(text: str, fits: Callable[[str], object]) -> str | None:
    """What was meant, where case or typographic quotes are all that is wrong."""
    if text != text.strip() and fits(text.strip()):
        return "there is a space too many"
    bare = text.strip("“”„‘’ ")
    for meant in (bare, bare.lower(), bare.upper()):
        if meant != text and fits(meant):
            return f"did you mean `{shorten(meant)}`?"
    return None


def _marked(mark: str) -> CoreSchema:
    """The schema of a text that stands for something (see `model.statements`)."""
    if mark in _MARKED:
        return _MARKED[mark]

    def is_known(text: str, info: core_schema.ValidationInfo) -> str:
        names = (info.context or {}).get(mark)
        if names is not None and text not in names:
            help = "there is a space too many" if text.strip() in names else suggestion(text, list(names))
            raise PydanticCustomError(
                f"unknown-{mark}", "`{text}` is no " + mark + " of this registry", {"text": shorten(text), "help": help}
            )
        return text

    return core_schema.with_info_after_validator_function(is_known, core_schema.str_schema(strict=True))


def _date(text: str) -> str:
    try:
        PartialDate.parse(text)
    except InvalidDate as error:
        help = _nearly(text, EDTF.fullmatch) or error.help
        raise PydanticCustomError("invalid-date", "{message}", {"message": error.message, "help": help}) from None
    return text


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise PydanticCustomError(
            "invalid-flag", "`{text}` is neither true nor false", {"text": shorten(text), "help": "write true or false"}
        )
    return text == "true"


def _number(text: str) -> int:
    if not re.fullmatch(NUMBER, text):
        raise PydanticCustomError(
            "invalid-number", "`{text}` is no number of people", {"text": shorten(text), "help": "write digits alone, as in 6000"}
        )
    return int(text)


_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
NUMBER = "[0-9]{1,9}"
PATTERNS = {
    "slug": _ID,
    "country-code": "[A-Z]{2}",
    "url": r"https?://[^\s/?#.]+(?:\.[^\s/?#.]+)+\.?(?:[/?#]\S*)?",
    "reference": f"{_ID}/{_ID}",
}
"""What texts of some marks look like, whole: expressions that mean the same in Python and in ECMAScript."""
_MARKED: dict[str, CoreSchema] = {
    "slug": _pattern("invalid-id", PATTERNS["slug"], "id", "write lower-case letters, digits and single hyphens"),
    "country-code": _pattern(
        "invalid-code", PATTERNS["country-code"], "country code", "write the two capital letters of ISO 3166-1"
    ),
    "url": _pattern(
        "invalid-url", PATTERNS["url"], "web address", "write one that begins with https:// or http:// and holds no spaces"
    ),
    "reference": _pattern(
        "invalid-reference", PATTERNS["reference"], "reference", "write country/statement, as in turkey/2025-11-27-mod"
    ),
}
_SCALARS: dict[Any, CoreSchema] = {
    str: core_schema.str_schema(strict=True),
    PartialDate: _text(_date),
    bool: _text(_flag),
    int: _text(_number),
}
