"""The compiled store: the same answers as from the files, whatever happens to it or to them."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from running import environment, stancectl
from stancectl.analysis.positions import position
from stancectl.model.registry import Registry
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
    return registry.vocabulary, registry.events, dict(registry.names), [whole(registry, each) for each in registry.countries]


def whole(registry: Registry, slug: str) -> list[Any]:
    """A country, and its position on every day that it spoke and the day before."""
    country = registry.countries[slug]
    spoke = {statement.date.earliest for statement in country.statements}
    positions = [
        position(country, registry.vocabulary, day) for day in sorted(spoke | {day - timedelta(days=1) for day in spoke})
    ]
    stands = [(each.parts, each.preconditions, each.moves, each.signals, each.last_counted, each.made) for each in positions]
    return [country._replace(statements=tuple(country.statements), history=None), *stands]


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


SPOILED: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_bytes(b"not a database at all\n" * 500),
    "cut": _cut,
    "scribbled": _scribble,
    "garbled": _sql("update entry set value = x'7b'"),
    "swapped": _sql("update entry set value = (select value from entry limit 1 offset 3)"),
    "moved": _sql("update entry set number = -number"),
    "thinned": _sql("delete from entry where number % 2 = 1"),
    "renumbered": _sql("update file set number = number + 100"),
    "another version's": _sql("update meta set value = '9.9/9' where key = 'version'"),
    "another registry's": _sql("update meta set value = '/elsewhere' where key = 'folder'"),
    "without a table": _sql("drop table entry"),
    "a folder": _folder_instead,
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
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
        "import os, signal; from pathlib import Path; from stancectl.registry import store\n"
        f"with store.replacing(Path({str(registry)!r}), anew=False) as writer:\n"
        "    writer.remove('turkey.yaml')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], env={**os.environ}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert told(registry) == expected


def test_what_a_killed_writer_left_is_cleared_away(registry: Path) -> None:
    load(registry)
    path = store_path(registry)
    old, new = path.with_name(f"{path.name}.1"), path.with_name(f"{path.name}.2")
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (1, 1))
    edit(registry / "turkey.yaml", "name: Turkey", "name: Turkland")
    load(registry)
    assert (old.exists(), new.exists()) == (False, True)  # the other may still be written
