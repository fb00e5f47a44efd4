"""What somebody who records statements has at hand: a registry, its words, its countries, and what an addition would move."""

import shutil
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from stancectl.analysis.changes import changes
from stancectl.analysis.fold import silent
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
from stancectl.registry.drafts import Draft
from stancectl.registry.errors import InvalidRegistry
from stancectl.registry.files import File
from stancectl.registry.load import load
from stancectl.registry.problems import Problem
from stancectl.registry.read import words_of
from stancectl.registry.readings import known_ids
from stancectl.registry.shapes import is_slug
from stancectl.report.plain_text import visible
from stancectl.views import additions as view

Wanted = Mapping[str, tuple[NewCountry | None, Sequence[Plain]]]
"""Statements to add by the slug of their country, and what begins its file if there is none."""


class Begin(NamedTuple):
    """Leave to begin the file of a country that is not there, and its code and name where nothing else tells them."""

    code: str | None = None
    name: str | None = None


class Unfamiliar(UnknownName):
    """A country that the registry does not have; `near` says which are called alike."""

    def __init__(self, typed: str, registry: Registry) -> None:
        super().__init__("country", typed, sorted(registry.countries), registry.names, key(typed))
        known = country_named(typed)
        self.near = (self.help or "") if known is None else ""
        whose = f" for {known[1]}" if known else ""
        self.help = f"{self.near}{' ' if self.near.endswith('?') else '; ' if self.near else ''}--new begins a file{whose}"


class UnknownCode(Usage):
    """A country to begin whose ISO code nothing tells."""


class Desk:
    """A registry to record statements in, on the day that is today."""

    def __init__(self, folder: Path, today: date) -> None:
        words = words_of(folder)
        self.folder = folder
        self.today = today
        self.vocabulary = build.vocabulary(words)
        self.known = known_ids(words)

    @cached_property
    def registry(self) -> Registry:
        """All of it: raises InvalidRegistry."""
        return load(self.folder)

    def country(self, typed: str | None, begin: Begin | None) -> tuple[str, NewCountry | None]:
        """The slug of the country of that name, and how its file begins where there is none yet.

        `begin` is leave to begin one; for a country that a group of the vocabulary names none is needed. Raises UnknownName or
        Usage.
        """
        if typed is None:
            raise Usage("nothing says which country's statement this is", "name COUNTRY, or write `country` beside it")
        is_there = is_slug(typed) and (self.folder / f"{typed}.yaml").is_file()
        if slug := typed if is_there else self.registry.names.get(key(typed)):
            for spelling in filter(None, begin or ()):
                if self.registry.names.get(key(spelling)) != slug:
                    raise Usage(f"{slug} is there already, and not called `{shorten(spelling)}`", "leave out --code and --name")
            return slug, None
        known = country_named(typed)
        code = (begin and begin.code) or (known and known[0])
        name = (begin and begin.name) or (known[1] if known else typed.strip())
        is_expected = code is not None and any(code in group for group in self.vocabulary.groups.values())
        if begin is None and not is_expected:
            raise Unfamiliar(typed, self.registry)
        if code is None:
            help = "add --code, and --name if it is called otherwise"
            raise UnknownCode(f"the ISO code of {shorten(typed)} is not known here", help)
        if not is_country(code):
            raise UnknownCode(f"`{shorten(code)}` is no country's code", "write the two capital letters of ISO 3166-1")
        if not slug_in(name):
            raise Usage(f"`{shorten(name)}` has no Latin letter for the file's name", "give one that has as --name")
        for spelling in (code, name):
            if owner := self.registry.names.get(key(spelling)):
                help = f"add to {owner}, or give the new country another --code and --name"
                raise Usage(f"`{shorten(spelling)}` is {owner} here", help)
        return slug_in(name), NewCountry(code, name)

    def by_country(self, drafts: Sequence[Draft], country: str | None, begin: Begin | None) -> Wanted:
        """The drafts' statements by the slugs of their countries, all of them those of `country`, if it is named.

        `begin` is leave to begin that one's file, or those of all. Raises UnknownName or Usage; InvalidRegistry of all that is
        wrong with drafts from a text.
        """
        if country is None and begin is not None and any(begin):
            raise Usage("--code and --name are one country's", "name it as COUNTRY")
        whose = self.country(country, begin) if country is not None else None
        wanted = dict[str, tuple[NewCountry | None, list[Plain]]]()
        problems = list[Problem]()
        for draft in drafts:
            try:
                slug, new = self._whose(draft, country, whose, begin)
                wanted.setdefault(slug, (new, []))[1].append(draft.statement)
            except (UnknownName, Usage) as error:
                if draft.place is None:
                    raise
                problems.append(draft.place.told_of(error))
        if problems:
            raise InvalidRegistry(problems)
        return wanted

    def _whose(
        self, draft: Draft, country: str | None, whose: tuple[str, NewCountry | None] | None, begin: Begin | None
    ) -> tuple[str, NewCountry | None]:
        """The country that a draft names, which has to be the one named for all (and `whose` file that is), if there is one."""
        if whose is None or country is None:
            return self.country(draft.country, begin)
        if draft.country is None or key(draft.country) in map(key, (country, *(whose[1] or ()))):
            return whose
        slug, _ = self.country(draft.country, begin and Begin())
        if slug != whose[0]:
            raise Usage(f"this is {slug}'s, not {whose[0]}'s", "leave COUNTRY out, so that each goes where it says")
        return whose

    def additions(self, wanted: Wanted) -> list[Addition]:
        """What adding statements makes of the files of their countries. Raises what is wrong with any of them."""
        made = [addition(self.folder, slug, own, self.known, begin) for slug, (begin, own) in wanted.items()]
        check_references(self.folder, made, self.known)
        return made

    def findings(self, made: Sequence[Addition], *, with_warnings: bool) -> list[Problem]:
        """What `check` finds in the new statements."""
        new = {each.file.path: {line + 1 for span in each.spans for line in span} for each in made}
        rules = (run.rule(code) for code in run.codes())
        codes = [each.code for each in rules if not each.is_readers and (with_warnings or each.severity == "error")]
        stale = date.min  # how long others have been silent is not the new statement's matter
        found = run.check([files.read(self.folder, files.VOCABULARY), *(each.file for each in made)], codes, self.today, stale)
        return [each for each in found if each.line in new.get(each.path, ()) and each.code in codes]

    def position(self, slug: str) -> Position | None:
        """Where a country stands today; None for one whose file is still to begin."""
        file = files.read(self.folder, f"{slug}.yaml")
        if not isinstance(file, File):
            return None
        return Position(build.country(slug, sound(file, self.known), self.vocabulary), self.vocabulary, self.today)

    def positions(self, made: Addition) -> tuple[Position, Position]:
        """Where the country stands today without what is added, and with it."""
        after = build.country(made.slug, made.after, self.vocabulary)
        before = build.country(made.slug, made.before, self.vocabulary) if made.before else silent(after, self.vocabulary)
        return Position(before, self.vocabulary, self.today), Position(after, self.vocabulary, self.today)

    def told(self, made: Iterable[Addition], problems: Iterable[Problem], color: str) -> str:
        """The additions for a terminal: what they move, and what `check` finds in them."""
        from stancectl.report import terminal

        pairs = [self.positions(each) for each in made]
        moved = [change for pair in pairs for change in changes(*pair)]
        countries = [position.country for pair in pairs for position in pair]
        added = [(ref, place) for each in made for ref, place in zip(each.refs, each.places, strict=True)]
        page, width = view.page(added, moved, self.vocabulary, countries), shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns
        remarks = (visible(f"{each.severity}: {each.message}; {each.help or ''}").rstrip("; ") for each in problems)
        lines = [textwrap.fill(each, width - 1, subsequent_indent="  ") for each in remarks]
        return terminal.write(page, width, colour=in_colour(color, None)) + "".join(f"{line}\n" for line in ["", *lines] if lines)
