"""A registry, from a folder or from its history."""

from collections.abc import Iterable
from pathlib import Path

from stancectl.model.registry import Registry
from stancectl.registry import files
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.problems import Problem


def load(folder: Path, *, revision: str | None = None, cache: bool = True) -> Registry:
    """Read the registry in `folder`, as it stands or as git recorded it at `revision`.

    `cache` allows the compiled copy in the user's cache folder. Raises InvalidRegistry with everything that is wrong,
    NoRegistry where there is none, UnknownRevision where git has no such revision.
    """
    if revision is not None:
        from stancectl.registry.revisions import files_at

        return _compiled(files_at(folder, revision))
    return _compiled(files.read(folder, name) for name in files.stamps(folder))


def _compiled(found: Iterable[File | Problem]) -> Registry:
    from stancectl.registry import build
    from stancectl.registry.read import check_files, slug_of

    values = check_files(found)
    vocabulary = build.vocabulary(values.pop(VOCABULARY))
    events = build.events(values.pop(EVENTS, {}))
    countries = {slug_of(name): build.country(slug_of(name), value) for name, value in values.items()}
    return Registry(vocabulary, countries, events, build.names(countries.values()))
