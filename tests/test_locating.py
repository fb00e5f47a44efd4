"""Which registry answers: the one named, the one in the environment, the nearest upwards, or the one that is shipped."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from running import environment, stancectl

WORDS = "format: 1\ntopic: Anything\nstances: {undecided: {label: Undecided}}\n"
SAID = """\
country: {code}
name: {name}
statements:
  - id: first
    date: 2025-03
    speaker: The ministry
    summary: In short.
    sources: [{{url: "https://example.org/1"}}]
"""


def a_registry(folder: Path, name: str) -> None:
    """A registry of one country, by whose name it is known again."""
    folder.mkdir(parents=True)
    (folder / "_registry.yaml").write_text(WORDS, encoding="utf-8")
    (folder / f"{name}.yaml").write_text(SAID.format(code=name[:2].upper(), name=name), encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Folders with registries and without: `desk` keeps one, and so do `desk/archive` and `elsewhere`."""
    a_registry(tmp_path / "desk" / "positions", "near")
    a_registry(tmp_path / "desk" / "archive" / "positions", "archived")
    a_registry(tmp_path / "elsewhere" / "positions", "elsewhere")
    a_registry(tmp_path / "odd name" / "Türkiye", "odd")
    (tmp_path / "desk" / "drafts" / "deep").mkdir(parents=True)
    (tmp_path / "desk" / "drafts" / "positions").mkdir()
    (tmp_path / "desk" / "drafts" / "positions" / "notes.yaml").write_text("no registry without _registry.yaml", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "desk" / "positions")
    (tmp_path / "empty").mkdir()
    return tmp_path


SHIPPED = "turkey"


@pytest.mark.parametrize(
    ("here", "option", "variable", "found"),
    [
        # The nearest positions/ upwards.
        ("desk", None, None, "near"),
        ("desk/positions", None, None, "near"),
        ("desk/archive", None, None, "archived"),
        ("desk/drafts/deep", None, None, "near"),
        ("empty", None, None, SHIPPED),
        # The variable is heard before it.
        ("empty", None, "../elsewhere/positions", "elsewhere"),
        ("desk", None, "../elsewhere/positions", "elsewhere"),
        ("desk", None, "", "near"),
        # The option is heard before the variable, even where that leads nowhere.
        ("desk", "../elsewhere/positions", None, "elsewhere"),
        ("empty", "../desk/positions", "../elsewhere/positions", "near"),
        ("desk", "../elsewhere/positions", "../nowhere", "elsewhere"),
        # Any spelling of a folder will do.
        ("desk/positions", ".", None, "near"),
        ("desk", "./drafts/../positions", None, "near"),
        ("empty", "../link", None, "near"),
        (".", "odd name/Türkiye", None, "odd"),
    ],
)
def test_found(here: str, option: str | None, variable: str | None, found: str, home: Path) -> None:
    done = stancectl(
        "list",
        *([] if option is None else ["--registry", option]),
        *("--fields", "country"),
        cwd=home / here,
        env={} if variable is None else {"STANCECTL_REGISTRY": variable},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert found in done.stdout.split()
    assert found == SHIPPED or done.stdout == f"{found}\n"


def test_found_by_its_whole_path(home: Path) -> None:
    done = stancectl("list", "--registry", home / "elsewhere" / "positions", "--fields", "country", cwd=home / "desk")
    assert (done.returncode, done.stdout, done.stderr) == (0, "elsewhere\n", "")


@pytest.mark.parametrize(
    ("option", "variable", "told"),
    [
        ("nowhere", None, "there is no folder nowhere; name a folder that holds a _registry.yaml"),
        ("empty", None, "empty holds no _registry.yaml; name a folder that holds a _registry.yaml"),
        ("desk", None, "desk holds no _registry.yaml; did you mean desk/positions?"),
        ("~/positions", None, "there is no folder ~/positions; name a folder that holds a _registry.yaml"),
        ("a\x1b[31mb", None, "there is no folder a\\u001b[31mb; name a folder that holds a _registry.yaml"),
        (None, "nowhere", "$STANCECTL_REGISTRY: there is no folder nowhere; name a folder that holds a _registry.yaml"),
        (None, "empty", "$STANCECTL_REGISTRY: empty holds no _registry.yaml; name a folder that holds a _registry.yaml"),
        (None, "desk", "$STANCECTL_REGISTRY: desk holds no _registry.yaml; did you mean desk/positions?"),
    ],
)
def test_not_found(option: str | None, variable: str | None, told: str, home: Path) -> None:
    words = [] if option is None else ["--registry", option]
    done = stancectl("list", *words, cwd=home, env={} if variable is None else {"STANCECTL_REGISTRY": variable})
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"stancectl: error[no-registry]: {told}\n")


def test_a_vocabulary_that_is_a_folder_makes_no_registry(tmp_path: Path) -> None:
    (tmp_path / "positions" / "_registry.yaml").mkdir(parents=True)
    done = stancectl("list", "--registry", "positions", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("stancectl: error[no-registry]: positions holds no _registry.yaml;")


# Where the system refuses, that is no error of writing.


@pytest.mark.parametrize("option", ["x" * 300, "positions/" * 1000])
def test_a_name_too_long_is_no_registry(option: str, tmp_path: Path) -> None:
    done = stancectl("list", "--registry", option, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("stancectl: error[no-registry]: ")


def test_a_folder_that_may_not_be_entered_is_no_registry(home: Path) -> None:
    closed = home / "elsewhere"
    closed.chmod(0)
    try:
        if os.access(closed, os.X_OK):
            pytest.skip("this user may enter everything")
        done = stancectl("list", "--registry", "elsewhere/positions", cwd=home)
    finally:
        closed.chmod(0o700)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("stancectl: error[no-registry]: ")


def test_a_folder_that_may_not_be_listed_is_no_registry(home: Path) -> None:
    closed = home / "desk" / "positions"
    closed.chmod(0o100)
    try:
        if os.access(closed, os.R_OK):
            pytest.skip("this user may read everything")
        done = stancectl("list", cwd=home, env={"STANCECTL_REGISTRY": "desk/positions"})
    finally:
        closed.chmod(0o700)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("stancectl: error[no-registry]: cannot read desk/positions: Permission denied;")


def test_from_a_folder_that_is_gone_the_shipped_one_answers(tmp_path: Path) -> None:
    """A shell stays in a folder that another has removed."""
    words = [sys.executable, "-m", "stancectl", "list", "--fields", "country"]
    gone = tmp_path / "gone"
    gone.mkdir()
    done = subprocess.run(
        ["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", *words],
        cwd=gone,
        env=environment({"XDG_CACHE_HOME": str(tmp_path / "cache")}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not gone.exists()
    assert (done.returncode, done.stderr) == (0, "")
    assert SHIPPED in done.stdout.split()
