"""The files of a registry: names and bytes, from a folder. Size is bounded, and only plain files are read."""

import os
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from stancectl.registry.errors import NoRegistry

if TYPE_CHECKING:
    from stancectl.registry.problems import Problem

VOCABULARY = "_registry.yaml"
EVENTS = "_events.yaml"
MAX_BYTES = 4 * 1024 * 1024
"""Twenty times the largest country file anyone would want to edit by hand."""


class File(NamedTuple):
    """A file's name in the registry, the path to show for it, and what is in it."""

    name: str
    path: str
    data: bytes


class Stamp(NamedTuple):
    """What tells a changed file from an unchanged one without reading it (see UNSETTLED_NS)."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


UNSETTLED_NS = 100_000_000
"""A file younger than this may change again without its time showing it: no stamp of it equals another."""


def stamps(folder: Path) -> dict[str, Stamp]:
    """Every file of the registry in `folder` that has to be read, by name; raise NoRegistry if it cannot be listed."""
    found, now = {}, time.time_ns()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if belongs(entry.name):
                    try:
                        status = entry.stat()
                    except OSError:  # a dangling link: named here, reported when it is read
                        status = entry.stat(follow_symlinks=False)
                    settled = status.st_mtime_ns < now - UNSETTLED_NS
                    changed = status.st_mtime_ns if settled else -now
                    found[entry.name] = Stamp(status.st_size, changed, status.st_ctime_ns, status.st_ino)
    except OSError as error:
        raise NoRegistry(f"cannot read {folder}: {error.strerror}", "name a folder with `--registry DIR`") from None
    if VOCABULARY not in found:
        raise NoRegistry(f"{folder} holds no {VOCABULARY}", "name a folder that does")
    return dict(sorted(found.items()))


def belongs(name: str) -> bool:
    """Whether a file of that name is part of a registry: YAML that is not hidden."""
    return name.casefold().endswith((".yaml", ".yml")) and not name.startswith(".")


def read(folder: Path, name: str) -> "File | Problem":
    """One file, or why it cannot be read."""
    path = folder / name
    shown = shown_path(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _problem(shown, "not-a-file", "this is no plain file", "replace it with a YAML file or remove it")
        if status.st_size > MAX_BYTES:
            return too_large(shown)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return _problem(shown, "unreadable-file", f"cannot be read: {error.strerror}", "check that it exists and may be read")
    return File(name, shown, data) if len(data) <= MAX_BYTES else too_large(shown)


def too_large(shown: str) -> "Problem":
    """The problem of a file over the bound."""
    return _problem(
        shown, "file-too-large", f"larger than {MAX_BYTES // 1024 // 1024} MiB", "remove what is no part of a registry"
    )


def _problem(shown: str, code: str, message: str, help: str) -> "Problem":
    from stancectl.registry.problems import Problem

    return Problem(shown, 1, 1, code, message, help)


def shown_path(path: Path) -> str:
    """The path as a user would type it from here."""
    try:
        near = os.path.relpath(path)
    except OSError:  # here is nowhere: the folder was removed
        return str(path)
    return str(path) if near.startswith("..") else near
