"""What somebody who records statements has at hand: a registry, its words, its countries, and what an addition would move."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from stancectl.analysis.changes import changes
from stancectl.analysis.fold import fold
from stancectl.analysis.positions import Position
from stancectl.checks import run
from stancectl.cli.answer import PLAIN_WIDTH, in_colour
from stancectl.cli.options import Usage
from stancectl.model.errors import UnknownName, shorten
from stancectl.model.iso import country_named, is_country
from stancectl.model.names import key
from stancectl.model.names import slug as slug_in
from stancectl.model.registry import Registry
from stancectl.registry import build, files
from stancectl.registry.additions import Addition, NewCountry, addition, check_references, sound
from stancectl.registry.document import Plain
from stancectl.registry.drafts import Draft, at
from stancectl.registry.errors import InvalidRegistry, NoRegistry
from stancectl.registry.files import File
from stancectl.registry.load import load
from stancectl.registry.locate import nearest
from stancectl.registry.problems import Problem
from stancectl.registry.read import words_of
from stancectl.registry.readings import known_ids
from stancectl.registry.shapes import is_slug
from stancectl.views import additions as view

Wanted = Mapping[str, tuple[NewCountry | None, Sequence[Plain]]]
"""Statements to add by the slug of their country, and what begins its file if there is none."""


class Begin(NamedTuple):
    """Leave to begin the file of a country that is not there, and its code and name where nothing else tells them."""

    code: str | None = None
    name: str | None = None


class Unfamiliar(UnknownName):
    """A country that the registry does not have."""

    def __init__(self, typed: str, registry: Registry) -> None:
        super().__init__("country", typed, sorted(registry.countries), registry.names, key(typed))
        known = country_named(typed)
        near = "" if known or self.help is None else f"{self.help.rstrip('?')}? "
        self.help = f"{near}--new begins a file{f' for {known[1]}' if known else ''}"


class UnknownCode(Usage):
    """A country to begin whose ISO code nothing tells."""


class Desk:
    """A registry to record statements in, on the day that is today; `begin` is leave to begin a country's file."""

    def __init__(self, folder: Path, today: date, begin: Begin | None) -> None:
        words = words_of(folder)
        self.folder = folder
        self.today = today
        self.begin = begin
        self.vocabulary = build.vocabulary(words)
        self.known = known_ids(words)

    @cached_property
    def registry(self) -> Registry:
        """All of it: raises InvalidRegistry."""
        return load(self.folder)

    def country(self, typed: str | None) -> tuple[str, NewCountry | None]:
        """The slug of the country of that name, and how its file begins where there is none yet.

        A country that a group of the vocabulary names needs no leave to begin. Raises UnknownName or Usage.
        """
        if typed is None:
            raise Usage("nothing says which country's statement this is", "name COUNTRY, or write `country` beside it")
        if is_slug(typed) and (self.folder / f"{typed}.yaml").is_file():
            return typed, None
        if slug := self.registry.names.get(key(typed)):
            return slug, None
        known = country_named(typed)
        code = (self.begin and self.begin.code) or (known and known[0])
        name = (self.begin and self.begin.name) or (known[1] if known else typed.strip())
        is_expected = code is not None and any(code in group for group in self.vocabulary.groups.values())
        if self.begin is None and not is_expected:
            raise Unfamiliar(typed, self.registry)
        if code is None:
            raise UnknownCode(
                f"the ISO code of {shorten(typed)} is not known here", "add --code, and --name if it is called otherwise"
            )
        if not is_country(code):
            raise UnknownCode(f"`{shorten(code)}` is no country's code", "write the two capital letters of ISO 3166-1")
        if not slug_in(name):
            raise Usage(f"`{shorten(name)}` has no Latin letter for the file's name", "give one that has as --name")
        for spelling in (code, name):
            if owner := self.registry.names.get(key(spelling)):
                raise Usage(
                    f"`{shorten(spelling)}` is {owner} here", f"add to {owner}, or give the new country another --code and --name"
                )
        return slug_in(name), NewCountry(code, name)

    def by_country(self, drafts: Sequence[Draft], country: str | None = None) -> Wanted:
        """The drafts' statements by the slugs of their countries, all of them those of `country`, if it is named.

        Raises UnknownName or Usage; InvalidRegistry of all that is wrong with drafts from a text.
        """
        wanted = dict[str, tuple[NewCountry | None, list[Plain]]]()
        whose = self.country(country) if country is not None else None
        problems = list[Problem]()
        for draft in drafts:
            try:
                slug, begin = self._whose(draft, whose)
                wanted.setdefault(slug, (begin, []))[1].append(draft.statement)
            except (UnknownName, Usage) as error:
                if draft.place is None:
                    raise
                problems.append(at(draft.place, error))
        if problems:
            raise InvalidRegistry(problems)
        if self.begin and (self.begin.code or self.begin.name) and sum(begin is not None for begin, _ in wanted.values()) > 1:
            raise Usage("--code and --name are one country's", "begin the others on their own")
        return wanted

    def _whose(self, draft: Draft, whose: tuple[str, NewCountry | None] | None) -> tuple[str, NewCountry | None]:
        """The country that a draft names, which has to be the one named for all, if there is one."""
        if whose is not None and draft.country is None:
            return whose
        slug, begin = self.country(draft.country)
        if whose is not None and slug != whose[0]:
            raise Usage(f"this is {slug}'s, not {whose[0]}'s", "leave COUNTRY out, so that each goes where it says")
        return slug, begin

    def additions(self, wanted: Wanted) -> list[Addition]:
        """What adding statements makes of the files of their countries. Raises what is wrong with any of them."""
        made = [addition(self.folder, slug, own, self.known, begin) for slug, (begin, own) in wanted.items()]
        check_references(self.folder, made, self.known)
        return made

    def findings(self, made: Iterable[Addition]) -> list[Problem]:
        """What `check` finds in the new statements."""
        words = files.read(self.folder, files.VOCABULARY)
        codes = [code for code in run.codes() if not run.rule(code).is_readers]
        stale = date.min  # how long others have been silent is not the new statement's matter
        found = list[Problem]()
        for each in made:
            file = File(each.writing.path.name, files.shown_path(each.writing.path), each.writing.data)
            new = {line + 1 for span in each.spans for line in span}
            found += (
                problem
                for problem in run.check([words, file], codes, self.today, stale)
                if problem.path == file.path and problem.line in new
            )
        return found

    def position(self, typed: str) -> Position | None:
        """Where the country of that name stands today; None for one whose file is still to begin."""
        slug, _ = self.country(typed)
        file = files.read(self.folder, f"{slug}.yaml")
        if not isinstance(file, File):
            return None
        return Position(build.country(slug, sound(file, self.known), self.vocabulary), self.vocabulary, self.today)

    def positions(self, made: Addition) -> tuple[Position, Position]:
        """Where the country stands today without what is added, and with it."""
        after = build.country(made.slug, made.after, self.vocabulary)
        if made.before is None:
            before = after._replace(statements=(), history=fold((), self.vocabulary))
        else:
            before = build.country(made.slug, made.before, self.vocabulary)
        return Position(before, self.vocabulary, self.today), Position(after, self.vocabulary, self.today)

    def told(self, made: Iterable[Addition], color: str) -> str:
        """The additions for a terminal, and what they move."""
        from stancectl.report import terminal

        pairs = [self.positions(each) for each in made]
        moved = [change for pair in pairs for change in changes(*pair)]
        added = [(ref, place) for each in made for ref, place in zip(each.refs, each.places, strict=True)]
        page = view.page(added, moved, self.vocabulary, pairs)
        return terminal.write(page, shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns, colour=in_colour(color, None))


def registry_to_write(named: Path | None) -> Path:
    """The registry of a command that writes; the shipped one is not written to. Raises NoRegistry."""
    folder = nearest(named)
    if folder is None:
        raise NoRegistry("there is no registry here", "name one with --registry DIR, or begin one with `stancectl init DIR`")
    return folder
