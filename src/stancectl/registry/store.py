"""The compiled store: a registry's checked values in the user's cache folder, so that YAML is read once.

One SQLite file a registry, one row a file of it, known as unchanged by size, time of change and inode. It is a copy that can
be deleted at any moment: whatever is wrong with it, the files are read instead, and nobody is told.
"""

import contextlib
import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from stancectl.model.errors import StanceError
from stancectl.registry.files import Stamp
from stancectl.version import __version__

Plain = dict[str, Any]

_VERSION = f"{__version__}/3"  # raise the last number when `registry.schema` takes other values, or gives them another form
_SCHEMA = """
pragma synchronous = off;
begin;
create table meta (key text primary key, value text not null) without rowid;
create table file (
  name text primary key, size integer not null, mtime_ns integer not null, inode integer not null,
  checksum integer not null, value text not null
) without rowid;
"""

Broken = (sqlite3.Error, OSError, RuntimeError, ValueError, KeyError, TypeError, AttributeError, StanceError)
"""What reading a store, or making a registry of what is in it, may raise, whatever has become of it."""


class Store:
    """What was stored of one registry. Every method may raise one of Broken."""

    def __init__(self, folder: Path) -> None:
        """Open the store of the registry in `folder` for reading.

        Raises one of Broken where there is none, and where it is of another version, another registry's or another user's.
        """
        path = store_path(folder)
        if hasattr(os, "getuid") and path.lstat().st_uid != os.getuid():
            raise PermissionError(f"{path} is another user's")
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
        if (self._meta("version"), self._meta("folder")) != (_VERSION, str(folder.resolve())):
            raise ValueError(f"{path} is of another version, or another registry's")
        rows = self._connection.execute("select name, size, mtime_ns, inode from file order by name")
        self.stamps = {name: Stamp(*stamp) for name, *stamp in rows}

    def names(self) -> dict[str, str]:
        """The spellings of all countries' names and their slugs."""
        names: dict[str, str] = json.loads(self._meta("names"))
        return names

    def value(self, name: str) -> Plain:
        """The checked value of the file called `name`."""
        ((checksum, text),) = self._connection.execute("select checksum, value from file where name = ?", (name,))
        if zlib.crc32(text.encode()) != checksum:
            raise ValueError(f"{name} is not as it was stored")
        value: Plain = json.loads(text)
        return value

    def _meta(self, key: str) -> str:
        ((value,),) = self._connection.execute("select value from meta where key = ?", (key,))
        return str(value)


def store_path(folder: Path) -> Path:
    """Where the store of the registry in `folder` lies; raises OSError or RuntimeError where the user has no home."""
    if (cache := Path(os.environ.get("XDG_CACHE_HOME", ""))).is_absolute():
        base = cache
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ["LOCALAPPDATA"])
    else:
        base = Path.home() / ".cache"
    return base / "stancectl" / f"{zlib.crc32(os.fsencode(folder.resolve())):08x}.sqlite"


def write(folder: Path, stamps: Mapping[str, Stamp], values: Mapping[str, Plain], names: Mapping[str, str]) -> None:
    """Store the values of the registry in `folder`, by file name: a new store in place of the old.

    Whoever reads the old one meanwhile reads it to the end. A store that cannot be written is left alone.
    """
    with contextlib.suppress(*Broken):
        path = store_path(folder)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}")
        try:
            new.unlink(missing_ok=True)
            with contextlib.closing(sqlite3.connect(new)) as connection, connection:
                connection.executescript(_SCHEMA)
                meta = {"version": _VERSION, "folder": str(folder.resolve()), "names": json.dumps(names)}
                connection.executemany("insert into meta values (?, ?)", meta.items())
                connection.executemany("insert into file values (?, ?, ?, ?, ?, ?)", _rows(stamps, values))
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)


def _rows(stamps: Mapping[str, Stamp], values: Mapping[str, Plain]) -> Iterator[tuple[str, int, int, int, int, str]]:
    for name, value in values.items():
        stamp, text = stamps[name], json.dumps(value, ensure_ascii=False)
        yield name, stamp.size, stamp.mtime_ns, stamp.inode, zlib.crc32(text.encode()), text
