"""Completion by Tab, as the shells ask for it: bash, zsh and fish each have their own variables."""

from pathlib import Path

import pytest

from running import stancectl
from shell import REGISTRY, ROOT

FORMATS = ["table", "plain", "tsv", "csv", "json", "jsonl", "yaml", "markdown", "html", "svg"]
SLUGS = ["balnibarbi", "blefuscu", "brobdingnag", "houyhnhnms", "laputa", "lilliput"]
STANCES = ["signed", "ready", "open", "watching", "outside", "against"]
COMMANDS = [
    "list",
    "show",
    "why",
    "timeline",
    "diff",
    "log",
    "compare",
    "preconditions",
    "whatif",
    "search",
    "sources",
    "stats",
    "check",
    "schema",
    "init",
    "add",
    "edit",
    "fmt",
]

CASES: list[tuple[str, list[str]]] = [
    # what stands before the cursor, and what could stand there
    ("", COMMANDS),
    ("s", ["show", "search", "sources", "stats", "schema"]),
    ("show ", SLUGS),
    ("show b", ["balnibarbi", "blefuscu", "brobdingnag"]),
    ("show Q", ["QA", "QB", "QG", "QH", "QP", "QL"]),
    ("why lilliput o", ["offers", "open", "outside", "observers"]),
    ("list --stance ", STANCES),
    ("list --stance open,", [f"open,{stance}" for stance in STANCES if stance != "open"]),
    ("list --requires truce,t", ["truce,treaty-text"]),
    ("list --offers s", ["ships"]),
    ("list --group islands,f", ["islands,founders"]),
    ("list --fields code,c", ["code,country"]),
    ("search --fields ", ["ref", "date", "country", "speaker", "field", "match"]),
    ("list -f ", FORMATS),
    ("sources -f b", ["bibtex"]),
    ("sources -f c", ["csv", "csl"]),
    ("list -f b", []),
    ("preconditions --graph -f d", ["dot"]),
    ("preconditions --graph -f m", ["markdown", "mermaid"]),
    ("preconditions -f d", []),
    ("preconditions --graph --fields f", ["first_stated", "first"]),
    ("schema ", ["country", "registry", "events"]),
    ("schema e", ["events"]),
    ("check -f ", ["text", "json", "github", "sarif"]),
    ("check --select single-source,we", ["single-source,weak-link"]),
    ("check --explain yaml-a", ["yaml-alias", "yaml-anchor"]),
    ("list --color ", ["auto", "always", "never"]),
    ("diff --st", ["--stat"]),
    ("edit lilliput 2025-03", ["2025-03-cabinet"]),
    ("add bl", ["blefuscu"]),
    ("add lilliput --attribution do", ["document"]),
    ("add lilliput --responds-to lil", ["lilliput/"]),
    ("add lilliput --responds-to lilliput/2025-01", ["lilliput/2025-01-15-reldresal"]),
    ("add lilliput --require tr", ["truce", "treaty-text"]),
]


@pytest.mark.parametrize(("typed", "offered"), CASES, ids=[case[0] for case in CASES])
def test_what_tab_offers(typed: str, offered: list[str]) -> None:
    assert bash(typed) == offered


@pytest.mark.parametrize("option", ["--registry ", "--registry="])
def test_a_registry_named_before_is_the_one_that_is_asked(option: str, tmp_path: Path) -> None:
    said = stancectl(cwd=tmp_path, env=for_bash(f"show {option}{REGISTRY} bl"))
    assert (said.stdout.split(), said.stderr) == (["blefuscu"], "")
    said = stancectl(cwd=tmp_path, env=for_bash(f"show {option}{tmp_path}/nowhere bl"))
    assert (said.stdout.split(), said.stderr) == ([], "")


def test_the_registry_of_the_folder_is_asked_without_one() -> None:
    assert stancectl(cwd=ROOT, env=for_bash("show tur")).stdout.split() == ["turkey"]


BROKEN = {"none": None, "empty": "", "no YAML": "format: [", "of another kind": "format: 2\ntopic: x\nstances: {a: {label: A}}\n"}


@pytest.mark.parametrize("words", ["show ", "list --requires truce,"])
@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_registry_offers_nothing_and_says_nothing(text: str | None, words: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "_registry.yaml").write_text(text)
    said = stancectl(cwd=tmp_path, env=for_bash(words) | {"STANCECTL_REGISTRY": str(tmp_path)})
    assert (said.stdout.strip(), said.stderr, said.returncode) == ("", "", 0)


def test_fields_and_formats_need_no_registry(tmp_path: Path) -> None:
    env = {"STANCECTL_REGISTRY": str(tmp_path / "nowhere")}
    assert stancectl(cwd=tmp_path, env=for_bash("list --fields co") | env).stdout.split() == ["country", "code"]
    assert stancectl(cwd=tmp_path, env=for_bash("list -f s") | env).stdout.split() == ["svg"]


def test_zsh() -> None:
    env = {"_STANCECTL_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "stancectl list --stance o"}
    said = stancectl(cwd=ROOT, env=env | {"STANCECTL_REGISTRY": str(REGISTRY)})
    assert (said.stdout, said.stderr) == ("""_arguments '*: :(("open"\n"outside"))'\n""", "")


def test_fish() -> None:
    env = {"_STANCECTL_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": "stancectl list --group islands,"}
    env |= {"STANCECTL_REGISTRY": str(REGISTRY), "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    said = stancectl(cwd=ROOT, env=env)
    assert (said.stdout.splitlines(), said.stderr) == (["islands,founders", "islands,none-here"], "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_can_be_told_to_ask(shell: str) -> None:
    said = stancectl(cwd=ROOT, env={"_STANCECTL_COMPLETE": f"source_{shell}"})
    assert (f"_STANCECTL_COMPLETE=complete_{shell}" in said.stdout, said.stderr, said.returncode) == (True, "", 0)


def bash(typed: str) -> list[str]:
    """What is offered where `stancectl TYPED` is typed."""
    said = stancectl(cwd=ROOT, env=for_bash(typed) | {"STANCECTL_REGISTRY": str(REGISTRY)})
    assert (said.stderr, said.returncode) == ("", 0)
    return said.stdout.split()


def for_bash(typed: str) -> dict[str, str]:
    words = f"stancectl {typed}"
    return {"_STANCECTL_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split(" ")) - 1)}
