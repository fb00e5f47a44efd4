"""A registry's files to checked values: syntax, shape, vocabulary, then what only shows across files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import PurePath
from typing import Any

from stancectl.model.errors import shorten, suggestion
from stancectl.model.names import key
from stancectl.registry import schema
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.problems import MAX_PROBLEMS, InvalidRegistry, Problem
from stancectl.registry.strict_yaml import Step, parse

Plain = dict[str, Any]


def check_files(files: Iterable[File | Problem]) -> dict[str, Plain]:
    """Every file's value in regular form, by file name; raise InvalidRegistry with every problem there is.

    `files` are all files of one registry, or why one could not be read.
    """
    found = list(files)
    problems = [each for each in found if isinstance(each, Problem)]
    given = {each.name: each for each in found if isinstance(each, File)}
    known = known_ids(parse(given[VOCABULARY]).value if VOCABULARY in given else None)
    raw, values, wrong = dict[str, Any](), dict[str, Any](), dict[str, list[Problem]]()
    for name, file in given.items():
        document = parse(file)  # one at a time: what knows the place of every word takes room
        values[name] = schema.check(document, _shape(name), known) if _is_named_well(name) else None
        raw[name], wrong[name] = document.value, document.problems
    findings = sorted(cross_check(raw, complete=not problems), key=lambda finding: finding.file)
    for name, own in groupby(findings, key=lambda finding: finding.file):
        document = parse(given[name])
        wrong[name] += [document.problem(each.path, each.code, each.message, each.help) for each in own]
    for each in wrong.values():
        problems += _told(each)
    if problems:
        raise InvalidRegistry(problems)
    return values


def check_file(file: File, known: Mapping[str, list[str]]) -> Plain | None:
    """One file's value in regular form, or None if anything is wrong with it (`check_files` tells what)."""
    value: Plain | None = schema.check(parse(file), _shape(file.name), known)
    return value


def known_ids(vocabulary: object) -> dict[str, list[str]]:
    """The ids that a vocabulary defines, by kind; of a broken one, those that can be made out."""
    if not isinstance(vocabulary, dict):
        return {}
    sections = {
        "stance": vocabulary.get("stances"),
        "precondition": vocabulary.get("preconditions") or {},
        "contribution": vocabulary.get("contributions") or {},
    }
    return {kind: list(ids) for kind, ids in sections.items() if isinstance(ids, dict)}


def slug_of(name: str) -> str:
    """The slug of the country whose file is called `name`."""
    return PurePath(name).stem


def _shape(name: str) -> schema.FileShape:
    return {VOCABULARY: schema.VocabularyFile, EVENTS: schema.EventsFile}.get(name, schema.CountryFile)


def _told(problems: list[Problem]) -> list[Problem]:
    """The first problem at each place, since what follows there is its consequence; of missing keys, all."""
    places = {(each.line, each.column, each.code == "missing-key" and each.message): each for each in reversed(problems)}
    told = sorted(places.values(), key=lambda each: (each.line, each.column))
    if len(told) > MAX_PROBLEMS:
        here = told[MAX_PROBLEMS]
        more, help = "there are more problems from here on", "mend these first"
        told[MAX_PROBLEMS:] = [Problem(here.path, here.line, here.column, "too-many-problems", more, help, here.excerpt)]
    return told


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that only shows across entries or files: in which file, and where in its value."""

    file: str
    path: tuple[Step, ...]
    code: str
    message: str
    help: str | None = None


def cross_check(values: Mapping[str, Any], *, complete: bool = True) -> Iterator[Finding]:
    """Everything wrong between the entries of one registry.

    `values` holds each file's value, checked or not, by name; `complete` says that no file is missing.
    """
    yield from (_misnamed(name) for name in values if not _is_named_well(name))
    countries = {name: value for name, value in values.items() if name not in (VOCABULARY, EVENTS) and _is_named_well(name)}
    made_out = {name: value for name, value in countries.items() if isinstance(value, dict)}
    yield from _duplicate_names(made_out)
    known = None
    if complete and len(made_out) == len(countries):
        known = {f"{slug_of(name)}/{said.get('id')}" for name, value in made_out.items() for _, said in _statements(value)}
    for name, value in made_out.items():
        yield from islice(_duplicate_ids(name, value), MAX_PROBLEMS + 1)
        if known is not None:
            yield from islice(_dangling_references(name, value, known), MAX_PROBLEMS + 1)


def _is_named_well(name: str) -> bool:
    return name in (VOCABULARY, EVENTS) or (name.endswith(".yaml") and schema.is_slug(slug_of(name)))


def _misnamed(name: str) -> Finding:
    if name.startswith("_"):
        help = f"only {VOCABULARY} and {EVENTS} begin with _"
        return Finding(name, (), "unknown-file", f"`{name}` is no file of this format", help)
    return Finding(name, (), "invalid-file-name", f"`{name}` names no country", "name it like new-zealand.yaml")


def _duplicate_names(values: Mapping[str, Plain]) -> Iterator[Finding]:
    """Codes, names and aliases by which two countries could be meant."""
    owners = dict[str, str]()
    for name in values:
        if (owner := owners.setdefault(key(slug_of(name)), name)) != name:
            yield Finding(
                name, (), "duplicate-name", f"`{slug_of(name)}` is the country in {owner} too", "rename one of the files"
            )
    for name, value in values.items():
        called: dict[tuple[Step, ...], Any] = {("country",): value.get("country"), ("name",): value.get("name")}
        called |= {("aliases", index): alias for index, alias in enumerate(_listed(value, "aliases"))}
        for path, text in called.items():
            if isinstance(text, str) and (owner := owners.setdefault(key(text), name)) != name:
                yield Finding(
                    name, path, "duplicate-name", f"`{shorten(text)}` is the country in {owner} too", "keep it in one of them"
                )


def _duplicate_ids(name: str, value: Plain) -> Iterator[Finding]:
    seen = dict[str, int]()
    for index, statement in _statements(value):
        own = statement.get("id")
        if isinstance(own, str) and seen.setdefault(own, index) != index:
            path = ("statements", index, "id")
            help = f"give each its own; the other is statement {seen[own] + 1} of the file"
            yield Finding(name, path, "duplicate-id", f"`{shorten(own)}` is another statement's id too", help)


def _dangling_references(name: str, value: Plain, known: set[str]) -> Iterator[Finding]:
    for index, statement in _statements(value):
        for place, reference in enumerate(_listed(statement, "responds_to")):
            if isinstance(reference, str) and reference not in known:
                path = ("statements", index, "responds_to", place)
                slug = reference.partition("/")[0]
                near = sorted(each for each in known if each.startswith(f"{slug}/"))
                help = suggestion(reference, near) if near else f"the registry has no {shorten(slug)}.yaml"
                yield Finding(name, path, "unknown-reference", f"there is no statement `{shorten(reference)}`", help)


def _statements(value: Plain) -> Iterator[tuple[int, Plain]]:
    """The statements that can be made out in a country's value."""
    return ((index, each) for index, each in enumerate(_listed(value, "statements")) if isinstance(each, dict))


def _listed(value: Plain, name: str) -> list[Any]:
    found = value.get(name)
    return found if isinstance(found, list) else []
