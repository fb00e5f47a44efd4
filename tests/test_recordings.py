"""Two recordings of one world: a change of policy, a correction of our notes, a slip of the pen and a new name are told apart.

Every test builds a repository with git, and asks of it what a person would.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from repositories import FRANCE, TURKEY, ask, git, record, write

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
            "turkey entry-reworded sources: https://example.org/3, A spech -> https://example.org/3, A speech, by turkey/fidan",
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


def place(name: str) -> str:
    """The revision of a name, with the way to the registry then."""
    return f"{name}:{next((step.at for step in STORY if step.name == name), 'positions')}"


@pytest.mark.parametrize("step", STORY, ids=lambda step: step.name)
def test_diff_tells_what_a_commit_moved_and_what_it_recorded_differently(story: Path, step: Step) -> None:
    before = NAMES[NAMES.index(step.name) - 1]
    between = f"{place(before)}..{place(step.name)}"
    assert moved(story, "--rev", between) == step.moved
    assert recorded(story, "--rev", between) == step.recorded
    assert ask(story, "diff", "--rev", between, "--exit-code")[0] == (1 if step.moved else 0)


@pytest.mark.parametrize("step", STORY, ids=lambda step: step.name)
def test_log_lists_a_commit_if_it_moved_a_position(story: Path, step: Step) -> None:
    lines = logged(story, "--registry", "registry", "turkiye")
    own = [line.partition(": ")[2] for line in lines if line.startswith(f"{step.name}: ")]
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
def test_log_of_what_came_after_a_commit_tells_that_alone(story: Path, before: str) -> None:
    """Also where the folder was moved, or the file renamed, since."""
    everything = logged(story, "--registry", "registry")
    later = NAMES[NAMES.index(before) + 1 :]
    expected = [line for line in everything if line.partition(":")[0] in later]
    assert logged(story, "--registry", "registry", "--rev", f"{before}..") == expected


PAGE = """\
##########  2026-01-11  policy-again                                   Colleague

  Türkiye  ✕ declined → ◇ conditional  2025-08-21  new · Yaşar Güler

##########  2026-01-05  corrected-stance                                    Desk

  Turkey  ◇ conditional → ✕ declined  2025-03-18~  corrected · Hakan Fidan

##########  2026-01-04  corrected-date                                      Desk

  Turkey  ± stance, since: 2025-03-19 →     2025-03-18~  corrected · Hakan Fidan
          2025-03-18~

##########  2026-01-03  corrected-requires                                  Desk

  Turkey  − Ceasefire  2025-03-19  corrected · Hakan Fidan

##########  2026-01-02  policy                                              Desk

  Turkey  ○ undecided → ◇ conditional  2025-03-19  new · Hakan Fidan
          + Ceasefire                  2025-03-19  new · Hakan Fidan
"""


def test_log_as_a_page(story: Path) -> None:
    code, out, err = ask(story, "log", "--registry", "registry", "--rev", "registry..", "-f", "plain", env={"COLUMNS": "80"})
    for name in NAMES:
        out = out.replace(git(story, "rev-parse", f"{name}^{{commit}}")[:10], "#" * 10)
    assert (code, out, err) == (0, PAGE, "")
