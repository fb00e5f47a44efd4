"""A registry's files to checked values: syntax, shape, vocabulary, then what only shows across files."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePath
from typing import Any

from stancectl.model.names import plain
from stancectl.registry import files, schema
from stancectl.registry.acceptance import accepted
from stancectl.registry.across import cross_check
from stancectl.registry.document import Document
from stancectl.registry.errors import InvalidRegistry
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.parallel import each_file
from stancectl.registry.problems import MAX_PROBLEMS, Finding, Problem
from stancectl.registry.readings import KINDS, Known, Reading, is_named_well, known_ids, shape_of, slug_of
from stancectl.registry.strict_yaml import parse
from stancectl.registry.syntax import depth

Plain = dict[str, Any]
Look = Callable[[Document, Plain | None], Iterable[Problem]]
"""What else to find in a file: of the document, and of what can be made out of it."""


def check_files(given: Iterable[File | Problem]) -> dict[str, Plain]:
    """Every file's value in regular form, by file name; raise InvalidRegistry with every problem there is.

    `given` are all files of one registry, or why one could not be read.
    """
    found = list(given)
    named = {each.name: each for each in found if isinstance(each, File)}
    known = ids_in(vocabulary_in(named))
    readings = read_files(named.values(), known)
    problems = [each for each in found if isinstance(each, Problem)]
    across = cross_check(readings, complete=not problems)
    problems += [problem for reading in readings for problem in reading.problems]
    problems += place(across, named)
    if problems:
        raise InvalidRegistry(problems)
    return {reading.name: reading.value for reading in readings if reading.value is not None}


def words_of(folder: Path) -> Plain:
    """The vocabulary of the registry in `folder`, in regular form; its other files may be broken. Raises InvalidRegistry."""
    return check_files([files.read(folder, VOCABULARY)])[VOCABULARY]


def read_files(files: Collection[File], known: Known, look: Look | None = None) -> list[Reading]:
    """Read all files of a registry by the vocabulary's ids; `look`, which another process may call, tells of more."""
    return list(each_file(partial(read_file, known=known, look=look), list(files)))


def read_file(file: File, known: Known, look: Look | None = None) -> Reading:
    """Read one file by the vocabulary's ids; `look` tells what else there is to say of it."""
    if look is None and (sound := accepted(file, known)) is not None:
        return Reading(file.name, sound, ())
    document, shape = parse(file), shape_of(file.name)
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


def _misnamed(name: str) -> Finding:
    if name.startswith("_"):
        help = f"only {VOCABULARY} and {EVENTS} begin with _"
        return Finding((), f"`{name}` is no file of this format", help, code="unknown-file")
    is_plain = re.fullmatch("[a-z0-9 _.-]+", plain(PurePath(name).stem)) is not None
    help = f"call it {slug_of(name)}.yaml" if is_plain and slug_of(name) else "name it like new-zealand.yaml"
    return Finding((), f"`{name}` names no country", help, code="invalid-file-name")
