"""What a command imports: its own modules, nothing that reads YAML where the store is warm, and no Rich but for a table.

The modules of `stancectl` that each command imports are listed in `tests/imports`; REWRITE=1 writes the lists anew.
"""

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from running import check_golden, environment, stancectl
from stancectl.cli.main import COMMANDS

TESTS = Path(__file__).parent
SHIPPED = TESTS.parent / "positions"

PROGRAM = """
import sys
before = set(sys.modules)
from stancectl.cli.main import run
code = run(sys.argv[2:])
with open(sys.argv[1], "w") as stream:
    print(code, *sorted(set(sys.modules) - before), sep="\\n", file=stream)
"""
"""Runs the command line; writes its exit code and the modules that were imported for it into a file."""

COMPLETING = {"_STANCECTL_COMPLETE": "complete_bash", "COMP_WORDS": "stancectl show tu", "COMP_CWORD": "2"}
CASES: dict[str, tuple[str, dict[str, str]]] = {
    # name of the list, what is typed, and what is set
    "show": ("show turkey", {}),
    "show-json": ("show turkey --json", {}),
    "list": ("list", {}),
    "list-table": ("list -f table", {}),
    "diff": ("diff --since 2025-03", {}),
    "search": ("search ceasefire", {}),
    "version": ("--version", {}),
    "completion": ("", COMPLETING),
}
READS_FILES = {"yaml", "_yaml", "pydantic", "pydantic_core", "annotated_types", "jsonschema"}
READERS = "acceptance across compiled document plain_yaml problems read readings renew schema shapes strict_yaml"
READING = [f"stancectl.registry.{name}" for name in READERS.split()]
HEAVY = {"asyncio", "concurrent", "multiprocessing", "email", "http", "ssl", "logging", "csv", "html", "xml", "tomllib"}
"""What takes long to import, and no usual answer needs."""
OTHERWISE = {
    # modules, and the cases that may import them
    "json": {"show-json"},
    "rich": {"list-table"},
    "urllib.request": set[str](),
    "importlib.metadata": set[str](),
}


class Imported(NamedTuple):
    """What a command answered, and the modules that it imported."""

    stdout: str
    modules: frozenset[str]

    @property
    def own(self) -> list[str]:
        return sorted(name for name in self.modules if name.split(".")[0] == "stancectl")


@cache
def warm() -> None:
    """Compile the store of the shipped registry."""
    assert stancectl("list", "--registry", SHIPPED, cwd=TESTS).returncode == 0


@cache
def imported(case: str) -> Imported:
    """What a command imports that answers into a pipe, from a store that is there."""
    warm()
    typed, more = CASES[case]
    return run(typed, environment(more))


def run(typed: str, env: dict[str, str]) -> Imported:
    reader = [sys.executable, "-c", PROGRAM, "/dev/stderr", *typed.split()]
    env = {"STANCECTL_REGISTRY": str(SHIPPED)} | env
    done = subprocess.run(reader, cwd=TESTS, env=env, capture_output=True, timeout=60, check=True)
    code, *modules = done.stderr.decode().splitlines()
    assert code == "0"
    return Imported(done.stdout.decode(), frozenset(modules))


@pytest.mark.parametrize("case", CASES)
def test_a_command_imports_its_own_modules(case: str) -> None:
    assert imported(case).stdout
    check_golden(TESTS / "imports" / f"{case}.txt", "".join(f"{name}\n" for name in imported(case).own))


@pytest.mark.parametrize("case", CASES)
def test_a_warm_store_needs_nothing_that_reads_files(case: str) -> None:
    assert imported(case).modules.isdisjoint({*READS_FILES, *READING})


@pytest.mark.parametrize("case", CASES)
def test_what_takes_long_is_not_imported(case: str) -> None:
    forbidden = HEAVY | {name for name, cases in OTHERWISE.items() if case not in cases}
    assert sorted(imported(case).modules & forbidden) == []


def test_these_modules_are_looked_for_by_their_names() -> None:
    assert "rich" in imported("list-table").modules
    assert "json" in imported("show-json").modules
    assert "sqlite3" in imported("list").modules
    read = run("list --no-cache", environment()).modules
    assert read > {"yaml", "pydantic_core", "stancectl.registry.read"}


@pytest.mark.parametrize("case", CASES)
def test_no_command_imports_another(case: str) -> None:
    wanted = {"completion": "show", "version": ""}.get(case, case.split("-", maxsplit=1)[0])
    modules = {f"stancectl.cli.{module}" for name, module in COMMANDS.items() if name != wanted}
    assert sorted(modules.intersection(imported(case).own)) == []


def test_the_version_needs_no_registry() -> None:
    assert not {"sqlite3", "stancectl.registry.load", "stancectl.analysis"} & imported("version").modules


def test_completion_of_a_country_reads_names_alone() -> None:
    assert imported("completion").stdout.split() == ["turkey"]
    assert not {"sqlite3", "stancectl.registry.load", "stancectl.registry.recall"} & imported("completion").modules
