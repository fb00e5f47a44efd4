"""A registry, from a folder, from the copy compiled of it, or from its history."""

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stancectl.model.registry import Registry
from stancectl.registry import build, files
from stancectl.registry.files import EVENTS, VOCABULARY, Stamp

if TYPE_CHECKING:
    from stancectl.registry.parallel import Progress
    from stancectl.registry.store import Store

Plain = dict[str, Any]


def load(folder: Path, *, cache: bool = True, progress: "Progress | None" = None) -> Registry:
    """Read the registry in `folder`.

    `cache` allows the compiled store in the user's cache folder; `progress` is told of its compilation. Raises
    InvalidRegistry with everything that is wrong, NoRegistry where there is none.
    """
    stamps = files.stamps(folder)
    return _stored(folder, stamps, progress) if cache else _registry(_read(folder, stamps))


def load_revision(folder: Path | None, revision: str) -> Registry:
    """Read the registry as git recorded it at a revision; for `folder` and errors see `revisions.find`, and InvalidRegistry."""
    from stancectl.registry.read import check_files
    from stancectl.registry.revisions import files_at, find

    return _registry(check_files(files_at(find(folder, revision))))


def _stored(folder: Path, stamps: Mapping[str, Stamp], progress: "Progress | None") -> Registry:
    """The registry by way of its store, which is brought up to date where files have changed."""
    from stancectl.registry.errors import InvalidRegistry
    from stancectl.registry.recall import recall
    from stancectl.registry.store import Broken, discard

    try:
        kept = _current(folder, stamps, progress)
    except InvalidRegistry:
        raise
    except Broken:
        return _registry(_read(folder, stamps))

    def again() -> Registry:
        discard(folder)
        return _registry(_read(folder, stamps))

    try:
        return recall(kept, again)
    except Broken:
        return again()


def _current(folder: Path, stamps: Mapping[str, Stamp], progress: "Progress | None") -> "Store":
    """The store of these very files; raises InvalidRegistry or one of Broken."""
    from stancectl.registry.store import Broken, Store

    kept = None
    with contextlib.suppress(*Broken):
        kept = Store(folder)
    if kept is None or kept.stamps != stamps:
        from stancectl.registry.renew import renew

        renew(folder, stamps, kept, progress)
        kept = Store(folder)
        if kept.stamps != stamps:
            raise ValueError("another process has stored other files meanwhile")
    return kept


def _read(folder: Path, stamps: Iterable[str]) -> dict[str, Plain]:
    """Every file's checked value, all of them read."""
    from stancectl.registry.read import check_files

    return check_files(files.read(folder, name) for name in stamps)


def _registry(values: dict[str, Plain]) -> Registry:
    vocabulary = build.vocabulary(values.pop(VOCABULARY))
    events = build.events(values.pop(EVENTS, {}))
    countries = {slug: build.country(slug, values[f"{slug}.yaml"], vocabulary) for slug in build.slugs(values)}
    return Registry(vocabulary, countries, events, build.names(countries.values()))
