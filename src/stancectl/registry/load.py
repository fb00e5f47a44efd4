"""A registry, from a folder, from the copy compiled of it, or from its history."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stancectl.model.registry import Country, Registry
from stancectl.registry import build, files
from stancectl.registry.files import EVENTS, VOCABULARY, Stamp

if TYPE_CHECKING:
    from stancectl.registry.store import Store

Plain = dict[str, Any]


def load(folder: Path, *, revision: str | None = None, cache: bool = True) -> Registry:
    """Read the registry in `folder`, as it stands or as git recorded it at `revision`.

    `cache` allows the compiled store in the user's cache folder. Raises InvalidRegistry with everything that is wrong,
    NoRegistry where there is none, UnknownRevision where git has no such revision.
    """
    if revision is not None:
        from stancectl.registry.read import check_files
        from stancectl.registry.revisions import files_at

        return _registry(check_files(files_at(folder, revision)))
    stamps = files.stamps(folder)
    return _stored(folder, stamps) if cache else _registry(_read(folder, stamps))


def _stored(folder: Path, stamps: Mapping[str, Stamp]) -> Registry:
    """The registry by way of its store, which is brought up to date where files have changed."""
    from stancectl.registry import store

    values = None
    with contextlib.suppress(*store.Broken):
        kept = store.Store(folder)
        if kept.stamps == stamps:
            return _recalled(kept, lambda: _read(folder, stamps))
        values = _updated(folder, stamps, kept)
    if values is None:
        values = _read(folder, stamps)
    registry = _registry(dict(values))
    store.write(folder, stamps, values, registry.names)
    return registry


def _read(folder: Path, stamps: Mapping[str, Stamp]) -> dict[str, Plain]:
    """Every file's checked value, all of them read."""
    from stancectl.registry.read import check_files

    return check_files(files.read(folder, name) for name in stamps)


def _updated(folder: Path, stamps: Mapping[str, Stamp], kept: "Store") -> dict[str, Plain] | None:
    """Every file's checked value, the changed ones alone read; None where the whole has to be looked at.

    That is so when the vocabulary changed, and when anything is wrong: only a whole reading finds all of it.
    """
    from stancectl.registry import read

    if kept.stamps.get(VOCABULARY) != stamps[VOCABULARY]:
        return None
    values: dict[str, Plain] = {VOCABULARY: kept.value(VOCABULARY)}
    known = read.known_ids(values[VOCABULARY])
    for name, stamp in stamps.items():
        if kept.stamps.get(name) == stamp:
            values[name] = kept.value(name)
        else:
            file = files.read(folder, name)
            value = read.check_file(file, known) if isinstance(file, files.File) else None
            if value is None:
                return None
            values[name] = value
    readings = [read.Reading(name, value, ()) for name, value in values.items()]
    return None if any(read.cross_check(readings)) else values


def _registry(values: dict[str, Plain]) -> Registry:
    vocabulary = build.vocabulary(values.pop(VOCABULARY))
    events = build.events(values.pop(EVENTS, {}))
    countries = {slug: build.country(slug, values[f"{slug}.yaml"]) for slug in _slugs(values)}
    return Registry(vocabulary, countries, events, build.names(countries.values()))


def _recalled(kept: "Store", read: Callable[[], dict[str, Plain]]) -> Registry:
    """The registry from its store; countries are taken from it when they are asked for."""
    vocabulary = build.vocabulary(kept.value(VOCABULARY))
    events = build.events(kept.value(EVENTS)) if EVENTS in kept.stamps else ()
    return Registry(vocabulary, _Recalled(kept, read), events, kept.names())


class _Recalled(Mapping[str, Country]):
    """Countries by slug, each from its row in the store; from the files if the store fails at that moment."""

    def __init__(self, kept: "Store", read: Callable[[], dict[str, Plain]]) -> None:
        self._kept = kept
        self._read = read
        self._slugs = _slugs(kept.stamps)
        self._made: dict[str, Country] = {}

    def __getitem__(self, slug: str) -> Country:
        if slug not in self._made:
            if slug not in self._slugs:
                raise KeyError(slug)
            self._made[slug] = self._make(slug)
        return self._made[slug]

    def _make(self, slug: str) -> Country:
        from stancectl.registry.store import Broken

        try:
            return build.country(slug, self._kept.value(f"{slug}.yaml"))
        except Broken:
            return build.country(slug, self._read()[f"{slug}.yaml"])

    def __iter__(self) -> Iterator[str]:
        return iter(self._slugs)

    def __len__(self) -> int:
        return len(self._slugs)


def _slugs(names: Mapping[str, Any]) -> list[str]:
    """The countries' slugs, in order, from the names of all files."""
    return sorted(name.removesuffix(".yaml") for name in names if name not in (VOCABULARY, EVENTS))
