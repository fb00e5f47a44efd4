"""A registry's files to checked values: syntax, shape, vocabulary, then what only shows across files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any

from stancectl.model.errors import suggestion
from stancectl.model.names import key
from stancectl.registry import schema
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.problems import MAX_PROBLEMS, InvalidRegistry, Problem
from stancectl.registry.strict_yaml import Document, Step, parse

Plain = dict[str, Any]


def check_files(files: Iterable[File | Problem]) -> dict[str, Plain]:
    """Every file's value in regular form, by file name; raise InvalidRegistry with every problem there is.

    `files` are all files of one registry, or why one could not be read.
    """
    problems, documents = list[Problem](), dict[str, Document]()
    for file in files:
        if isinstance(file, Problem):
            problems.append(file)
        else:
            documents[file.name] = parse(file)
    vocabulary = documents.get(VOCABULARY)
    known = known_ids(vocabulary.value if vocabulary else None)
    values = {name: schema.check(document, _shape(name), known) for name, document in documents.items()}
    for finding in islice(cross_check({name: document.value for name, document in documents.items()}), MAX_PROBLEMS):
        document = documents[finding.file]
        document.problems.append(document.problem(finding.path, finding.code, finding.message, finding.help))
    for document in documents.values():
        problems += _told(document)
    if problems:
        raise InvalidRegistry(problems)
    return values


def check_file(file: File, known: Mapping[str, list[str]]) -> Plain | None:
    """One file's value in regular form, or None if anything is wrong with it (`check_files` tells what)."""
    value: Plain | None = schema.check(parse(file), _shape(file.name), known)
    return value


def known_ids(vocabulary: object) -> dict[str, list[str]]:
    """The ids that a vocabulary defines, by kind; of a broken one, those that can be made out."""
    sections = {"stance": "stances", "precondition": "preconditions", "contribution": "contributions"}
    if not isinstance(vocabulary, dict):
        return {}
    return {kind: list(ids) for kind, name in sections.items() if isinstance(ids := vocabulary.get(name, {}), dict)}


def slug_of(name: str) -> str:
    """The slug of the country whose file is called `name`."""
    return PurePath(name).stem


def _shape(name: str) -> schema.FileShape:
    return {VOCABULARY: schema.VocabularyFile, EVENTS: schema.EventsFile}.get(name, schema.CountryFile)


def _told(document: Document) -> list[Problem]:
    """The first problem at each place (what follows there is its consequence), as many as MAX_PROBLEMS allows."""
    at_places = {(problem.line, problem.column): problem for problem in reversed(document.problems)}
    told = [at_places[place] for place in sorted(at_places)]
    if len(told) > MAX_PROBLEMS:
        line, column = told[MAX_PROBLEMS].line - 1, told[MAX_PROBLEMS].column - 1
        more = f"{len(told) - MAX_PROBLEMS} more problems from here on"
        told[MAX_PROBLEMS:] = [document.problem_at(line, column, "too-many-problems", more, "mend the ones above first")]
    return told


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that only shows across entries or files: in which file, and where in its value."""

    file: str
    path: tuple[Step, ...]
    code: str
    message: str
    help: str | None = None


def cross_check(values: Mapping[str, Any]) -> Iterator[Finding]:
    """Everything wrong between the entries of one registry. `values` holds each file's value, checked or not, by name."""
    countries = {name: value for name, value in values.items() if name not in (VOCABULARY, EVENTS)}
    yield from _wrong_file_names(countries)
    made_out = {name: value for name, value in countries.items() if isinstance(value, dict)}
    yield from _duplicate_names(made_out)
    yield from _duplicate_ids(made_out)
    if len(made_out) == len(countries):
        yield from _dangling_references(made_out)


def _wrong_file_names(names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if name.startswith("_"):
            help = f"only {VOCABULARY} and {EVENTS} begin with _"
            yield Finding(name, (), "unknown-file", f"`{name}` is no file of this format", help)
        elif not name.endswith(".yaml") or not schema.is_slug(slug_of(name)):
            yield Finding(name, (), "invalid-file-name", f"`{name}` names no country", "name it like new-zealand.yaml")


def _duplicate_names(values: Mapping[str, Plain]) -> Iterator[Finding]:
    """Codes, names and aliases by which two countries could be meant."""
    owners = {key(slug_of(name)): name for name in values}
    for name, value in values.items():
        called: dict[tuple[Step, ...], Any] = {("country",): value.get("country"), ("name",): value.get("name")}
        called |= {("aliases", index): alias for index, alias in enumerate(_listed(value, "aliases"))}
        for path, text in called.items():
            if isinstance(text, str) and (owner := owners.setdefault(key(text), name)) != name:
                yield Finding(name, path, "duplicate-name", f"`{text}` is the country in {owner} too", "keep it in one of them")


def _duplicate_ids(values: Mapping[str, Plain]) -> Iterator[Finding]:
    for name, value in values.items():
        seen = set[str]()
        for index, statement in _statements(value):
            own = statement.get("id")
            if isinstance(own, str):
                if own in seen:
                    yield Finding(
                        name,
                        ("statements", index, "id"),
                        "duplicate-id",
                        f"`{own}` is another statement's id too",
                        "give each its own",
                    )
                seen.add(own)


def _dangling_references(values: Mapping[str, Plain]) -> Iterator[Finding]:
    known = {f"{slug_of(name)}/{statement.get('id')}" for name, value in values.items() for _, statement in _statements(value)}
    for name, value in values.items():
        for index, statement in _statements(value):
            for place, reference in enumerate(_listed(statement, "responds_to")):
                if isinstance(reference, str) and reference not in known:
                    path = ("statements", index, "responds_to", place)
                    yield Finding(
                        name,
                        path,
                        "unknown-reference",
                        f"there is no statement `{reference}`",
                        suggestion(reference, sorted(known)),
                    )


def _statements(value: Plain) -> Iterator[tuple[int, Plain]]:
    """The statements that can be made out in a country's value."""
    return ((index, each) for index, each in enumerate(_listed(value, "statements")) if isinstance(each, dict))


def _listed(value: Plain, name: str) -> list[Any]:
    found = value.get(name)
    return found if isinstance(found, list) else []
