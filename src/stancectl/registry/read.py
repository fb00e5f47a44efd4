"""A registry's files to checked values: syntax, shape, vocabulary, then what only shows across files."""

import contextlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from pathlib import PurePath
from typing import Any, NamedTuple

from stancectl.model.errors import shorten, suggestion
from stancectl.model.names import key, plain
from stancectl.model.vocabulary import Vocabulary
from stancectl.registry import schema
from stancectl.registry.document import Document
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.parallel import each_file
from stancectl.registry.plain_yaml import Amiss, value_of
from stancectl.registry.problems import MAX_PROBLEMS, Finding, InvalidRegistry, Problem, Step
from stancectl.registry.shapes import MAX_IDS, CountryFile, EventsFile, FileShape, is_slug
from stancectl.registry.strict_yaml import parse
from stancectl.registry.syntax import depth

Plain = dict[str, Any]
Known = Mapping[str, Mapping[str, None]]
"""The ids that the vocabulary defines, by kind, in its order."""

KINDS = {"stance": "stances", "precondition": "preconditions", "contribution": "contributions"}
"""The kinds of ids that statements use, and the keys of the vocabulary under which they are defined."""

Look = Callable[[Document, Plain | None], Iterable[Problem]]
"""What else to find in a file: of the document, and of what can be made out of it."""


class Reading(NamedTuple):
    """What a file was read to: its value in regular form, and what is wrong with it.

    Of a broken file the value is what can be made out, if anything; `lost` are the ids in entries that could not be read.
    """

    name: str
    value: Plain | None
    problems: tuple[Problem, ...]
    lost: tuple[str, ...] = ()


def check_files(files: Iterable[File | Problem]) -> dict[str, Plain]:
    """Every file's value in regular form, by file name; raise InvalidRegistry with every problem there is.

    `files` are all files of one registry, or why one could not be read.
    """
    found = list(files)
    given = {each.name: each for each in found if isinstance(each, File)}
    known = ids_in(vocabulary_in(given))
    readings = read_files(given.values(), known)
    problems = [each for each in found if isinstance(each, Problem)]
    across = cross_check(readings, complete=not problems)
    problems += [problem for reading in readings for problem in reading.problems]
    problems += place(across, given)
    if problems:
        raise InvalidRegistry(problems)
    return {reading.name: reading.value for reading in readings if reading.value is not None}


def check_file(file: File, known: Known) -> Plain | None:
    """One file's value in regular form, or None if anything is wrong with it (`check_files` tells what)."""
    reading = read_file(file, known)
    return None if reading.problems else reading.value


def read_files(files: Collection[File], known: Known, look: Look | None = None) -> list[Reading]:
    """Read all files of a registry by the vocabulary's ids; `look`, which another process may call, tells of more."""
    return list(each_file(partial(read_file, known=known, look=look), list(files)))


def read_file(file: File, known: Known, look: Look | None = None) -> Reading:
    """Read one file by the vocabulary's ids; `look` tells what else there is to say of it."""
    shape = _shape(file.name)
    if look is None and shape is not None and is_named_well(file.name):
        with contextlib.suppress(Amiss):
            if (sound := schema.accepted(value_of(file.data), shape, known)) is not None:
                return Reading(file.name, sound, ())
    document = parse(file)
    if not is_named_well(file.name):
        document.problems.insert(0, document.located(_misnamed(file.name)))
    value = schema.check(document, shape, known) if shape is not None else None
    problems = document.problems
    if problems:
        problems = _told(document)
        value = schema.made_out(document, shape, known) if shape is not None else None
    if look is not None:
        problems = [*problems, *look(document, value)]
    return Reading(file.name, value, _bounded(problems), tuple(_lost(document)))


def place(findings: Iterable[tuple[str, Finding]], files: Mapping[str, File]) -> Iterator[Problem]:
    """Findings, each with the name of its file, as problems with their places."""
    by_file = groupby(sorted(findings, key=itemgetter(0)), key=itemgetter(0))
    wanted = {name: [finding for _, finding in own] for name, own in by_file}
    for located in each_file(partial(_located, wanted), [files[name] for name in wanted]):
        yield from located


def _located(findings: Mapping[str, list[Finding]], file: File) -> tuple[Problem, ...]:
    """The findings in a file, which is read again for it: what knows the place of every word takes too much room to keep."""
    document = parse(file)
    return _bounded([document.located(finding) for finding in findings[file.name]])


def vocabulary_in(files: Mapping[str, File]) -> Document:
    """What the vocabulary among the files holds; nothing where there is none."""
    return parse(files[VOCABULARY]) if VOCABULARY in files else Document(File(VOCABULARY, VOCABULARY, b""))


def ids_in(document: Document) -> Known:
    """The ids that a vocabulary's document defines; none of a kind that cannot be made out."""
    known = known_ids(document.value)
    for unread in document.unread:
        left_out = document.lines[unread.start : unread.stop]
        for lost in (kind for kind, name in KINDS.items() if any(line.startswith(name) for line in left_out)):
            known.pop(lost, None)
        above = reversed(document.lines[: unread.start + 1])
        within = next((kind for line in above for kind, name in KINDS.items() if line.startswith(f"{name}:")), None)
        if within in known:
            known[within].update(dict.fromkeys(re.findall(r"^ +([a-z0-9-]+):", "\n".join(left_out), re.MULTILINE)))
    return known


def known_ids(vocabulary: object) -> dict[str, dict[str, None]]:
    """The ids that a vocabulary defines, by kind, in order; of a broken one, those that can be made out."""
    if not isinstance(vocabulary, dict):
        return {}
    known = dict[str, dict[str, None]]()
    others = vocabulary.keys() - set(KINDS.values())
    for kind, section in KINDS.items():
        ids = vocabulary.get(section)
        is_optional = kind != "stance" and not get_close_matches(section, others, cutoff=0.75)
        if (isinstance(ids, dict) and len(ids) <= MAX_IDS) or (ids is None and is_optional):
            known[kind] = dict.fromkeys(ids or ())
    return known


def slug_of(name: str) -> str:
    """The slug of the country whose file is called `name`; of a misnamed file, what is nearest to it."""
    stem = PurePath(name).stem
    return stem if is_named_well(name) else "-".join(re.findall("[a-z0-9]+", plain(stem)))


def _shape(name: str) -> FileShape | None:
    """What the file of that name holds; None for one that is no part of a registry."""
    if name in (VOCABULARY, EVENTS):
        return Vocabulary if name == VOCABULARY else EventsFile
    return None if name.startswith("_") else CountryFile


def _told(document: Document) -> list[Problem]:
    """The first problem at each place, since what follows there is its consequence; of missing keys, all that were not lost."""
    places = {
        (each.line, each.column, each.code == "missing-key" and each.message): each
        for each in reversed(document.problems)
        if not (each.code == "missing-key" and _is_broken(document, each))
    }
    return list(places.values())


def _is_broken(document: Document, entry: Problem) -> bool:
    """Whether keys of the entry that a problem is with, or all that stood behind its key, could not be read."""
    lines, own = document.lines, entry.column - 1
    if (entry.line, own) == (1, 0):
        begun = (lines[unread.start] for unread in document.unread)
        return any(depth(line) < 2 and not line.lstrip().startswith("-") for line in begun)
    for unread in document.unread:
        between, left_out = lines[entry.line : unread.start], lines[unread.start : unread.stop]
        if entry.line <= unread.start and all(depth(line) >= own for line in between):
            is_next = left_out[0].lstrip().startswith("-")
            if not any(map(str.strip, between)) or (not is_next and any(abs(depth(line) - own) < 2 for line in left_out)):
                return True
    return False


def _lost(document: Document) -> Iterator[str]:
    """The ids in what could not be read."""
    for line in document.unread_lines():
        yield from re.findall(r"\bid: *[\"']?([a-z0-9-]+)", line)


def _bounded(problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems of one file in their order, the first MAX_PROBLEMS of them."""
    told = sorted(problems, key=lambda each: (each.line, each.column))
    if len(told) > MAX_PROBLEMS:
        here = told[MAX_PROBLEMS]
        more, help = "there are more problems from here on", "mend these first"
        told[MAX_PROBLEMS:] = [Problem(here.path, here.line, here.column, "too-many-problems", more, help, here.excerpt)]
    return tuple(told)


def cross_check(readings: Collection[Reading], *, complete: bool = True) -> Iterator[tuple[str, Finding]]:
    """Everything wrong between the entries of one registry, each with the name of its file.

    `complete` says that no file is missing.
    """
    countries = {each.name: each for each in readings if _shape(each.name) is CountryFile}
    values = {name: reading.value for name, reading in countries.items() if reading.value is not None}
    yield from _duplicate_names(values)
    slugs = {name: slug_of(name) for name in values}
    known = {f"{slugs[name]}/{said['id']}" for name, value in values.items() for _, said in statements(value)}
    known |= {f"{slug_of(name)}/{id}" for name, reading in countries.items() for id in reading.lost}
    unsure = {slug_of(name) for name, reading in countries.items() if _hides_ids(reading.value)}
    for name, value in values.items():
        yield from islice(_duplicate_ids(name, value), MAX_PROBLEMS + 1)
        if complete:
            yield from islice(_dangling_references(name, value, known, unsure), MAX_PROBLEMS + 1)


def _hides_ids(value: Plain | None) -> bool:
    """Whether a country's file may hold statements whose ids could not be made out."""
    return value is None or any(said is None or not said["id"] for said in value["statements"])


def is_named_well(name: str) -> bool:
    """Whether a file's name says what is in it."""
    return name in (VOCABULARY, EVENTS) or (name.endswith(".yaml") and is_slug(PurePath(name).stem))


def _misnamed(name: str) -> Finding:
    if name.startswith("_"):
        help = f"only {VOCABULARY} and {EVENTS} begin with _"
        return Finding((), f"`{name}` is no file of this format", help, code="unknown-file")
    is_plain = re.fullmatch("[a-z0-9 _.-]+", plain(PurePath(name).stem)) is not None
    help = f"call it {slug_of(name)}.yaml" if is_plain and slug_of(name) else "name it like new-zealand.yaml"
    return Finding((), f"`{name}` names no country", help, code="invalid-file-name")


def _duplicate_names(values: Mapping[str, Plain]) -> Iterator[tuple[str, Finding]]:
    """Codes, names and aliases by which two countries could be meant."""
    owners = dict[str, str]()
    for name in values:
        slug = slug_of(name)
        if (owner := owners.setdefault(key(slug), name)) != name:
            message = f"`{slug}` is the country in {owner} too"
            yield name, Finding((), message, "rename one of the files", others=(owner,), code="duplicate-name")
    for name, value in values.items():
        called: dict[tuple[Step, ...], str | None] = {("country",): value["country"], ("name",): value["name"]}
        called |= {("aliases", index): alias for index, alias in enumerate(value.get("aliases", ()))}
        for path, text in called.items():
            if text and key(text) and (owner := owners.setdefault(key(text), name)) != name:
                message = f"`{shorten(text)}` is the country in {owner} too"
                yield name, Finding(path, message, "keep it in one of them", others=(owner,), code="duplicate-name")


def _duplicate_ids(name: str, value: Plain) -> Iterator[tuple[str, Finding]]:
    seen = dict[str, int]()
    for index, said in statements(value):
        if said["id"] and seen.setdefault(said["id"], index) != index:
            message = f"`{shorten(said['id'])}` is another statement's id too"
            help = f"give each its own; the other is statement {seen[said['id']] + 1} of the file"
            yield name, Finding(("statements", index, "id"), message, help, code="duplicate-id")


def _dangling_references(name: str, value: Plain, known: set[str], unsure: set[str]) -> Iterator[tuple[str, Finding]]:
    helped = 0
    for index, said in statements(value):
        for position, reference in enumerate(said.get("responds_to", ())):
            slug = str(reference).partition("/")[0]
            if reference is not None and reference not in known and slug not in unsure:
                helped += 1
                near = sorted(each for each in known if each.startswith(f"{slug}/")) if helped <= _HELPED else []
                help = suggestion(reference, near) if near else _without_suggestion(slug, known)
                path, message = ("statements", index, "responds_to", position), f"there is no statement `{shorten(reference)}`"
                yield name, Finding(path, message, help, others=(f"{slug}.yaml",), code="unknown-reference")


_HELPED = 20
"""How many dangling references of a file are told what is near them, which takes time."""


def _without_suggestion(slug: str, known: set[str]) -> str:
    is_there = any(each.startswith(f"{slug}/") for each in known)
    return f"look for its id in {shorten(slug)}.yaml" if is_there else f"the registry has no {shorten(slug)}.yaml"


def statements(value: Plain) -> Iterator[tuple[int, Plain]]:
    """The statements in a file's value, as far as they can be made out, and their places in the file."""
    return ((index, said) for index, said in enumerate(value.get("statements", ())) if said is not None)


def by_reference(values: Mapping[str, Plain]) -> dict[str, tuple[str, int, Plain]]:
    """Every statement by its reference: its file, its index there, and what it says. Left out are those of one reference."""
    found, twice = dict[str, tuple[str, int, Plain]](), set[str]()
    for name, value in values.items():
        for index, said in statements(value):
            reference = f"{slug_of(name)}/{said['id']}"
            if reference in found:
                twice.add(reference)
            found[reference] = (name, index, said)
    return {reference: entry for reference, entry in found.items() if reference not in twice}
