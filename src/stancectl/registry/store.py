"""The compiled store: a registry in the user's cache folder, so that YAML is read once, and of an answer no more than it tells.

One SQLite file a registry, which knows the files it was made of by size, times of change and inode. It is a copy that can
be deleted at any moment: whatever is wrong with it, the files are read instead, and nobody is told. It is never written to: a
new one takes its place, and whoever reads the old one reads it to the end. Values are marshalled, by one version of Python for
itself; checksums keep damaged ones from being read.
"""

import contextlib
import marshal
import os
import shutil
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stancectl.model.errors import StanceError
from stancectl.model.history import Record
from stancectl.registry.files import Stamp
from stancectl.version import __version__

if TYPE_CHECKING:
    from stancectl.registry.across import Facts
    from stancectl.registry.compiled import Compiled

Plain = dict[str, Any]

_VERSION = f"{__version__}/7"  # raise the last number when `registry.schema` takes other values, or `compiled` keeps others
_SCHEMA = """
create table meta (key text primary key, value text not null) without rowid;
create table file (
  number integer primary key, name text unique not null,
  size integer not null, mtime_ns integer not null, ctime_ns integer not null, inode integer not null
);
create table entry (number integer primary key, value blob not null, checksum integer not null);
"""
# An entry of file N has a number from N * _SPAN on: _HEAD, _FACTS, _RECORD, then the statements. Before the first file's stand
# the names of all countries.
_SPAN = 2**20
_HEAD, _FACTS, _RECORD, _STATEMENTS = range(4)
_NAMES = 0

_LONG = 3600  # more seconds than it takes to write a store

Broken = (sqlite3.Error, OSError, EOFError, RuntimeError, ValueError, LookupError, TypeError, AttributeError, StanceError)
"""What reading a store, or making a registry of what is in it, may raise, whatever has become of it."""


class Store:
    """What was stored of one registry. Every method may raise one of Broken."""

    def __init__(self, folder: Path) -> None:
        """Open the store of the registry in `folder`.

        Raises one of Broken where there is none, and where it is of another version, another registry's or another user's.
        """
        path = store_path(folder)
        if hasattr(os, "getuid") and path.lstat().st_uid != os.getuid():
            raise PermissionError(f"{path} is another user's")
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
        meta = dict[str, str](self._connection.execute("select key, value from meta"))
        if (meta["version"], meta["folder"]) != (_VERSION, str(folder.resolve())):
            raise ValueError(f"{path} is of another version, or another registry's")
        rows = self._connection.execute("select number, name, size, mtime_ns, ctime_ns, inode from file order by name")
        numbered = [(number, name, Stamp(*stamp)) for number, name, *stamp in rows]
        self.stamps = {name: stamp for _, name, stamp in numbered}
        self._numbers = {name: number for number, name, _ in numbered}

    def names(self) -> dict[str, str]:
        """The spellings of all countries' names and their slugs."""
        (names,) = self._entries(_NAMES)
        return dict(names)

    def head(self, name: str) -> Plain:
        """The whole of a vocabulary or of events; of a country its names and the balance after its last statement."""
        (head,) = self._entries(self._first(name) + _HEAD)
        return dict(head)

    def facts(self, name: str) -> "Facts":
        """What of a country's file entries of others could be at odds with."""
        from stancectl.registry.across import Facts

        (facts,) = self._entries(self._first(name) + _FACTS)
        return Facts(*facts)

    def record(self, name: str) -> Record:
        """What a country's statements did."""
        (record,) = self._entries(self._first(name) + _RECORD)
        return Record(*record)

    def statements(self, name: str, first: int, last: int) -> list[Plain]:
        """A country's statements from one place to another, both included."""
        begin = self._first(name) + _STATEMENTS
        return self._entries(begin + first, begin + last)

    def sift(self, name: str, may_be: Callable[[str], bool]) -> list[int]:
        """The places of a country's statements whose texts, run together, pass the test."""
        begin = self._first(name) + _STATEMENTS
        asked = "select number, value from entry where number between ? and ?"
        rows = self._connection.execute(asked, (begin, begin + _SPAN - _STATEMENTS - 1))
        return [number - begin for number, value in rows if may_be(value.decode(errors="ignore"))]

    def _first(self, name: str) -> int:
        number: int = self._numbers[name]
        return number * _SPAN

    def _entries(self, first: int, last: int | None = None) -> list[Any]:
        """What the entries of these numbers hold; ValueError where one is missing, or not as it was stored."""
        last = first if last is None else last
        asked = "select number, value, checksum from entry where number between ? and ? order by number"
        found = []
        for expected, (number, value, checksum) in enumerate(self._connection.execute(asked, (first, last)), first):
            if number != expected or _checksum(number, value) != checksum:
                raise ValueError("an entry is not as it was stored")
            found.append(marshal.loads(value))  # noqa: S302
        if len(found) != last - first + 1:
            raise ValueError("entries are missing")
        return found


class Writer:
    """A store that is written, and then takes the place of the one before."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, compiled: "Compiled", stamp: Stamp) -> None:
        """Put a file in, or in the place of an older state of it."""
        self.remove(compiled.name)
        placed = "insert into file (name, size, mtime_ns, ctime_ns, inode) values (?, ?, ?, ?, ?)"
        number = self._connection.execute(placed, (compiled.name, *stamp)).lastrowid or 0
        facts: Any = compiled.facts and tuple(compiled.facts)  # a named tuple cannot be marshalled
        self._enter(number * _SPAN, (compiled.head, marshal.dumps(facts), compiled.record, *compiled.statements))

    def remove(self, name: str) -> None:
        """Take a file out, if it is there."""
        for (number,) in self._connection.execute("select number from file where name = ?", (name,)).fetchall():
            self._connection.execute(
                "delete from entry where number between ? and ?", (number * _SPAN, number * _SPAN + _SPAN - 1)
            )
            self._connection.execute("delete from file where number = ?", (number,))

    def finish(self, folder: Path, names: Mapping[str, str]) -> None:
        """Say what it is the store of, and how its countries are called."""
        meta = {"version": _VERSION, "folder": str(folder.resolve())}
        self._connection.executemany("insert or replace into meta values (?, ?)", meta.items())
        self._enter(_NAMES, (marshal.dumps(dict(names)),))

    def _enter(self, first: int, values: Iterable[bytes]) -> None:
        rows = ((number, value, _checksum(number, value)) for number, value in enumerate(values, first))
        self._connection.executemany("insert or replace into entry values (?, ?, ?)", rows)


@contextlib.contextmanager
def replacing(folder: Path, *, anew: bool) -> Iterator[Writer]:
    """A store to write, empty (`anew`) or a copy of the present one, which it replaces if nothing goes wrong.

    May raise one of Broken.
    """
    path = store_path(folder)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in path.parent.glob(f"{path.name}.*"):  # by somebody who was killed
        if left.stat().st_mtime < time.time() - _LONG:
            left.unlink(missing_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        new.unlink(missing_ok=True)
        if not anew:
            shutil.copyfile(path, new)
        with contextlib.closing(sqlite3.connect(new)) as connection:
            connection.executescript("pragma journal_mode = off; pragma synchronous = off;" + (_SCHEMA if anew else ""))
            with connection:
                yield Writer(connection)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def discard(folder: Path) -> None:
    """Remove the store of the registry in `folder`, if there is one and it can be removed."""
    with contextlib.suppress(*Broken):
        store_path(folder).unlink()


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
    return base / "stancectl" / f"{zlib.crc32(os.fsencode(folder.resolve())):08x}.{sys.implementation.cache_tag}.sqlite"


def _checksum(number: int, value: bytes) -> int:
    """Of an entry's value, and of where it is kept."""
    return zlib.crc32(value, number % 2**32)
