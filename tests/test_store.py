"""The compiled store: the same answers as from the files, whatever happens to it or to them."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from running import environment, stancectl
from stancectl.registry import files
from stancectl.registry.load import load
from stancectl.registry.problems import InvalidRegistry
from stancectl.registry.store import Store, store_path

SHIPPED = Path(__file__).parents[1] / "positions"


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of part of the shipped registry, and a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "positions").mkdir()
    for name in ("_registry", "_events", "turkey", "france", "brazil"):
        copy = shutil.copy(SHIPPED / f"{name}.yaml", tmp_path / "positions")
        os.utime(copy, ns=(10**18, 10**18))  # long settled
    return tmp_path / "positions"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def read(folder: Path, *, cache: bool) -> object:
    """Everything in the registry, or everything that is wrong with it."""
    try:
        registry = load(folder, cache=cache)
    except InvalidRegistry as error:
        return error.problems
    return registry.vocabulary, dict(registry.countries), registry.events, dict(registry.names)


def told(folder: Path) -> object:
    """What is read by way of the store; the files themselves must tell the same."""
    warm = read(folder, cache=True)
    assert warm == read(folder, cache=False)
    return warm


def test_a_registry_from_its_store_is_the_one_from_its_files(registry: Path) -> None:
    written = told(registry)
    assert Store(registry).stamps == files.stamps(registry)
    assert told(registry) == written


def test_unchanged_files_are_not_read(registry: Path) -> None:
    load(registry)
    stamps = files.stamps(registry)
    for name in stamps:  # other bytes of the same size, with the same stamp
        path = registry / name
        with path.open("r+b") as stream:
            stream.write(b"#" * stamps[name].size)
        os.utime(path, ns=(10**18, 10**18))
    assert len(load(registry).countries) == 3


def test_changed_files_alone_are_read(registry: Path) -> None:
    load(registry)
    stamps = files.stamps(registry)
    spoiled = registry / "france.yaml"
    with spoiled.open("r+b") as stream:
        stream.write(b"#" * stamps["france.yaml"].size)
    os.utime(spoiled, ns=(10**18, 10**18))
    edit(registry / "turkey.yaml", "name: Turkey", "name: Turkland")
    again = load(registry)
    assert again.countries["turkey"].name == "Turkland"
    assert again.names["turkland"] == "turkey"
    assert len(again.countries["france"].statements) == 19


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("turkey.yaml", "name: Turkey", "name: Türkiye proper"),
        ("turkey.yaml", "stance: undecided", "stance: willing"),
        ("turkey.yaml", "stance: undecided", "stance: unheard-of"),
        ("turkey.yaml", "name: Turkey", "name: France"),
        ("france.yaml", "id: 2025-11-25-macron\n", "id: 2025-11-25-renamed\n"),
        ("_registry.yaml", "takes_part: true", "takes_part: false"),
        ("_registry.yaml", "  willing:", "  eager:"),
        ("_events.yaml", "title: London summit", "meets: [ceasefire]\n    title: London summit"),
        ("_events.yaml", "events:", "eventful:"),
    ],
)
def test_a_change_shows_at_once(registry: Path, name: str, old: str, new: str) -> None:
    before = told(registry)
    edit(registry / name, old, new)
    told(registry)
    edit(registry / name, new, old)
    assert told(registry) == before


def test_files_come_and_go(registry: Path) -> None:
    told(registry)
    (registry / "turkey.yaml").rename(registry / "turkland.yaml")
    assert load(registry).countries["turkland"].code == "TR"
    told(registry)
    (registry / "_events.yaml").unlink()
    (registry / "brazil.yaml").unlink()
    assert len(load(registry).countries) == 2
    told(registry)


def test_a_file_that_may_still_change_is_read_again(registry: Path) -> None:
    turkey = registry / "turkey.yaml"
    edit(turkey, "name: Turkey", "name: Turkex")
    load(registry)  # at once: within the same tick of the clock, the file could change unseen
    assert Store(registry).stamps["turkey.yaml"] != files.stamps(registry)["turkey.yaml"]


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _scribble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096::97] = b"\xff" * len(data[4096::97])
    path.write_bytes(bytes(data))


def _sql(statement: str) -> Callable[[Path], None]:
    """What changes a store by a statement of SQL."""

    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)

    return spoil


def _folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"not a database at all\n" * 500),
        _cut,
        _scribble,
        _sql("update file set value = '{\"country\": 1}' where name = 'turkey.yaml'"),
        _sql("update file set value = replace(value, 'takes_part', 'takes_porr')"),
        _sql("update meta set value = '9.9/9' where key = 'version'"),
        _sql("update meta set value = '/elsewhere' where key = 'folder'"),
        _sql("drop table file"),
        _folder_instead,
        lambda path: path.unlink(),
    ],
    ids=["empty", "text", "cut", "scribbled", "garbled", "misspelt", "version", "registry", "no table", "a folder", "gone"],
)
def test_a_store_that_is_spoiled_changes_no_answer(registry: Path, spoil: Callable[[Path], None]) -> None:
    expected = told(registry)
    spoil(store_path(registry))
    assert told(registry) == expected
    assert told(registry) == expected


@pytest.mark.parametrize("home", ["/dev/null", "/proc/nowhere", "relative/and/missing"])
def test_without_a_place_for_a_store_the_files_answer(tmp_path: Path, home: str) -> None:
    done = stancectl("list", cwd=tmp_path, env={"XDG_CACHE_HOME": home})
    assert (done.returncode, len(done.stdout.splitlines()), done.stderr) == (0, 44, "")


def test_many_at_once_agree(registry: Path) -> None:
    words = [sys.executable, "-m", "stancectl", "list", "--registry", str(registry)]
    started = [subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE) for _ in range(8)]
    answers = {process.communicate(timeout=60)[0] for process in started}
    assert [len(answer.splitlines()) for answer in answers] == [3]


def test_a_killed_writer_leaves_nothing_broken(registry: Path) -> None:
    expected = told(registry)
    script = (
        "import os, signal, sqlite3; from stancectl.registry import store; from pathlib import Path; "
        f"folder = Path({str(registry)!r}); kept = store.Store(folder); connection = sqlite3.connect(store.store_path(folder)); "
        "connection.execute('pragma cache_size = 1'); connection.execute('begin immediate'); "
        "connection.execute('delete from file'); "
        "connection.executemany('insert into file values (?, 1, 1, 1, 1, ?)', [(str(n), 'x' * 9000) for n in range(400)]); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script], env={**os.environ}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert told(registry) == expected
