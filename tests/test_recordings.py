"""Two recordings of one world: a change of policy, a correction of our notes, a slip of the pen and a new name are told apart.

Every test builds a repository with git, and asks of it what a person would.
"""

import csv
import io
import json
import os
import re
import shlex
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from rich.cells import cell_len

from building import WORDS as VOCABULARY
from building import Plain, country_of, days, numbered, plain_statement, statement_lists
from repositories import FRANCE, TURKEY, WORDS, ask, git, record, write
from shell import ROOT
from stancectl.analysis.changes import QUIET, changes
from stancectl.analysis.edits import edits
from stancectl.analysis.matching import match_country
from stancectl.analysis.positions import Position
from stancectl.model.registry import Country
from test_hostile_text import TEXTS, flow

FIDAN = """\
  - id: fidan
    date: 2025-03-19
    speaker: Hakan Fidan
    stance: conditional
    summary: Turkey could take part.
    quote: After a ceasefire.
    requires: [ceasefire]
    sources: [{url: "https://example.org/3", title: A spech}]
"""
GULER = """\
  - id: guler
    date: 2025-08-21
    speaker: Yaşar Güler
    stance: declined
    summary: Turkey would take part.
    sources: [{url: "https://example.org/4"}]
"""


def told(folder: Path, *words: str) -> list[dict[str, Any]]:
    """The rows of an answer, with the commits by their tags."""
    code, out, err = ask(folder, *words, "--json")
    assert (code, err.replace("stancectl: nothing moved\n", "").replace("stancectl: no commit moved a position\n", "")) == (0, "")
    rows: list[dict[str, Any]] = json.loads(out)
    tags = dict(
        line.split()[::-1] for line in git(folder, "for-each-ref", "--format=%(refname:short) %(objectname)").splitlines()
    )
    return [row | {name: tags.get(row[name], row[name]) for name in ("commit", "corrected_by") if name in row} for row in rows]


def row(each: dict[str, Any]) -> str:
    """A change in a line: `turkey offer-added ships: none -> 500 people, by turkey/mod`."""
    about = f"{each['country'] or ''} {each['change']} {each['item']}".strip()
    by = f", by {each['by']}" if each["by"] else ""
    return f"{about}: {each['before'] or 'none'} -> {each['after'] or 'none'}{by}"


def is_record(each: dict[str, Any]) -> bool:
    return str(each["change"]).startswith(("entry-", "country-", "event-", "vocabulary-"))


def moved(folder: Path, *words: str) -> list[str]:
    """What `diff` tells of positions."""
    return [row(each) for each in told(folder, "diff", *words) if not is_record(each)]


def recorded(folder: Path, *words: str) -> list[str]:
    """What `diff` tells of what was recorded differently."""
    return [row(each) for each in told(folder, "diff", *words) if is_record(each)]


def both(folder: Path, *words: str) -> tuple[list[str], list[str]]:
    """The two."""
    rows = told(folder, "diff", *words)
    return [row(each) for each in rows if not is_record(each)], [row(each) for each in rows if is_record(each)]


def logged(folder: Path, *words: str) -> list[str]:
    """What `log` tells: the commit, the change, and its cause."""
    return [f"{each['commit']}: {row(each)} ({each['cause']})" for each in told(folder, "log", *words)]


def blamed(folder: Path, *words: str) -> dict[str, str]:
    """What `why --blame` tells of each statement: `recorded in v1`, `corrected in v2`."""
    found = {}
    for each in told(folder, "why", "--blame", *words):
        corrected = f", corrected in {each['corrected_by']}" if each["corrected_by"] else ""
        found[each["ref"]] = f"recorded in {each['commit']}{corrected}"
    return found


def repository(folder: Path, *recordings: dict[str, str], place: str = "positions") -> Path:
    """A repository in which each recording is a commit: v1, v2 … They are the registry's files, by slug."""
    git(folder, "init", "--quiet")
    for number, files in enumerate(recordings, 1):
        for file in (folder / place).glob("*.yaml"):
            file.unlink()
        write(folder / place, **files)
        record(folder, f"v{number}")
    return folder


# The four apart, and what else happens to a registry.


class Step(NamedTuple):
    """A commit of the story: what `diff` tells of it, what `log` gives as the cause, and what the registry says after it."""

    name: str
    at: str  # where the registry lies
    moved: list[str]
    recorded: list[str]
    cause: str | None
    stance: str
    requires: str


POLICY = [
    "turkey stance stance: undecided -> conditional, by turkey/fidan",
    "turkey precondition-added ceasefire: none -> none, by turkey/fidan",
]
STORY = [
    Step(
        "policy",
        "positions",
        POLICY,
        ["turkey entry-added statement: none -> Turkey could take part., by turkey/fidan"],
        "entry-added",
        "conditional",
        "ceasefire",
    ),
    Step(
        "corrected-requires",
        "positions",
        ["turkey precondition-dropped ceasefire: none -> none, by turkey/fidan"],
        ["turkey entry-corrected requires: ceasefire -> none, by turkey/fidan"],
        "entry-corrected",
        "conditional",
        "",
    ),
    Step(
        "corrected-date",
        "positions",
        ["turkey since-changed stance: 2025-03-19 -> 2025-03-18~, by turkey/fidan"],
        ["turkey entry-corrected date: 2025-03-19 -> 2025-03-18~, by turkey/fidan"],
        "entry-corrected",
        "conditional",
        "",
    ),
    Step(
        "corrected-stance",
        "positions",
        ["turkey stance stance: conditional -> declined, by turkey/fidan"],
        ["turkey entry-corrected stance: conditional -> declined, by turkey/fidan"],
        "entry-corrected",
        "declined",
        "",
    ),
    Step(
        "typo",
        "positions",
        [],
        [
            "turkey entry-reworded summary: Turkey could take part. -> Turkey might take part., by turkey/fidan",
            "turkey entry-reworded sources: A spech, https://example.org/3 -> A speech, https://example.org/3, by turkey/fidan",
            "turkey entry-reworded quote: After a ceasefire. -> After a cease-fire., by turkey/fidan",
        ],
        None,
        "declined",
        "",
    ),
    Step(
        "renamed-statement",
        "positions",
        [],
        ["turkey entry-renamed id: fidan -> 2025-03-18-fidan, by turkey/2025-03-18-fidan"],
        None,
        "declined",
        "",
    ),
    Step("renamed-file", "positions", [], ["turkiye country-renamed slug: turkey -> turkiye"], None, "declined", ""),
    Step(
        "renamed-country",
        "positions",
        [],
        ["turkiye country-renamed name: Turkey -> Türkiye", "turkiye country-renamed aliases: none -> Turkey"],
        None,
        "declined",
        "",
    ),
    Step("moved-folder", "registry", [], [], None, "declined", ""),
    Step(
        "policy-again",
        "registry",
        ["turkiye stance stance: declined -> conditional, by turkiye/guler"],
        ["turkiye entry-added statement: none -> Turkey would take part., by turkiye/guler"],
        "entry-added",
        "conditional",
        "",
    ),
]
NAMES = ["registry", *(step.name for step in STORY)]
DAYS = {name: f"2026-01-{number:02}" for number, name in enumerate(NAMES, 1)}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in which each of STORY was recorded, a day each, the registry on the day before. Read only."""
    folder = tmp_path_factory.mktemp("story")
    git(folder, "init", "--quiet")
    text = TURKEY + FIDAN
    texts = {"registry": TURKEY, "policy": text}
    for name, was, now in (
        ("corrected-requires", "    requires: [ceasefire]\n", ""),
        ("corrected-date", "2025-03-19", "2025-03-18~"),
        ("corrected-stance", "conditional", "declined"),
        ("typo", "could take part", "might take part"),
        ("renamed-statement", "id: fidan", "id: 2025-03-18-fidan"),
    ):
        assert text.count(was) == 1
        text = text.replace(was, now)
        if name == "typo":
            text = text.replace("a ceasefire", "a cease-fire").replace("A spech", "A speech")
        texts[name] = text
    for name, each in texts.items():
        write(folder / "positions", france=FRANCE, turkey=each)
        record(folder, name, day=DAYS[name])
    git(folder, "mv", "positions/turkey.yaml", "positions/turkiye.yaml")
    record(folder, "renamed-file", day=DAYS["renamed-file"])
    text = text.replace("name: Turkey", "name: Türkiye\naliases: [Turkey]")
    write(folder / "positions", turkiye=text)
    record(folder, "renamed-country", day=DAYS["renamed-country"])
    git(folder, "mv", "positions", "registry")
    record(folder, "moved-folder", day=DAYS["moved-folder"])
    write(folder / "registry", turkiye=text + GULER.replace("declined", "conditional"))
    record(folder, "policy-again", "--author", "Colleague <colleague@example.org>", day=DAYS["policy-again"])
    return folder


@pytest.fixture(scope="module")
def story_log(story: Path) -> list[str]:
    """Everything that `log` tells of it."""
    return logged(story, "--registry", "registry")


def place(name: str) -> str:
    """The revision of a name, with the way to the registry then."""
    return f"{name}:{next((step.at for step in STORY if step.name == name), 'positions')}"


@pytest.mark.parametrize("step", STORY, ids=lambda step: step.name)
def test_diff_tells_what_a_commit_moved_and_what_it_recorded_differently(story: Path, step: Step) -> None:
    before = NAMES[NAMES.index(step.name) - 1]
    between = f"{place(before)}..{place(step.name)}"
    assert both(story, "--rev", between) == (step.moved, step.recorded)
    assert ask(story, "diff", "--rev", between, "--exit-code")[0] == (1 if step.moved else 0)


@pytest.mark.parametrize("step", STORY, ids=lambda step: step.name)
def test_log_lists_a_commit_if_it_moved_a_position(story_log: list[str], step: Step) -> None:
    own = [line.partition(": ")[2] for line in story_log if line.startswith(f"{step.name}: ")]
    assert own == [f"{each} ({step.cause})" for each in step.moved]


@pytest.mark.parametrize("step", STORY, ids=lambda step: step.name)
def test_show_and_list_tell_what_the_registry_said_then(story: Path, step: Step) -> None:
    code, out, err = ask(story, "list", "turkey", "--rev", place(step.name), "--fields", "stance,preconditions")
    assert (code, out, err) == (0, f"{step.stance}\t{step.requires}\n", "")
    code, out, err = ask(story, "show", "turkey", "--rev", place(step.name), "--fields", "part,item")
    assert (code, out, err) == (0, f"stance\t{step.stance}\n" + (f"precondition\t{step.requires}\n" if step.requires else ""), "")


def test_why_names_who_recorded_a_statement_and_who_corrected_it(story: Path) -> None:
    """Not who mended a slip, nor who named it otherwise or moved the file."""
    assert blamed(story, "turkey", "stance", "--registry", "registry") == {
        "turkiye/mod": "recorded in registry",
        "turkiye/2025-03-18-fidan": "recorded in policy, corrected in corrected-stance",
        "turkiye/guler": "recorded in policy-again",
    }
    (first, *_, last) = told(story, "why", "turkey", "stance", "--blame", "--registry", "registry")
    assert (first["recorded"], first["author"], first["corrected"]) == ("2026-01-01", "Desk", None)
    assert (last["recorded"], last["author"], last["corrected"]) == ("2026-01-11", "Colleague", None)


def test_why_at_a_revision_names_what_was_recorded_by_then(story: Path) -> None:
    assert blamed(story, "turkey", "stance", "--rev", "corrected-requires:positions") == {
        "turkey/mod": "recorded in registry",
        "turkey/fidan": "recorded in policy, corrected in corrected-requires",
    }


def test_what_was_said_and_what_was_recorded_are_two_clocks(story: Path) -> None:
    """None of the corrections is a change of policy: `diff --since` knows each statement in one way."""
    words = ("--since", "2025-03-10", "--until", "2025-12", "turkey", "--rev")
    assert moved(story, *words, "policy:positions") == POLICY
    assert moved(story, *words, "corrected-stance:positions") == ["turkey stance stance: undecided -> declined, by turkey/fidan"]
    assert moved(story, "--since", "2026", "--rev", "corrected-stance:positions") == []


@pytest.mark.parametrize("name", ["turkey", "Turkey", "turkiye", "TÜRKİYE", "TR"])
def test_log_follows_a_country_by_any_of_its_names(story: Path, name: str) -> None:
    commits = dict.fromkeys(line.partition(":")[0] for line in logged(story, "--registry", "registry", name))
    assert list(commits) == ["policy-again", "corrected-stance", "corrected-date", "corrected-requires", "policy", "registry"]


@pytest.mark.parametrize("before", NAMES)
def test_log_of_what_came_after_a_commit_tells_that_alone(story: Path, story_log: list[str], before: str) -> None:
    """Also where the folder was moved, or the file renamed, since."""
    later = NAMES[NAMES.index(before) + 1 :]
    expected = [line for line in story_log if line.partition(":")[0] in later]
    assert logged(story, "--registry", "registry", "--rev", f"{before}..") == expected


PAGE = """\
##########  2026-01-11  policy-again                                   Colleague

  Türkiye  ✕ declined → ◇ conditional · new  2025-08-21  Yaşar Güler

##########  2026-01-05  corrected-stance                                    Desk

  Turkey  ◇ conditional → ✕ declined · corrected  2025-03-18~  Hakan Fidan

##########  2026-01-04  corrected-date                                      Desk

  Turkey  ± stance, since: 2025-03-19 → 2025-03-18~ ·   2025-03-18~  Hakan Fidan
          corrected

##########  2026-01-03  corrected-requires                                  Desk

  Turkey  − Ceasefire · corrected  2025-03-19  Hakan Fidan

##########  2026-01-02  policy                                              Desk

  Turkey  ○ undecided → ◇ conditional · new  2025-03-19  Hakan Fidan
          + Ceasefire · new                  2025-03-19  Hakan Fidan
"""


def test_log_as_a_page(story: Path) -> None:
    code, out, err = ask(story, "log", "--registry", "registry", "--rev", "registry..", "-f", "plain", env={"COLUMNS": "80"})
    for name in NAMES:
        out = out.replace(git(story, "rev-parse", f"{name}^{{commit}}")[:10], "#" * 10)
    assert (code, out, err) == (0, PAGE, "")


# What a row says: two recordings of a made-up country, a line a statement.

LAND = """\
format: 1
topic: A force
stances:
  willing: {label: Willing, takes_part: true}
  conditional: {label: Conditional, takes_part: true}
  undecided: {label: Undecided}
  declined: {label: Declined, refuses: true}
  opposed: {label: Opposed, refuses: true}
preconditions:
  ceasefire: {label: Ceasefire}
  mandate: {label: Mandate}
  framework: {label: Framework}
  shares: {label: Shares}
contributions:
  troops: {label: Troops}
  air: {label: Air}
  naval: {label: Naval}
"""


def land(lines: str, **more: Any) -> str:
    """A country's file: its statements are lines as in `building`, with an id before each and other keys behind it.

    `a: 2025-03 conditional requires ceasefire | speaker=Somebody; summary=Said so`
    """
    statements = []
    for line in lines.splitlines():
        id, _, rest = line.partition(": ")
        said, _, keys = rest.partition(" | ")
        fields: dict[str, Any] = {"speaker": "Somebody", "summary": f"Said {id}", "source": f"https://example.org/{id}"}
        fields |= dict(each.split("=") for each in keys.split("; ") if each)
        source = {"url": fields.pop("source")}
        answers = {"responds_to": fields.pop("responds_to").split(",")} if "responds_to" in fields else {}
        statements.append({"id": id} | plain_statement(said) | fields | answers | {"sources": [source]})
    return json.dumps({"country": "LA", "name": "Land"} | more | {"statements": statements}, ensure_ascii=False, indent=1)


class Case(NamedTuple):
    """Two recordings of a country, and what `diff` tells of positions and of what was recorded differently."""

    before: str
    after: str
    moved: list[str]
    recorded: list[str]


ROWS: dict[str, Case] = {
    "a statement is added": Case(
        "a: 2025-01-01 willing",
        "a: 2025-01-01 willing\nb: 2025-02-01 conditional requires ceasefire",
        ["stance stance: willing -> conditional, by land/b", "precondition-added ceasefire: none -> none, by land/b"],
        ["entry-added statement: none -> Said b, by land/b"],
    ),
    "an older statement is found": Case(
        "b: 2025-02-01 willing requires ceasefire",
        "a: 2025-01-01 willing\nb: 2025-02-01 willing requires ceasefire",
        ["since-changed stance: 2025-02-01 -> 2025-01-01, by land/a"],
        ["entry-added statement: none -> Said a, by land/a"],
    ),
    "one that moves nothing is found": Case(
        "b: 2025-02-01 willing",
        "a: 2025-01-01 undecided\nb: 2025-02-01 willing",
        [],
        ["entry-added statement: none -> Said a, by land/a"],
    ),
    "a refusal in between is found: what was required before it is gone": Case(
        "a: 2025-01-01 willing requires ceasefire\nc: 2025-03-01 willing",
        "a: 2025-01-01 willing requires ceasefire\nb: 2025-02-01 declined\nc: 2025-03-01 willing",
        [
            "precondition-dropped ceasefire: none -> none, by land/b",
            "since-changed stance: 2025-01-01 -> 2025-03-01, by land/c",
        ],
        ["entry-added statement: none -> Said b, by land/b"],
    ),
    "a statement is taken out: it is behind what that moved": Case(
        "a: 2025-01-01 willing requires ceasefire\nb: 2025-02-01 declined offers air*100",
        "a: 2025-01-01 willing requires ceasefire",
        [
            "stance stance: declined -> willing, by land/b",
            "precondition-added ceasefire: none -> none, by land/b",
            "offer-withdrawn air: 100 people -> none, by land/b",
        ],
        ["entry-removed statement: Said b -> none, by land/b"],
    ),
    "a stance is corrected": Case(
        "a: 2025-01-01 undecided",
        "a: 2025-01-01 willing",
        ["stance stance: undecided -> willing, by land/a"],
        ["entry-corrected stance: undecided -> willing, by land/a"],
    ),
    "a stance is struck out: the statement is behind it, not the one before": Case(
        "a: 2025-01-01 undecided\nb: 2025-02-01 willing",
        "a: 2025-01-01 undecided\nb: 2025-02-01",
        ["stance stance: willing -> undecided, by land/b"],
        ["entry-corrected stance: willing -> none, by land/b"],
    ),
    "a date is corrected": Case(
        "a: 2025-01-01 willing requires ceasefire rules_out air",
        "a: 2025-01 willing requires ceasefire rules_out air",
        [
            "since-changed stance: 2025-01-01 -> 2025-01, by land/a",
            "since-changed ceasefire: 2025-01-01 -> 2025-01, by land/a",
            "since-changed air: 2025-01-01 -> 2025-01, by land/a",
        ],
        ["entry-corrected date: 2025-01-01 -> 2025-01, by land/a"],
    ),
    "a date is corrected, past another statement": Case(
        "a: 2025-01-01 willing\nb: 2025-02-01 undecided",
        "a: 2025-03-01 willing\nb: 2025-02-01 undecided",
        ["stance stance: undecided -> willing, by land/a"],
        ["entry-corrected date: 2025-01-01 -> 2025-03-01, by land/a"],
    ),
    "an order is corrected": Case(
        "a: 2025-01-01 willing requires ceasefire mandate",
        "a: 2025-01-01 willing requires ceasefire ceasefire>mandate",
        ["order-changed mandate: none -> ceasefire, by land/a"],
        ["entry-corrected requires: mandate -> mandate (after ceasefire), by land/a"],
    ),
    "the terms of a precondition are corrected": Case(
        "a: 2025-01-01 willing requires mandate(in writing)",
        "a: 2025-01-01 willing requires mandate(of the UN)",
        [],
        ["entry-corrected requires: mandate (in writing) -> mandate (of the UN), by land/a"],
    ),
    "the terms of an offer are corrected": Case(
        "a: 2025-01-01 willing offers air*100",
        "a: 2025-01-01 willing offers air*100..200",
        ["offer-changed air: 100 people -> 100 to 200 people, by land/a"],
        ["entry-corrected offers: air (100 people) -> air (100 to 200 people), by land/a"],
    ),
    "what a later statement drops is corrected": Case(
        "a: 2025-01-01 willing requires ceasefire\nb: 2025-02-01 willing",
        "a: 2025-01-01 willing requires ceasefire\nb: 2025-02-01 willing drops ceasefire",
        ["precondition-dropped ceasefire: none -> none, by land/b"],
        ["entry-corrected drops: none -> ceasefire, by land/b"],
    ),
    "it did not ask for it again: not the old drop is behind that": Case(
        "a: 2025-01-01 willing requires ceasefire\nb: 2025-02-01 drops ceasefire\nc: 2025-03-01 requires ceasefire",
        "a: 2025-01-01 willing requires ceasefire\nb: 2025-02-01 drops ceasefire\nc: 2025-03-01",
        ["precondition-dropped ceasefire: none -> none, by land/c"],
        ["entry-corrected requires: ceasefire -> none, by land/c"],
    ),
    "it never dropped it: the drop is behind that": Case(
        "a: 2025-01-01 willing requires ceasefire\nb: 2025-02-01 drops ceasefire",
        "a: 2025-01-01 willing requires ceasefire\nb: 2025-02-01",
        ["precondition-added ceasefire: none -> none, by land/b"],
        ["entry-corrected drops: ceasefire -> none, by land/b"],
    ),
    "what was official was anonymous": Case(
        "a: 2025-01-01 willing",
        "a: 2025-01-01 anonymous willing",
        ["stance stance: willing -> none, by land/a"],
        ["entry-corrected attribution: official -> anonymous, by land/a"],
    ),
    "the text is reworded": Case(
        "a: 2025-01-01 willing | office=Minister; summary=Sayd so",
        "a: 2025-01-01 willing | office=Prime Minister; summary=Said so; quote=We would",
        [],
        [
            "entry-reworded summary: Sayd so -> Said so, by land/a",
            "entry-reworded office: Minister -> Prime Minister, by land/a",
            "entry-reworded quote: none -> We would, by land/a",
        ],
    ),
    "a statement is renamed": Case(
        "a: 2025-01-01 willing | summary=So; source=https://example.org/",
        "b: 2025-01-01 willing | summary=So; source=https://example.org/",
        [],
        ["entry-renamed id: a -> b, by land/b"],
    ),
    "what answers to a renamed statement is as it was": Case(
        "a: 2025-01-01 willing | summary=So; source=https://example.org/\nc: 2025-02-01 willing | responds_to=land/a",
        "b: 2025-01-01 willing | summary=So; source=https://example.org/\nc: 2025-02-01 willing | responds_to=land/b",
        [],
        ["entry-renamed id: a -> b, by land/b"],
    ),
    "what answers to another statement is reworded": Case(
        "a: 2025-01-01 willing\nb: 2025-01-01 willing\nc: 2025-02-01 willing | responds_to=land/a",
        "a: 2025-01-01 willing\nb: 2025-01-01 willing\nc: 2025-02-01 willing | responds_to=land/b",
        [],
        ["entry-reworded responds_to: land/a -> land/b, by land/c"],
    ),
    "renamed and corrected at once: known by its summary": Case(
        "a: 2025-01-01 willing requires ceasefire | summary=So",
        "b: 2025-01-02 willing | summary=So",
        [
            "precondition-dropped ceasefire: none -> none, by land/b",
            "since-changed stance: 2025-01-01 -> 2025-01-02, by land/b",
        ],
        [
            "entry-renamed id: a -> b, by land/b",
            "entry-corrected date: 2025-01-01 -> 2025-01-02, by land/b",
            "entry-reworded sources: https://example.org/a -> https://example.org/b, by land/b",
            "entry-corrected requires: ceasefire -> none, by land/b",
        ],
    ),
    "renamed and reworded at once: known by its speaker and source": Case(
        "a: 2025-01-01 willing | source=https://example.org/",
        "b: 2025-01-01 willing | source=https://example.org/",
        [],
        ["entry-renamed id: a -> b, by land/b", "entry-reworded summary: Said a -> Said b, by land/b"],
    ),
    "another speaker in the same source is somebody else": Case(
        "a: 2025-01-01 willing | source=https://example.org/",
        "b: 2025-01-01 willing | source=https://example.org/; speaker=Another",
        [],
        ["entry-added statement: none -> Said b, by land/b", "entry-removed statement: Said a -> none, by land/a"],
    ),
    "an id goes on to another statement, and the one that had it has another": Case(
        "mod: 2025-02-01 willing | summary=We will; source=https://example.org/",
        "mod: 2025-02-01 requires ceasefire | summary=On terms\nmod-2: 2025-02-01 willing | summary=We will; source=https://example.org/",
        ["precondition-added ceasefire: none -> none, by land/mod"],
        ["entry-added statement: none -> On terms, by land/mod", "entry-renamed id: mod -> mod-2, by land/mod-2"],
    ),
    "two ids are swapped": Case(
        "a: 2025-01-01 willing | summary=One\nb: 2025-02-01 undecided | summary=Two",
        "b: 2025-01-01 willing | summary=One; source=https://example.org/a\na: 2025-02-01 undecided | summary=Two;"
        " source=https://example.org/b",
        [],
        ["entry-renamed id: a -> b, by land/b", "entry-renamed id: b -> a, by land/a"],
    ),
    "two statements of one day are put in another order": Case(
        "a: 2025-01-01 willing\nb: 2025-01-01 undecided\nc: 2025-01-01",
        "b: 2025-01-01 undecided\na: 2025-01-01 willing\nc: 2025-01-01",
        ["stance stance: undecided -> willing, by land/a"],
        ["entry-corrected place: 2 -> 1, by land/b", "entry-corrected place: 1 -> 2, by land/a"],
    ),
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[dict[str, Any]]]]:
    """The rows of `diff` for each of ROWS, there and back. In one repository each is a country."""
    codes = dict(zip(ROWS, (one + other for one in "ABCDEFGHIJ" for other in "KLMNOPQRST"), strict=False))

    def files(side: int) -> dict[str, str]:
        texts = {code.lower(): str(ROWS[name][side]).replace("=land/", f"={code.lower()}/") for name, code in codes.items()}
        return {"_registry": LAND} | {slug: land(text, country=slug.upper(), name=slug) for slug, text in texts.items()}

    folder = repository(tmp_path_factory.mktemp("rows"), files(0), files(1))
    both = [told(folder, "diff", "--rev", way) for way in ("v1..v2", "v2..v1")]
    return {name: [[each for each in way if each["country"] == code.lower()] for way in both] for name, code in codes.items()}


@pytest.mark.parametrize("name", ROWS)
def test_what_diff_tells_of_two_recordings(rows: dict[str, list[list[dict[str, Any]]]], name: str) -> None:
    case, (there, back) = ROWS[name], rows[name]
    lines = [(is_record(each), row(each).partition(" ")[2].replace(f"{each['country']}/", "land/")) for each in there]
    assert [line for of_record, line in lines if not of_record] == case.moved
    assert [line for of_record, line in lines if of_record] == case.recorded
    assert any(not is_record(each) for each in back) is bool(case.moved)


EVENTS = """\
events:
  - {date: 2025-03-02, title: Summit, meets: [ceasefire]}
  - {date: 2025-03-01, title: Talks}
"""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"_events": EVENTS}, ["event-added event: none -> Talks", "event-added event: none -> Summit"]),
        ({"_events": EVENTS}, {}, ["event-removed event: Talks -> none", "event-removed event: Summit -> none"]),
        (
            {"_events": EVENTS},
            {"_events": EVENTS.replace("03-01", "03").replace(", meets: [ceasefire]", ", note: Held")},
            [
                "event-corrected Talks: date: 2025-03-01 -> 2025-03",
                "event-corrected Summit: meets: ceasefire -> none",
                "event-corrected Summit: note: none -> Held",
            ],
        ),
        (
            {"_events": EVENTS},
            {"_events": f"{EVENTS}  - {{date: 2026-03-01, title: Summit}}\n"},
            ["event-added event: none -> Summit"],
        ),
        (
            {"_events": EVENTS + "  - {date: 2026-03-01, title: Summit}\n"},
            {"_events": EVENTS.replace("meets: [ceasefire]", "note: Held") + "  - {date: 2026-03-01, title: Summit}\n"},
            ["event-corrected Summit: meets: ceasefire -> none", "event-corrected Summit: note: none -> Held"],
        ),
        (
            {},
            {"_registry": LAND.replace("label: Mandate", "label: Legal mandate, implied_by: [framework]")},
            [
                "vocabulary-changed preconditions.mandate.label: Mandate -> Legal mandate",
                "vocabulary-changed preconditions.mandate.implied_by: none -> framework",
            ],
        ),
        (
            {},
            {"_registry": LAND.replace("  naval: {label: Naval}\n", "").replace("A force", "Another force")},
            ["vocabulary-changed topic: A force -> Another force", "vocabulary-changed contributions.naval.label: Naval -> none"],
        ),
        (
            {"land": land("a: 2025 willing")},
            {"land": land("a: 2025 willing", country="LB")},
            ["land country-renamed code: LA -> LB"],
        ),
        (
            {"land": land("a: 2025 willing", aliases=["The Land"])},
            {"land": land("a: 2025 willing", aliases=["Landia", "The Land"])},
            ["land country-renamed aliases: none -> Landia"],
        ),
    ],
    ids=lambda each: each[0].partition(":")[0] if isinstance(each, list) else "",
)
def test_what_is_recorded_around_statements(
    tmp_path: Path, before: dict[str, str], after: dict[str, str], expected: list[str]
) -> None:
    always = {"_registry": LAND, "land": land("a: 2025 willing")}
    repository(tmp_path, always | before, always | after)
    assert both(tmp_path, "--rev", "v1..v2") == ([], expected)
    assert not recorded(tmp_path, "--rev", "v1..v2", "land") or expected[0].startswith("land ")


@pytest.mark.parametrize("name", ["turkey", "turkiye", "Türkiye", "TR"])
def test_diff_knows_a_country_by_its_names_on_either_side(story: Path, name: str) -> None:
    between = "registry:positions..policy-again:registry"
    assert moved(story, "--rev", between, name) == ["turkiye stance stance: undecided -> conditional, by turkiye/guler"]
    assert both(story, "--rev", between, "france") == ([], [])


def test_diff_of_two_places_in_the_repository(story: Path) -> None:
    words = ("diff", "--rev", "renamed-country:../positions..moved-folder:../registry", "--all")
    assert ask(story / "registry", *words) == (0, "", "stancectl: nothing moved\n")


def test_diff_as_of_a_day_leaves_out_what_was_said_later(story: Path) -> None:
    between = "registry:positions..policy-again:registry"
    assert moved(story, "--rev", between, "--as-of", "2025-03-10") == []
    assert moved(story, "--rev", between, "--as-of", "2025-03-31") == [
        "turkiye stance stance: undecided -> declined, by turkiye/2025-03-18-fidan"
    ]


def test_what_is_said_again_is_told_with_all_and_a_new_name_or_wording_is_no_such_thing(tmp_path: Path) -> None:
    first = "a: 2025-01-01 willing requires ceasefire | summary=So\ns: 2025-02-01 anonymous declined | summary=Psst"
    renamed = first.replace("a:", "a2:").replace("s:", "s2:").replace("=Psst", "=Hush")
    again = f"{renamed}\nb: 2025-03-01 requires ceasefire\nt: 2025-04-01 reported opposed"
    repository(tmp_path, *({"_registry": LAND, "land": land(text.replace("s2:", "s:"))} for text in (first, renamed, again)))
    assert moved(tmp_path, "--rev", "v1..v2", "--all") == []
    assert moved(tmp_path, "--rev", "v2..v3") == []
    assert moved(tmp_path, "--rev", "v2..v3", "--all") == [
        "land precondition-restated ceasefire: none -> none, by land/b",
        "land signal opposed: none -> Said t, by land/t",
    ]
    assert ask(tmp_path, "diff", "--rev", "v2..v3", "--exit-code", "--all")[0] == 0
    code, out, err = ask(tmp_path, "diff", "--rev", "v1..v3", "--stat", "--all")
    assert (code, out, err) == (0, "land\twilling\twilling\t0\t0\t0\t1\t1\n", "")


def test_stat_counts_what_moved(story: Path) -> None:
    between = "registry:positions..policy-again:registry"
    code, out, err = ask(story, "diff", "--rev", between, "--stat")
    assert (code, out, err) == (0, "turkiye\tundecided\tconditional\t0\t0\t1\t0\t0\n", "")


def test_diff_with_the_files_as_they_are(tmp_path: Path) -> None:
    repository(tmp_path, {"_registry": LAND, "land": land("a: 2025 undecided")})
    assert moved(tmp_path, "--rev", "v1..") == []
    write(tmp_path / "positions", _registry=LAND, land=land("a: 2025 willing"))
    moves, records = both(tmp_path, "--rev", "v1..")
    assert moves == ["land stance stance: undecided -> willing, by land/a"]
    assert records == ["land entry-corrected stance: undecided -> willing, by land/a"]


DIFF_PAGE = """\
registry:positions..policy-again:registry                        1 country moved

  Türkiye  ○ undecided → ◇ conditional · new  2025-08-21  Yaşar Güler

Recorded differently
Türkiye  ± slug: turkey → turkiye
         ± name: Turkey → Türkiye
         ± aliases: none → Turkey
         2025-03-18~  turkiye/2025-03-18-fidan
         + Turkey might take part.
         2025-08-21  turkiye/guler
         + Turkey would take part.
"""


def test_diff_as_a_page(story: Path) -> None:
    between = "registry:positions..policy-again:registry"
    answer = ask(story, "diff", "--rev", between, "-f", "plain", env={"COLUMNS": "80"})
    assert answer == (0, DIFF_PAGE, "")


# The log: which commits moved a position.

BASE = "a: 2025-01-01 undecided requires mandate"


def lands(**texts: str) -> dict[str, str]:
    """The files of a registry: countries by slug, as `land` has them."""
    codes = {"land": "LA", "other": "OT", "third": "TH"}
    return {"_registry": LAND} | {slug: land(text, country=codes[slug], name=slug.title()) for slug, text in texts.items()}


def commit(folder: Path, tag: str, **texts: str) -> None:
    """Write countries, and commit them."""
    write(folder / "positions", **lands(**texts))
    record(folder, tag)


@pytest.fixture
def forked(tmp_path: Path) -> Path:
    """Two branches: on `ours` the country is willing, on `theirs` it requires a ceasefire, each by another statement."""
    repository(tmp_path, lands(land=f"{BASE}\nz: 2025-12-01", other="a: 2025-01-01 undecided"))
    git(tmp_path, "branch", "theirs")
    commit(tmp_path, "ours", land=f"{BASE}\nb: 2025-02-01 willing\nz: 2025-12-01")
    git(tmp_path, "checkout", "--quiet", "theirs")
    commit(tmp_path, "theirs-1", land=f"{BASE}\nc: 2025-03-01 requires ceasefire\nz: 2025-12-01")
    git(tmp_path, "checkout", "--quiet", "main")
    return tmp_path


OURS = "ours: land stance stance: undecided -> willing, by land/b (entry-added)"
THEIRS = "theirs-1: land precondition-added ceasefire: none -> none, by land/c (entry-added)"
FIRST = [
    "v1: land stance stance: none -> undecided, by land/a (entry-added)",
    "v1: land precondition-added mandate: none -> none, by land/a (entry-added)",
    "v1: other stance stance: none -> undecided, by other/a (entry-added)",
]


def merge(folder: Path, **texts: str) -> None:
    """Merge `theirs`, with these files as the outcome."""
    git(folder, "merge", "--quiet", "--no-commit", "-s", "ours", "theirs")
    write(folder / "positions", **lands(**texts))
    record(folder, "merge")


def test_a_merge_moves_nothing_that_its_branches_had_not(forked: Path) -> None:
    """The commits of the branches are told, once."""
    merge(forked, land=f"{BASE}\nb: 2025-02-01 willing\nc: 2025-03-01 requires ceasefire\nz: 2025-12-01")
    assert sorted(logged(forked)) == sorted([OURS, THEIRS, *FIRST])
    assert blamed(forked, "land") == {
        "land/a": "recorded in v1",
        "land/b": "recorded in ours",
        "land/c": "recorded in theirs-1",
    }


def test_what_a_merge_itself_moved_is_told_of_it(forked: Path) -> None:
    merge(
        forked,
        land=f"{BASE}\nb: 2025-02-01 willing\nc: 2025-03-01 requires ceasefire\nz: 2025-12-01 offers air",
        other="a: 2025-01-01 willing",
    )
    assert sorted(logged(forked)) == sorted(
        [
            "merge: land offer-added air: none -> none, by land/z (entry-corrected)",
            "merge: other stance stance: undecided -> willing, by other/a (entry-corrected)",
            OURS,
            THEIRS,
            *FIRST,
        ]
    )


def test_a_conflict_resolved_as_neither_side_had_it_is_told_of_the_merge(tmp_path: Path) -> None:
    repository(tmp_path, lands(land="a: 2025-01-01 undecided"))
    git(tmp_path, "branch", "theirs")
    commit(tmp_path, "ours", land="a: 2025-01-01 willing")
    git(tmp_path, "checkout", "--quiet", "theirs")
    commit(tmp_path, "theirs-1", land="a: 2025-01-01 declined")
    git(tmp_path, "checkout", "--quiet", "main")
    merge(tmp_path, land="a: 2025-01-01 conditional")
    (told_of_merge,) = [line for line in logged(tmp_path) if line.startswith("merge")]
    assert told_of_merge == "merge: land stance stance: willing -> conditional, by land/a (entry-corrected)"
    assert blamed(tmp_path, "land") == {"land/a": "recorded in v1, corrected in merge"}


def test_a_conflict_resolved_as_one_side_had_it_is_no_change(tmp_path: Path) -> None:
    repository(tmp_path, lands(land="a: 2025-01-01 undecided", other="a: 2025 willing"))
    git(tmp_path, "branch", "theirs")
    commit(tmp_path, "ours", land="a: 2025-01-01 willing")
    git(tmp_path, "checkout", "--quiet", "theirs")
    commit(tmp_path, "theirs-1", land="a: 2025-01-01 declined")
    git(tmp_path, "checkout", "--quiet", "main")
    merge(tmp_path, land="a: 2025-01-01 declined", other="a: 2025 willing | summary=Reworded")
    assert [line.partition(":")[0] for line in logged(tmp_path, "land")] in (
        ["ours", "theirs-1", "v1"],
        ["theirs-1", "ours", "v1"],
    )
    assert blamed(tmp_path, "land") == {"land/a": "recorded in v1, corrected in theirs-1"}


def test_a_commit_that_cannot_be_read_is_named_and_its_changes_told_of_the_next(tmp_path: Path) -> None:
    good, better = land("a: 2025-01-01 undecided"), land("a: 2025-01-01 undecided\nb: 2025-02-01 willing")
    words = {"_registry": LAND}
    repository(tmp_path, words | {"land": good}, words | {"land": better.replace("willing", "wiling")}, words | {"land": better})
    short = git(tmp_path, "rev-parse", "v2")[:10]
    code, out, err = ask(tmp_path, "log", "--fields", "subject,after,cause")
    assert (code, out) == (0, "v3\twilling\tentry-added\nv1\tundecided\tentry-added\n")
    assert err == f"stancectl: {short} cannot be read and is left out; see `stancectl list --rev {short}`\n"
    code, out, err = ask(tmp_path, "why", "land", "--blame", "--fields", "ref,commit")
    assert (code, out) == (0, f"land/b\t{git(tmp_path, 'rev-parse', 'v3')}\n")
    assert err.count("cannot be read") == 1


@pytest.mark.parametrize("older", ["v2", "v3"])
def test_a_range_that_begins_after_a_commit_that_cannot_be_read(tmp_path: Path, older: str) -> None:
    """What came before is looked for further back; nothing old is told as new."""
    words = {"_registry": LAND, "other": land("a: 2025 willing", country="OT", name="Other")}
    texts = ["a: 2025-01-01 undecided", "a: 2025-01-01 wiling", "a: 2025-01-01 wiling | summary=x", "a: 2025-01-01 conditional"]
    repository(
        tmp_path, *(words | {"land": land(text.replace("wiling", "declined")).replace("declined", "wiling")} for text in texts)
    )
    code, out, err = ask(tmp_path, "log", "--rev", f"{older}..", "--fields", "subject,country,before,after")
    assert (code, out) == (0, "v4\tland\tundecided\tconditional\n")
    assert "cannot be read" in err


def test_a_word_that_begins_to_refuse_moves_positions(tmp_path: Path) -> None:
    """No statement did: none is the cause."""
    text = land("a: 2025-01-01 willing requires ceasefire\nb: 2025-02-01 undecided")
    refusing = LAND.replace("label: Undecided", "label: Undecided, refuses: true")
    repository(tmp_path, {"_registry": LAND, "land": text}, {"_registry": refusing, "land": text})
    assert logged(tmp_path, "--rev", "v1..") == ["v2: land precondition-dropped ceasefire: none -> none, by land/b (None)"]
    assert recorded(tmp_path, "--rev", "v1..v2") == ["vocabulary-changed stances.undecided.refuses: none -> true"]


def test_a_country_is_read_with_the_words_of_its_time(tmp_path: Path) -> None:
    """One file in three recordings: its precondition is known, then not, then again, beside another."""
    text = land("a: 2025-01-01 willing requires mandate")
    without = LAND.replace("  mandate: {label: Mandate}\n", "")
    more = LAND.replace("preconditions:", "preconditions:\n  more: {label: More}")
    repository(tmp_path, *({"_registry": words, "land": text} for words in (LAND, without, more, without, LAND)))
    code, out, err = ask(tmp_path, "log", "--fields", "subject")
    assert (code, out) == (0, "v1\nv1\n")
    assert [line.split()[1] for line in err.splitlines()] == [git(tmp_path, "rev-parse", tag)[:10] for tag in ("v4", "v2")]


def test_a_country_taken_out_and_brought_back(tmp_path: Path) -> None:
    both, one = lands(land="a: 2025 willing", other="a: 2025 willing"), lands(other="a: 2025 willing")
    repository(tmp_path, both, one, both)
    went = "v2: land stance stance: willing -> none, by land/a (entry-removed)"
    came = "v3: land stance stance: none -> willing, by land/a (entry-added)"
    assert logged(tmp_path, "--rev", "v1..") == [came, went]
    assert logged(tmp_path, "land") == [came, went, "v1: land stance stance: none -> willing, by land/a (entry-added)"]
    assert blamed(tmp_path, "land") == {"land/a": "recorded in v3"}


def test_a_file_renamed_and_changed_at_once_is_the_same_country(tmp_path: Path) -> None:
    before = land("a: 2025-01-01 undecided")
    after = land("a: 2025-01-01 undecided\nb: 2025-02-01 willing", name="Landia")
    repository(tmp_path, {"_registry": LAND, "land": before}, {"_registry": LAND, "landia": after})
    assert logged(tmp_path, "--rev", "v1..") == ["v2: landia stance stance: undecided -> willing, by landia/b (entry-added)"]
    assert recorded(tmp_path, "--rev", "v1..v2") == [
        "landia country-renamed slug: land -> landia",
        "landia country-renamed name: Land -> Landia",
        "landia entry-added statement: none -> Said b, by landia/b",
    ]
    assert blamed(tmp_path, "landia", "stance") == {"landia/a": "recorded in v1", "landia/b": "recorded in v2"}


def test_a_country_renamed_while_a_statement_is_taken_out(tmp_path: Path) -> None:
    before = land("a: 2025-01-01 undecided\nb: 2025-02-01 willing")
    after = land("a: 2025-01-01 undecided", name="Landia")
    repository(tmp_path, {"_registry": LAND, "land": before}, {"_registry": LAND, "landia": after})
    assert logged(tmp_path, "--rev", "v1..") == ["v2: landia stance stance: willing -> undecided, by land/b (entry-removed)"]
    for format in ("plain", "markdown", "html", "svg"):
        for words in (["log"], ["diff", "--rev", "v1..v2"]):
            code, out, err = ask(tmp_path, *words, "-f", format)
            assert (code, err) == (0, "")
            assert "taken out" in out.replace("\N{NO-BREAK SPACE}", " ").replace("&#160;", " ")


def test_log_as_of_a_day_knows_nothing_of_what_was_said_later(tmp_path: Path) -> None:
    repository(tmp_path, lands(land="a: 2025-01-01 undecided"), lands(land="a: 2025-01-01 undecided\nb: 2025-08-01 willing"))
    assert logged(tmp_path, "--rev", "v1..", "--as-of", "2025-07") == []
    assert len(logged(tmp_path, "--rev", "v1..", "--as-of", "2025-08")) == 1


@pytest.mark.parametrize(
    ("words", "commits"),
    [
        ([], "v4 v3 v1"),
        (["--rev", "v1..v4"], "v4 v3"),
        (["--rev", "v1.."], "v4 v3"),
        (["--rev", "v2.."], "v4 v3"),
        (["--rev", "v3..v4"], "v4"),
        (["--rev", "v3"], "v3 v1"),
        (["--rev", "v2:positions"], "v1"),
        (["--rev", "v4..v1"], ""),
        (["--rev", "v4.."], ""),
    ],
)
def test_a_range_of_the_log_is_that_of_git(plain: Path, words: list[str], commits: str) -> None:
    assert " ".join(dict.fromkeys(line.partition(":")[0] for line in logged(plain, *words))) == commits


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four recordings of a country, one after the other; the second moves nothing. Read only."""
    texts = ["a: 2025-01-01 undecided", "a: 2025-01-01 undecided | summary=So", "a: 2025-01-01 willing | summary=So"]
    texts.append(f"{texts[-1]}\nb: 2025-02-01 conditional requires ceasefire")
    return repository(tmp_path_factory.mktemp("plain"), *(lands(land=text) for text in texts))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["log", "--rev", "..v2"],
            "error[usage]: --rev ..v2 does not name two revisions; write --rev A..B, or --rev A.. for what came after A",
        ),
        (["log", "--rev", "x..v2"], "error[unknown-revision]: git knows no revision `x` of positions; see `git log`"),
        (["log", "atlantis"], "error[unknown-country]: `atlantis` is no country here; known: land"),
        (["log", "--fields", "x"], "error[unknown-field]: `x` is no field here"),
        (
            ["why", "land", "--blame", "--rev", "v1..v2"],
            "error[unknown-revision]: git knows no revision `v1..v2` of positions; a range A..B is for `diff` and `log`",
        ),
        (["log", "--rev", ""], "error[unknown-revision]: git knows no revision `` of positions; see `git log`"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_what_log_and_blame_cannot_answer(plain: Path, words: list[str], told: str) -> None:
    code, out, err = ask(plain, *words)
    assert (code, out) == (2, "")
    assert err.startswith(f"stancectl: {told}")


def test_nothing_to_log_is_no_error(plain: Path) -> None:
    assert ask(plain, "log", "--rev", "v1..v2") == (0, "", "stancectl: no commit moved a position\n")
    assert ask(plain, "log", "--rev", "v1..v2", "--json") == (0, "[]\n", "stancectl: no commit moved a position\n")


def test_log_has_these_fields(plain: Path) -> None:
    (first, *_) = told(plain, "log", "--rev", "v2..v3")
    assert first == {
        "commit": "v3",
        "recorded": "2026-01-01",
        "author": "Desk",
        "subject": "v3",
        "country": "land",
        "change": "stance",
        "item": "stance",
        "before": "undecided",
        "after": "willing",
        "date": "2025-01-01",
        "by": "land/a",
        "uncertain": False,
        "cause": "entry-corrected",
    }
    assert ask(plain, "log", "--rev", "v2..v3", "--fields", "subject,country,cause")[1] == "v3\tland\tentry-corrected\n"


def test_a_change_of_what_a_link_leads_to_is_told_of_the_commit_that_made_it(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path / "positions", **lands(other="a: 2025 willing"))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "land.yaml").write_text(land("a: 2025-01-01 undecided"), encoding="utf-8")
    (tmp_path / "positions" / "land.yaml").symlink_to("../elsewhere/land.yaml")
    record(tmp_path, "v1")
    (tmp_path / "elsewhere" / "land.yaml").write_text(land("a: 2025-01-01 willing"), encoding="utf-8")
    record(tmp_path, "v2")
    write(tmp_path / "positions", **lands(other="a: 2025 declined"))
    record(tmp_path, "v3")
    assert logged(tmp_path, "--rev", "v1..") == [
        "v3: other stance stance: willing -> declined, by other/a (entry-corrected)",
        "v2: land stance stance: undecided -> willing, by land/a (entry-corrected)",
    ]
    assert blamed(tmp_path, "land") == {"land/a": "recorded in v1, corrected in v2"}


def test_a_folder_moved_away_and_back(tmp_path: Path) -> None:
    repository(tmp_path, lands(land="a: 2025-01-01 undecided"))
    git(tmp_path, "mv", "positions", "away")
    record(tmp_path, "v2")
    write(tmp_path / "away", **lands(land="a: 2025-01-01 willing"))
    record(tmp_path, "v3")
    git(tmp_path, "mv", "away", "positions")
    record(tmp_path, "v4")
    assert [line.partition(":")[0] for line in logged(tmp_path)] == ["v3", "v1"]
    assert blamed(tmp_path, "land") == {"land/a": "recorded in v1, corrected in v3"}


# Where git is another than in a desk's own clone.


def test_in_a_bare_repository(plain: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(plain), "desk.git")
    assert logged(tmp_path / "desk.git") == logged(plain)
    assert blamed(tmp_path / "desk.git", "land", "--rev", "HEAD") == blamed(plain, "land")


def test_in_a_work_tree_below_the_registry_and_at_a_detached_commit(plain: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(plain), "desk")
    git(tmp_path / "desk", "worktree", "add", "--quiet", "--detach", "../old", "v3")
    (tmp_path / "old" / "positions" / "drafts").mkdir()
    assert logged(tmp_path / "old" / "positions" / "drafts") == logged(plain, "--rev", "v3")
    assert blamed(tmp_path / "old" / "positions" / "drafts", "land") == blamed(plain, "land", "--rev", "v3")


def shallow(plain: Path, tmp_path: Path) -> tuple[Path, str]:
    """A clone without what came before the third recording, and the note on it."""
    git(tmp_path, "clone", "--quiet", "--depth=2", plain.as_uri(), "desk")
    short = git(plain, "rev-parse", "v3")[:10]
    return tmp_path / "desk", (
        f"stancectl: this clone is shallow: what was recorded before {short} is not known; see `git fetch --unshallow`\n"
    )


def test_nothing_is_claimed_of_the_commit_where_a_shallow_clone_ends(plain: Path, tmp_path: Path) -> None:
    folder, note = shallow(plain, tmp_path)
    code, out, err = ask(folder, "log", "--fields", "subject,change")
    assert (code, out, err) == (0, "v4\tstance\nv4\tprecondition-added\n", note)
    assert ask(folder, "log", "--fields", "subject,change", "--rev", "HEAD~1..") == (0, out, "")


def test_who_recorded_what_a_shallow_clone_begins_with_is_not_known(plain: Path, tmp_path: Path) -> None:
    folder, note = shallow(plain, tmp_path)
    code, out, err = ask(folder, "why", "land", "stance", "--blame", "--json", "--fields", "ref,commit,recorded,author")
    assert (code, err) == (0, note)
    assert json.loads(out) == [
        {"ref": "land/a", "commit": None, "recorded": None, "author": None},
        {"ref": "land/b", "commit": git(plain, "rev-parse", "v4"), "recorded": "2026-01-01", "author": "Desk"},
    ]
    code, out, err = ask(folder, "why", "land", "stance", "--blame", "-f", "plain")
    assert "recorded before this clone begins" in " ".join(out.split())


# Who recorded what is not committed.


def test_what_is_not_committed_yet(plain: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(plain), ".")
    text = "a: 2025-01-01 declined | summary=So\nb: 2025-02-01 conditional requires ceasefire\nc: 2025-03-01 willing"
    write(tmp_path / "positions", **lands(land=text))
    assert blamed(tmp_path, "land", "stance") == {
        "land/a": "recorded in v1, corrected in uncommitted",
        "land/b": "recorded in v4",
        "land/c": "recorded in uncommitted",
    }
    rows = {each["ref"]: each for each in told(tmp_path, "why", "land", "stance", "--blame")}
    assert (rows["land/a"]["recorded"], rows["land/a"]["corrected"]) == ("2026-01-01", None)
    assert (rows["land/c"]["recorded"], rows["land/c"]["author"]) == (None, None)
    code, out, err = ask(tmp_path, "why", "land", "stance", "--blame", "-f", "plain")
    assert (code, err) == (0, "")
    assert "by Desk, corrected since, not in git yet" in " ".join(out.split())
    assert "\n  not in git yet\n" in out.replace("           ", " ")
    assert blamed(tmp_path, "land", "stance", "--rev", "HEAD") == blamed(plain, "land", "stance")


def test_a_slip_that_is_mended_is_no_correction(plain: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(plain), ".")
    text = "a: 2025-01-01 willing | summary=So!\nb2: 2025-02-01 conditional requires ceasefire | summary=Said b; quote=Yes"
    write(tmp_path / "positions", **lands(land=text))
    assert blamed(tmp_path, "land", "stance") == {"land/a": "recorded in v1, corrected in v3", "land/b2": "recorded in v4"}


def test_blame_goes_with_every_other_option(plain: Path) -> None:
    assert blamed(plain, "land", "ceasefire") == {"land/b": "recorded in v4"}
    assert blamed(plain, "land", "stance", "--as-of", "2025-01") == {"land/a": "recorded in v1, corrected in v3"}
    code, out, err = ask(plain, "why", "land", "offers", "--blame")
    assert (code, out) == (0, "")
    assert "no statement of Land" in err


def test_blame_has_the_fields_of_why_and_these(plain: Path) -> None:
    (first, *_), (more, *_) = told(plain, "why", "land", "stance"), told(plain, "why", "land", "stance", "--blame")
    commits = {name: git(plain, "rev-parse", f"{name}^{{commit}}") for name in ("v1", "v3")}
    assert list(more) == [*first, "commit", "recorded", "author", "corrected_by", "corrected", "corrector"]
    code, out, err = ask(plain, "why", "land", "stance", "--blame", "--fields", "ref,commit,corrected_by")
    assert (code, out.splitlines()[0], err) == (0, f"land/a\t{commits['v1']}\t{commits['v3']}", "")


def test_blame_where_there_is_no_git(tmp_path: Path) -> None:
    write(tmp_path / "positions", **lands(land="a: 2025 willing"))
    env = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    for words in (["why", "land", "--blame"], ["log"]):
        code, out, err = ask(tmp_path, *words, env=env)
        assert (code, out) == (2, "")
        assert err.startswith("stancectl: error[unknown-revision]: git: not a git repository")
        assert err.count("\n") == 1


def test_blame_before_the_first_commit_or_of_a_registry_that_is_not_added_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path / "positions", **lands(land="a: 2025 willing"))
    for words in (["why", "land", "--blame"], ["log"]):
        code, out, err = ask(tmp_path, *words)
        assert (code, out) == (2, "")
        assert "git knows no revision `HEAD`" in err
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "empty")
    code, out, err = ask(tmp_path, "log")
    assert (code, out) == (2, "")
    assert "revision `HEAD` holds no registry in positions" in err


# Two registries on disk.


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Two registries, this one at `positions/` and a colleague's at `their copy/positions/`. Not in git."""
    write(tmp_path / "positions", **lands(land="a: 2025-01-01 undecided", other="a: 2025-01-01 willing"))
    write(tmp_path / "their copy" / "positions", **lands(land="a: 2025-01-01 willing", third="a: 2025-01-01 opposed"))
    return tmp_path


THEIR = "their copy/positions"


def test_diff_of_another_registry_tells_what_it_has_otherwise(copies: Path) -> None:
    """From this one to the other."""
    code, out, err = ask(copies, "diff", THEIR, "--fields", "country,change,before,after")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "land\tstance\tundecided\twilling",
        "third\tstance\t\topposed",
        "other\tstance\twilling\t",
        "land\tentry-corrected\tundecided\twilling",
        "third\tentry-added\t\tSaid a",
        "other\tentry-removed\tSaid a\t",
    ]
    assert ask(copies, "diff", THEIR, "--exit-code")[0] == 1
    assert ask(copies, "diff", THEIR, "land", "TH", "--fields", "country,change")[1] == (
        "land\tstance\nthird\tstance\nland\tentry-corrected\nthird\tentry-added\n"
    )
    assert ask(copies, "diff", "other", THEIR, "--fields", "country,change")[1] == "other\tstance\nother\tentry-removed\n"
    there = ask(copies / "their copy", "diff", "../positions", "land", "--fields", "before,after")[1]
    assert there == "willing\tundecided\nwilling\tundecided\n"
    assert ask(copies, "diff", "positions/", "--all") == (0, "", "stancectl: nothing moved\n")
    code, out, err = ask(copies, "diff", THEIR, "-f", "plain", env={"COLUMNS": "80"})
    assert out.startswith("positions → their copy/positions")


def test_diff_of_another_registry_and_a_recording_of_this_one(plain: Path, tmp_path: Path) -> None:
    write(tmp_path / "theirs", **lands(land="a: 2025-01-01 opposed | summary=So"))
    words = ("diff", f"{tmp_path}/theirs", "--fields", "change,before,after")
    assert ask(plain, *words, "--rev", "v1")[1].splitlines()[0] == "stance\tundecided\topposed"
    assert ask(plain, *words, "--rev", "v3")[1].splitlines()[0] == "stance\twilling\topposed"
    assert ask(plain, *words)[1].splitlines()[0] == "stance\tconditional\topposed"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere/"], "error[no-registry]: there is no folder nowhere; name a folder that holds a _registry.yaml"),
        (["./their copy"], "error[no-registry]: their copy holds no _registry.yaml; did you mean their copy/positions?"),
        (
            ["positions/land.yaml"],
            "error[no-registry]: positions/land.yaml is no folder; name a folder that holds a _registry.yaml",
        ),
        (
            ["positions", THEIR],
            "error[usage]: diff compares one other registry; drop all but one of positions, their copy/positions",
        ),
        (
            [THEIR, "--since", "2025"],
            "error[usage]: --since and --until compare what was said, not what was recorded; leave them out, or the recordings",
        ),
        (
            [THEIR, "--rev", "A..B"],
            "error[usage]: --rev A..B names two recordings, and their copy/positions is a third; compare two of them",
        ),
        ([THEIR, "atlantis"], "error[unknown-country]: `atlantis` is no country here; known: land, third"),
        (["--since", "2025", "x" * 300], f"error[unknown-country]: `{'x' * 59}…` is no country here; known: land, other"),
    ],
    ids=lambda each: " ".join(each)[:40] if isinstance(each, list) else "",
)
def test_what_cannot_be_compared_with_another_registry(copies: Path, words: list[str], told: str) -> None:
    code, out, err = ask(copies, "diff", *words)
    assert (code, out) == (2, "")
    assert err.startswith(f"stancectl: {told}")
    assert err.count("\n") == 1


def test_a_folder_is_another_registry_only_if_it_is_one(copies: Path) -> None:
    """A country's name stays one beside a folder of that name."""
    (copies / "land").mkdir()
    assert ask(copies, "diff", "--since", "2025", "land", "--fields", "country,after")[1] == "land\tundecided\n"
    write(copies / "land", **lands(land="a: 2025-01-01 opposed"))
    assert ask(copies, "diff", "land", "TH", "--fields", "after")[0] == 2  # the folder, in which there is no such country
    assert ask(copies, "diff", "land", "LA", "--fields", "after")[1] == "opposed\nopposed\n"


def test_what_is_wrong_with_the_other_registry_is_shown_there(copies: Path) -> None:
    write(copies / THEIR, **lands(land="a: 2025-01-01 willing").copy())
    (copies / THEIR / "land.yaml").write_text("country: LA\nname: Land\nstatments: []\n", encoding="utf-8")
    code, out, err = ask(copies, "diff", THEIR)
    assert (code, out) == (2, "")
    assert err.startswith("their copy/positions/land.yaml:")
    assert "nothing was answered" in err


@pytest.fixture(scope="module")
def other_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two registries that call the same things otherwise. Read only."""
    folder = tmp_path_factory.mktemp("words")
    write(folder / "positions", _registry=WORDS, turkey=TURKEY, france=FRANCE)
    others = {"conditional": "on-terms", "ceasefire": "truce", "Conditional": "On terms", "Ceasefire": "Truce"}
    words, text = (
        WORDS,
        FRANCE.replace("requires: [ceasefire]", "requires: [ceasefire]\n    offers: [{kind: ships, note: three}]"),
    )
    for was, now in others.items():
        words, text = words.replace(was, now), text.replace(was, now)
    write(folder / "theirs", _registry=f"{words}contributions:\n  ships: {{label: Ships}}\n", france=text)
    return folder


@pytest.mark.parametrize(
    "more", [*([f] for f in ("plain", "table", "markdown", "html", "svg", "json", "tsv")), ["plain", "--stat"]]
)
@pytest.mark.parametrize(
    "way", [["--registry", "positions", "theirs"], ["--registry", "theirs", "./positions"]], ids=["to", "from"]
)
def test_registries_of_other_words_can_be_compared(other_words: Path, more: list[str], way: list[str]) -> None:
    """Words that one of them does not know are told by their ids."""
    code, out, err = ask(other_words, "diff", *way, "--all", "-f", *more)
    assert (code, err) == (0, "")
    assert "france" in out.casefold()
    assert "--stat" in more or ("truce" in out.casefold() and "ceasefire" in out.casefold())


# What else may stand in a repository, a configuration, an environment.

NASTY = {
    "colour": "a \x1b[31mred\x1b[0m word",
    "bidi": "abc \u202edef\u202c \u2066ghi\u2069",
    "C1 and DEL": "\x9b31m \x7f",
    "tab": "one\ttwo",
    "return": "one\rtwo",
    "markup": "[bold red]x[/] <script>alert(1)</script> | `x` *y*",
    "formula": "=cmd|' /C calc'!A0",
    "long": "x" * 3000,
    "nothing": "",
    "separators": "one\u2028two",
    "percent": "%H %x00 %n $(id)",
}
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def authored(folder: Path, tag: str, author: str, subject: bytes, header: str = "") -> None:
    """Commit all files with an author and a message that `git commit` would refuse."""
    git(folder, "add", "--all")
    stamp = "<a@example.org> 1767268800 +0000"
    text = f"tree {git(folder, 'write-tree')}\nparent {git(folder, 'rev-parse', 'HEAD')}\nauthor {author} {stamp}\n"
    given = f"{text}committer Desk {stamp}\n{header}\n".encode() + subject
    made = git(folder, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", given=given)
    git(folder, "update-ref", "HEAD", made)
    git(folder, "tag", tag)


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in which each of NASTY is the author and the subject of a commit that brought a statement. Read only."""
    folder = repository(tmp_path_factory.mktemp("nasty"), lands(land="a: 2025-01-01 undecided"))
    lines = ["a: 2025-01-01 undecided"]
    for number, text in enumerate(NASTY.values()):
        stance = "conditional" if number % 2 else "willing"
        lines.append(f"n{number}: 2025-02-{number + 1:02} {stance}")
        write(folder / "positions", **lands(land="\n".join(lines)))
        authored(folder, f"n{number}", text, text.encode())
    return folder


@pytest.mark.parametrize("words", [["log", "--rev", "v1.."], ["why", "land", "stance", "--blame"]], ids=["log", "blame"])
@pytest.mark.parametrize("format", ["plain", "tsv", "csv", "markdown", "html", "svg"])
def test_authors_and_subjects_do_no_harm(nasty: Path, words: list[str], format: str) -> None:
    code, out, err = ask(nasty, *words, "-f", format, env={"COLUMNS": "80"})
    assert (code, err) == (0, "")
    assert not RAW.search(out.replace("\r\n", "\n").replace("\t", "\n") if format in ("csv", "tsv") else out)
    if format == "plain":
        assert max(map(cell_len, out.splitlines())) <= 80
    if format == "csv":
        assert not re.search(r"(^|,)=", out, re.MULTILINE)
    if format == "html":
        assert "<script>" not in out


def test_json_has_authors_and_subjects_as_they_are(nasty: Path) -> None:
    rows = told(nasty, "log", "--rev", "v1..")
    assert [each["commit"] for each in rows] == [f"n{number}" for number in reversed(range(len(NASTY)))]
    for each, text in zip(reversed(rows), NASTY.values(), strict=True):
        assert each["author"].strip() == text.partition("<")[0].strip()  # where an address begins
        assert each["subject"].split() == text.split()


@pytest.fixture(scope="module")
def told_otherwise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two registries, of which one tells each of TEXTS in every place, and the other something else. Read only."""
    folder = tmp_path_factory.mktemp("texts")
    for place, quoted in (("positions", lambda text: text), ("theirs", lambda text: f"{text} {text}")):
        (folder / place).mkdir()
        texts = [quoted(text) for text in TEXTS.values()]
        labels: Any = {f"if-{number}": {"label": text} for number, text in enumerate(texts)}
        events = [{"date": "2025", "title": f"{number} {text}"} for number, text in enumerate(texts)]
        words = {"format": "1", "topic": quoted("x"), "stances": {"yes": {"label": "Yes"}}, "preconditions": labels}
        sources = [{"url": "https://example.org/", "title": "x"}]
        said = [
            {"id": f"s{number}", "date": "2025", "speaker": text, "summary": text, "quote": text, "sources": sources}
            | {"requires": [{"condition": f"if-{number}", "note": text}]}
            for number, text in enumerate(texts)
        ]
        country = {"country": "LA", "name": quoted("Land \x1b[31m"), "aliases": texts[:9], "statements": said}
        for name, value in (("_registry", words), ("_events", {"events": events}), ("land", country)):
            (folder / place / f"{name}.yaml").write_text(flow(value), encoding="utf-8")
    return folder


@pytest.mark.parametrize("format", ["plain", "tsv", "csv", "markdown", "html", "svg"])
def test_what_was_recorded_otherwise_does_no_harm(told_otherwise: Path, format: str) -> None:
    code, out, err = ask(told_otherwise, "diff", "./theirs", "--all", "-f", format, env={"COLUMNS": "80"})
    assert (code, err) == (0, "")
    assert not RAW.search(out.replace("\r\n", "\n").replace("\t", "\n") if format in ("csv", "tsv") else out)
    if format == "plain":
        assert "Recorded differently" in out
        assert max(map(cell_len, out.splitlines())) <= 80
    if format == "csv":
        assert not [
            cell for row in csv.reader(io.StringIO(out)) for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))
        ]
    if format == "html":
        assert "<script>" not in out


def test_a_message_in_another_encoding(tmp_path: Path) -> None:
    repository(tmp_path, lands(land="a: 2025-01-01 undecided"))
    write(tmp_path / "positions", **lands(land="a: 2025-01-01 willing"))
    authored(tmp_path, "v2", "Desk", "Türkiye".encode("latin-1"), "encoding ISO-8859-1\n")
    assert told(tmp_path, "log", "--rev", "v1..")[0]["subject"] == "Türkiye"
    write(tmp_path / "positions", **lands(land="a: 2025-01-01 declined"))
    authored(tmp_path, "v3", "Desk", b"T\xfcrkiye\0\n")
    assert told(tmp_path, "log", "--rev", "v2..")[0]["subject"] == "T\N{REPLACEMENT CHARACTER}rkiye"


CONFIGURED = {
    "log.showSignature": "true",
    "log.follow": "true",
    "log.date": "relative",
    "log.decorate": "full",
    "log.showRoot": "false",
    "log.diffMerges": "off",
    "log.mailmap": "false",
    "log.excludeDecoration": "*",
    "diff.renames": "false",
    "diff.relative": "true",
    "diff.noprefix": "true",
    "diff.renameLimit": "1",
    "diff.external": "false",
    "diff.orderFile": "/dev/null",
    "diff.ignoreSubmodules": "all",
    "core.quotePath": "true",
    "core.pager": "false",
    "core.abbrev": "4",
    "core.commentChar": "c",
    "color.ui": "always",
    "color.diff": "always",
    "format.pretty": "fuller",
    "i18n.logOutputEncoding": "UTF-16",
    "i18n.commitEncoding": "ISO-8859-1",
    "pager.log": "true",
    "column.ui": "always",
    "alias.log": "!false",
    "log.graphColors": "red",
    "core.warnAmbiguousRefs": "false",
}


@pytest.mark.parametrize("folder", [".", "registry"])
def test_no_configuration_of_git_changes_an_answer(story: Path, tmp_path: Path, folder: str) -> None:
    config = tmp_path / "config"
    for name, value in CONFIGURED.items():
        git(tmp_path, "config", "--file", str(config), name, value)
    env = {"GIT_CONFIG_GLOBAL": str(config), "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
    for words in (["log"], ["log", "--rev", "policy.."], ["why", "turkey", "stance", "--blame"]):
        asked = [*words, "--json", "--registry", str(story / "registry")]
        assert ask(story / folder, *asked, env=env) == ask(story / folder, *asked)


@pytest.mark.parametrize(
    "variables",
    [
        {"GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere", "GIT_INDEX_FILE": "/nowhere", "GIT_PREFIX": "x/"},
        {"GIT_LITERAL_PATHSPECS": "1"},
        {"GIT_GLOB_PATHSPECS": "1"},
        {"GIT_NOGLOB_PATHSPECS": "1"},
        {"GIT_ICASE_PATHSPECS": "1"},
        {"GIT_EXTERNAL_DIFF": "false", "GIT_PAGER": "false", "GIT_DIFF_OPTS": "--unified=0"},
        {"GIT_TRACE": "1", "GIT_TRACE_SETUP": "1"},
        {"GIT_NAMESPACE": "other"},
        {"GIT_OPTIONAL_LOCKS": "0", "GIT_FLUSH": "1", "GIT_ADVICE": "0"},
        {"GIT_ALTERNATE_OBJECT_DIRECTORIES": "/nowhere"},
    ],
    ids=lambda each: next(iter(each)),
)
def test_no_variable_of_git_changes_an_answer(plain: Path, plain_answers: dict[str, Any], variables: dict[str, str]) -> None:
    for asked, expected in plain_answers.items():
        assert ask(plain, *asked.split(), env=variables) == expected


@pytest.fixture(scope="module")
def plain_answers(plain: Path) -> dict[str, Any]:
    """What is said where no variable is set."""
    return {asked: ask(plain, *asked.split()) for asked in ("log --json", "why land stance --blame --json", "diff --rev v1..v4")}


def test_a_replaced_commit_is_read_as_git_reads_it(plain: Path, tmp_path: Path) -> None:
    """`git replace` and grafts are how one mends a history without writing it anew."""
    git(tmp_path, "clone", "--quiet", str(plain), ".")
    git(tmp_path, "replace", "--graft", "v4", "v1")
    lines = logged(tmp_path)
    assert [line.partition(":")[0] for line in lines if " stance " in line] == ["v4", "v1"]
    assert "undecided -> conditional" in lines[0]


def test_a_registry_in_a_submodule(plain: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(plain), "sub")
    git(tmp_path, "commit", "--quiet", "--message", "outer")
    for folder, words in ((tmp_path / "sub", []), (tmp_path, ["--registry", "sub/positions"])):
        code, out, err = ask(folder, "log", *words, "--fields", "subject,after")
        assert (code, out, err) == (0, "v4\tconditional\nv4\t\nv3\twilling\nv1\tundecided\n", "")


def test_a_sparse_checkout(plain: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(plain), ".")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "x").touch()
    record(tmp_path, "notes")
    git(tmp_path, "sparse-checkout", "set", "notes")
    assert not (tmp_path / "positions").exists()
    assert logged(tmp_path) == logged(plain)
    assert logged(tmp_path / "notes", "land") == logged(plain)
    assert moved(tmp_path, "--rev", "v1..v3") == moved(plain, "--rev", "v1..v3")


def test_a_repository_of_somebody_else(plain: Path) -> None:
    """Git refuses it, and says in many lines what would allow it."""
    env = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    for words in (["log"], ["list", "--rev", "v1"], ["why", "land", "--blame"]):
        code, out, err = ask(plain, *words, env=env)
        assert (code, out) == (2, "")
        assert err == (
            f"stancectl: error[unknown-revision]: git: detected dubious ownership in repository at '{plain}';"
            f" `git config --global --add safe.directory {plain}` allows it, if you trust who it belongs to\n"
        )


def test_a_clone_without_the_files(plain: Path, tmp_path: Path) -> None:
    """They are not fetched unasked."""
    git(tmp_path, "clone", "--quiet", "--bare", str(plain), "server.git")
    git(tmp_path / "server.git", "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", (tmp_path / "server.git").as_uri(), "desk")
    told = "this clone lacks files of that revision; `git fetch --refetch --no-filter` brings them"
    for words in (["log"], ["list", "--rev", "v1"], ["why", "land", "--blame"], ["diff", "--rev", "v1.."]):
        assert ask(tmp_path / "desk", *words) == (2, "", f"stancectl: error[unknown-revision]: {told}\n")
    git(tmp_path / "desk", "fetch", "--quiet", "--refetch", "--no-filter")
    assert logged(tmp_path / "desk") == logged(plain)


def test_a_trace_of_git_is_no_reason(tmp_path: Path) -> None:
    write(tmp_path, **lands(land="a: 2025 willing"))
    env = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent), "GIT_TRACE": "1", "GIT_TRACE_SETUP": "1"}
    code, out, err = ask(tmp_path, "log", env=env)
    assert (code, out) == (2, "")
    assert err.startswith("stancectl: error[unknown-revision]: git: not a git repository")


ODD = ["two\nlines.yaml", "a blob b.yaml", os.fsdecode(b"t\xfcrkiye.yaml"), os.fsdecode(b"t\xfc 7 .yaml"), "\x1b[31m.yaml"]


@pytest.mark.parametrize("name", ODD, ids=ascii)
@pytest.mark.parametrize("is_link", [False, True], ids=["file", "link"])
def test_a_file_of_an_odd_name_is_named_and_nothing_else_is_mistaken(tmp_path: Path, name: str, is_link: bool) -> None:
    repository(tmp_path, lands(land="a: 2025-01-01 undecided"))
    (tmp_path / "other").write_text(land("a: 2025-01-01 willing", country="OT", name="Other"), encoding="utf-8")
    positions = tmp_path / "positions"
    if is_link:
        (positions / name).symlink_to("../other")
    else:
        (positions / name).write_bytes((tmp_path / "other").read_bytes())
    (positions / "zzz.yaml").symlink_to("../other")
    record(tmp_path, "odd")
    short = git(tmp_path, "rev-parse", "odd")[:10]
    told = f"stancectl: {short} cannot be read and is left out; see `stancectl list --rev {short}`\n"
    assert ask(tmp_path, "log", "--fields", "subject") == (0, "v1\n", told)
    code, out, err = ask(tmp_path, "list", "--rev", short)
    assert (code, out) == (2, "")
    assert "names no country" in err or "no file that git keeps here" in err
    (positions / name).unlink()
    record(tmp_path, "mended")
    assert ask(tmp_path, "log", "zzz", "--fields", "subject,country,after") == (0, "mended\tzzz\twilling\n", told)


# The documentation.

DESK = {
    "Turkey and France": TURKEY,
    "Turkey: Fidan's speech": TURKEY + FIDAN,
    "Fidan named no ceasefire, the interviewer did": (third := TURKEY + FIDAN.replace("    requires: [ceasefire]\n", "")),
    "Spelling": (fourth := third.replace("A spech", "A speech")),
    "Ids begin with the date": fourth.replace("id: fidan", "id: 2025-03-19-fidan").replace("id: mod", "id: 2025-03-06-mod"),
}
EXAMPLE = re.compile(r"^```text\n(\$ stancectl .*?)^```$", re.DOTALL | re.MULTILINE)
EXAMPLES = EXAMPLE.findall((ROOT / "docs" / "recordings.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository that the documentation tells of, v1 to v5, and a colleague's copy, in which France differs. Read only."""
    folder = tmp_path_factory.mktemp("documented") / "desk"
    folder.mkdir()
    git(folder, "init", "--quiet")
    for number, (message, text) in enumerate(DESK.items(), 1):
        write(folder / "positions", turkey=text, france=FRANCE)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", message, day=f"2026-02-{number:02}")
        git(folder, "tag", f"v{number}")
    write(folder.parent / "colleague" / "positions", turkey=text, france=FRANCE.replace("conditional", "undecided"))
    return folder


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.splitlines()[0][12:])
def test_what_the_documentation_shows_of_recordings(documented: Path, example: str) -> None:
    asked, *_ = example.splitlines()
    code, out, err = ask(documented, *shlex.split(asked)[2:], env={"COLUMNS": "80"})
    assert (code, f"{asked}\n{out}{err}") == (0, example)


def test_the_documentation_shows_something_of_recordings() -> None:
    assert len(EXAMPLES) >= 6


# Whatever two recordings hold.

moderately = settings(max_examples=50, deadline=None)


@some.composite
def recordings(draw: some.DrawFn) -> tuple[Country, Country]:
    """A country as it was recorded twice: statements were taken out, put elsewhere, coded or named otherwise, and added."""
    before = numbered(draw(statement_lists))
    others = numbered(draw(statement_lists), "n")
    after = list[Plain]()
    for place, statement in enumerate(before):
        match draw(some.sampled_from(["keep", "keep", "keep", "code", "name", "word", "both", "remove"])):
            case "keep":
                after.append(statement)
            case "code":
                after.append((others[place] if place < len(others) else {"date": "2025"}) | {"id": statement["id"]})
            case "name":
                after.append(statement | {"id": f"r{place}"})
            case "word":
                after.append(statement | {"quote": "Now"})
            case "both":
                after.append(statement | {"id": f"r{place}", "quote": "Now"})
    after += draw(some.lists(some.sampled_from(others), unique_by=lambda each: str(each["id"])) if others else some.just([]))
    before, after = ([each | {"id": f"s{each['id']}"} for each in made] for made in (before, draw(some.permutations(after))))
    alike = draw(some.booleans())
    told = ([{"summary": "So" if alike else f"Said {each['id']}"} | each for each in made] for made in (before, after))
    one, other = (country_of(list(made)) for made in told)
    return one, other


def state(position: Position) -> object:
    """What a position tells, apart from who said so and how often."""
    held = position.stance_part
    return (
        held and (held.item, held.since),
        {(each.item, each.since, each.after) for each in position.preconditions},
        {(each.item, each.since, each.personnel, each.note) for each in position.offers},
        {(each.item, each.since) for each in position.rules_out},
    )


@moderately
@given(recordings(), days)
def test_a_change_is_told_if_and_only_if_the_position_is_another(both: tuple[Country, Country], day: Any) -> None:
    before, after = (Position(each, VOCABULARY, day) for each in both)
    known = match_country(*both).known
    moved = [each for each in changes(before, after, known) if each.change not in QUIET]
    assert bool(moved) is (state(before) != state(after)), moved


@moderately
@given(recordings())
def test_an_edit_is_told_if_and_only_if_the_country_is_another(both: tuple[Country, Country]) -> None:
    before, after = both
    told = edits([match_country(before, after)])
    assert bool(told) is (before._replace(history=after.history) != after), told


@moderately
@given(recordings())
def test_each_statement_is_matched_with_one(both: tuple[Country, Country]) -> None:
    before, after = both
    pairs = match_country(before, after).statements
    assert sorted(was.ref for was, _ in pairs if was) == sorted(each.ref for each in before.statements)
    assert [now.ref for _, now in pairs if now] == [each.ref for each in after.statements]
    assert all(was or now for was, now in pairs)
    assert match_country(before, before._replace(name="Other")).known == {each.ref: each for each in before.statements}


@moderately
@given(recordings(), days)
def test_every_change_names_a_statement_and_no_old_one_is_a_new_signal(both: tuple[Country, Country], day: Any) -> None:
    before, after = (Position(each, VOCABULARY, day) for each in both)
    known = match_country(*both).known
    refs = {each.ref for country in both for each in country.statements}
    for change in changes(before, after, known):
        assert change.by in refs
        assert change.change not in QUIET or change.by not in known


# What once was told wrongly.


@pytest.mark.parametrize("words", [["diff", "--rev", "v1.."], ["why", "land", "--blame"]], ids=" ".join)
def test_the_installed_registry_is_never_compared_with_what_git_recorded(tmp_path: Path, words: list[str]) -> None:
    repository(tmp_path, {"_registry": LAND, "land": land("a: 2025 undecided")})
    for file in (tmp_path / "positions").iterdir():
        file.unlink()
    code, out, err = ask(tmp_path, *words)
    assert (code, out) == (2, "")
    if words[0] == "diff":
        told = "there is no registry among the files here; name a revision: --rev HEAD, --rev A..HEAD"
        assert err == f"stancectl: error[no-registry]: {told}\n"
    assert logged(tmp_path) == ["v1: land stance stance: none -> undecided, by land/a (entry-added)"]


def test_what_another_statement_adds_is_no_cause(tmp_path: Path) -> None:
    """A stance begins to refuse, and a statement is added that has nothing to do with it."""
    refusing = LAND.replace("undecided: {label: Undecided}", "undecided: {label: Undecided, refuses: true}")
    assert refusing != LAND
    before, after = "a: 2025-01 willing requires ceasefire\nb: 2025-02 undecided", "\nc: 2025-03 offers naval"
    repository(tmp_path, {"_registry": LAND, "land": land(before)}, {"_registry": refusing, "land": land(before + after)})
    told = [each for each in logged(tmp_path, "--rev", "v1..") if "offer" not in each]
    assert told == ["v2: land precondition-dropped ceasefire: none -> none, by land/b (None)"]


def test_an_unreadable_end_of_a_shallow_clone_makes_nothing_new(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    repository(
        tmp_path / "whole",
        {"_registry": LAND, "land": land("a: 2025-01 undecided")},
        {"_registry": LAND, "land": "nonsense"},
        {"_registry": LAND, "land": land("a: 2025-01 undecided\nb: 2025-02 willing")},
    )
    git(tmp_path, "clone", "--quiet", "--depth=2", (tmp_path / "whole").as_uri(), "shallow")
    code, out, err = ask(tmp_path / "shallow", "log")
    assert (code, out) == (0, "")
    assert "this clone is shallow" in err
    code, out, err = ask(tmp_path / "shallow", "why", "land", "--blame", "--fields", "ref,commit,author")
    assert (code, out) == (0, "land/b\t\t\n")


def test_a_damaged_repository_is_an_error(tmp_path: Path) -> None:
    texts = [land("a: 2025-01 undecided"), land("a: 2025-01 willing")]
    repository(tmp_path, *({"_registry": LAND, "land": text} for text in texts))
    oid = git(tmp_path, "rev-parse", "v1:positions/land.yaml")
    (tmp_path / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    told = "stancectl: error[unknown-revision]: git lacks files that this history is made of; see `git fsck`, or fetch them\n"
    assert ask(tmp_path, "log") == (2, "", told)


def test_a_slug_that_went_to_another_country_moves_neither(tmp_path: Path) -> None:
    nigeria, niger = ("a: 2025-01 willing", "b: 2025-02 undecided")
    repository(
        tmp_path,
        {"_registry": LAND, "niger": land(nigeria, country="NG", name="Nigeria")},
        {
            "_registry": LAND,
            "nigeria": land(nigeria, country="NG", name="Nigeria"),
            "niger": land(niger, country="NE", name="Niger"),
        },
    )
    moves, records = both(tmp_path, "--rev", "v1..v2")
    assert moves == ["niger stance stance: none -> undecided, by niger/b"]
    assert "nigeria country-renamed slug: niger -> nigeria" in records
    assert blamed(tmp_path, "nigeria") == {"nigeria/a": "recorded in v1"}


def test_an_id_that_went_to_another_statement_is_no_correction(tmp_path: Path) -> None:
    first, second = TURKEY, TURKEY.replace("undecided", "declined").replace("2025-03-06", "2025-09-01")
    second = second.replace("Ministry of National Defence", "Yaşar Güler").replace("It would be weighed", "No")
    repository(tmp_path, {"turkey": first}, {"turkey": second.replace("example.org/1", "example.org/9")})
    assert [each["change"] for each in told(tmp_path, "diff", "--rev", "v1..v2") if is_record(each)] == [
        "entry-added",
        "entry-removed",
    ]
    assert blamed(tmp_path, "turkey") == {"turkey/mod": "recorded in v2"}


def test_dots_in_what_is_searched_for_make_no_range(tmp_path: Path) -> None:
    repository(tmp_path, {"_registry": LAND, "land": land("a: 2025-01 undecided")})
    record(tmp_path, "from-a-to-b", "--message", "a..b")
    for search in ("HEAD^{/a..b}", ":/a..b"):
        assert logged(tmp_path, "--rev", search) == logged(tmp_path)


def test_what_git_says_is_read_in_whatever_language(tmp_path: Path) -> None:
    env = {"LANGUAGE": "de", "LC_ALL": "de_DE.UTF-8", "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    code, _, err = ask(tmp_path, "list", "--registry", ".", "--rev", "HEAD", env=env)
    assert code == 2
    assert err.startswith("stancectl: error[unknown-revision]: git: not a git repository")


def test_the_newest_commit_comes_first_whatever_its_branch(tmp_path: Path) -> None:
    repository(tmp_path, {"_registry": LAND, "land": land("a: 2025-01 undecided")})
    git(tmp_path, "checkout", "--quiet", "-b", "side")
    for number, day in enumerate(("2026-02-02", "2026-02-04")):
        write(tmp_path / "positions", _registry=LAND, land=land(f"a: 2025-01 undecided\nb: 2025-0{number + 2} willing"))
        record(tmp_path, f"side-{number}", day=day)
    git(tmp_path, "checkout", "--quiet", "main")
    write(tmp_path / "positions", other=land("c: 2025-01 declined", country="OT", name="Other"), _registry=LAND)
    record(tmp_path, "main-1", day="2026-02-03")
    git(tmp_path, "merge", "--quiet", "--no-edit", "side", day="2026-02-05")
    days = [each["recorded"] for each in told(tmp_path, "log")]
    assert list(dict.fromkeys(days)) == ["2026-02-04", "2026-02-03", "2026-02-02", "2026-01-01"]


def test_who_corrected_a_statement_is_told(tmp_path: Path) -> None:
    repository(tmp_path, {"_registry": LAND, "land": land("a: 2025-01 undecided")})
    write(tmp_path / "positions", _registry=LAND, land=land("a: 2025-01 willing"))
    record(tmp_path, "v2", "--author", "Colleague <colleague@example.org>", day="2026-02-02")
    code, out, err = ask(tmp_path, "why", "land", "--blame", "-f", "plain")
    assert (code, err) == (0, "")
    found = f"corrected 2026-02-02 in {git(tmp_path, 'rev-parse', 'v2')[:10]} by Colleague"
    assert found in " ".join(out.split())


def test_what_a_branch_recorded_where_the_folder_lay_is_its_own(tmp_path: Path) -> None:
    """One branch adds a statement, the other moves the folder; the merge did neither."""
    first = {"_registry": LAND, "land": land("a: 2025-01 undecided")}
    repository(tmp_path, first)
    git(tmp_path, "checkout", "--quiet", "-b", "side")
    write(tmp_path / "positions", **(first | {"land": land("a: 2025-01 undecided\nb: 2025-02 willing")}))
    record(tmp_path, "said")
    git(tmp_path, "checkout", "--quiet", "main")
    git(tmp_path, "mv", "positions", "data")
    record(tmp_path, "moved")
    git(tmp_path, "merge", "--quiet", "--no-edit", "side")
    assert logged(tmp_path, "--registry", "data") == [
        "said: land stance stance: undecided -> willing, by land/b (entry-added)",
        "v1: land stance stance: none -> undecided, by land/a (entry-added)",
    ]
    assert blamed(tmp_path, "land", "stance", "--registry", "data") == {"land/a": "recorded in v1", "land/b": "recorded in said"}
