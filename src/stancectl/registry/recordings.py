"""All recordings of a registry: what each commit that changed it made of it."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from stancectl.model.recordings import Commit, Recording
from stancectl.model.registry import Country, Registry
from stancectl.model.vocabulary import Vocabulary
from stancectl.registry import build
from stancectl.registry.compiled import read
from stancectl.registry.errors import InvalidRegistry, UnknownRevision
from stancectl.registry.files import EVENTS, MAX_BYTES, VOCABULARY, File
from stancectl.registry.git import Repository
from stancectl.registry.read import check_files
from stancectl.registry.readings import Known, known_ids, slug_of
from stancectl.registry.revisions import Place, files_in, led_to, oids_of

Plain = dict[str, Any]
At = tuple[str, str]
"""A commit's id, and the registry's folder in it."""


class Chronicle(NamedTuple):
    """The recordings of a registry, newest first, and the commits of those that cannot be read."""

    recordings: tuple[Recording, ...]
    unreadable: tuple[Commit, ...]


def chronicle(place: Place, older: str | None = None) -> Chronicle:
    """All recordings of the registry at a place, without those of the commit `older` and what came before it.

    A folder that was moved is followed. One that cannot be read is left out, as if what came before it stood right before
    what came next; only what is wrong within a file keeps it from being read, not what is at odds with other files.
    """
    steps = {at: (commit, ways) for commit, at, ways in _steps(place.repository, place.commit, place.path, older)}
    order = _oldest_first(steps)
    reader = _Reader(place.repository, order)
    made, unreadable = dict[At, tuple[Recording, ...]](), list[Commit]()
    unknown = set[At]()  # from where on nothing earlier can be known
    for at in order:
        commit, ways = steps.get(at, (Commit(at[0], ()), ()))
        registry = reader.registry(at)
        is_cut = commit.is_cut or not unknown.isdisjoint(ways)
        if registry is not None:
            made[at] = (Recording(commit._replace(is_cut=is_cut), registry, _all(made, ways)),)
            continue
        unreadable.append(commit)
        made[at] = _all(made, ways) if at in steps else _last_readable(place, at)
        if is_cut:
            unknown.add(at)
    found = [each for at in reversed(order) if at in steps for each in made[at] if each.commit and each.commit.id == at[0]]
    return Chronicle(tuple(found), tuple(reversed(unreadable)))


def _all(made: Mapping[At, tuple[Recording, ...]], ways: Iterable[At]) -> tuple[Recording, ...]:
    return tuple(dict.fromkeys(each for way in ways for each in made[way]))


def _last_readable(place: Place, at: At) -> tuple[Recording, ...]:
    """The last recording that can be read up to a commit that cannot, where that is out of range."""
    return chronicle(place._replace(commit=at[0], path=at[1])).recordings[:1]


def _oldest_first(steps: Mapping[At, tuple[Commit, tuple[At, ...]]]) -> list[At]:
    """Every step that leads to the first, and what came right before, each behind all that came before it."""
    todo, done = list(steps)[:1], dict[At, None]()
    while todo:
        _, ways = steps.get(todo[-1], (None, ()))
        before = next((way for way in ways if way not in done), None)
        if before is None:
            done[todo.pop()] = None
        else:
            todo.append(before)
    return list(done)


def _steps(repository: Repository, newest: str, path: str, older: str | None) -> Iterator[tuple[Commit, At, tuple[At, ...]]]:
    """Each commit that changed the registry, the newest first, with where it lay then and right before."""
    todo, done, merged = [(newest, path)], set[At](), repository.merges(newest)
    while todo:
        start, path = todo.pop(0)
        commits = repository.log(start, [path, *led_to(repository, start, path)], older)
        parents = {commit.id: (*commit.parents, *merged.get(commit.id, ())) for commit in commits}
        found = repository.folders((parent, path) for each in parents.values() for parent in each)
        held = {at for at, entries in found.items() if VOCABULARY in entries}
        for commit in commits:
            at = (commit.id, path)
            if at in done:
                continue
            done.add(at)
            ways = [(parent, path) for parent in commit.parents]
            strangers = [parent for parent in merged.get(commit.id, ()) if (parent, path) not in held]
            if held.isdisjoint(ways) and not commit.is_cut:
                ways, strangers = [], repository.parents(commit.id)
            if strangers:
                origins = list(_origins(repository, commit.id, strangers, path))
                todo += origins
                ways += [_last(repository, *origin, older) for origin in origins]
            yield commit, at, tuple(ways or ((parent, path) for parent in commit.parents))


def _origins(repository: Repository, commit: str, parents: Iterable[str], path: str) -> Iterator[At]:
    """Where the registry lay in parents of a commit that do not have its folder: where its vocabulary was renamed from."""
    for parent in parents:
        if was := repository.renamed(parent, commit).get(posixpath.join(path, VOCABULARY)):
            yield parent, posixpath.dirname(was)


def _last(repository: Repository, commit: str, path: str, older: str | None) -> At:
    """The last commit up to one that changed a folder; that one itself, where all that did are out of range."""
    found = repository.log(commit, [path, *led_to(repository, commit, path)], older)
    return (found[0].id if found else commit), path


class _Words(NamedTuple):
    """A vocabulary, the ids it defines, and those of its stances that refuse: what decides how a country's file is read."""

    vocabulary: Vocabulary
    known: Known
    refusing: frozenset[str]

    def covers(self, other: "_Words") -> bool:
        """Whether what can be read with the other is read with this to the same."""
        same = self.refusing == other.refusing and self.known.keys() == other.known.keys()
        return same and all(ids.keys() <= self.known[kind].keys() for kind, ids in other.known.items())


class _Reader:
    """Registries at commits; a file that several of them hold is read once."""

    def __init__(self, repository: Repository, places: Collection[At]) -> None:
        found = repository.folders(places)
        self._oids = dict[At, dict[str, str]]()
        for at, entries in found.items():
            named = files_in(entries)
            self._oids[at] = dict.fromkeys(named, "") | oids_of(repository, *at, named)
        wanted = {oid for oids in self._oids.values() for oid in oids.values() if oid}
        sizes = repository.sizes(wanted)
        if wanted - sizes.keys():
            raise UnknownRevision("git lacks files that this history is made of", "see `git fsck`, or fetch them")
        self._blobs = repository.blobs(oid for oid, size in sizes.items() if size <= MAX_BYTES)
        self._vocabularies = dict[str, _Words | None]()
        self._countries = dict[tuple[str, str], list[tuple[_Words, Country | None]]]()

    def registry(self, at: At) -> Registry | None:
        """The registry there; None where it cannot be read."""
        oids = dict(self._oids.get(at, {}))
        if VOCABULARY not in oids:
            return None
        words = self._words(oids.pop(VOCABULARY))
        if words is None:
            return None
        events = self._read(EVENTS, oids.pop(EVENTS), words.known) if EVENTS in oids else {}
        countries = {slug_of(name): self._country(name, oid, words) for name, oid in sorted(oids.items())}
        if events is None or None in countries.values():
            return None
        whole = {slug: country for slug, country in countries.items() if country is not None}
        return Registry(words.vocabulary, whole, build.events(events), build.names(whole.values()))

    def _words(self, oid: str) -> _Words | None:
        if oid not in self._vocabularies:
            self._vocabularies[oid] = self._read_words(oid)
        return self._vocabularies[oid]

    def _read_words(self, oid: str) -> _Words | None:
        if oid not in self._blobs:
            return None
        try:
            value = check_files([File(VOCABULARY, VOCABULARY, self._blobs[oid])])[VOCABULARY]
        except InvalidRegistry:
            return None
        vocabulary, known = build.vocabulary(value), known_ids(value)
        return _Words(vocabulary, known, frozenset(filter(vocabulary.refuses, vocabulary.stances)))

    def _country(self, name: str, oid: str, words: _Words) -> Country | None:
        kept = self._countries.setdefault((name, oid), [])
        for earlier, country in kept:
            if words.covers(earlier) and (country is not None or earlier.covers(words)):
                return country
        value = self._read(name, oid, words.known)
        made = None if value is None else build.country(slug_of(name), value, words.vocabulary)
        kept.append((words, made))
        return made

    def _read(self, name: str, oid: str, known: Known) -> Plain | None:
        return read(File(name, name, self._blobs[oid]), known) if oid in self._blobs else None
