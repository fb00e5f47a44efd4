"""Run the rules over a registry: the reader's findings and theirs, each at its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import PurePath
from pkgutil import iter_modules

from stancectl.checks import rules
from stancectl.checks.rule import CheckedFile, Plain, Rule, Setting
from stancectl.model.errors import UnknownName
from stancectl.model.vocabulary import Vocabulary
from stancectl.registry import across, build, read, schema
from stancectl.registry.document import Document
from stancectl.registry.files import File
from stancectl.registry.problems import MAX_PROBLEMS, Finding, Problem, in_order
from stancectl.registry.readings import KINDS, Known, Reading


@cache
def codes() -> list[str]:
    """The codes of all rules, in the order of the alphabet."""
    return [module.name.replace("_", "-") for module in iter_modules(rules.__path__)]


@cache
def rule(code: str) -> Rule:
    """The rule of that code; raise UnknownName, which suggests the nearest, where there is none."""
    if code not in codes():
        raise UnknownName("rule", code, codes())
    found: Rule = import_module(f"{rules.__name__}.{code.replace('-', '_')}").RULE
    return found


def check(files: Iterable[File | Problem], chosen: Iterable[str], today: date, stale: date) -> tuple[Problem, ...]:
    """What the chosen rules (by code) find in a registry, by file and line.

    `files` are all files of it, or why one could not be read. A position that was last stated before the day `stale` is.
    """
    found = list(files)
    given = {each.name: each for each in found if isinstance(each, File)}
    unread = [each for each in found if isinstance(each, Problem)]
    wanted = frozenset(chosen)
    words = read.vocabulary_in(given)
    known = read.ids_in(words)
    look = _Look(tuple(filter(wanted.__contains__, codes())), _setting(words, known, today, stale))
    readings = read.read_files(given.values(), known, look)
    between = [*across.cross_check(readings, complete=not unread), *look.across(readings, unread)]
    problems = [*unread, *(each for reading in readings for each in reading.problems), *read.place(between, given)]
    return in_order(each for each in problems if each.code in wanted or each.code == "too-many-problems")


def _setting(words: Document, known: Known, today: date, stale: date) -> Setting:
    plain = schema.made_out(words, Vocabulary, known) or {"topic": "", "stances": {}}
    is_whole = not words.unread and len(known) == len(KINDS)
    return Setting(build.vocabulary(build.without_gaps(plain)), is_whole, today, stale)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the rules find in each file, and in all of them."""

    codes: tuple[str, ...]
    setting: Setting

    def __call__(self, document: Document, plain: Plain | None) -> Iterator[Problem]:
        file = CheckedFile(document, plain or {}, self.setting)
        for each in map(rule, self.codes):
            for found in islice(each.in_file(file), MAX_PROBLEMS + 1) if each.in_file is not None else ():
                problem = found if isinstance(found, Problem) else document.located(found)
                yield problem._replace(code=each.code, severity=each.severity)

    def across(self, readings: Iterable[Reading], unread: Iterable[Problem]) -> Iterator[tuple[str, Finding]]:
        values = {PurePath(each.path).name: dict[str, object]() for each in unread}
        values |= {reading.name: reading.value or {} for reading in readings}
        for each in map(rule, self.codes):
            if each.in_registry is not None:
                for name, finding in islice(each.in_registry(values), MAX_PROBLEMS * len(values)):
                    yield name, finding._replace(code=each.code, severity=each.severity)
