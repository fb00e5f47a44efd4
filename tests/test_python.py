"""The Python interface: what `import stancectl` offers, and what it costs."""

import datetime as dt
import doctest
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import stancectl
import stancectl.views
from running import environment
from running import stancectl as command
from shell import REGISTRY, ROOT, answer
from stancectl import api
from stancectl.report.report import record

DAY = "2025-12-01"
Plain = dict[str, Any]


@pytest.fixture(scope="module")
def registry() -> stancectl.Registry:
    return stancectl.load(REGISTRY, cache=False)


# Loading


def test_load_takes_a_path_or_a_text(registry: stancectl.Registry) -> None:
    assert len(stancectl.load(str(REGISTRY), cache=False)) == len(registry) == 6
    assert repr(registry) == "<Registry 'Joint patrol of the Channel', countries: 6>"


def test_load_finds_the_registry_as_the_command_line_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STANCECTL_REGISTRY", raising=False)
    assert len(stancectl.load()) == 44
    monkeypatch.setenv("STANCECTL_REGISTRY", str(REGISTRY))
    assert len(stancectl.load()) == 6
    assert len(stancectl.load(ROOT / "positions")) == 44


def test_a_folder_without_registry(tmp_path: Path) -> None:
    with pytest.raises(stancectl.NoRegistry, match=r"^--registry|holds no _registry\.yaml") as caught:
        stancectl.load(tmp_path)
    assert caught.value.code == "no-registry"


def test_a_registry_with_errors_tells_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "_registry.yaml").write_text("format: 1\ntopic: x\nstances: {yes: {label: Yes}}\n")
    (tmp_path / "a.yaml").write_text("country: a\nname: A\nstatements: []\n")
    (tmp_path / "b.yaml").write_text("country: BB\nname: B\nstatements:\n  - id: one\n")
    with pytest.raises(stancectl.InvalidRegistry) as caught:
        stancectl.load(tmp_path, cache=False)
    places = [(Path(each.path).name, each.line, each.column, each.code) for each in caught.value.problems]
    assert places == [
        ("a.yaml", 1, 10, "invalid-code"),
        ("a.yaml", 3, 13, "empty-list"),
        *[("b.yaml", 4, 5, "missing-key")] * 4,
    ]


def test_an_unknown_revision() -> None:
    with pytest.raises(stancectl.UnknownRevision):
        stancectl.load(REGISTRY, rev="no-such-revision")


# Countries


@pytest.mark.parametrize(
    "name", ["lilliput", "LILLIPUT", "Lilipút", "liliput", "QL", "ql", "Empire of Lilliput", "the empire of lilliput"]
)
def test_a_country_by_any_of_its_names(name: str, registry: stancectl.Registry) -> None:
    assert name in registry
    assert registry[name].slug == "lilliput"


def test_a_country(registry: stancectl.Registry) -> None:
    country = registry["lilliput"]
    assert (country.slug, country.code, country.name) == ("lilliput", "QL", "Lilliput")
    assert country.aliases == ("Lilipút", "Empire of Lilliput")
    assert [each.id for each in country.statements][:2] == ["2025-01-15-reldresal", "2025-03-cabinet"]
    assert isinstance(country.statements[0], stancectl.Statement)
    assert repr(country) == "<Country lilliput, statements: 7>"
    assert repr(country.position("2024-01-01")) == "<Position lilliput, 2024-01-01: None>"


def test_an_unknown_country_is_a_key_error_that_names_the_nearest(registry: stancectl.Registry) -> None:
    assert "liliputt" not in registry
    assert 7 not in registry
    with pytest.raises(KeyError) as caught:
        registry["liliputt"]
    assert isinstance(caught.value, stancectl.UnknownName)
    assert isinstance(caught.value, stancectl.StanceError)
    assert (caught.value.code, caught.value.message) == ("unknown-country", "`liliputt` is no country here")
    assert str(caught.value).startswith("`liliputt` is no country here; did you mean `lilliput`?")


def test_countries_come_by_slug(registry: stancectl.Registry) -> None:
    slugs = [country.slug for country in registry]
    assert slugs == ["balnibarbi", "blefuscu", "brobdingnag", "houyhnhnms", "laputa", "lilliput"]


def test_vocabulary_and_events(registry: stancectl.Registry) -> None:
    assert list(registry.vocabulary.stances) == ["signed", "ready", "open", "watching", "outside", "against"]
    assert registry.vocabulary.groups["islands"] == ("QB", "QL", "QP")
    assert [str(event.date) for event in registry.events][:3] == ["2025-02-10", "2025-06-05", "2025-09"]


# Positions and changes


DAYS: list[tuple[api.Day, str | None]] = [
    ("2025-01-14", None),
    ("2025-01-15", "watching"),
    ("2025-02", "watching"),
    ("2025-03", "open"),
    ("2025-Q3", "open"),
    ("2025", "signed"),
    (dt.date(2025, 9, 30), "open"),
    (dt.date(2025, 10, 1), "signed"),
]


@pytest.mark.parametrize(("day", "stance"), DAYS, ids=str)
def test_a_position_on_a_day(day: api.Day, stance: str | None, registry: stancectl.Registry) -> None:
    position = registry["lilliput"].position(day)
    assert isinstance(position, stancectl.Position)
    assert position.stance == stance


def test_a_position_without_a_day_is_that_of_today(registry: stancectl.Registry) -> None:
    before, position, after = dt.date.today(), registry["lilliput"].position(), dt.date.today()
    assert before <= position.as_of <= after
    assert registry["lilliput"].position("today").as_of in {before, after}


@pytest.mark.parametrize("day", ["soon", "2025-13", "2025?", ""])
def test_a_text_that_is_no_date(day: str, registry: stancectl.Registry) -> None:
    for ask in (registry["lilliput"].position, registry.positions, registry.changes):
        with pytest.raises(stancectl.InvalidDate):
            ask(day)


def test_the_parts_of_a_position(registry: stancectl.Registry) -> None:
    position = registry["lilliput"].position(DAY)
    assert [part.item for part in position.preconditions] == ["truce", "mandate", "cost-sharing"]
    ships = position.part("offer", "ships")
    assert isinstance(ships, stancectl.Part)
    assert isinstance(ships.since, stancectl.PartialDate)
    assert (str(ships.since), ships.by.ref, ships.personnel.max) == ("2025-03", "lilliput/2025-03-cabinet", 500)


def test_positions_come_most_engaged_first(registry: stancectl.Registry) -> None:
    told = [(position.country.slug, position.stance) for position in registry.positions(DAY)]
    assert told == [
        ("lilliput", "signed"),
        ("laputa", "open"),
        ("balnibarbi", "watching"),
        ("brobdingnag", "outside"),
        ("blefuscu", "against"),
        ("houyhnhnms", None),
    ]


@pytest.mark.parametrize("since", ["2025-09", dt.date(2025, 9, 1)])
def test_changes_are_those_of_diff_with_all(since: str | dt.date, registry: stancectl.Registry) -> None:
    told = [
        (each.country, each.change, each.item, each.before, each.after, each.by) for each in registry.changes(since, "2025-11")
    ]
    rows = json.loads(answer("diff", "--since", "2025-09", "--until", "2025-11", "--all", "--json"))
    names = ("country", "change", "item", "before", "after", "by")
    assert told == [tuple(row[name] for name in names) for row in rows]
    assert {row[1] for row in told} >= {"stance", "signal", "offer-changed"}


@pytest.mark.parametrize(
    ("met", "without"), [((), ()), (("peace",), ()), (["Peace", "cost-sharing"], []), (("cost-sharing",), ("peace",))]
)
def test_what_if(met: Sequence[str], without: Sequence[str], registry: stancectl.Registry) -> None:
    told = [record(each) for each in registry.whatif(met, without, DAY)]
    left_out = [word for item in without for word in ("--without", item)]
    assert registry.whatif("peace", as_of=DAY) == registry.whatif(["peace"], as_of=DAY)
    assert told == json.loads(answer("whatif", *met, *left_out, "--as-of", DAY, "--json"))
    assert told


def test_what_cannot_be_supposed(registry: stancectl.Registry) -> None:
    with pytest.raises(stancectl.Impossible, match="`peace` cannot be met and --without it"):
        registry.whatif(["peace"], ["peace"])
    with pytest.raises(stancectl.UnknownName, match="`peas` is no precondition here"):
        registry.whatif(["peas"])


# Records


def asked(*words: str) -> list[Plain]:
    rows: list[Plain] = json.loads(answer(*words, "--as-of", DAY, "--json"))
    return rows


SAME_AS: dict[api.Kind, Callable[[], list[Plain]]] = {
    "positions": lambda: asked("list"),
    "sources": lambda: sorted(asked("sources"), key=lambda row: str(row["url"])),
    "timeline": lambda: asked("timeline"),
}


@pytest.mark.parametrize("kind", SAME_AS)
def test_records_have_the_fields_of_the_command_line(kind: api.Kind, registry: stancectl.Registry) -> None:
    records = registry.records(kind, DAY)
    if kind == "sources":
        records = sorted(records, key=lambda record: str(record["url"]))
    assert records == SAME_AS[kind]()


def test_records_of_parts_have_the_fields_of_show_in_tsv(registry: stancectl.Registry) -> None:
    slugs = [position.country.slug for position in registry.positions(DAY)]
    lines = answer("show", *slugs, "--as-of", DAY, "--header").splitlines()
    records = registry.records("parts", DAY)
    assert [list(record) for record in records] == [lines[0].split("\t")] * len(records)
    assert [[value or "" for value in record.values()] for record in records] == [line.split("\t") for line in lines[1:]]


STATEMENTS: dict[str, Any] = {
    "ref": "lilliput/2025-10-treaty",
    "country": "lilliput",
    "date": "2025-10-01~",
    "earliest": dt.date(2025, 10, 1),
    "latest": dt.date(2025, 10, 1),
    "speaker": "Lilliput",
    "office": None,
    "occasion": "signing of the treaty",
    "attribution": "document",
    "counts": True,
    "stance": "signed",
    "summary": "Lilliput signs the treaty; Parliament's approval is no longer asked for, the costs have to be shared.",
    "quote": None,
    "requires": ["cost-sharing"],
    "drops": ["parliament"],
    "offers": ["ships", "command"],
    "withdraws": [],
    "rules_out": [],
    "reopens": [],
    "responds_to": [],
    "sources": ["https://treaty.example/text"],
    "note": "The day of the signing is disputed.",
}
REQUIREMENTS: dict[str, Any] = {
    "ref": "lilliput/2025-06-06-emperor",
    "country": "lilliput",
    "earliest": dt.date(2025, 6, 6),
    "counts": True,
    "precondition": "mandate",
    "after": ["truce"],
    "note": "a written one",
}
OFFERS: dict[str, Any] = {
    "ref": "houyhnhnms/2025-04-yahoo",
    "country": "houyhnhnms",
    "earliest": dt.date(2025, 4, 1),
    "counts": False,
    "contribution": "observers",
    "personnel_min": 4,
    "personnel_max": 4,
    "note": None,
}
RECORDS: list[tuple[api.Kind, Plain, int]] = [
    ("statements", STATEMENTS, 17),
    ("requirements", REQUIREMENTS, 10),
    ("offers", OFFERS, 11),
]


@pytest.mark.parametrize(("kind", "one", "count"), RECORDS, ids=[case[0] for case in RECORDS])
def test_records_of_what_was_said(kind: api.Kind, one: Plain, count: int, registry: stancectl.Registry) -> None:
    records = registry.records(kind, DAY)
    assert len(records) == count
    assert one in records
    assert [list(record) for record in records] == [list(one)] * count


def test_records_end_with_the_day_asked_for(registry: stancectl.Registry) -> None:
    assert [record["ref"] for record in registry.records("statements", "2025-01")] == [
        "laputa/2024-court",
        "lilliput/2025-01-15-reldresal",
    ]
    assert registry.records("statements", "2023") == registry.records("offers", "2023") == []


def test_an_unknown_kind_of_record(registry: stancectl.Registry) -> None:
    with pytest.raises(stancectl.UnknownName, match="`position` is no kind of record here; did you mean `positions`"):
        registry.records("position")  # type: ignore[arg-type]


# The package


def test_every_public_name_is_there() -> None:
    assert dir(stancectl) == stancectl.__all__
    assert [name for name in stancectl.__all__ if not getattr(stancectl, name, None)] == []
    with pytest.raises(AttributeError, match="`stancectl` has no attribute `nothing`"):
        _ = stancectl.nothing
    assert not hasattr(stancectl.views, "nothing")


@pytest.mark.parametrize("module", [stancectl, api])
def test_the_examples_in_the_docstrings(module: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(module) == doctest.TestResults(failed=0, attempted=3)


def test_python_m_is_the_command() -> None:
    said = command("--version", cwd=ROOT)
    assert (said.stdout, said.stderr, said.returncode) == (f"stancectl {stancectl.__version__}\n", "", 0)


# The cost of an import


def imported(program: str) -> set[str]:
    """The modules that a program has imported by its end."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print(*sys.modules, file=sys.stderr)"],
        cwd=ROOT,
        env=environment({"STANCECTL_REGISTRY": str(ROOT / "positions")}),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return set(done.stderr.decode().split())


def test_importing_the_package_imports_no_other() -> None:
    assert imported("import stancectl") & {"yaml", "pydantic", "pydantic_core", "rich", "typer"} == set()


def test_loading_imports_no_command_line() -> None:
    program = "import stancectl; stancectl.load()['turkey'].position('2025-12-01')"
    assert imported(program) & {"pydantic", "rich", "typer"} == set()


LEAN = [
    ("timeline -f csv", {"yaml", "pydantic", "pydantic_core", "rich"}),
    ("list -f markdown", {"yaml", "pydantic", "pydantic_core", "rich"}),
    ("list -f yaml", {"pydantic", "pydantic_core", "rich"}),
    ("list -f plain", {"yaml", "pydantic", "pydantic_core"}),
]


@pytest.mark.parametrize(("words", "spared"), LEAN, ids=[case[0] for case in LEAN])
def test_a_command_with_a_warm_store_imports_only_what_it_needs(words: str, spared: set[str]) -> None:
    command("list", cwd=ROOT, env={"STANCECTL_REGISTRY": str(ROOT / "positions")})
    assert imported(f"from stancectl.cli.main import run; assert run({words.split()!r}) == 0") & spared == set()
