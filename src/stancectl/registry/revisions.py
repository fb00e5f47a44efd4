"""A registry as git recorded it: where it lay at a revision, and what its files held."""

import os
import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from stancectl.registry.errors import UnknownRevision
from stancectl.registry.files import MAX_BYTES, VOCABULARY, File, belongs, shown_path, too_large
from stancectl.registry.git import Entry, Repository
from stancectl.registry.locate import FOLDER, VARIABLE, nearest, shipped
from stancectl.registry.problems import Problem

LINK = b"120000"
"""The mode of a symbolic link."""


class Place(NamedTuple):
    """Where a registry lies in git: the revision as it was typed, its commit, and the folder from the top (empty: the top)."""

    repository: Repository
    revision: str
    commit: str
    path: str


def find(named: Path | None, revision: str) -> Place:
    """Where the registry lies at a git revision (a commit, tag, branch, `HEAD~3`, `main@{2025-03-01}` …).

    `REV:PATH` names its folder from the top of the repository, `REV:./PATH` from here. Without a path, it is the folder
    `named`, or the registry nearest from here, among the files as they are or at that revision.

    Raises UnknownRevision where git, the revision, or the registry at that revision is missing.
    """
    name, path = split(revision)
    start = named or (Path(variable) if (variable := os.environ.get(VARIABLE)) else None)
    if path is None and start is None:
        start = nearest()
    repository, prefix = _repository(start)
    commit = repository.commit(name)
    if path is not None:
        ways = [posixpath.join(prefix, path) if path.startswith(("./", "../")) else path]
    elif start is not None:
        ways = [prefix, posixpath.join(prefix, FOLDER)]
    else:
        ways = [way for each in _upwards(prefix) for way in (each, posixpath.join(each, FOLDER))]
    places = [(commit, _normal(way)) for way in ways]
    found = repository.folders(places)
    for place in places:
        if VOCABULARY in found.get(place, ()):
            return Place(repository, name, *place)
    elsewhere = [posixpath.dirname(file) for file in repository.files(commit) if posixpath.basename(file) == VOCABULARY]
    help = f"it holds one elsewhere: --rev {name}:{elsewhere[0] or '.'}" if elsewhere else "name a later one"
    lain = shown_path(start) if start else "any folder from here upwards"
    where = lain if path is None else path or "its top folder"
    raise UnknownRevision(f"revision `{name}` holds no registry in {where}", help)


def is_only_recorded(named: Path | None) -> bool:
    """Whether there is a repository here, and no registry among the files as they are."""
    if nearest(named) is not None:
        return False
    try:
        Repository(Path())
    except UnknownRevision:
        return False
    return True


def split(revision: str) -> tuple[str, str | None]:
    """A revision and the path behind it, None where there is none: `v1:positions`, but not `HEAD^{/fix: a}` or `:/fix: a`."""
    depth = 0
    for place, letter in enumerate(revision):
        depth += (letter == "{") - (letter == "}")
        if letter == ":" and not depth and not revision.startswith(":"):
            return revision[:place], revision[place + 1 :]
    return revision, None


def files_at(place: Place) -> list[File | Problem]:
    """The registry's files there, or why one cannot be read."""
    named = files_in(place.repository.folders([(place.commit, place.path)])[place.commit, place.path])
    oids = oids_of(place.repository, place.commit, place.path, named)
    sizes = place.repository.sizes(oids.values())
    blobs = place.repository.blobs(oid for oid, size in sizes.items() if size <= MAX_BYTES)
    found = list[File | Problem]()
    for name, entry in named.items():
        shown, oid = f"{place.revision}:{posixpath.join(place.path, name)}", oids.get(name, "")
        if oid in blobs:
            found.append(File(name, shown, blobs[oid]))
        elif oid in sizes:
            found.append(too_large(shown))
        else:
            lack = "this link leads to no file that git keeps here" if entry.mode == LINK else "git has no copy of it here"
            found.append(Problem(shown, 1, 1, "unreadable-file", lack))
    return found


def files_in(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Those entries of a folder that are files of a registry, or links, in order."""
    return {
        name: entry
        for name, entry in sorted(entries.items())
        if belongs(name) and (entry.mode.startswith(b"100") or entry.mode == LINK)
    }


def oids_of(repository: Repository, commit: str, path: str, entries: Mapping[str, Entry]) -> dict[str, str]:
    """The ids of the blobs in a folder of a commit, by name; of links, those of the files they lead to, if git keeps them."""
    links = {posixpath.join(path, name): name for name, entry in entries.items() if entry.mode == LINK}
    led_to = repository.behind_links(commit, list(links)) if links else {}
    plain = {name: entry.oid for name, entry in entries.items() if entry.mode != LINK}
    return plain | {links[way]: oid for way, oid in led_to.items()}


def led_to(repository: Repository, commit: str, path: str) -> list[str]:
    """The paths of what the links in a folder of a commit lead to, from the top; those that lead out of it are left out."""
    entries = files_in(repository.folders([(commit, path)]).get((commit, path), {}))
    links = repository.blobs(entry.oid for entry in entries.values() if entry.mode == LINK)
    ways = (_normal(posixpath.join(path, text.decode(errors="surrogateescape"))) for text in links.values())
    return [way for way in ways if not way.startswith("..")]


def _repository(start: Path | None) -> tuple[Repository, str]:
    """The repository that a folder lies in (None: this one, or else that of the shipped registry), and the way to it there.

    The folder may be gone from the work tree.
    """
    folder = start or Path()
    there = next((each for each in (folder, *folder.parents) if os.path.isdir(each)), folder)  # noqa: PTH112 (it never raises)
    try:
        repository = Repository(there)
    except UnknownRevision:
        if start is not None:
            raise
        repository = Repository(shipped())
        return repository, repository.prefix
    return repository, posixpath.join(repository.prefix, folder.relative_to(there).as_posix())


def _upwards(prefix: str) -> list[str]:
    parts = prefix.split("/")
    return ["/".join(parts[:length]) for length in range(len(parts), -1, -1)]


def _normal(path: str) -> str:
    normal = posixpath.normpath(path) if path else ""
    return "" if normal == "." else normal.lstrip("/")
