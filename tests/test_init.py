"""`stancectl init`: whatever it is told, either a sound registry on which everything works, or one error and nothing."""

import ast
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as some

from building import FOLDER, real_registry
from running import environment, stancectl
from shell import ROOT, Said, here, run
from stancectl.cli.main import COMMANDS
from stancectl.model.iso import COUNTRIES as ALL
from stancectl.model.registry import Registry
from stancectl.registry.load import load
from stancectl.report.unsafe import UNSAFE
from terminal import tree

SOURCES = ROOT / "src" / "stancectl"
FILES = {
    *("_registry.yaml", "_events.yaml", "ruritania.yaml", "README.md", ".gitignore"),
    *("schema/country.json", "schema/registry.json", "schema/events.json"),
}
WORKFLOW = ".github/workflows/check.yaml"


def check_sound(folder: Path, *, day: str | None = None, warnings: bool = False) -> Registry:
    """Nothing is wrong with the registry, its files are in canonical form, and its schemas are those of its vocabulary."""
    today = ["--today", day] if day else []
    if warnings:
        assert here("check", folder).code == 0
    else:
        assert here("check", "--warnings-as-errors", *today, folder) == Said("", "", 0)
    assert here("fmt", "--check", folder).code == 0
    before = tree(folder / "schema")
    assert here("schema", "--write", "--registry", folder) == Said("", "", 0)
    assert tree(folder / "schema") == before
    return load(folder, cache=False)


def check_refused(said: Said, folder: Path) -> None:
    """One line said what is wrong, and nothing was made."""
    assert (said.stdout, said.code) == ("", 2)
    assert re.fullmatch(r"stancectl: error\[[a-z-]+\]: [^\n]+\n", said.stderr), said.stderr
    assert not folder.exists()


# Flags, and none


def test_a_folder_alone_is_a_registry_named_after_it(tmp_path: Path) -> None:
    said = stancectl("init", "cod-moratorium", cwd=tmp_path)
    assert said.returncode == 0
    assert set(said.stdout.splitlines()) == {f"cod-moratorium/{name}" for name in FILES | {WORKFLOW}}
    assert set(tree(tmp_path / "cod-moratorium")) == FILES | {WORKFLOW}
    assert said.stderr.startswith("stancectl: cod-moratorium is a registry on Cod moratorium; ")
    made = check_sound(tmp_path / "cod-moratorium")
    assert made.vocabulary.topic == "Cod moratorium"
    assert list(made.vocabulary.stances) == ["for", "conditional", "undecided", "against"]
    assert [(each.takes_part, each.refuses) for each in made.vocabulary.stances.values()] == [
        (True, False),
        (True, False),
        (False, False),
        (False, True),
    ]
    assert [(each.slug, each.code) for each in made.countries.values()] == [("ruritania", "XA")]
    assert all(each.meaning for each in made.vocabulary.stances.values())
    assert all(each.meaning for each in made.vocabulary.preconditions.values())
    assert all(each.meaning for each in made.vocabulary.contributions.values())


def test_flags_say_what_it_is_about(tmp_path: Path) -> None:
    flags = ("--topic", "Enlargement", "--question", "Who joins?", "--stances", "In favour, open, Türkisch,no")
    said = stancectl("init", "e", *flags, "--countries", "Norway,türkiye, USA,NO", cwd=tmp_path)
    assert said.returncode == 0
    words = check_sound(tmp_path / "e").vocabulary
    assert (words.topic, words.question) == ("Enlargement", "Who joins?")
    assert {id: each.label for id, each in words.stances.items()} == {
        "in-favour": "In favour",
        "open": "Open",
        "turkisch": "Türkisch",
        "no": "No",
    }
    assert [id for id, each in words.stances.items() if each.takes_part] == ["in-favour"]
    assert [id for id, each in words.stances.items() if each.refuses] == ["no"]
    assert [*words.groups.values()] == [("NO", "TR", "US")]


def test_a_single_stance_takes_part_and_does_not_refuse(tmp_path: Path) -> None:
    assert here("init", tmp_path / "r", "--stances", "signed").code == 0
    (only,) = check_sound(tmp_path / "r").vocabulary.stances.values()
    assert (only.takes_part, only.refuses) == (True, False)


def test_the_example_is_of_today(tmp_path: Path) -> None:
    assert here("init", tmp_path / "r", "--today", "2019-02-03").code == 0
    made = check_sound(tmp_path / "r", day="2019-02-03")
    assert [each.date.earliest for each in made.countries["ruritania"].statements] == [date(2019, 2, 3)]


def test_the_same_flags_on_the_same_day_make_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert here("init", tmp_path / name, "--topic", "x", "--countries", "NO", "--today", "2026-01-01").code == 0
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


# Words that YAML, Markdown, a terminal or a template could take for something else


AWKWARD = {
    "colon": "a: b",
    "colons": "key: [value]: {x",
    "hash": "# no comment",
    "hash behind": "cod # or haddock",
    "double quotes": 'the "cod" war',
    "single quotes": "the 'cod' war's end",
    "both quotes": '"it\'s"',
    "one quote": "'",
    "no": "no",
    "yes": "yes",
    "true": "true",
    "null": "null",
    "tilde": "~ x",
    "number": "1",
    "octal": "0o17 012",
    "date": "2026-03-02",
    "float": "1e3",
    "hyphen": "- an item",
    "only hyphens": "---",
    "document's end": "...",
    "question mark": "? what",
    "brackets": "[a] {b}",
    "anchor": "&a *b",
    "tag": "!!str x",
    "percent": "%YAML 1.2",
    "at": "@x `y`",
    "folded": ">- text",
    "backslashes": "\\n \\ \\x41 \\",
    "template": "$topic ${today} $$ $",
    "unicode": "Åland über naïve 漢字",
    "emoji": "🐟 cod 👩‍👩‍👧‍👦"[:6],
    "combining": "e\u0301tude",
    "line break": "two\nlines",
    "line breaks": "\n\nfirst\n\nlast\n",
    "tab": "a\tb",
    "spaces around": "  cod  ",
    "long word": "x" * 2000,
    "long": "word " * 1000,
    "heading": "## *Cod* _war_ | <b>x</b> `y`",
    "script": "<script>alert(1)</script>",
    "link": "[x](javascript:alert(1))",
    "code fence": "``` cod",
}
BLANK = {"empty": "", "a space": " ", "spaces": "   ", "tab alone": "\t", "line break alone": "\n"}
INVISIBLE = {
    "bell": "a\x07b",
    "carriage return": "two\r\nlines",
    "escape": "\x1b[31mred\x1b[0m",
    "right to left": "a\u202eb",
    "byte order mark": "\ufeffa",
    "zero width": "a\u200bb",
    "line separator within": "a\u2028b",
    "next line": "a\x85b",
    "private": "a\ue000b",
    "unassigned": "a\U0010ffffb",
    "half of a pair": "a\udcffb",
}


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_any_text_is_a_topic_and_a_question(text: str, tmp_path: Path) -> None:
    assert here("init", tmp_path / "r", "--topic", text, "--question", text).code == 0
    words = check_sound(tmp_path / "r").vocabulary
    assert words.topic.split() == (words.question or "").split() == text.split()
    first, blank, asked, *_ = (tmp_path / "r/README.md").read_text(encoding="utf-8").split("\n")
    assert (first[:2], blank) == ("# ", "")
    for shown in (first[2:], asked):
        assert re.sub(r"\\([\\`*_\[\]<>#|])", r"\1", shown) == " ".join(text.split())
        assert not re.search(r"(?<!\\)[<\[`]", shown.replace("\\\\", ""))


def test_any_text_with_a_letter_is_a_stance(tmp_path: Path) -> None:
    texts = [text for text in AWKWARD.values() if re.search("[a-z0-9]", text.casefold()) and "," not in text and len(text) < 1000]
    ids = {re.sub("[^a-z0-9]+", "-", text.casefold()).strip("-"): text for text in texts if text.isascii()}
    assert {"no", "yes", "true", "null", "1", "x", "2026-03-02"} <= set(ids)
    assert here("init", tmp_path / "r", "--stances", ",".join(ids.values())).code == 0
    stances = check_sound(tmp_path / "r").vocabulary.stances
    assert list(stances) == list(ids)
    for stance, text in zip(stances.values(), ids.values(), strict=True):
        assert stance.label.split() == (text.strip()[:1].upper() + text.strip()[1:]).split()


@pytest.mark.parametrize("text", ["Åland über naïve", "e\u0301tude", "🐟 cod", "ЁЖ a"])
def test_letters_of_any_alphabet_stand_in_a_stance(text: str, tmp_path: Path) -> None:
    assert here("init", tmp_path / "r", "--stances", f"{text},no").code == 0
    assert [each.label for each in check_sound(tmp_path / "r").vocabulary.stances.values()] == [text[:1].upper() + text[1:], "No"]


@pytest.mark.parametrize("text", ["!", "漢字", "~", "---", "🐟", "ЁЖ"])
def test_a_stance_of_no_latin_letter_is_refused(text: str, tmp_path: Path) -> None:
    check_refused(here("init", tmp_path / "r", "--stances", f"for,{text}"), tmp_path / "r")


@pytest.mark.parametrize("text", ["x" * 2000, "word " * 1000])
def test_a_stance_that_is_too_long_is_refused_or_shortened(text: str, tmp_path: Path) -> None:
    said = here("init", tmp_path / "r", "--stances", f"{text},no")
    if said.code:
        check_refused(said, tmp_path / "r")
    else:
        check_sound(tmp_path / "r")


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        pytest.param(flag, text, id=f"{flag} {name}")
        for name, text in BLANK.items()
        for flag in ("--topic", "--question", "--stances", "--countries")
    ],
)
def test_nothing_but_spaces_is_refused_or_counts_as_not_said(flag: str, text: str, tmp_path: Path) -> None:
    said = here("init", tmp_path / "r", flag, text)
    if said.code:
        check_refused(said, tmp_path / "r")
    else:
        words = check_sound(tmp_path / "r").vocabulary
        assert words.topic == "R"
        assert words.question == "Where does this country stand on R?"
        assert "\n\n\n" not in (tmp_path / "r/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", INVISIBLE.values(), ids=INVISIBLE)
def test_what_cannot_be_seen_is_refused_or_left_out(text: str, tmp_path: Path) -> None:
    for flag in ("--topic", "--question", "--stances"):
        said = here("init", tmp_path / flag, flag, text)
        if said.code:
            check_refused(said, tmp_path / flag)
        else:
            check_sound(tmp_path / flag)


def test_countries_that_cannot_be_seen_are_refused(tmp_path: Path) -> None:
    for text in INVISIBLE.values():
        said = here("init", tmp_path / "r", "--countries", text)
        check_refused(said, tmp_path / "r")
        assert not UNSAFE.search(said.stderr.removesuffix("\n"))


REFUSED = {
    "two stances of one id": (("--stances", "For,for"), "two stances "),
    "two of one id but for accents": (("--stances", "Äye,aye"), "two stances "),
    "two of one id but for a hyphen": (("--stances", "a b,a-b"), "two stances "),
    "a stance without letters": (("--stances", "for,!!!"), "`!!!` is no name for a stance"),
    "stances of commas": (("--stances", ",,,"), "there is no stance"),
    "an unknown country": (("--countries", "NO,Atlantis"), "`Atlantis` is no country here"),
    "nearly a country": (("--countries", "Norwey"), "did you mean `Norway`"),
    "a code that nobody has": (("--countries", "ZZ"), "`ZZ` is no country here"),
    "a number": (("--countries", "1"), "`1` is no country here"),
    "a day that is none": (("--today", "2026-02-30"), "2026-02-30"),
}


@pytest.mark.parametrize(("flags", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_one_error(flags: tuple[str, ...], told: str, tmp_path: Path) -> None:
    said = here("init", tmp_path / "r", *flags)
    check_refused(said, tmp_path / "r")
    assert told in said.stderr


COUNTRIES = {
    "NO": ["NO"],
    "no": ["NO"],
    "NO,no,Norway": ["NO"],
    "Türkiye,Côte d'Ivoire": ["TR", "CI"],
    "the united states, UK": ["US", "GB"],
    "EU,XK,Kosovo": ["EU", "XK"],
    " , ,Norway,": ["NO"],
    ",".join([*ALL, *ALL]): [*ALL],
}


@pytest.mark.parametrize(("typed", "codes"), COUNTRIES.items(), ids=[each[:30] for each in COUNTRIES])
def test_countries_by_any_name(typed: str, codes: list[str], tmp_path: Path) -> None:
    assert here("init", tmp_path / "r", "--countries", typed).code == 0
    (group,) = check_sound(tmp_path / "r").vocabulary.groups.values()
    assert list(group) == codes


seen = some.text(some.characters(exclude_categories=["C"]), max_size=30).filter(lambda text: text.replace(" ", "").isprintable())
labels = some.lists(seen, max_size=4).map(",".join)
names = some.lists(some.sampled_from(["NO", "Türkiye", "eu", "", " ", "Atlantis", "XK"]), max_size=3).map(",".join)


@settings(max_examples=20, deadline=None)
@given(topic=seen.filter(str.strip), question=seen, stances=labels, countries=names)
@example(topic="%", question=":", stances="-,a", countries="")
@example(topic="a" * 121, question="b " * 61, stances=f"{'c' * 121},{'d ' * 61}", countries="NO,")
def test_flags_of_any_kind_make_a_sound_registry_or_one_error(topic: str, question: str, stances: str, countries: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "r"
        flags = ("--topic", topic, "--question", question, "--stances", stances, "--countries", countries)
        said = here("init", folder, *flags)
        if said.code:
            check_refused(said, folder)
        else:
            words = check_sound(folder).vocabulary
            assert words.topic.split() == topic.split()


# Every command works on it


WORKS: dict[str, tuple[str, ...]] = {
    "list": ("list", "list --stance for", "list -f json"),
    "show": ("show ruritania", "show XA -f table", "show ruritania --statements"),
    "why": ("why ruritania agreement", "why ruritania stance"),
    "timeline": ("timeline", "timeline --chart"),
    "diff": ("diff --since 1y", "diff --since 1y --exit-code"),
    "log": (),  # it asks git: see test_recordings
    "compare": ("compare ruritania norway",),
    "preconditions": ("preconditions", "preconditions norway", "preconditions --matrix"),
    "whatif": ("whatif", "whatif --all", "whatif --next", "whatif --sets", "whatif --contradictions"),
    "search": ("search minister",),
    "sources": ("sources", "sources -f bibtex"),
    "stats": ("stats",),
    "check": ("check",),
    "schema": ("schema", "schema registry", "schema --write"),
    "init": ("init another",),
    "add": ("add norway --date today --speaker PM --summary x --source https://example.org/ -n",),
    "edit": ("edit ruritania", "edit _registry", "edit _events"),
    "fmt": ("fmt", "fmt --diff"),
}


def test_every_command_is_tried() -> None:
    assert list(WORKS) == list(COMMANDS)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new registry in which a second country has said something."""
    folder = tmp_path_factory.mktemp("fresh") / "cod"
    said = (
        "--date today --speaker 'Prime Minister' --stance against --summary 'Not so.' --source https://example.org/",
        "--date today --speaker King --rule-out people --summary 'No.' --source https://example.net/ --lang no",
    )
    assert here("init", folder, "--countries", "NO,SE").code == 0
    for flags in said:
        assert here("add", "norway", *shlex.split(flags), "--registry", folder).code == 0
    return folder


@pytest.mark.parametrize("typed", [each for several in WORKS.values() for each in several])
def test_every_command_works_on_a_new_registry(typed: str, fresh: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(fresh, tmp_path / "cod"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", environment()["XDG_CACHE_HOME"])
    said = here(*typed.split())
    assert said.code in ((0, 1) if "--exit-code" in typed else (0,)), said
    assert "Traceback" not in said.stderr
    assert "error" not in said.stderr


def test_the_commands_of_its_readme_work(fresh: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(fresh, tmp_path / "cod"))
    readme = (folder / "README.md").read_text(encoding="utf-8")
    lines = "".join(re.findall("```sh\n(.*?)```", readme, re.DOTALL)).splitlines()
    typed = [line.partition("#")[0].strip() for line in lines]
    assert {line.split()[1] for line in typed} >= {"list", "show", "diff", "add", "edit", "check", "fmt"}
    for line in typed:
        if "add" not in line:  # which asks, on a terminal
            said = run(line, folder, {"EDITOR": "true", "VISUAL": ""})
            assert said.code == 0, said


def test_a_country_that_was_named_is_begun_without_more_ado(tmp_path: Path) -> None:
    assert here("init", tmp_path / "cod", "--countries", "Norway,Türkiye").code == 0
    words = "--date today --speaker PM --summary x --source https://example.org/"
    flags: list[str | Path] = [*words.split(), "--registry", tmp_path / "cod"]
    for name, slug in [("norway", "norway"), ("tr", "turkey")]:
        said = here("add", name, *flags)
        assert (said.code, said.stdout[: len(slug) + 1]) == (0, f"{slug}/")
    refused = here("add", "sweden", *flags)
    assert refused.code == 2
    assert "--new" in refused.stderr
    assert sorted(check_sound(tmp_path / "cod", warnings=True).countries) == ["norway", "ruritania", "turkey"]


def test_the_example_can_be_removed(fresh: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(fresh, tmp_path / "cod"))
    (folder / "ruritania.yaml").unlink()
    check_sound(folder, warnings=True)


# What is there already


def test_a_registry_is_not_begun_twice(tmp_path: Path) -> None:
    assert here("init", tmp_path / "r").code == 0
    before = tree(tmp_path / "r")
    said = here("init", tmp_path / "r", "--topic", "another")
    assert (said.stdout, said.code, tree(tmp_path / "r")) == ("", 2, before)
    assert re.fullmatch(r"stancectl: error\[already-there\]: [^\n]+ is a registry already; [^\n]+\n", said.stderr)


@pytest.mark.parametrize("text", ["", "not: [yaml"])
def test_a_broken_vocabulary_is_a_registry_too(text: str, tmp_path: Path) -> None:
    (tmp_path / "_registry.yaml").write_text(text)
    assert here("init", tmp_path).code == 2
    assert tree(tmp_path) == {"_registry.yaml": text.encode()}


@pytest.mark.parametrize("names", [["README.md"], [".gitignore"], ["README.md", ".gitignore", WORKFLOW, "schema/country.json"]])
def test_files_that_are_there_are_left_and_told_of(names: list[str], tmp_path: Path) -> None:
    for name in names:
        (tmp_path / "r" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "r" / name).write_text(f"my own {name}")
    said = stancectl("init", "r", cwd=tmp_path)
    assert said.returncode == 0
    assert {line for line in said.stderr.splitlines() if " left " in line} == {
        f"stancectl: left r/{name} as it was" for name in names
    }
    assert set(said.stdout.splitlines()) == {f"r/{name}" for name in (FILES | {WORKFLOW}) - set(names)}
    assert all((tmp_path / "r" / name).read_text() == f"my own {name}" for name in names)
    assert here("check", "--warnings-as-errors", tmp_path / "r").code == 0


@pytest.mark.parametrize("name", ["mkdocs.yml", "docker-compose.yaml"])
def test_a_folder_with_other_yaml_is_refused_or_said_to_be_unfit(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("site_name: x\n")
    said = here("init", tmp_path)
    assert (tmp_path / name).read_text() == "site_name: x\n"
    assert name in said.stderr or here("check", tmp_path).code == 0


# In a repository of git, and outside one


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, env=environment(), check=True, capture_output=True)


def steps(folder: Path) -> list[str]:
    """The lines that continuous integration is to run, of the workflow's file or of the README."""
    workflow = folder / WORKFLOW
    readme = (folder / "README.md").read_text(encoding="utf-8")
    text = workflow.read_text() if workflow.exists() else "".join(re.findall("```yaml\n(.*?)```", readme, re.DOTALL))
    told = yaml.safe_load(text)
    return [step["run"] for step in told["jobs"]["check"]["steps"] if "run" in step]


def test_outside_a_repository_the_step_has_a_file(tmp_path: Path) -> None:
    assert here("init", tmp_path / "r").code == 0
    assert steps(tmp_path / "r")[1:] == ["stancectl check .", "stancectl fmt --check ."]
    assert WORKFLOW not in (tmp_path / "r/README.md").read_text(encoding="utf-8")


def test_a_repository_of_its_own_gets_the_file_too(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "r")
    assert here("init", tmp_path / "r").code == 0
    assert (tmp_path / "r" / WORKFLOW).is_file()


@pytest.mark.parametrize(
    "inner",
    [
        "cod",
        "data/cod-war_2",
        "my cod",
        "cod: war",
        "it's",
    ],
)
def test_in_another_repository_the_step_stands_in_the_readme_and_runs(inner: str, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", ".")
    assert here("init", tmp_path / inner).code == 0
    assert not (tmp_path / inner / ".github").exists()
    assert not (tmp_path / ".github").exists()
    assert WORKFLOW in (tmp_path / inner / "README.md").read_text(encoding="utf-8")
    _, *typed = steps(tmp_path / inner)
    assert len(typed) == 2
    assert [run(each, tmp_path).code for each in typed] == [0, 0]


def test_a_worktree_is_another_repository_too(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "main")
    git(tmp_path / "main", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "--allow-empty", "-m", "x")
    git(tmp_path / "main", "worktree", "add", "-q", "../tree")
    assert here("init", tmp_path / "tree" / "cod").code == 0
    assert not (tmp_path / "tree/cod/.github").exists()


def test_git_leaves_drafts_alone(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "r")
    assert here("init", tmp_path / "r").code == 0
    for name in (".ruritania.abc.draft.yaml", ".ruritania.yaml.abc.unfinished", "norway.yaml"):
        (tmp_path / "r" / name).write_text("x")
    done = subprocess.run(
        ["git", "status", "--porcelain", "-uall"],
        cwd=tmp_path / "r",
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    seen = {line[3:] for line in done.stdout.splitlines()}
    assert "norway.yaml" in seen
    assert not any(name.endswith((".draft.yaml", ".unfinished")) for name in seen)


# Cut off on the way


KILL = """
import os, signal, sys
from pathlib import Path
left = int(sys.argv[1])

def watch(event, args):
    global left
    if event == "os.rename":
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
from stancectl.cli.main import run
run(["init", sys.argv[2]])
"""


@pytest.mark.parametrize("number", [1, 2, 5, len(FILES) + 1])
def test_what_was_killed_is_no_registry_and_completes_when_run_again(number: int, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILL, str(number), "cod"], cwd=tmp_path, env=environment(), check=False)
    assert done.returncode == -signal.SIGKILL
    written = [name for name in tree(tmp_path / "cod") if not name.endswith(".unfinished")]
    assert len(written) == number - 1
    assert "_registry.yaml" not in written
    said = here("init", tmp_path / "cod")
    assert said.code == 0
    assert said.stderr.count(" left ") == number - 1
    assert set(tree(tmp_path / "cod")) == FILES | {WORKFLOW}
    check_sound(tmp_path / "cod")


HINDERED = {
    # what stands in the way, and what says so
    "a link to nowhere": lambda folder: (folder / "_events.yaml").symlink_to("/nowhere/events.yaml"),
    "a link to itself": lambda folder: (folder / "ruritania.yaml").symlink_to("ruritania.yaml"),
    "a file for the schemas' folder": lambda folder: (folder / "schema").write_text(""),
    "a file for the workflow's folder": lambda folder: (folder / ".github").write_text(""),
}


@pytest.mark.parametrize("hinder", HINDERED.values(), ids=HINDERED)
def test_what_stands_in_the_way_is_one_error_and_no_file_is_written(hinder: Any, tmp_path: Path) -> None:
    hinder(tmp_path)
    before = tree(tmp_path)
    said = here("init", tmp_path)
    assert (said.stdout, said.code, tree(tmp_path)) == ("", 2, before)
    assert re.fullmatch(r"stancectl: error\[output\]: cannot write [^\n]+\n", said.stderr)
    for path in tmp_path.iterdir():
        if path.is_symlink() or path.is_file():
            path.unlink()
    assert here("init", tmp_path).code == 0
    check_sound(tmp_path)


def test_a_disk_that_fills_up_is_one_error_and_no_file_is_written(tmp_path: Path) -> None:
    said = run("ulimit -f 1; stancectl init cod", tmp_path)
    assert (said.stdout, said.code) == ("", 2)
    assert re.fullmatch(r"stancectl: error\[output\]: cannot write [^\n]+\n", said.stderr)
    assert tree(tmp_path) == {}
    assert here("init", tmp_path / "cod").code == 0


NO_FOLDER = ["file", "file/cod", "dangling", "circle", pytest.param("x" * 300, id="long")]


@pytest.mark.parametrize("name", NO_FOLDER)
def test_what_can_be_no_folder_is_one_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "dangling").symlink_to("file/nowhere")
    (tmp_path / "circle").symlink_to("circle")
    said = stancectl("init", name, cwd=tmp_path)
    assert (said.stdout, said.returncode) == ("", 2)
    assert re.fullmatch(r"stancectl: error\[[a-z-]+\]: [^\n]+\n", said.stderr), said.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["circle", "dangling", "file"]
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc")
def test_a_place_where_nobody_may_write_is_one_error() -> None:
    said = stancectl("init", "/proc/cod", cwd=ROOT)
    assert (said.stdout, said.returncode) == ("", 2)
    assert re.fullmatch(r"stancectl: error\[output\]: cannot write [^\n]+\n", said.stderr)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir(mode=0o500)
    said = here("init", tmp_path / "r")
    assert (said.stdout, said.code, list((tmp_path / "r").iterdir())) == ("", 2, [])
    assert re.fullmatch(r"stancectl: error\[output\]: cannot write [^\n]+\n", said.stderr)


def test_a_folder_of_no_name_is_an_error(tmp_path: Path) -> None:
    said = stancectl("init", "", cwd=tmp_path)
    assert (said.stdout, said.returncode) == ("", 2)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("name", [".", "cod war", "Über-1", "-x", "no", "---"])
def test_folders_of_awkward_names(name: str, tmp_path: Path) -> None:
    said = stancectl("init", "--", name, cwd=tmp_path)
    assert said.returncode == 0
    check_sound(tmp_path / name)


def test_new_files_may_be_read_as_the_umask_has_it(tmp_path: Path) -> None:
    assert run("umask 027; stancectl init cod", tmp_path).code == 0
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "cod").rglob("*") if path.is_file()} == {0o640}


# Nothing in the code knows the question that the shipped registry is about


COMMON = {"command", "funding", "participation", "training", "air", "conditional", "undecided", "eu"}
"""Ids of the shipped vocabulary that are words of the tool's own, or of the starter's."""
EXAMPLES = {"help", "metavar", "reason", "failing", "passing", "finds"}
"""Keywords whose texts are help texts and examples."""


def _told_at_run_time(path: Path) -> Iterator[tuple[int, str]]:
    """Every text and name in a module that does something, with its line: no docstrings, help texts, examples, comments."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    harmless = set[ast.AST]()
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            harmless.add(node.value)
        if isinstance(node, ast.keyword) and node.arg in EXAMPLES:
            harmless.update(ast.walk(node.value))
    for node in ast.walk(module):
        if node in harmless:
            continue
        for text in (getattr(node, name, None) for name in ("value", "id", "attr", "arg", "name")):
            if isinstance(text, str):
                yield getattr(node, "lineno", 0), text


def test_no_module_knows_what_the_shipped_registry_is_about() -> None:
    words = real_registry().vocabulary
    shipped = {*words.preconditions, *words.contributions, *words.stances, *words.groups} - COMMON
    assert {"ceasefire", "us-backstop", "ground-troops", "willing"} <= shipped
    known = "|".join(map(re.escape, shipped))
    wanted = re.compile(rf"(?<![\w-])(?:reassurance|ukrain\w*|kyiv|{known})(?![\w-])", re.IGNORECASE)
    found = {
        (str(path.relative_to(SOURCES)), match[0].casefold())
        for path in sorted(SOURCES.rglob("*.py"))
        if path.name != "examples.py"
        for _, text in _told_at_run_time(path)
        for match in wanted.finditer(text)
    }
    assert found == {("model/iso.py", "ukraine")}, "the list of all countries alone may name one"


def test_no_template_knows_it_either() -> None:
    templates = [path for path in SOURCES.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
    assert any(path.name == "registry.yaml" for path in templates)
    for path in templates:
        if not path.is_relative_to(SOURCES / "positions"):
            assert not re.search("reassurance|ukrain|ceasefire|backstop", path.read_text(encoding="utf-8"), re.IGNORECASE), path


def test_the_shipped_registry_is_one_of_this_kind() -> None:
    assert (FOLDER / "_registry.yaml").is_file()
    assert here("init", FOLDER).code == 2
