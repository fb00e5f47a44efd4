"""What `stancectl check` finds, how it tells it, and how it ends.

A folder of `tests/broken/` is a slip somebody could make: the files of a registry, and `expected.txt`, what the command says
of them. The vocabulary is `tests/broken/_registry.yaml` where the case brings none. `REWRITE=1 python -m pytest
tests/test_checks.py` writes every expected.txt, and `docs/checks.md`, anew; read what `git diff` shows before you keep it.
"""

import contextlib
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from running import check_golden, stancectl
from shell import REGISTRY, ROOT, Said
from stancectl.checks import explain, rules, run
from stancectl.checks.rule import Rule
from stancectl.cli.main import run as command_line
from stancectl.registry import files, parallel, read
from stancectl.registry.errors import InvalidRegistry
from stancectl.registry.files import File
from stancectl.registry.problems import Problem
from stancectl.report.unsafe import UNSAFE
from stancectl.version import __version__
from test_errors import CASES as READERS_CASES
from test_errors import ERRORS, VARIABLE_CODES, codes_in_the_source

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir())
TODAY = ("--today", "2026-01-31")
CODES = run.codes()
RULES = [run.rule(code) for code in CODES]
READERS = {rule.code for rule in RULES if rule.in_file is None and rule.in_registry is None}
"""The codes that every other command refuses a registry for."""

MALTA = """\
country: MT
name: Malta
statements:
"""
SAID = """\
  - id: {day}-mod
    date: {day}
    speaker: Ministry of Defence
    summary: Ships could go.
    sources:
      - {{url: https://example.org/{day}, publisher: Example Gazette}}
      - {{url: https://example.com/{day}, publisher: Example Times}}
"""
FIRST, SECOND, THIRD = (SAID.format(day=day) for day in ("2025-11-06", "2025-11-13", "2025-11-20"))
WRONG = "    stance: wiling\n"  # each entry with it is told of once
ONE_SOURCE = FIRST.rsplit("      - ", 1)[0]


def check(*words: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> Said:
    """What `stancectl check WORDS` says in the folder `cwd`, from this process."""
    out, err = BytesIO(), BytesIO()
    with contextlib.ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "STANCECTL_REGISTRY", "NO_COLOR", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        patch.chdir(cwd)
        stdout, stderr = stack.enter_context(TextIOWrapper(out)), stack.enter_context(TextIOWrapper(err, write_through=True))
        stack.enter_context(redirect_stdout(stdout))
        stack.enter_context(redirect_stderr(stderr))
        code = command_line(["check", *map(str, words)])
        stdout.flush()
        return Said(out.getvalue().decode(), err.getvalue().decode(), code)


@pytest.fixture
def positions(tmp_path: Path) -> Path:
    """A registry of one vocabulary and no country yet."""
    folder = tmp_path / "positions"
    folder.mkdir()
    shutil.copy(BROKEN / "_registry.yaml", folder)
    return folder


def put(folder: Path, text: str, name: str = "malta.yaml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def put_case(folder: Path, case: str) -> None:
    shutil.copytree(BROKEN / case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))


def told(said: Said) -> list[tuple[str, int, int, str, str, str]]:
    """The findings that a text holds: file, line, column, severity, code, message."""
    found = re.findall(r"^(\S.*?):(\d+):(\d+): (error|warning)\[([a-z0-9-]+)\]: (.*)$", said.stdout, flags=re.MULTILINE)
    return [(file, int(line), int(column), *rest) for file, line, column, *rest in found]


def codes(said: Said) -> list[tuple[int, str]]:
    """Line and code of each finding."""
    return [(line, code) for _, line, _, _, code, _ in told(said)]


def rows(positions: Path, *words: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(check(*TODAY, *words, "-f", "json", "positions", cwd=positions.parent).stdout)
    return listed


# The slips.


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, positions: Path) -> None:
    put_case(positions, case)
    said = check(*TODAY, "positions", cwd=positions.parent)
    errors = any(severity == "error" for _, _, _, severity, *_ in told(said))
    assert said.code == int(errors)
    check_golden(BROKEN / case / "expected.txt", said.stdout + said.stderr)


@pytest.mark.parametrize("case", CASES[::5])
def test_the_command_itself_says_the_same(case: str, positions: Path) -> None:
    put_case(positions, case)
    done = stancectl("check", *TODAY, "positions", cwd=positions.parent, env={"GITHUB_ACTIONS": "false"})
    assert done.stdout + done.stderr == (BROKEN / case / "expected.txt").read_text(encoding="utf-8")
    assert done.returncode == int(" error[" in done.stdout)


NO_CHECKOUT_HOLDS = {
    "file-too-large",
    "not-a-file",
    "not-utf-8",
    "too-many-entries",
    "too-many-problems",
    "unreadable-file",
}  # see test_errors


def test_every_code_has_a_case() -> None:
    texts = [(BROKEN / case / "expected.txt").read_text(encoding="utf-8") for case in CASES]
    shown = set(re.findall(r" (?:error|warning)\[([a-z0-9-]+)\]: ", "".join(texts)))
    texts = [(ERRORS / case / "expected.txt").read_text(encoding="utf-8") for case in READERS_CASES]
    shown_elsewhere = set(re.findall(r" error\[([a-z0-9-]+)\]: ", "".join(texts)))
    assert {*CODES} == shown | (shown_elsewhere & {*CODES}) | NO_CHECKOUT_HOLDS
    assert {rule.code for rule in RULES if rule.in_file or rule.in_registry} <= shown


def test_every_case_shows_something() -> None:
    assert [case for case in CASES if not (BROKEN / case / "expected.txt").read_text(encoding="utf-8")] == []


# The rules.


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_a_rule_finds_its_failing_example_and_nothing_in_the_passing_one(rule: Rule) -> None:
    if rule.failing:
        found = [each for each in explain.findings(rule.failing) if each.code == rule.code]
        assert {each.severity for each in found} == {rule.severity}
        assert explain.findings(rule.passing) == ()
    else:
        assert rule.code in NO_CHECKOUT_HOLDS


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_a_rule_says_what_it_is_for(rule: Rule) -> None:
    assert run.rule(rule.code) is rule
    assert re.fullmatch(r"[a-z`].*[A-Za-z0-9`)]", rule.finds)
    assert re.fullmatch(r"[A-Z`].*[a-z0-9`)]\.", " ".join(rule.reason.split()))
    assert "  " not in rule.finds
    assert "\n\n" not in rule.reason


@pytest.mark.parametrize("code", CODES)
def test_a_rule_is_called_after_its_module(code: str) -> None:
    assert run.rule(code).code == code
    assert (Path(rules.__path__[0]) / f"{code.replace('-', '_')}.py").is_file()


def test_whatever_the_reader_can_find_has_a_rule() -> None:
    assert {*codes_in_the_source(), *VARIABLE_CODES} == READERS


page = cache(explain.page)


def test_the_page_of_the_rules_is_what_they_say() -> None:
    check_golden(ROOT / "docs" / "checks.md", page())


@pytest.mark.parametrize("code", CODES)
def test_explain_shows_a_section_of_the_page(code: str) -> None:
    said = check("--explain", code, cwd=ROOT)
    assert (said.stderr, said.code) == ("", 0)
    assert said.stdout.startswith(f"## {code}\n")
    assert f"\n{said.stdout.rstrip()}\n" in page()


def test_explain_by_the_command_itself() -> None:
    done = stancectl("check", "--explain", "stale-position", cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, explain.section(run.rule("stale-position")), "")


# All of it in one run.

TWELVE = """\
country: UK
name: Eastland
aliases: Eastern Land
statements:
  - id: 2025-10-01-mod
    date: 2025-10-01
    speaker: Ministry\u200b of Defence
    summary: Everything is open.
    stance: undecidd
    sources:
      - {url: https://example.org/1, lang: ua}
      - {url: https://example.com/1, lang: en}
  - id: 2025-10-08-mod
    date: 2025-10-08
    speaker: Ministry of Defence
    summary: It said: perhaps.
    sources: [{url: https://example.org/2}, {url: https://example.com/2}]
  - id: 2025-10-15-mod
    date: 2025-10-32
    speaker: Ministry of Defence
    summary: Soldiers only after a ceasefire.
    requires: [cease-fire]
    sources: [{url: https://example.org/3}, {url: https://example.com/3}]
  - id: 2025-10-22-mod
    date: 2025-10-22
    speaker: Ministry of Defence
    summary: Soldiers only if they are asked for.
    quote: "if they are asked for
    sources: [{url: https://example.org/4}, {url: https://example.com/4}]
  - id: 2025-10-29-mod
    date: 2025-10-29
    speaker: Ministry of De\x02fence
    summary: No sailors at all.
    rule_out: [naval]
    sources: [{url: https://example.org/5}, {url: https://example.com/5}]
  - id: 2025-11-05-mod
    date: 2025-11-05
    speaker: Ministry of Defence
    summary: Six thousand would go, and a pilot to teach.
    offers: [{kind: ground-troops, personnel: 6 000}]
    sources: [{url: https://example.org/6}, {url: https://example.com/6}]
"""
ALL_TWELVE = [
    (1, "unknown-code"),
    (3, "wrong-type"),
    (7, "invisible-character"),
    (9, "unknown-stance"),
    (11, "unknown-language"),
    (16, "yaml-syntax"),
    (19, "invalid-date"),
    (22, "unknown-precondition"),
    (28, "yaml-syntax"),
    (32, "control-character"),
    (34, "unknown-key"),
    (40, "invalid-number"),
]


def test_twelve_different_mistakes_in_one_file_are_told_in_one_run(positions: Path) -> None:
    put(positions, TWELVE, "eastland.yaml")
    done = stancectl("check", *TODAY, "positions", cwd=positions.parent, env={"GITHUB_ACTIONS": "false"})
    said = Said(done.stdout, done.stderr, done.returncode)
    assert codes(said) == ALL_TWELVE
    assert (said.stderr, said.code) == ("stancectl: 11 errors and 1 warning in 1 file\n", 1)


SLIPS = {
    "colon": ("summary: Ships", "summary: It said: ships"),
    "no-space": ("speaker: Ministry", "speaker:Ministry"),
    "quote": ("summary: Ships", 'summary: "Ships'),
    "apostrophe": ("summary: Ships", "summary: 'Malta's ships"),
    "bracket": ("sources:\n", "requires: [mandate\n    sources:\n"),
    "brace": ("Example Gazette}", "Example Gazette"),
    "indent": ("    summary", "     summary"),
    "outdent": ("    summary", "   summary"),
    "at": ("speaker: Ministry", "speaker: @Ministry"),
    "title": ("summary: Ships", "summary: [Ships] ships"),
    "dash": ("      - {url: https://example.com", "       - {url: https://example.com"),
    "tag": ("speaker: Ministry", "speaker: !<x Ministry"),
    "tab": ("    summary", "\tsummary"),
    "at-the-margin": ("    summary", "summary"),
    "merge-conflict": ("    summary", "<<<<<<< HEAD\n    summary"),
    "entry-at-the-margin": ("  - id", "- id"),
    "entry-too-deep": ("  - id", "   - id"),
}


@pytest.mark.parametrize(
    ("slip", "place"),
    [pytest.param(slip, place, id=f"{name}-in-{place}") for name, slip in SLIPS.items() for place in range(3)],
)
def test_a_syntax_error_hides_nothing_else(slip: tuple[str, str], place: int, positions: Path) -> None:
    entries = [FIRST, SECOND, THIRD]
    assert slip[0] in entries[place]
    broken = [*entries[:place], entries[place].replace(*slip, 1), *entries[place + 1 :]]
    wrong = [entry if index == place else entry + WRONG for index, entry in enumerate(broken)]
    put(positions, MALTA + "".join(wrong))
    put(positions, MALTA.replace("MT", "IS").replace("Malta", "Iceland") + FIRST + WRONG, "iceland.yaml")
    found = [(file, code) for file, *_, code, _ in told(check(*TODAY, "positions", cwd=positions.parent))]
    assert found.count(("positions/malta.yaml", "yaml-syntax")) >= 1
    assert found.count(("positions/malta.yaml", "unknown-stance")) == 2
    assert found.count(("positions/iceland.yaml", "unknown-stance")) == 1
    assert {code for _, code in found} == {"yaml-syntax", "unknown-stance"}


HEADS = {
    "colon": "country: MT\nname: Malta: an island\nstatements:\n",
    "quote": 'country: MT\nname: "Malta\nstatements:\n',
    "no-space": "country: MT\nname:Malta\nstatements:\n",
    "tab": "country: MT\n\tname: Malta\nstatements:\n",
    "indent": "country: MT\n name: Malta\nstatements:\n",
    "bracket": "country: MT\nname: Malta\naliases: [Melita\nstatements:\n",
    "first-indent": " country: MT\nname: Malta\nstatements:\n",
    "no-colon": "country: MT\nname: Malta\nstatements\n",
    "no-list": "country: MT\nname: Malta\n",
    "merge-conflict": "<<<<<<< HEAD\ncountry: MT\n=======\ncountry: MX\n>>>>>>> other\nname: Malta\nstatements:\n",
}
NO_HEAD = pytest.mark.xfail(reason="the list of statements cannot be made out without its head", strict=True)
HEADLESS = {"first-indent", "no-list"}


@pytest.mark.parametrize(
    "head", [pytest.param(head, id=name, marks=[NO_HEAD] if name in HEADLESS else []) for name, head in HEADS.items()]
)
def test_a_syntax_error_above_the_statements_hides_none(head: str, positions: Path) -> None:
    put(positions, head + FIRST + WRONG + SECOND + WRONG)
    found = [each["code"] for each in rows(positions)]
    assert found.count("unknown-stance") == 2
    assert set(found) == {"yaml-syntax", "unknown-stance"}


REQUIRED = SECOND + "    requires: [mandate]\n    stance: conditional\n"
LATER = THIRD + "    drops: [mandate]\n    responds_to: [malta/2025-11-13-mod]\n"
OLD = SAID.format(day="2024-06-01") + "    stance: undecided\n"
COUNTRY_IN_US = MALTA.replace("MT", "US").replace("Malta", "United States")
HELD = """\
format: 1
topic: A force
stances:
  conditional: {label: Conditional}
preconditions:
  mandate: {label: Mandate, granted_by: US}
"""
CONSEQUENCES = {
    "keys-behind-a-syntax-error": ({"malta.yaml": MALTA + FIRST.replace("summary: Ships", "summary: So: ships")}, "yaml-syntax"),
    "a-reference-to-an-entry-left-out": (
        {
            "malta.yaml": MALTA
            + SECOND.replace("summary: Ships", "summary: So: ships")
            + LATER.replace("    drops: [mandate]\n", "")
        },
        "yaml-syntax",
    ),
    "an-order-behind-a-misspelt-precondition": (
        {"malta.yaml": MALTA + FIRST + "    requires: [mandat, {condition: ceasefire, after: [mandate]}]\n"},
        "unknown-precondition",
    ),
    "a-drop-of-a-misspelt-precondition": (
        {"malta.yaml": MALTA + REQUIRED.replace("[mandate]", "[mandat]") + LATER},
        "unknown-precondition",
    ),
    "a-drop-of-what-an-entry-left-out-required": (
        {"malta.yaml": MALTA + REQUIRED.replace("summary: Ships", "summary: So: ships") + LATER},
        "yaml-syntax",
    ),
    "an-old-stance-before-an-entry-left-out": (
        {"malta.yaml": MALTA + OLD + REQUIRED.replace("summary: Ships", "summary: So: ships")},
        "yaml-syntax",
    ),
    "an-old-stance-before-a-misspelt-one": ({"malta.yaml": MALTA + OLD + FIRST + WRONG}, "unknown-stance"),
    "the-holder-in-a-broken-file": (
        {"_registry.yaml": HELD, "united-states.yaml": COUNTRY_IN_US.replace("country:", "country: :") + FIRST},
        "yaml-syntax",
    ),
    "the-holder-in-a-misnamed-file": ({"_registry.yaml": HELD, "united_states.yaml": COUNTRY_IN_US + FIRST}, "invalid-file-name"),
    "a-reference-into-a-misnamed-file": (
        {
            "united_states.yaml": COUNTRY_IN_US + FIRST,
            "malta.yaml": MALTA + SECOND + "    responds_to: [united-states/2025-11-06-mod]\n",
        },
        "invalid-file-name",
    ),
}


@pytest.mark.parametrize(("texts", "code"), [pytest.param(*row, id=name) for name, row in CONSEQUENCES.items()])
def test_of_a_slip_only_the_slip_is_told(texts: Mapping[str, str], code: str, positions: Path) -> None:
    for name, text in texts.items():
        put(positions, text, name)
    assert [each["code"] for each in rows(positions)] == [code]


BROKEN_VOCABULARIES = {
    "heads": "format: 1\ntopic: A force\nstances: a: b\n  willing: {label: Willing}\npreconditions: [\n  mandate: {label: M}\n",
    "preconditions": "format: 1\ntopic: A force\nstances:\n  willing: {label: Willing}\npreconditions: mandate\n",
    "all": "format: 1\n\ttopic: [\n",
    "nothing": "",
}


@pytest.mark.parametrize("vocabulary", BROKEN_VOCABULARIES.values(), ids=BROKEN_VOCABULARIES)
def test_a_broken_vocabulary_does_not_blame_the_countries(vocabulary: str, positions: Path) -> None:
    put(positions, vocabulary, "_registry.yaml")
    put(
        positions,
        MALTA + FIRST + "    stance: willing\n    requires: [{condition: mandate, after: [truce]}]\n    drops: [pause]\n",
    )
    found = told(check(*TODAY, "positions", cwd=positions.parent))
    assert {file for file, *_ in found} == {"positions/_registry.yaml"}


def test_a_slip_in_the_vocabulary_leaves_its_other_ids_known(positions: Path) -> None:
    words = "format: 1\ntopic: A force\nstances:\n  willing: {label: Willing\n  undecided: {label: Undecided}\npreconditions:\n"
    put(positions, f"{words}  mandate: {{label: Mandate}}\n", "_registry.yaml")
    put(positions, MALTA + FIRST + "    stance: willing\n    requires: [mandate, truce]\n")
    found = [(file, code) for file, *_, code, _ in told(check(*TODAY, "positions", cwd=positions.parent))]
    assert found == [("positions/_registry.yaml", "yaml-syntax"), ("positions/malta.yaml", "unknown-precondition")]


# Exit codes and silence.


def test_clean_is_silent(positions: Path) -> None:
    put(positions, MALTA + FIRST)
    assert check(*TODAY, "positions", cwd=positions.parent) == ("", "", 0)
    done = stancectl("check", *TODAY, cwd=positions.parent, env={"GITHUB_ACTIONS": "false"})
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_warnings_alone_are_told_and_pass_unless_they_count_as_errors(positions: Path) -> None:
    put(positions, MALTA + ONE_SOURCE)
    lenient, strict = (check(*TODAY, *words, "positions", cwd=positions.parent) for words in ((), ("--warnings-as-errors",)))
    assert [(severity, code) for *_, severity, code, _ in told(lenient)] == [("warning", "single-source")]
    assert (lenient.stderr, lenient.code) == ("stancectl: 1 warning in 1 file\n", 0)
    assert strict.stdout == lenient.stdout.replace("warning[", "error[")
    assert (strict.stderr, strict.code) == ("stancectl: 1 error in 1 file\n", 1)


def test_warnings_as_errors_are_errors_in_every_format(positions: Path) -> None:
    put(positions, MALTA + ONE_SOURCE)
    words = (*TODAY, "--warnings-as-errors", "positions", "-f")
    text = {form: check(*words, form, cwd=positions.parent).stdout for form in ("json", "github", "sarif")}
    assert [each["severity"] for each in json.loads(text["json"])] == ["error"]
    assert text["github"].startswith("::error ")
    assert [each["level"] for each in json.loads(text["sarif"])["runs"][0]["results"]] == ["error"]


def test_errors_fail(positions: Path) -> None:
    put(positions, MALTA + FIRST + WRONG)
    said = check(*TODAY, "positions", cwd=positions.parent)
    assert (said.stderr, said.code) == ("stancectl: 1 error in 1 file\n", 1)


CANNOT_RUN = {
    "--registry nowhere": "no-registry",
    "nowhere": "no-registry",
    ".": "no-registry",
    "outside.yaml": "no-registry",
    "positions/notes.txt": "no-registry",
    "positions/.hidden.yaml": "no-registry",
    "positions/nobody.yaml": "no-registry",
    "positions positions/nobody.yaml": "no-registry",
    "--registry positions positions": "usage",
    "--select yaml_syntax": "unknown-rule",
    "--select yaml-syntax,nothing": "unknown-rule",
    "--ignore nothing": "unknown-rule",
    "--select nothing --ignore yaml-syntax": "unknown-rule",
    "--select=": "unknown-rule",
    "--explain nothing": "unknown-rule",
    "-f xml": "unknown-format",
    "-f plain": "unknown-format",
    "-f json -f nothing": "unknown-format",
    "--json -f sarif": "usage",
    "--color sometimes": "unknown-colour-setting",
    "--stale soon": "usage",
    "--stale 2025-06": "usage",
    "--select yaml-tag --ignore yaml-tag": "usage",
    "--stale 9999y": "invalid-date",
    "--stale 365": "usage",
    "--today someday": "invalid-date",
    "-o report.xml": "unknown-file-ending",
    "-o report": "unknown-file-ending",
    "--nothing": "usage",
}


@pytest.mark.parametrize(("line", "code"), CANNOT_RUN.items(), ids=CANNOT_RUN)
def test_what_cannot_run_says_so_in_one_line(line: str, code: str, positions: Path) -> None:
    put(positions, MALTA + FIRST + WRONG)
    for name in ("outside.yaml", "positions/notes.txt", "positions/.hidden.yaml"):
        (positions.parent / name).write_text("x", encoding="utf-8")
    said = check(*line.split(), cwd=positions.parent)
    assert (said.stdout, said.code) == ("", 2)
    assert re.fullmatch(rf"stancectl: error\[{code}\]: [^\n]+; [^\n]+\n", said.stderr)


@pytest.mark.parametrize("name", ["nowhere/report.json", "positions"])
def test_a_file_that_cannot_be_written_is_no_finding(name: str, positions: Path) -> None:
    put(positions, MALTA + FIRST + WRONG)
    done = stancectl("check", *TODAY, "-f", "json", "-o", name, cwd=positions.parent)
    assert (done.stdout, done.returncode) == ("", 2)
    assert re.fullmatch(r"stancectl: error\[output\]: cannot write [^\n]+\n", done.stderr)


# Which rules, and on which day.

SEVERAL = MALTA + ONE_SOURCE + WRONG + "    note: no\n    drops: [mandate]\n"
CHOICES: dict[str, set[str]] = {
    "": {"single-source", "unknown-stance", "yaml-boolean", "not-in-force"},
    "--select single-source": {"single-source"},
    "--select single-source,yaml-boolean": {"single-source", "yaml-boolean"},
    "--select single-source --select yaml-boolean": {"single-source", "yaml-boolean"},
    "--ignore single-source": {"unknown-stance", "yaml-boolean", "not-in-force"},
    "--ignore single-source,not-in-force": {"unknown-stance", "yaml-boolean"},
    "--ignore single-source --ignore not-in-force": {"unknown-stance", "yaml-boolean"},
    "--select single-source,yaml-boolean --ignore yaml-boolean": {"single-source"},
    "--select yaml-tag": set(),
}


@pytest.mark.parametrize(("line", "expected"), CHOICES.items(), ids=CHOICES)
def test_select_and_ignore(line: str, expected: set[str], positions: Path) -> None:
    put(positions, SEVERAL)
    said = check(*TODAY, *line.split(), "positions", cwd=positions.parent)
    assert {code for _, code in codes(said)} == expected
    assert said.code == int("unknown-stance" in expected)
    assert bool(said.stderr) == bool(expected)


STALENESS = [
    ("2025-01-15", "2026-01-15", ("365d", "12m", "1y", "53w"), False),
    ("2025-01-15", "2026-01-16", ("365d", "12m", "1y", "52w"), True),
    ("2024-02-29", "2025-02-28", ("365d", "12m", "1y"), False),
    ("2024-02-29", "2025-03-01", ("365d", "12m", "1y"), True),
    ("2024-02-28", "2025-02-28", ("366d", "12m", "1y"), False),
    ("2024-02-28", "2025-02-28", ("365d",), True),
    ("2025-01-30", "2025-04-30", ("90d", "3m"), False),
    ("2025-01-29", "2025-04-30", ("90d", "3m"), True),
    ("2025-01", "2026-01-31", ("365d", "12m", "1y"), False),
    ("2025-01", "2026-02-01", ("365d", "12m", "1y"), True),
    ("2025-06-02", "2025-06-02", ("0d",), False),
    ("2025-06-01", "2025-06-02", ("0d",), True),
]


@pytest.mark.parametrize(
    ("said", "today", "stale", "expected"), [(said, day, age, flag) for said, day, ages, flag in STALENESS for age in ages]
)
def test_a_stance_is_stale_the_day_after(said: str, today: str, stale: str, expected: bool, positions: Path) -> None:
    put(positions, MALTA + SAID.format(day=said) + "    stance: undecided\n")
    found = check("--today", today, *(["--stale", stale] if stale != "365d" else []), "positions", cwd=positions.parent)
    assert [code for _, code in codes(found) if code != "future-date"] == ["stale-position"] * expected


def test_only_what_was_said_by_today_is_stale(positions: Path) -> None:
    put(positions, MALTA + OLD + FIRST + "    stance: undecided\n")
    found = {today: check("--today", today, "positions", cwd=positions.parent) for today in ("2025-11-05", "2025-11-06")}
    assert [codes(said) for said in found.values()] == [[(11, "stale-position"), (13, "future-date")], []]


# What is checked.

TWO = {
    "iceland.yaml": MALTA.replace("MT", "IS").replace("Malta", "Iceland") + FIRST + WRONG,
    "malta.yaml": MALTA + FIRST.replace("org/2025", "net/2025") + WRONG + "    responds_to: [iceland/2025-11-05-mod]\n",
    "_events.yaml": (
        "events:\n  - date: 2025-11-06\n    title: Call\n    meets: [truce]\n"
        "    sources: [{url: https://example.org/2025-11-06, publisher: Another}]\n"
    ),
}
EVENTS, ICELAND, MALTESE = (f"positions/{name}" for name in ("_events.yaml", "iceland.yaml", "malta.yaml"))
OTHER = "other/malta.yaml"
PATHS: dict[str, tuple[str, str, set[str]]] = {
    "nothing": ("", "", {EVENTS, ICELAND, MALTESE}),
    "--registry": ("--registry positions", "", {EVENTS, ICELAND, MALTESE}),
    "a folder": ("positions", "", {EVENTS, ICELAND, MALTESE}),
    "a folder with a slash": ("./positions/", "", {EVENTS, ICELAND, MALTESE}),
    "two folders": ("positions other", "", {EVENTS, ICELAND, MALTESE, OTHER}),
    "a folder twice": ("positions positions", "", {EVENTS, ICELAND, MALTESE}),
    "a file": (MALTESE, "", {MALTESE}),
    "a file twice": (f"{MALTESE} {MALTESE}", "", {MALTESE}),
    "two files": (f"{MALTESE} {EVENTS}", "", {EVENTS, ICELAND, MALTESE}),  # Iceland cites a page of the events in another way
    "files of two": (f"{ICELAND} {OTHER}", "", {ICELAND, MALTESE, OTHER}),  # Malta has its own of Iceland
    "a file and its folder": (f"{MALTESE} positions", "", {EVENTS, ICELAND, MALTESE}),
    "a folder and its file": (f"positions {MALTESE}", "", {EVENTS, ICELAND, MALTESE}),
    "a file and another folder": (f"{MALTESE} other", "", {MALTESE, OTHER}),
    "the vocabulary": ("positions/_registry.yaml", "", {EVENTS, ICELAND, MALTESE}),
    "the vocabulary and a file": (f"{MALTESE} positions/_registry.yaml", "", {EVENTS, ICELAND, MALTESE}),
    "a file from inside": ("malta.yaml", "positions", {"malta.yaml"}),
    "the folder from inside": (".", "positions", {"_events.yaml", "iceland.yaml", "malta.yaml"}),
    "the vocabulary from inside": ("_registry.yaml", "positions", {"_events.yaml", "iceland.yaml", "malta.yaml"}),
    "a file from beside": (f"../{MALTESE}", "other", {f"../{MALTESE}"}),
}


@pytest.fixture
def two_registries(positions: Path) -> Path:
    other = positions.parent / "other"
    other.mkdir()
    shutil.copy(BROKEN / "_registry.yaml", other)
    put(other, MALTA + FIRST + WRONG)
    for name, text in TWO.items():
        put(positions, text, name)
    return positions.parent


@pytest.mark.parametrize(("line", "inside", "expected"), PATHS.values(), ids=PATHS)
def test_paths(line: str, inside: str, expected: set[str], two_registries: Path) -> None:
    said = check(*TODAY, *line.split(), cwd=two_registries / inside)
    found = told(said)
    assert {file for file, *_ in found} == expected
    assert len(found) == len(set(found))
    assert said.code == 1


def test_an_absolute_path_is_shown_as_near_as_it_is(two_registries: Path) -> None:
    near, far = (check(*TODAY, two_registries / MALTESE, cwd=cwd) for cwd in (two_registries, ROOT))
    assert {file for file, *_ in told(near)} == {MALTESE}
    assert {file for file, *_ in told(far)} == {str(two_registries / MALTESE)}


def test_one_registry_under_two_names_is_told_of_once(two_registries: Path) -> None:
    found = told(check(*TODAY, "positions", two_registries / "positions", cwd=two_registries))
    assert len(found) == len(set(found))


def test_a_file_is_checked_with_all_the_others(two_registries: Path) -> None:
    asked = codes(check(*TODAY, MALTESE, cwd=two_registries))
    assert asked == [(11, "unknown-stance"), (12, "unknown-reference")]
    beside = codes(check(*TODAY, ICELAND, cwd=two_registries))
    assert beside == [(9, "mismatched-source"), (11, "unknown-stance"), (12, "unknown-reference")]  # the last in Malta


def test_of_what_was_not_asked_for_nothing_counts(two_registries: Path) -> None:
    put(two_registries / "positions", MALTA + FIRST)
    said = check(*TODAY, "--select", "unknown-stance", MALTESE, cwd=two_registries)
    assert said == ("", "", 0)


# The forms in which it is told.

HOSTILE = "\x1b[31mred\x1b[0m \u202e\u200f\ufeff\u2028 \x07 ::error::\r\n%0A"
ESCAPED_STANCE = r'    stance: "\e[31mred\e[0m\u202e\a\u2028\n::error::%0A, x: y"' + "\n"
HOSTILE_FILES = {
    "a,b:c%d\n::error::\x1b[31m.yaml": MALTA + FIRST,
    "raw.yaml": MALTA + FIRST.replace("Ships could go", f"Ships {HOSTILE} go").replace("\r\n", ""),
    "escaped.yaml": MALTA + FIRST + ESCAPED_STANCE,
    "key.yaml": MALTA + FIRST + r'    "\e[31mkey\u202e": x' + "\n",
    "id.yaml": MALTA + (FIRST + FIRST).replace("id: 2025-11-06-mod", r'id: "\e]8;;https://evil.example\a"'),
}


def _as_text(problems: Iterable[Mapping[str, Any]]) -> list[tuple[str, int, int, str, str, str]]:
    keys = ("file", "line", "column", "severity", "code", "message")
    return [tuple(each[key] for key in keys) for each in problems]


COMMAND = re.compile(r"::(error|warning) file=([^,]*),line=(\d+),col=(\d+),endColumn=(\d+),title=([a-z0-9-]+)::(.*)")


def _unescaped(text: str, marks: str = "%\r\n,:") -> str:
    for mark in reversed(marks):
        text = text.replace(f"%{ord(mark):02X}", mark)
    return text


def _annotations(text: str) -> list[dict[str, Any]]:
    found = []
    for line in text.splitlines():
        match = COMMAND.fullmatch(line)
        assert match is not None, line
        severity, file, row, column, end, code, said = match.groups()
        message, _, help = _unescaped(said, "%\r\n").partition("\n")
        place = {"file": _unescaped(file), "line": int(row), "column": int(column), "end_column": int(end)}
        found.append({**place, "severity": severity, "code": code, "message": message, "help": help or None})
    return found


@pytest.mark.parametrize("case", CASES[::2])
def test_every_format_tells_the_same(case: str, positions: Path) -> None:
    put_case(positions, case)
    text, github = (check(*TODAY, "-f", form, "positions", cwd=positions.parent) for form in ("text", "github"))
    listed = rows(positions)
    assert {tuple(each) for each in listed} == {("file", "line", "column", "end_column", "severity", "code", "message", "help")}
    assert [each["file"] for each in listed] == sorted(each["file"] for each in listed)
    assert _as_text(listed) == told(text)
    assert sorted(listed, key=lambda each: each["severity"]) == _annotations(github.stdout)
    assert (text.stderr, text.code) == (github.stderr, github.code)
    results = json.loads(check(*TODAY, "-f", "sarif", "positions", cwd=positions.parent).stdout)["runs"][0]["results"]
    assert [(each["level"], each["ruleId"]) for each in results] == [(each["severity"], each["code"]) for each in listed]


@pytest.mark.parametrize(("form", "expected"), [("text", ""), ("github", ""), ("json", "[]\n")])
def test_nothing_in_every_format(form: str, expected: str, positions: Path) -> None:
    put(positions, MALTA + FIRST)
    assert check(*TODAY, "-f", form, "positions", cwd=positions.parent) == (expected, "", 0)


def test_no_findings_are_a_run_without_results(positions: Path) -> None:
    put(positions, MALTA + FIRST)
    said = check(*TODAY, "-f", "sarif", "positions", cwd=positions.parent)
    (only,) = json.loads(said.stdout)["runs"]
    assert (only["results"], only["tool"]["driver"]["rules"], said.stderr, said.code) == ([], [], "", 0)


def test_what_github_reads_as_its_own_is_escaped(positions: Path) -> None:
    put(positions, MALTA + FIRST, "a,b:c%d.yaml")
    said = check(*TODAY, "-f", "github", "positions", cwd=positions.parent)
    assert said.stdout == (
        "::error file=positions/a%2Cb%3Ac%25d.yaml,line=1,col=1,endColumn=2,title=invalid-file-name::"
        "`a,b:c%25d.yaml` names no country%0Aname it like new-zealand.yaml\n"
    )


ACTIONS = {"GITHUB_ACTIONS": "true"}
BY_DEFAULT: list[tuple[str, Mapping[str, str], str]] = [
    ("", {}, "positions/malta.yaml:11:13: error["),
    ("", ACTIONS, "::error file="),
    ("", {"GITHUB_ACTIONS": "false"}, "positions/malta.yaml:11:13: error["),
    ("-f text", ACTIONS, "positions/malta.yaml:11:13: error["),
    ("-f json", ACTIONS, "["),
    ("--json", ACTIONS, "["),
    ("-f sarif", ACTIONS, "{"),
    ("-f github", {}, "::error file="),
    ("-o -", ACTIONS, "::error file="),
]


@pytest.mark.parametrize(("line", "env", "expected"), BY_DEFAULT)
def test_in_github_actions_it_is_annotations_unless_asked_otherwise(
    line: str, env: Mapping[str, str], expected: str, positions: Path
) -> None:
    put(positions, MALTA + FIRST + WRONG)
    said = check(*TODAY, *line.split(), "positions", cwd=positions.parent, env=env)
    assert said.stdout.startswith(expected)
    assert said.code == 1


def test_annotations_name_files_from_the_root_of_the_repository(positions: Path) -> None:
    put(positions, MALTA + FIRST + WRONG)
    env = {**ACTIONS, "GITHUB_WORKSPACE": str(positions.parent)}
    assert check(*TODAY, "malta.yaml", cwd=positions, env=env).stdout.startswith("::error file=positions/malta.yaml,line=11,")
    elsewhere = {**ACTIONS, "GITHUB_WORKSPACE": str(positions.parent / "other")}
    assert check(*TODAY, "malta.yaml", cwd=positions, env=elsewhere).stdout.startswith("::error file=malta.yaml,line=11,")


def test_sarif_is_what_a_code_scanner_takes(positions: Path) -> None:
    """Against SARIF 2.1.0, sections 3.13, 3.14, 3.27 and 3.30."""
    put(positions, TWELVE, "east land,ü.yaml")
    put(positions, TWELVE.replace("UK", "MT"))
    put(positions, MALTA + FIRST + "    note: |\n" + "      long\n" * 3 + WRONG, "iceland.yaml")
    said = check(*TODAY, "-f", "sarif", "positions", cwd=positions.parent)
    log = json.loads(said.stdout)
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (only,) = log["runs"]
    driver, results = only["tool"]["driver"], only["results"]
    assert (driver["name"], driver["version"], only["columnKind"]) == ("stancectl", __version__, "unicodeCodePoints")
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in driver["rules"])
    listed = rows(positions)
    assert len(results) == len(listed) > 12
    for result, row in zip(results, listed, strict=True):
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == row["code"]
        assert result["level"] == row["severity"]
        assert result["message"]["text"].startswith(row["message"])
        (place,) = result["locations"]
        region = place["physicalLocation"]["region"]
        assert region == {"startLine": row["line"], "startColumn": row["column"], "endColumn": row["end_column"]}
        assert region["startLine"] >= 1
        assert 1 <= region["startColumn"] < region["endColumn"]
        assert re.fullmatch(r"[A-Za-z0-9_./%~-]+", place["physicalLocation"]["artifactLocation"]["uri"])
    uris = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results}
    assert "positions/east%20land%2C%C3%BC.yaml" in uris


@pytest.mark.parametrize(("name", "form"), [("report.sarif", "sarif"), ("report.json", "json"), ("REPORT.TXT", "text")])
def test_the_ending_of_a_file_tells_the_format(name: str, form: str, positions: Path) -> None:
    put(positions, MALTA + FIRST + WRONG)
    shown = check(*TODAY, "-f", form, "positions", cwd=positions.parent)
    said = check(*TODAY, "-o", name, "positions", cwd=positions.parent, env=ACTIONS)
    assert (said.stdout, said.stderr, said.code) == ("", shown.stderr, 1)
    assert (positions.parent / name).read_text(encoding="utf-8") == shown.stdout


def test_a_clean_registry_leaves_no_old_report(positions: Path) -> None:
    put(positions, MALTA + FIRST)
    (positions.parent / "report.txt").write_text("old\n", encoding="utf-8")
    assert check(*TODAY, "-o", "report.txt", "positions", cwd=positions.parent) == ("", "", 0)
    assert (positions.parent / "report.txt").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("case", CASES[::4])
def test_colour_adds_nothing_but_colour(case: str, positions: Path) -> None:
    put_case(positions, case)
    never, always = (check(*TODAY, "--color", when, "positions", cwd=positions.parent) for when in ("never", "always"))
    assert "\x1b" not in never.stdout
    assert re.sub("\x1b\\[[0-9;]*m", "", always.stdout) == never.stdout
    assert always.stdout != never.stdout
    assert (always.stderr, always.code) == (never.stderr, never.code)


@pytest.mark.parametrize("form", ["text", "github"])
def test_hostile_text_never_comes_out_raw(form: str, positions: Path) -> None:
    for name, text in HOSTILE_FILES.items():
        put(positions, text, name)
    shutil.copy(REGISTRY / "balnibarbi.yaml", positions)
    said = check(*TODAY, "-f", form, "positions", cwd=positions.parent)
    assert said.code == 1
    assert UNSAFE.findall((said.stdout + said.stderr).replace("\n", "")) == []
    assert [line for line in said.stdout.splitlines() if line.startswith("::error::")] == []
    assert {Path(each["file"]).name for each in rows(positions)} >= {"raw.yaml", "escaped.yaml", "key.yaml", "id.yaml"}


def test_hostile_text_in_json_is_json(positions: Path) -> None:
    for name, text in HOSTILE_FILES.items():
        put(positions, text, name)
    text = check(*TODAY, "--json", "positions", cwd=positions.parent).stdout
    assert "\x1b" not in text
    assert len(json.loads(text)) >= len(HOSTILE_FILES)


# The shipped registry.


def _found(registry: Path, today: date) -> tuple[Problem, ...]:
    given = [files.read(registry, name) for name in files.stamps(registry)]
    return run.check(given, CODES, today, today - timedelta(days=365))


FORK = "ignore:.*use of fork:DeprecationWarning"  # of Python 3.12 and later, where the tests themselves have threads


@pytest.mark.filterwarnings(FORK)
def test_several_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = _found(ROOT / "positions", date(2026, 1, 31))
    monkeypatch.setattr(parallel, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(parallel, "_processors", lambda: 3)
    assert _found(ROOT / "positions", date(2026, 1, 31)) == alone
    assert {each.severity for each in alone} == {"error", "warning"}  # of what was still to come, and of single sources


@pytest.mark.filterwarnings(FORK)
def test_several_processes_find_every_slip_that_one_finds(positions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for case in CASES:
        for file in (BROKEN / case).glob("[a-z]*.yaml"):
            shutil.copy(file, positions / f"{case}-{file.name}")
    alone = _found(positions, date(2026, 1, 31))
    monkeypatch.setattr(parallel, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(parallel, "_processors", lambda: 3)
    assert _found(positions, date(2026, 1, 31)) == alone
    assert len(alone) > 100


def test_the_shipped_registry_has_no_error() -> None:
    assert [str(each) for each in _found(ROOT / "positions", date.today()) if each.severity == "error"] == []


@pytest.mark.parametrize("case", CASES)
def test_what_every_other_command_refuses_is_told_as_it_tells_it(case: str) -> None:
    """Of the case, and of the case with one of its lines lost."""
    paths = {path.name: path for path in [BROKEN / "_registry.yaml", *(BROKEN / case).glob("*.y*ml")]}
    texts = {name: path.read_bytes() for name, path in sorted(paths.items())}
    variants = [texts]
    for name, text in texts.items():
        lines = text.splitlines(keepends=True)
        variants += [{**texts, name: b"".join(lines[:lost] + lines[lost + 1 :])} for lost in range(0, len(lines), 7)]
    for variant in variants:
        given = [File(name, name, text) for name, text in variant.items()]
        found = run.check(given, CODES, date(2026, 1, 31), date(2025, 1, 31))
        assert tuple(each for each in found if each.code in READERS) == refused(given)


def refused(given: Iterable[File]) -> tuple[Problem, ...]:
    try:
        read.check_files(given)
    except InvalidRegistry as error:
        return error.problems
    return ()
