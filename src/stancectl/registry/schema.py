"""What a file may hold, derived from the model: its named tuples are the schema, pydantic-core checks against it.

A validator takes the plain value of a file (text, lists, dicts) and gives it back in one regular form (still plain, so
that it can be stored as JSON); `registry.build` makes model objects of that.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any, Literal, cast, get_args, get_origin

from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, ValidationError, core_schema

from stancectl.model.dates import EDTF, InvalidDate, PartialDate
from stancectl.model.errors import shorten, suggestion
from stancectl.model.statements import Personnel
from stancectl.registry.document import Document
from stancectl.registry.problems import MAX_PROBLEMS
from stancectl.registry.shapes import (
    AT_LEAST_ONE,
    MAX_ENTRIES,
    MAX_IDS,
    NUMBER,
    PATTERNS,
    SHORT_FOR,
    FileShape,
    hints_of,
    is_shape,
    required_keys,
    without_none,
)


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
        from stancectl.registry.wording import problems

        document.problems += problems(document, shape, error.errors(include_url=False)[: MAX_PROBLEMS * 5])
        return None
    return value if not document.problems else None


def made_out(document: Document, shape: FileShape, known: Mapping[str, Mapping[str, None]]) -> Any:
    """What can be made out of a broken file, in regular form; None where that is nothing.

    What is wrong is left out: None stands for an entry of a list, an empty text, list or mapping for what is required.
    """
    if not isinstance(document.value, dict):
        return None
    return _validator(cast("Any", shape), lenient=True).validate_python(document.value, context=known)


# From the model's types to pydantic-core's schema.


@cache
def _validator(shape: Hashable, *, lenient: bool = False) -> SchemaValidator:
    return SchemaValidator(_schema(shape, lenient=lenient))


def _schema(hint: Any, *, lenient: bool = False) -> CoreSchema:
    """What checks a value of the type `hint`; if `lenient`, what leaves out the parts of it that are wrong."""
    hint = without_none(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    if is_shape(hint):
        return _mapping_schema(hint, lenient=lenient)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        entry = _schema(inner[0], lenient=lenient)
        if lenient:
            entry = core_schema.with_default_schema(entry, default=None, on_error="default")
        return core_schema.list_schema(entry, strict=True, max_length=MAX_ENTRIES)
    if origin is Mapping:
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


def _or_blank(hint: Any, schema: CoreSchema) -> CoreSchema:
    """The schema with a blank in place of what is wrong or missing."""
    return core_schema.with_default_schema(schema, default_factory=lambda: _blank(hint), on_error="default")


def _blank(hint: Any) -> Any:
    if is_shape(hint) and hint not in _SCALARS:
        required = required_keys(hint)
        return {name: _blank(each) for name, each in hints_of(hint) if name in required}
    return {tuple: list, Mapping: dict}.get(get_origin(hint) or str, str)()


def _without_empty(keys: frozenset[str]) -> Callable[[object], object]:
    """What leaves out those of the known `keys` that have nothing behind them; one that is not known stays, to be refused."""

    def left(value: object) -> object:
        if not isinstance(value, dict) or None not in value.values():
            return value
        return {key: each for key, each in value.items() if each is not None or key not in keys}

    return left


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
        help = _nearly(text, re.compile(EDTF).fullmatch) or error.help
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


_MARKED: dict[str, CoreSchema] = {
    "slug": _pattern("invalid-id", PATTERNS["slug"], "id", "write lower-case letters, digits and single hyphens"),
    "country-code": _pattern(
        "invalid-code", PATTERNS["country-code"], "country code", "write the two capital letters of ISO 3166-1"
    ),
    "url": _pattern(
        "invalid-url",
        PATTERNS["url"],
        "web address",
        "write it whole: https:// or http://, a host, and no spaces",
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
