"""JSON Schema of a registry's files, for editors: the model's shapes, with the registry's own vocabulary as enums.

An id is explained by `enumDescriptions` beside `enum`. The YAML language server (tried with 1.25.0) shows them in
completion, beside each value (`addEnumValueCompletions` in its yamlCompletion.ts), and on hover, under what the key means
and beginning with the value at hand (`getHover` in its yamlHover.ts). `oneOf` with `const` and `description` is shown in
both places too, but on hover instead of what the key means, and where it is wrong other tools say only that no alternative
fits. `markdownEnumDescriptions` would take the registry's words for Markdown; these are escaped.

Our reader takes every scalar as text; other tools read `1984` as a number and `true` as a truth value before they look
here. So a text may be any scalar, and a schema never refuses what the reader takes, but for two things that other tools
cannot tell from nothing: the bare words `null` and `~`, where a value is required. What has nothing behind it counts as
absent, so an optional key may be empty or blank. Both are said with `not`: under `type` an editor would offer `true`,
`false` and `null` for every text.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args, get_origin

from stancectl.model.dates import EDTF, PartialDate
from stancectl.model.registry import Event
from stancectl.model.statements import Attribution, Offer, Personnel, Requirement, Source, Statement
from stancectl.model.vocabulary import Contribution, Precondition, Stance, Vocabulary
from stancectl.registry.shapes import (
    AT_LEAST_ONE,
    NUMBER,
    PATTERNS,
    SHORT_FOR,
    CountryFile,
    EventsFile,
    FileShape,
    hints_of,
    is_shape,
    required_keys,
    without_none,
)

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, FileShape] = {"country": CountryFile, "registry": Vocabulary, "events": EventsFile}
"""The kinds of files and the shape of each, in the order of importance."""

TITLES: dict[str, str] = {"country": "A country's statements", "registry": "The vocabulary", "events": "Events"}

MEANINGS: dict[Any, dict[str, str]] = {
    CountryFile: {
        "country": "The ISO 3166-1 alpha-2 code: two capital letters.",
        "name": "The name to show.",
        "statements": "What the country said, oldest first by custom.",
        "aliases": "Other names it is found by.",
    },
    EventsFile: {"events": "What happened around the statements, in any order."},
    Vocabulary: {
        "topic": "What the registry is about, as a title.",
        "stances": "The possible answers by id, most engaged first.",
        "question": "The question the stances answer.",
        "synonyms": "Other names of the topic.",
        "preconditions": "What can be required, by id.",
        "contributions": "What can be offered or ruled out, by id.",
        "groups": "Groups of countries by id: lists of their codes.",
        "format": "The number of this format: 1.",
    },
    Statement: {
        "id": "The statement's name, once in the file: its date and a word for the speaker.",
        "date": "When it was said: 2025, 2025-03 or 2025-03-27; a ? behind it says uncertain, a ~ approximate.",
        "speaker": "The person or the institution.",
        "summary": "What was said, in the editor's words.",
        "sources": "Where it can be read; at least one.",
        "office": "The person's title.",
        "occasion": "Where, or in answer to what.",
        "attribution": "On whose authority it was said; official if left out. Decides whether it counts.",
        "stance": "The stance it tells; left out where it tells none.",
        "quote": "The speaker's words, short and exact.",
        "requires": "Preconditions stated or restated.",
        "drops": "Preconditions withdrawn.",
        "offers": "Contributions offered, or offered again.",
        "withdraws": "Offers taken back, without excluding the kind.",
        "rules_out": "Contributions excluded.",
        "reopens": "Exclusions taken back, without offering the kind.",
        "responds_to": "The statements it answers, of any country: country/statement.",
        "note": "The editor's remark.",
    },
    Source: {
        "url": "Where it is: begins with https:// or http://.",
        "publisher": "Who published it.",
        "title": "Its title; by custom in square brackets where it is the editor's description.",
        "date": "When it was published.",
        "lang": "Its language: the code of ISO 639-1, or of 639-2 where that has none; en, pt-BR, sr-Latn.",
        "archived": "The address of an archived copy.",
    },
    Requirement: {
        "condition": "What is required.",
        "after": "What has to be met before it.",
        "note": "In what sense.",
    },
    Offer: {
        "kind": "What is offered.",
        "personnel": "How many people: a number, or {min: number, max: number}.",
        "note": "In what sense.",
    },
    Personnel: {
        "min": "How many at least; left out where that end is open.",
        "max": "How many at most; left out where that end is open.",
    },
    Event: {
        "date": "When it happened: 2025, 2025-03 or 2025-03-27; a ? behind it says uncertain, a ~ approximate.",
        "title": "What happened.",
        "sources": "Where it can be read.",
        "meets": "Preconditions that have been met since.",
        "unmeets": "Preconditions that have no longer been met since.",
        "note": "The editor's remark.",
    },
    Stance: {
        "label": "Its name.",
        "meaning": "When to code a statement so.",
        "takes_part": "Who takes it would join: true or false; false if left out.",
        "refuses": "Turning to it ends earlier preconditions and offers: true or false; false if left out.",
    },
    Precondition: {
        "label": "Its name.",
        "meaning": "When it is met.",
        "question": "How a reader would ask for it.",
        "implied_by": "Preconditions of which each, once met, meets this one too.",
        "excludes": "Preconditions it cannot stand beside.",
        "granted_by": "The code of the country in whose hand it lies.",
    },
    Contribution: {"label": "Its name.", "meaning": "What belongs to it."},
}
"""What each key of each mapping means, in a sentence."""

ATTRIBUTIONS: dict[Attribution, str] = {
    "official": "A named person or an institution, for the state. Counts.",
    "document": "A signed or adopted text. Counts.",
    "dissenting": "An office-holder at odds with the government that decides. Does not count.",
    "anonymous": "Somebody who is not named. Does not count.",
    "reported": "Somebody else, telling what the country said or thinks. Does not count.",
}
"""Who speaks, and whether it counts."""


def json_schema(kind: str, vocabulary: Vocabulary | None) -> Schema:
    """The JSON Schema (2020-12) of one of the KINDS of files, as a plain dict in a fixed order.

    Its enums are the ids of `vocabulary`; without one, any id is allowed.
    """
    shapes = _Shapes(vocabulary)
    shape = KINDS[kind]
    top = shapes.mapping(shape)
    about = {
        "$schema": DIALECT,
        "$comment": "Written by `stancectl schema`; do not edit.",
        "title": TITLES[kind] if vocabulary is None else f"{TITLES[kind]}: {vocabulary.topic}",
    }
    if vocabulary is not None and vocabulary.question:
        about["description"] = vocabulary.question
    return about | top | {"$defs": dict(sorted(shapes.defs.items()))}


class _Shapes:
    """Types of the model to schemas; what is used more than once goes to `defs`."""

    def __init__(self, vocabulary: Vocabulary | None) -> None:
        self._meanings = _vocabulary_meanings(vocabulary) if vocabulary is not None else {}
        self.defs: dict[str, Schema] = {}

    def of(self, hint: Any, at_least: int = 0) -> Schema:
        """The schema of a value of the type `hint`; a list or mapping has `at_least` so many entries."""
        hint = without_none(hint)
        origin, inner = get_origin(hint), get_args(hint)
        if is_shape(hint) and hint not in _SCALARS:
            return self._mapping_or_short(hint)
        if origin is tuple:
            return {"type": "array", "items": self.of(inner[0])} | ({"minItems": at_least} if at_least else {})
        if origin is Mapping:
            names = {"type": "object", "propertyNames": {"pattern": _whole(PATTERNS["slug"])}}
            return names | {"additionalProperties": self.of(inner[1])} | ({"minProperties": at_least} if at_least else {})
        if hint == Attribution:
            return self._def("attribution", _enum(ATTRIBUTIONS))
        if origin is Literal:
            return _any({"const": int(inner[0])}, _text(inner[0]))
        if hasattr(hint, "__metadata__"):
            return self._marked(hint.__metadata__[0])
        return self._def(*_SCALARS[hint])

    def mapping(self, shape: Any) -> Schema:
        """The schema of a mapping with the keys of this shape."""
        required = required_keys(shape)
        properties = {}
        for name, hint in hints_of(shape):
            value = self.of(hint, at_least=int((shape, name) in AT_LEAST_ONE))
            if name not in required:
                value = self._or_nothing(value)
            properties[name] = {"description": MEANINGS[shape][name]} | value
        needed = [name for name in properties if name in required]
        whole = {"type": "object", "properties": properties, "additionalProperties": False}
        return whole | ({"required": needed} if needed else {})

    def _or_nothing(self, schema: Schema) -> Schema:
        """The same for an optional key.

        Of a list `items` stays in front, from where an editor begins one; alternatives are put side by side.
        """
        nothing = self._def("nothing", _NOTHING)
        if schema.get("type") in ("array", "object"):
            rest = {key: value for key, value in schema.items() if key != "type"}
            return rest | _any({"type": schema["type"]}, nothing)
        name = schema.get("$ref", "").rpartition("/")[2]
        if "anyOf" in self.defs.get(name, ()):
            return self._def(f"optional-{name}", _any(self.defs[name], nothing))
        return _any(schema, nothing)

    def _mapping_or_short(self, shape: Any) -> Schema:
        name = shape.__name__.lower()
        if name not in self.defs:
            self.defs[name] = {"title": shape.__name__} | self.mapping(shape)
        mapping = {"$ref": f"#/$defs/{name}"}
        if shape not in SHORT_FOR:
            return mapping
        short = without_none(dict(hints_of(shape))[SHORT_FOR[shape][0]])
        return _any(_SCALARS[short][1] if short in _SCALARS else self.of(short), mapping)

    def _marked(self, mark: str) -> Schema:
        """The schema of a text that stands for something (see `model.statements`)."""
        if mark in self._meanings:
            return self._def(f"{mark}-id", _enum(self._meanings[mark]))
        if mark in PATTERNS and mark != "slug":
            return self._def(mark, _text(PATTERNS[mark]))
        return self._def("id", _any(_text(PATTERNS["slug"]), _OTHER_SCALAR))

    def _def(self, name: str, schema: Schema) -> Schema:
        self.defs[name] = schema
        return {"$ref": f"#/$defs/{name}"}


def _vocabulary_meanings(vocabulary: Vocabulary) -> dict[str, dict[str, str]]:
    """For each mark, its ids and what they mean."""
    sections: dict[str, Mapping[str, Stance | Precondition | Contribution]] = {
        "stance": vocabulary.stances,
        "precondition": vocabulary.preconditions,
        "contribution": vocabulary.contributions,
    }
    return {mark: {id: _explained(entry) for id, entry in entries.items()} for mark, entries in sections.items()}


def _explained(entry: Stance | Precondition | Contribution) -> str:
    """Label, meaning, and in whose hand it lies."""
    granted_by = entry.granted_by if isinstance(entry, Precondition) else None
    hand = f"(granted by {granted_by})" if granted_by else None
    what = f"{entry.label}: {entry.meaning}" if entry.meaning else entry.label
    return " ".join(" ".join(filter(None, (what, hand))).split())


def _enum(meanings: Mapping[Any, str]) -> Schema:
    """One of these ids, and what each means."""
    ids = {"type": "string", "enum": list(meanings), "enumDescriptions": list(meanings.values())}
    return _any(ids, _OTHER_SCALAR) if _not_text(meanings) else ids


def _not_text(ids: Iterable[str]) -> bool:
    """Whether another tool may read one of these ids as a number or a truth value (YAML 1.2, the core schema)."""
    return any(re.fullmatch("[0-9]+(e-?[0-9]+)?|0x[0-9a-f]+|0o[0-7]+|true|false", id) for id in ids)


def _any(*schemas: Schema) -> Schema:
    return {"anyOf": [part for schema in schemas for part in (schema["anyOf"] if [*schema] == ["anyOf"] else [schema])]}


def _text(pattern: str) -> Schema:
    return {"type": "string", "pattern": _whole(pattern)}


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$" if "|" in pattern else f"^{pattern}$"


# The titles tell the alternatives apart: where none has one, the language server takes them for all alike, and its hover
# repeats them. A description would hide the key's.
_OTHER_SCALAR: Schema = {"title": "Text", "not": {"type": ["null", "string", "array", "object"]}}
_NOTHING: Schema = {"title": "Nothing", "not": {"type": ["boolean", "number", "array", "object"]}, "pattern": r"^\s*$"}
_YEAR: Schema = {"title": "Year", "type": "integer", "minimum": 1, "maximum": 9999}
_DIGITS: Schema = {"title": "Digits", **_text(NUMBER)}
_SCALARS: dict[Any, tuple[str, Schema]] = {
    str: ("text", _any({"type": "string", "pattern": r"\S"}, _OTHER_SCALAR)),
    PartialDate: ("date", _any(_text(EDTF), _YEAR)),
    bool: ("flag", {"type": ["boolean", "string"], "pattern": _whole("true|false")}),
    int: ("number", _any({"type": "integer", "minimum": 0, "maximum": 999_999_999}, _DIGITS)),
}
