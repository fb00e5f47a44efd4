"""What a rule is, and what it gets to see."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from stancectl.analysis.fold import fold
from stancectl.analysis.positions import Move, Position
from stancectl.model.registry import Country
from stancectl.model.statements import Requirement, Statement
from stancectl.model.vocabulary import Vocabulary
from stancectl.registry import build, readings
from stancectl.registry.document import Document
from stancectl.registry.problems import Finding, Problem, Severity, Step

_WORD = re.compile("[a-z0-9-]+")

Plain = dict[str, Any]
Path = tuple[Step, ...]
Example = str | Mapping[str, str]
"""A registry in short (see `checks.examples`): keys of one statement, a list of statements, or whole files by name."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a registry is checked against: its own vocabulary, the day it is, and the day before which a position is stale.

    `whole` says that all ids of the vocabulary could be made out; without them no position can be.
    """

    vocabulary: Vocabulary
    whole: bool
    today: date
    stale: date


class CheckedFile:
    """A file as the rules see it: whatever could be made out of it.

    `plain` is its value in regular form, in which None stands for entries of lists that could not be made out.
    """

    def __init__(self, document: Document, plain: Plain, setting: Setting) -> None:
        self.document = document
        self.plain = plain
        self.setting = setting
        self._asked = dict[str, bool]()

    @cached_property
    def statements(self) -> list[tuple[int, Plain]]:
        """The statements in the order of the file, each with its index; none in a file that is no country's."""
        return list(readings.statements(self.plain))

    @cached_property
    def dated(self) -> list[tuple[int, Statement]]:
        """Those of which positions are made, by date, each with its index: none where the vocabulary is broken."""
        if not self.setting.whole:
            return []
        made = [
            (index, build.statement("", build.without_gaps(said) if self.document.problems else said))
            for index, said in self.statements
            if said["date"]
        ]
        return sorted(made, key=lambda entry: entry[1].date.earliest)

    @cached_property
    def history(self) -> Position:
        """Where the country will stand once all its statements count, and how it comes there."""
        return self.position_at(date.max)

    @cached_property
    def today(self) -> Position:
        """Where it stands at the end of today."""
        return self.position_at(self.setting.today)

    def position_at(self, day: date) -> Position:
        """Where the country stands at the end of a day."""
        return Position(self._country, self.setting.vocabulary, day)

    @cached_property
    def _country(self) -> Country:
        """The country, as far as its statements can be made out."""
        said = tuple(statement for _, statement in self.dated)
        return Country("", "", "", (), said, fold(said, self.setting.vocabulary))

    def in_force(self) -> Iterator[tuple[int, dict[str, Requirement]]]:
        """For each statement that counts, by date: its index, and the preconditions in force with it, by id.

        For a signal: what it names itself.
        """
        moves = dict[int, list[Move]]()
        for move in self.history.moves:
            moves.setdefault(id(move.statement), []).append(move)
        held = dict[str, Requirement]()
        for index, statement in self.dated:
            own = {requirement.condition: requirement for requirement in statement.requires}
            for move in moves.get(id(statement), ()):
                if move.kind == "precondition" and move.action == "dropped":
                    held.pop(move.item, None)
                elif move.kind == "precondition":
                    held[move.item] = own[move.item]
            yield index, own if statement.is_signal else held | own

    def entries(self, index: int, key: str) -> list[tuple[Path, Any]]:
        """The entries of a list in a statement, each with its path."""
        listed = self.plain["statements"][index].get(key, ())
        return [(("statements", index, key, place), entry) for place, entry in enumerate(listed) if entry is not None]

    def sources(self) -> Iterator[tuple[Path, Plain]]:
        """The sources in the file, each with its path."""
        return sources(self.plain)

    def may_be_lost(self, id: str) -> bool:
        """Whether the id may stand in what could not be made out: in lines that were left out, undated, or misspelt."""
        if id not in self._asked:
            self._asked[id] = id in self._lost or bool(get_close_matches(id, self._misspelt, cutoff=0.75))
        return self._asked[id]

    @cached_property
    def _lost(self) -> set[str]:
        words = {word for line in self.document.unread_lines() for word in _WORD.findall(line)}
        undated = (said for _, said in self.statements if not said["date"])
        return words | {word for said in undated for word in _WORD.findall(str(said))}

    @cached_property
    def _misspelt(self) -> list[str]:
        told = (each for each in self.document.problems if each.code.startswith("unknown-") and each.excerpt is not None)
        return [str(each.excerpt)[each.column - 1 : each.column - 1 + each.width] for each in told]

    def index(self, statement: Statement) -> int:
        """Where in the file a statement stands."""
        return next(index for index, each in self.dated if each is statement)


Findings = Iterator[Finding | Problem]
InFile = Callable[[CheckedFile], Findings]
InRegistry = Callable[[Mapping[str, Plain]], Iterator[tuple[str, Finding]]]
"""From all files' values in regular form, by name, to findings with the name of the file each is in."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a registry.

    `finds` says what in a few words, `reason` why it matters and what to do. `in_file` finds it in one file, `in_registry`
    between files; a rule that the reader of the files applies itself has neither.
    """

    code: str
    finds: str
    reason: str
    failing: Example
    passing: Example
    severity: Severity = "error"
    in_file: InFile | None = None
    in_registry: InRegistry | None = None

    @property
    def is_readers(self) -> bool:
        """Whether the reader of the files applies it, for every command."""
        return self.in_file is None and self.in_registry is None


def sources(plain: Plain) -> Iterator[tuple[Path, Plain]]:
    """The sources of the statements or events in a file's value, each with its path."""
    for kind in ("statements", "events"):
        for index, each in enumerate(plain.get(kind, ())):
            for place, source in enumerate(each.get("sources", ()) if each is not None else ()):
                if source is not None:
                    yield (kind, index, "sources", place), source
