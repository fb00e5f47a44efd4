"""The compiled store: the same answers as from the files, whatever happens to it or to them."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from building import Plain
from running import environment, stancectl
from shell import run
from stancectl.analysis.listing import row
from stancectl.analysis.positions import Position
from stancectl.analysis.search import search
from stancectl.model.registry import Country, Registry
from stancectl.registry import files
from stancectl.registry.compiled import compile_files
from stancectl.registry.errors import InvalidRegistry
from stancectl.registry.files import File
from stancectl.registry.load import load
from stancectl.registry.plain_yaml import Amiss, value_of
from stancectl.registry.store import Store, replacing, store_path
from stancectl.registry.strict_yaml import parse

TESTS = Path(__file__).parent
SHIPPED = TESTS.parent / "positions"
SETTLED = 10**18
"""A time of change long ago, in nanoseconds."""
PAGE = 4096  # of a file of SQLite


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of part of the shipped registry, and a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "positions").mkdir()
    for name in ("_registry", "_events", "turkey", "france", "brazil"):
        copy = shutil.copy(SHIPPED / f"{name}.yaml", tmp_path / "positions")
        os.utime(copy, ns=(SETTLED, SETTLED))
    return tmp_path / "positions"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def overwrite(path: Path, data: bytes) -> None:
    """Put other bytes into a file, of the same number and with the same time of change."""
    before = path.stat()
    assert len(data) == before.st_size
    path.write_bytes(data)
    os.utime(path, ns=(before.st_mtime_ns, before.st_mtime_ns))


def read(folder: Path, *, cache: bool) -> object:
    """Everything in the registry, or everything that is wrong with it."""
    try:
        registry = load(folder, cache=cache)
    except InvalidRegistry as error:
        return list(error.problems)
    return everything(registry)


def everything(registry: Registry) -> tuple[Any, ...]:
    countries = [whole(registry, each) for each in registry.countries.values()]
    return registry.vocabulary, registry.events, dict(registry.names), countries


def whole(registry: Registry, country: Country) -> list[Any]:
    """A country, and its position on every day that it spoke and the day before."""
    spoke = {statement.date.earliest for statement in country.statements}
    positions = [
        Position(country, registry.vocabulary, day) for day in sorted(spoke | {day - timedelta(days=1) for day in spoke})
    ]
    stands = [(each.parts, each.preconditions, each.moves, each.signals, each.last_counted, each.made) for each in positions]
    rows = [row(country, registry.vocabulary, each.as_of) for each in positions]
    return [country[:4], tuple(country.statements), *stands, *rows]


def told(folder: Path) -> object:
    """What is read by way of the store; the files themselves must tell the same."""
    warm = read(folder, cache=True)
    assert warm == read(folder, cache=False)
    return warm


# Changed files


def test_a_registry_from_its_store_is_the_one_from_its_files(registry: Path) -> None:
    written = told(registry)
    assert Store(registry).stamps == files.stamps(registry)
    assert told(registry) == written


WATCH = """
import sys
from pathlib import Path
from stancectl.registry.load import load

opened = set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
registry = load(Path(sys.argv[1]))
for country in registry.countries.values():
    tuple(country.statements)
print(*sorted(Path(path).name for path in opened if path.endswith(".yaml")))
"""


def opened(folder: Path) -> list[str]:
    """The registry's files that a process opens that reads all of it."""
    words = [sys.executable, "-c", WATCH, str(folder)]
    own = environment({"XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]})
    return subprocess.run(words, env=own, capture_output=True, text=True, check=True).stdout.split()


def test_unchanged_files_are_not_read(registry: Path) -> None:
    assert opened(registry) == ["_events.yaml", "_registry.yaml", "brazil.yaml", "france.yaml", "turkey.yaml"]
    assert opened(registry) == []


def test_changed_files_alone_are_read(registry: Path) -> None:
    load(registry)
    edit(registry / "turkey.yaml", "name: Turkey", "name: Turkland")
    os.utime(registry / "turkey.yaml", ns=(10**18 + 1, 10**18 + 1))
    assert opened(registry) == ["turkey.yaml"]
    again = load(registry)
    assert again.countries["turkey"].name == "Turkland"
    assert again.names["turkland"] == "turkey"


def test_a_file_that_is_as_long_and_as_old_as_before_is_read_again(registry: Path) -> None:
    load(registry)
    turkey = registry / "turkey.yaml"
    overwrite(turkey, turkey.read_bytes().replace(b"name: Turkey", b"name: Turkex"))
    assert load(registry).countries["turkey"].name == "Turkex"


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


ACROSS = {
    # what is changed in one file, and the problem that it makes, in whichever file
    "an id that another country responds to": (
        ("france.yaml", "id: 2025-11-25-macron\n", "id: 2025-11-25-renamed\n"),
        ("turkey.yaml", "unknown-reference"),
    ),
    "a name that is another country's": (("brazil.yaml", "name: Brazil", "name: Türkiye"), ("turkey.yaml", "duplicate-name")),
    "a code that is another country's": (("turkey.yaml", "country: TR", "country: FR"), ("turkey.yaml", "duplicate-name")),
    "a stance that countries take": (("_registry.yaml", "  willing:", "  eager:"), ("france.yaml", "unknown-stance")),
}


@pytest.mark.parametrize(("change", "problem"), ACROSS.values(), ids=ACROSS)
def test_one_changed_file_puts_another_in_the_wrong(
    registry: Path, change: tuple[str, str, str], problem: tuple[str, str]
) -> None:
    load(registry)
    name, old, new = change
    edit(registry / name, old, new)
    with pytest.raises(InvalidRegistry) as caught:
        load(registry)
    assert problem in {(Path(each.path).name, each.code) for each in caught.value.problems}
    told(registry)
    edit(registry / name, new, old)
    assert len(load(registry).countries) == 3


def test_a_file_that_is_gone_leaves_others_in_the_wrong(registry: Path) -> None:
    load(registry)
    (registry / "france.yaml").unlink()
    with pytest.raises(InvalidRegistry) as caught:
        load(registry)
    assert {each.code for each in caught.value.problems} == {"unknown-reference"}
    told(registry)


def test_files_come_and_go(registry: Path) -> None:
    told(registry)
    (registry / "turkey.yaml").rename(registry / "turkland.yaml")
    assert load(registry).countries["turkland"].code == "TR"
    told(registry)
    (registry / "_events.yaml").unlink()
    (registry / "brazil.yaml").unlink()
    assert len(load(registry).countries) == 2
    told(registry)


def test_another_file_of_the_same_size_and_time_shows(registry: Path) -> None:
    load(registry)
    turkey = registry / "turkey.yaml"
    copy = Path(shutil.copy2(turkey, registry / "copy"))
    overwrite(copy, turkey.read_bytes().replace(b"name: Turkey", b"name: Turkex"))
    copy.replace(turkey)
    assert load(registry).countries["turkey"].name == "Turkex"


def test_an_edit_of_the_same_size_in_the_same_instant_shows(registry: Path) -> None:
    turkey, soon = registry / "turkey.yaml", time.time_ns() + 60 * 10**9
    os.utime(turkey, ns=(soon, soon))  # a file that cannot have settled, however slow the machine is
    load(registry)
    overwrite(turkey, turkey.read_bytes().replace(b"name: Turkey", b"name: Turkex"))
    assert load(registry).countries["turkey"].name == "Turkex"


def test_a_file_that_may_still_change_is_read_again(registry: Path) -> None:
    turkey = registry / "turkey.yaml"
    edit(turkey, "name: Turkey", "name: Turkex")
    load(registry)  # at once: within the same tick of the clock, the file could change unseen
    assert Store(registry).stamps["turkey.yaml"] != files.stamps(registry)["turkey.yaml"]


# Anything that may happen to a registry and to its store, in any order


class Made:
    """A registry of small countries, which changes. Files are written at settled times, each later than the one before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.values: dict[str, Plain] = {}
        self._clock = SETTLED
        stances = {"willing": {"label": "Willing", "takes_part": True}, "undecided": {"label": "Undecided"}}
        self.values["_registry.yaml"] = {
            "format": 1,
            "topic": "a force",
            "stances": stances | {"declined": {"label": "Declined", "refuses": True}},
            "preconditions": {"ceasefire": {"label": "Ceasefire"}, "mandate": {"label": "Mandate"}},
            "contributions": {"troops": {"label": "Troops"}, "naval": {"label": "Naval"}},
        }
        for slug in ("aland", "beland", "celand"):
            self.values[f"{slug}.yaml"] = self.country(slug)
        for name in self.values:
            self.write(name)

    @property
    def countries(self) -> list[str]:
        return sorted(name for name in self.values if not name.startswith("_"))

    @property
    def names(self) -> list[str]:
        return sorted(self.values)

    def write(self, name: str, data: bytes | None = None) -> None:
        """Write a file: its value, which is YAML as JSON, or other bytes."""
        self._clock += 10**9
        (self.folder / name).write_bytes(self.data(name) if data is None else data)
        os.utime(self.folder / name, ns=(self._clock, self._clock))

    def data(self, name: str) -> bytes:
        return json.dumps(self.values[name], indent=1).encode()

    def country(self, slug: str) -> Plain:
        statements = [self.statement(f"s{number}", f"2025-01-0{number}") for number in (1, 2)]
        return {"country": slug[:2].upper(), "name": slug.title(), "statements": statements}

    def statement(self, id: str, date: str) -> Plain:
        sources = [{"url": "https://example.org/"}]
        return {"id": id, "date": date, "speaker": "A", "stance": "willing", "summary": "Said so.", "sources": sources}


Step = Callable[[Made, Random], object]
STEPS: dict[str, Step] = {}


def step(function: Step) -> Step:
    """Something that may happen, by the name of its function."""
    STEPS[function.__name__] = function
    return function


def said(made: Made, random: Random) -> tuple[str, list[Plain]]:
    """A country's file, and its statements."""
    name = random.choice(made.countries)
    return name, made.values[name]["statements"]


def does(random: Random) -> Plain:
    """What a statement may say."""
    return random.choice(
        [
            {"stance": random.choice(["willing", "undecided", "declined"])},
            {"requires": [{"condition": "mandate", "after": ["ceasefire"], "note": "written"}, "ceasefire"]},
            {"requires": ["ceasefire"], "offers": [{"kind": "naval", "personnel": 300}]},
            {"offers": ["troops", "naval"]},
            {"drops": ["ceasefire"], "withdraws": ["troops"]},
            {"rules_out": ["naval"]},
            {"reopens": ["naval"]},
            {"attribution": random.choice(["reported", "document", "anonymous", "dissenting"])},
            {"date": f"2025-0{random.randint(1, 3)}-1{random.randint(0, 9)}"},
            {"date": random.choice(["2025", "2025-02", "2025-01-05~", "2025-03-01?"])},
            {"summary": random.choice(["Said no.", "Said \u2028 something, - and: much # more.", "é"])},
            {"note": "of some length: " + "x" * random.choice([10, 5000])},
        ]
    )


@step
def says_more(made: Made, random: Random) -> None:
    name, statements = said(made, random)
    id = f"s{max((int(each['id'][1:]) for each in statements), default=0) + 1}"
    statements.insert(random.randint(0, len(statements)), made.statement(id, f"2025-02-0{random.randint(1, 9)}") | does(random))
    made.write(name)


@step
def says_otherwise(made: Made, random: Random) -> None:
    name, statements = said(made, random)
    if statements:
        place = random.randrange(len(statements))
        statements[place] = statements[place] | does(random)
    made.write(name)


@step
def says_less(made: Made, random: Random) -> None:
    name, statements = said(made, random)
    if statements:
        statements.pop(random.randrange(len(statements)))  # the last one leaves a file that is wrong
    made.write(name)


@step
def responds(made: Made, random: Random) -> None:
    name, statements = said(made, random)
    other, others = said(made, random)
    if statements and others:
        statements[-1]["responds_to"] = [f"{other.removesuffix('.yaml')}/{random.choice(others)['id']}"]
    made.write(name)


@step
def a_country_comes(made: Made, random: Random) -> None:
    slug = random.choice(["deland", "eland", "feland", "aland"])
    made.values[f"{slug}.yaml"] = made.country(slug)
    made.write(f"{slug}.yaml")


@step
def a_country_goes(made: Made, random: Random) -> None:
    if len(made.countries) > 1:
        name = random.choice(made.countries)
        (made.folder / name).unlink()
        del made.values[name]


@step
def a_country_is_renamed(made: Made, random: Random) -> None:
    old, new = random.choice(made.countries), random.choice(["geland.yaml", "heland.yaml"])
    made.values[new] = made.values.pop(old)
    (made.folder / old).rename(made.folder / new)


@step
def two_countries_swap_files(made: Made, random: Random) -> None:
    one, other = random.choice(made.countries), random.choice(made.countries)
    made.values[one], made.values[other] = made.values[other], made.values[one]
    for old, new in ((one, "aside"), (other, one), ("aside", other)) if one != other else ():
        (made.folder / old).rename(made.folder / new)


@step
def is_called_otherwise(made: Made, random: Random) -> None:
    name = random.choice(made.countries)
    made.values[name]["name"] = random.choice(["Aland", "Beland", "Zeland"])
    made.values[name]["aliases"] = random.choice([[], ["Yeland"], ["The Zeland"], ["BE"]])
    made.write(name)


@step
def a_file_is_touched(made: Made, random: Random) -> None:
    name = random.choice(made.names)
    os.utime(made.folder / name, ns=(SETTLED, SETTLED + random.randrange(10**6)))


def of_equal_size(data: bytes, random: Random) -> bytes:
    old, new = random.choice([(b"Said", b"Told"), (b"2025-01-", b"2025-03-"), (b"willing", b"wilting"), (b'"s1"', b'"s2"')])
    return data.replace(old, new, 1)


@step
def an_edit_in_the_same_instant(made: Made, random: Random) -> None:
    name = random.choice(made.names)
    path, now = made.folder / name, time.time_ns()
    os.utime(path, ns=(now, now))
    read(made.folder, cache=True)
    if time.time_ns() - now < files.UNSETTLED_NS:  # else this is a slow machine, and the clock would have shown the edit
        overwrite(path, of_equal_size(path.read_bytes(), random))


@step
def an_edit_by_another_file_of_the_same_time(made: Made, random: Random) -> None:
    name = random.choice(made.names)
    path = made.folder / name
    copy = Path(shutil.copy2(path, made.folder / "copy"))
    overwrite(copy, of_equal_size(path.read_bytes(), random))
    path.rename(made.folder.parent / f"old-{path.stat().st_ino}")  # it stays, so that its inode is not used again
    copy.replace(path)


WRONG: list[Callable[[bytes], bytes]] = [
    lambda data: data[:-2],
    lambda data: data[:0],
    lambda data: data + b"\nmore: [",
    lambda data: b"\xff" + data,
    lambda data: data.replace(b"willing", b"unheard-of", 1),
    lambda data: data.replace(b'"s2"', b'"s1"'),
    lambda data: data.replace(b"2025-01-01", b"1 January"),
    lambda data: data.replace(b'"summary"', b'"summery"', 1),
    lambda data: data.replace(b"2025", b"&a 2025", 1),
    lambda data: data.replace(b'"speaker": "A"', b'"speaker": "A", "responds_to": ["nowhere/s1"]', 1),
]


@step
def a_file_is_broken(made: Made, random: Random) -> None:
    name = random.choice(made.names)
    made.write(name, random.choice(WRONG)(made.data(name)))


@step
def all_is_mended(made: Made, _: Random) -> None:
    for name in made.countries:
        slug, statements = name.removesuffix(".yaml"), made.values[name]["statements"]
        for each in statements:
            each.pop("responds_to", None)
        made.values[name] = made.country(slug) | ({"statements": statements} if statements else {})
    for name in made.names:
        if (made.folder / name).read_bytes() != made.data(name):
            made.write(name)


@step
def the_vocabulary_changes(made: Made, random: Random) -> None:
    words = made.values["_registry.yaml"]
    kind = random.choice(["stances", "preconditions", "contributions"])
    id = random.choice([*words[kind], "eager"])
    if id not in words[kind]:
        words[kind][id] = {"label": "Eager"}
    elif kind == "stances":
        words[kind][id] = {"label": "Other", "refuses": not words[kind][id].get("refuses", False)}
    else:
        words[kind] = dict(reversed(words[kind].items()))
    made.write("_registry.yaml")


@step
def the_vocabulary_has_less(made: Made, random: Random) -> None:
    words = json.loads(made.data("_registry.yaml"))
    kind = random.choice(["stances", "preconditions", "contributions"])
    del words[kind][random.choice(list(words[kind]))]
    made.write("_registry.yaml", json.dumps(words).encode())


@step
def events_come_or_go(made: Made, random: Random) -> None:
    if made.values.pop("_events.yaml", None):
        (made.folder / "_events.yaml").unlink()
    else:
        event = {"date": "2025-01-02", "title": "A truce", "meets": [random.choice(["ceasefire", "mandate"])]}
        made.values["_events.yaml"] = {"events": [event]}
        made.write("_events.yaml")


@step
def the_store_is_cut(made: Made, random: Random) -> None:
    path = store_path(made.folder)
    if path.exists():
        os.truncate(path, random.randrange(path.stat().st_size + 1))


@step
def the_store_is_damaged(made: Made, random: Random) -> None:
    path = store_path(made.folder)
    if path.exists():
        data = bytearray(path.read_bytes())
        for _ in range(random.choice([1, 1, 10, 1000]) if data else 0):
            data[random.randrange(len(data))] = random.randrange(256)
        path.write_bytes(data)


@step
def the_store_has_a_page_twice(made: Made, random: Random) -> None:
    path = store_path(made.folder)
    if path.exists() and path.stat().st_size >= PAGE:
        path.write_bytes(with_page_twice(path.read_bytes(), random.randrange(1000), random.randrange(1000)))


@step
def the_store_is_something_else(made: Made, random: Random) -> None:
    path = store_path(made.folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(random.choice([b"", b"no database\n" * 999, b"SQLite format 3\0" + random.randbytes(9999)]))


@step
def the_store_is_an_older_one(made: Made, _: Random) -> None:
    old = made.folder.parent / "old"
    path = store_path(made.folder)
    if old.exists():
        shutil.copy(old, path)
    elif path.exists():
        shutil.copy(path, old)


@step
def the_store_is_of_another_version(made: Made, _: Random) -> None:
    path = store_path(made.folder)
    if path.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection, connection:  # or it is spoiled already
            connection.execute("update meta set value = value || '1' where key = 'version'")


def with_page_twice(data: bytes, one: int, other: int) -> bytes:
    """A file of SQLite in which one page stands in the place of another too."""
    pages = len(data) // PAGE
    begin, end = one % pages * PAGE, other % pages * PAGE
    return data[:end] + data[begin : begin + PAGE] + data[end + PAGE :]


@contextmanager
def made_registry() -> Iterator[Made]:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", f"{place}/cache")
        folder = Path(place, "positions")
        folder.mkdir()
        yield Made(folder)


happenings = some.one_of(some.sampled_from(sorted(STEPS)), some.sampled_from(["all_is_mended", "says_more", "says_otherwise"]))


@settings(max_examples=40, deadline=None)
@given(some.lists(some.tuples(happenings, some.integers(0, 10**6)), min_size=3, max_size=12))
def test_whatever_happens_the_store_answers_like_the_files(happening: list[tuple[str, int]]) -> None:
    with made_registry() as made:
        told(made.folder)
        for name, number in happening:
            STEPS[name](made, Random(number))
            told(made.folder)
        for name in made.names:
            made.write(name)
        if isinstance(told(made.folder), tuple):
            assert Store(made.folder).stamps == files.stamps(made.folder)  # not the files alone have answered


# Spoiled stores


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _scribble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[PAGE::97] = b"\xff" * len(data[PAGE::97])
    path.write_bytes(bytes(data))


def _page_twice(one: int, other: int) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(with_page_twice(path.read_bytes(), one, other))


def _sql(statement: str) -> Callable[[Path], None]:
    """What changes a store by a statement of SQL."""

    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)

    return spoil


def _folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe_instead(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link_instead(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


IN_PLACE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_bytes(b"not a database at all\n" * 500),
    "cut": _cut,
    "cut to the first page": lambda path: os.truncate(path, PAGE),
    "scribbled": _scribble,
    "a page twice": _page_twice(6, 12),
    "the root of the entries twice": _page_twice(4, 8),
    "garbled": _sql("update entry set value = x'7b'"),
    "swapped": _sql("update entry set value = (select value from entry limit 1 offset 3)"),
    "moved": _sql("update entry set number = -number"),
    "thinned": _sql("delete from entry where number % 2 = 1"),
    "without a table": _sql("drop table entry"),
}
"""Ways to spoil a store while it is open."""

SPOILED: dict[str, Callable[[Path], object]] = IN_PLACE | {
    "renumbered": _sql("update file set number = number + 100"),
    "another version's": _sql("update meta set value = '9.9/9' where key = 'version'"),
    "another registry's": _sql("update meta set value = '/elsewhere' where key = 'folder'"),
    "of no version": _sql("delete from meta where key = 'version'"),
    "with another file": _sql("update file set name = 'zeland.yaml' where name = 'turkey.yaml'"),
    "a folder": _folder_instead,
    "a pipe": _pipe_instead,
    "a link to itself": _link_instead,
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_store_that_is_spoiled_changes_no_answer_and_is_made_anew(registry: Path, spoil: Callable[[Path], None]) -> None:
    expected = told(registry)
    spoil(store_path(registry))
    assert told(registry) == expected
    assert told(registry) == expected
    if not store_path(registry).is_dir():
        assert Store(registry).stamps == files.stamps(registry)


ASKED: list[Callable[[Registry], object]] = [
    lambda registry: registry,
    lambda registry: list(registry.countries.values()),
    lambda registry: registry.countries["turkey"].statements[-1],
    lambda registry: registry.countries["france"].statements[2:9],
    lambda registry: Position(registry.countries["france"], registry.vocabulary, date(2025, 6, 1)).moves,
]
"""What of an answer was read before the store failed."""


@pytest.mark.parametrize("spoil", IN_PLACE.values(), ids=IN_PLACE)
def test_a_store_may_fail_in_the_middle_of_an_answer(registry: Path, spoil: Callable[[Path], None]) -> None:
    expected = everything(load(registry, cache=False))
    load(registry)
    sound = store_path(registry).read_bytes()
    for ask in ASKED:
        store_path(registry).write_bytes(sound)
        begun = load(registry)
        ask(begun)
        spoil(store_path(registry))
        assert everything(begun) == expected


def test_a_store_that_is_replaced_is_read_to_its_end(registry: Path) -> None:
    expected = everything(load(registry))
    begun = load(registry)
    for name in ("turkey.yaml", "france.yaml"):
        edit(registry / name, "name: ", "name: New ")
    assert load(registry).countries["turkey"].name == "New Turkey"
    assert everything(begun) == expected


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_a_store_of_another_user_is_not_believed(registry: Path) -> None:
    text = (registry / "turkey.yaml").read_bytes().replace(b"name: Turkey", b"name: Forged")
    (forged,) = compile_files([files.File("turkey.yaml", "", text)], {}, load(registry).vocabulary)
    assert forged is not None
    with replacing(registry, anew=False) as writer:
        writer.put(forged, files.stamps(registry)["turkey.yaml"])
    assert load(registry).countries["turkey"].name == "Forged"  # as nobody could tell
    os.chown(store_path(registry), 12345, 12345)
    assert load(registry).countries["turkey"].name == "Turkey"
    assert store_path(registry).stat().st_uid == 0


WORDS = [
    "troops",
    "GUCU asir",
    "Élysée",
    "sea black",
    "macron,",
    "afp, turkey is",
    "bloomberg, turkey",
    "ş",
    "no-such-word",
    "-",
    "1",
]


@pytest.mark.parametrize("text", WORDS)
def test_a_search_finds_the_same_in_the_store(registry: Path, text: str) -> None:
    load(registry)
    found, expected = (
        search(load(registry, cache=cache).countries.values(), text, date.min, date.max) for cache in (True, False)
    )
    assert found == expected
    assert bool(expected) == (text != "no-such-word")


def test_another_thread_may_ask_for_the_rest(registry: Path) -> None:
    load(registry)
    kept = load(registry)
    with ThreadPoolExecutor(1) as pool:
        said = pool.submit(lambda: tuple(kept.countries["turkey"].statements)).result()
    assert said == tuple(load(registry, cache=False).countries["turkey"].statements)
    assert store_path(registry).exists()  # it would be gone, had it failed


# Without a place for it, or without room


NOWHERE = [
    {"XDG_CACHE_HOME": "/dev/null"},
    {"XDG_CACHE_HOME": "/proc/nowhere"},
    {"XDG_CACHE_HOME": __file__},
    {"XDG_CACHE_HOME": "relative/and/missing", "HOME": "/dev/null"},
    {"XDG_CACHE_HOME": "", "HOME": "/dev/null"},
    {"XDG_CACHE_HOME": "", "HOME": "/proc/nowhere"},
]


@pytest.mark.parametrize("env", NOWHERE, ids=[" ".join(Path(each).name or "none" for each in env.values()) for env in NOWHERE])
def test_without_a_place_for_a_store_the_files_answer(tmp_path: Path, env: dict[str, str]) -> None:
    done = stancectl("list", cwd=tmp_path, env=env)
    assert (done.returncode, len(done.stdout.splitlines()), done.stderr) == (0, 44, "")
    assert list(tmp_path.iterdir()) == []


LITTLE = "ulimit -f 16"  # no file larger than 16 KiB


@pytest.mark.parametrize("changed", [False, True])
def test_without_room_for_a_store_the_files_answer(registry: Path, changed: bool) -> None:
    env, list_ = {"XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}, f"stancectl list --registry {registry}"
    if changed:
        load(registry)
        edit(registry / "turkey.yaml", "name: Turkey", "name: Turkland")
    said = run(f"({LITTLE}; {list_}) | cat", env=env)
    assert said == run(f"{list_} --no-cache", env=env)
    assert (said.code, len(said.stdout.splitlines()), "Turkland" in said.stdout) == (0, 3, changed)
    assert set(store_path(registry).parent.iterdir()) <= {store_path(registry)}
    told(registry)


MOUNTS = "unshare --map-root-user --mount"


@cache
def may_mount() -> bool:
    return run(f"{MOUNTS} mount -t tmpfs none /mnt").code == 0


@pytest.mark.skipif(not may_mount(), reason="no file system may be mounted here")
def test_on_a_full_file_system_the_files_answer(registry: Path) -> None:
    full = registry.parent / "cache"
    full.mkdir()
    list_ = f"stancectl list --registry {registry}"
    script = f"mount -t tmpfs -o size=32k none {full} && {list_} && ls -A {full}/stancectl"
    said = run(f"{MOUNTS} sh -c '{script}'", env={"XDG_CACHE_HOME": str(full)})
    assert said == run(f"{list_} --no-cache")
    assert len(said.stdout.splitlines()) == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_cache_that_may_not_be_written_to_is_left_alone(registry: Path) -> None:
    cache = store_path(registry).parent
    told(registry)
    cache.chmod(0o500)
    edit(registry / "turkey.yaml", "name: Turkey", "name: Turkland")
    told(registry)
    store_path(registry).chmod(0o000)
    told(registry)
    store_path(registry).chmod(0o600)
    cache.chmod(0o700)


# Several at once, and those that were killed


TOGETHER = """
import sys
from stancectl.cli.main import run
print("ready", file=sys.stderr, flush=True)
sys.stdin.read()
sys.exit(run(sys.argv[1:]))
"""


def at_once(*words: str, processes: int) -> list[bytes]:
    """What so many processes answer to the same question; they wait for each other before they begin."""
    reader, writer = os.pipe()
    command = [sys.executable, "-c", TOGETHER, *words]
    env = environment({"XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]})
    started = [
        subprocess.Popen(command, env=env, stdin=reader, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(processes)
    ]
    os.close(reader)
    for process in started:
        assert process.stderr is not None
        assert process.stderr.readline() == b"ready\n"
    os.close(writer)
    said = [process.communicate(timeout=60) for process in started]
    assert [(process.returncode, stderr) for process, (_, stderr) in zip(started, said, strict=True)] == [(0, b"")] * processes
    return [stdout for stdout, _ in said]


@pytest.mark.parametrize("processes", [2, 4])
def test_several_that_compile_at_once_agree(processes: int) -> None:
    with made_registry() as made:
        for slug in (f"{one}{other}-land" for one in "defghijk" for other in "klmnopqr"):
            made.values[f"{slug}.yaml"] = made.country(slug)
            made.write(f"{slug}.yaml")
        words = ("timeline", "--json", "--registry", str(made.folder))
        for name in (None, "dk-land.yaml", "_registry.yaml"):  # all are new, one has changed, all have to be read again
            if name is not None:
                made.values[name] |= {"name": "Changed"} if name.startswith("dk") else {"topic": "another force"}
                made.write(name)
            expected = stancectl(*words, "--no-cache", cwd=made.folder).stdout.encode()
            assert set(at_once(*words, processes=processes)) == {expected}
            assert [path.name for path in store_path(made.folder).parent.iterdir()] == [store_path(made.folder).name]
            assert Store(made.folder).stamps == files.stamps(made.folder)
            told(made.folder)


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


# What is compiled: YAML in which nothing is amiss, read the fast way


def value_or_amiss(data: bytes) -> bool:
    """Whether the fast way reads it; what it then gives is what the careful way gives, which finds nothing wrong."""
    document = parse(File("a.yaml", "a.yaml", data))
    try:
        value = value_of(data)
    except Amiss:
        return False
    assert (document.problems, document.value) == ([], value)
    return True


YAML_FILES = sorted([*SHIPPED.glob("*.yaml"), *(TESTS / "broken").rglob("*.y*ml"), *(TESTS / "errors").rglob("*.y*ml")])


def test_the_fast_way_reads_every_file_that_is_well_written() -> None:
    read_fast = {path for path in YAML_FILES if value_or_amiss(path.read_bytes())}
    sound = {path for path in YAML_FILES if not parse(File("a.yaml", "a.yaml", path.read_bytes())).problems}
    assert set(SHIPPED.glob("*.yaml")) <= read_fast <= sound
    assert 0 < len(YAML_FILES) - len(sound) < len(sound)


PIECES = [
    *"abé~\U0001f600\xa0\x1c\u3000\x00\x07\x7f\x9f\ufffe\ufeff\x85\u2028\u2029\n\r\t",
    *(
        "a: 1\n",
        "b:\n  - c\n",
        ": ",
        ":",
        "- ",
        "-",
        "\n  ",
        "\n    ",
        "  ",
        " ",
        "\r\n",
        "'",
        '"',
        "''",
        '""',
        "\\",
        "\\n",
        "\\x85",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        ",",
        ", ",
        "&x ",
        "*x ",
        "!t ",
        "!!str ",
        "? ",
        "|",
        "|\n  ",
        ">-\n ",
        "|+\n",
        "#",
        " # c",
        "---\n",
        "...\n",
    ),
    *(
        "--- ",
        "%YAML 1.1\n",
        "%TAG ! x\n",
        "<<: ",
        "<<<<<<< ",
        "=======\n",
        ">>>>>>> ",
        "null",
        "a: ' '\n",
        "@",
        "`",
        "\\ufeff",
        "\\ud800",
    ),
]
DEEP = "[" * 20 + "]" * 20


@settings(max_examples=1000, deadline=None)
@given(some.lists(some.sampled_from(PIECES), max_size=14).map("".join))
@example(DEEP)
@example(f"[{DEEP}]")
@example("a: b\na: c\n")
@example("a: b\n--- \n")
@example("? [a]\n: b\n")
@example("- \xa0\n")
@example("a: \u3000\n")
def test_the_fast_way_reads_what_the_careful_way_reads(text: str) -> None:
    value_or_amiss(text.encode())


@cache
def short_files() -> list[bytes]:
    return [data for path in YAML_FILES if len(data := path.read_bytes()) < 6000]


@settings(max_examples=200, deadline=None)
@given(some.data())
def test_the_fast_way_reads_damaged_files_like_the_careful_way(data: some.DataObject) -> None:
    sound = data.draw(some.sampled_from(short_files()))
    begin = data.draw(some.integers(0, len(sound)))
    end = min(len(sound), begin + data.draw(some.integers(0, 40)))
    inserted = data.draw(some.sampled_from(["", *PIECES])).encode()
    value_or_amiss(sound[:begin] + inserted + sound[end:])  # some of it replaced
    value_or_amiss(sound[:end] + sound[begin:])  # some of it twice
