"""Questions on a terminal: what they show, what they take, and that nothing is written but what was agreed to."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from running import environment, stancectl
from stancectl.cli.main import COMMANDS
from terminal import DEADLINE, LAPUTA, RAW, TURKEY, VOCABULARY, Terminal, tree

TODAY = "2025-11-30"
DAY = ("--today", TODAY)
BEFORE = ["Date", "Speaker", "Office", "Occasion", "Attribution", "Stance", "Summary", "Quote"]
LISTS = ["Requires", "Drops", "Offers", "Withdraws", "Rules out", "Reopens"]
SOURCE = ["Source", "Publisher", "Title", "Published", "Language", "and source"]
ALL = [*BEFORE, *LISTS, *SOURCE, "Note"]
GIVEN = ("--speaker", "Ayşe Kaya", "--summary", "Said so.", "--source", "https://example.net/x")
WRITE = "Write it? [YES/change/no]"


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    folder = tmp_path / "cod"
    folder.mkdir()
    for name, text in {"_registry": VOCABULARY, "turkey": TURKEY, "laputa": LAPUTA}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def adding(folder: Path, *words: str, **more: Any) -> Terminal:
    return Terminal("add", *words, *DAY, cwd=folder, **more)


def through(terminal: Terminal, *questions: str, **answers: str) -> None:
    """Answer these questions, as they stand but for the answers named."""
    for question in questions:
        terminal.answer(question, answers.get(question))


# From the first question to the file


def test_a_whole_statement(registry: Path, tmp_path: Path) -> None:
    with_flags = Path(shutil.copytree(registry, tmp_path / "flags"))
    with adding(registry, "turkey") as terminal:
        terminal.asks("Date", TODAY)
        assert "Turkey" in terminal.screen.text
        terminal.answer("Date", "yesterday")
        terminal.complete("Speaker", "ay", "Minister of Fisheries", "Ayşe Kaya")
        terminal.asks("Office", "Minister of Fisheries")
        terminal.type("\r")
        terminal.answer("Occasion", "at sea: off # the coast")
        terminal.asks("Attribution", "official")
        terminal.type("\r")
        terminal.complete("Stance", "agr", "Says that it will stop.", "agrees")
        terminal.answer("Summary", "Türkiye agrees, once there is a treaty.")
        terminal.answer("Quote", '"We stop", no: later')
        terminal.complete("Requires", "tre", "All neighbours sign.", "treaty")
        terminal.answer("and", "compensation:after=treaty:note=in writing, twice: yes")
        terminal.answer("and")
        terminal.complete("Drops", "comp", "Fishers are paid", "compensation")
        terminal.answer("and")
        terminal.answer("Offers", "patrols=10..20:note=in summer")
        terminal.answer("and")
        terminal.complete("Withdraws", "pat", "Boats at sea.", "patrols")
        terminal.answer("and")
        terminal.answer("Rules out")
        terminal.complete("Reopens", "mo", "Money", "money")
        terminal.answer("and")
        terminal.answer("Source", "https://example.net/a?b=c#d")
        terminal.complete("Publisher", "gaz", "Fish Gazette", "Fish Gazette")
        terminal.answer("Title", "Evet")
        terminal.answer("Published", "2025-11")
        terminal.asks("Language", "tr")
        terminal.type("\r")
        terminal.answer("and source", "https://example.com/second")
        through(terminal, *SOURCE[1:])
        terminal.answer("Note", "coded so")
        terminal.asks(WRITE)
        shown = terminal.screen.text
        assert tree(registry) == tree(with_flags), "nothing is written yet"
        terminal.type("\r")
        assert terminal.end() == 0
    flags = [
        *("--date", "2025-11-29", "--speaker", "Ayşe Kaya", "--office", "Minister of Fisheries"),
        *("--occasion", "at sea: off # the coast", "--stance", "agrees"),
        *("--summary", "Türkiye agrees, once there is a treaty.", "--quote", '"We stop", no: later'),
        *("--require", "treaty", "--require", "compensation:after=treaty:note=in writing, twice: yes"),
        *("--drop", "compensation", "--offer", "patrols=10..20:note=in summer", "--withdraw", "patrols", "--reopen", "money"),
        *("--source", "https://example.net/a?b=c#d", "--source", "https://example.com/second"),
        *("--publisher", "Fish Gazette", "--title", "Evet", "--source-date", "2025-11", "--lang", "tr", "--note", "coded so"),
    ]
    said = stancectl("add", "turkey", *flags, *DAY, cwd=with_flags)
    assert (said.stdout, said.returncode) == ("turkey/2025-11-29-kaya\n", 0), said.stderr
    assert tree(registry) == tree(with_flags)
    new = (registry / "turkey.yaml").read_text(encoding="utf-8").removeprefix(TURKEY).strip("\n")
    assert [line.rstrip() for line in new.splitlines()] == _lines_from(shown, "  - id: 2025-11-29-kaya")
    assert re.search(r"Turkey\s+\S undecided → \S agrees", shown)
    assert re.search(r"\+ Treaty", shown)


def _lines_from(shown: str, first: str) -> list[str]:
    """The lines of a screen from that one up to the next blank one."""
    _, _, rest = shown.partition(f"\n{first}\n")
    return [first, *rest.partition("\n\n")[0].splitlines()]


def test_what_has_to_be_said_is_enough(registry: Path, tmp_path: Path) -> None:
    with_flags = Path(shutil.copytree(registry, tmp_path / "flags"))
    with adding(registry, "laputa") as terminal:
        answers = {"Speaker": "The Queen", "Summary": "No.", "Source": "https://example.net/x"}
        through(terminal, *BEFORE, "Requires", "Offers", "Rules out", *SOURCE, "Note", **answers)
        terminal.asks(WRITE)
        assert "position stays as it is" in terminal.screen.text
        terminal.type("y\r")
        assert terminal.end() == 0
        assert not any(name in terminal.screen.text for name in ("Drops", "Withdraws", "Reopens"))
    flags = ("--date", "today", "--speaker", "The Queen", "--summary", "No.", "--source", "https://example.net/x")
    assert stancectl("add", "laputa", *flags, *DAY, cwd=with_flags).returncode == 0
    assert tree(registry) == tree(with_flags)
    assert "attribution" not in (registry / "laputa.yaml").read_text(encoding="utf-8").removeprefix(LAPUTA)


def test_flags_stand_as_answers(registry: Path, tmp_path: Path) -> None:
    with_flags = Path(shutil.copytree(registry, tmp_path / "flags"))
    flags = {
        "--date": "2025-10~",
        "--office": "Captain",
        "--occasion": "a dinner",
        "--attribution": "reported",
        "--stance": "Refuses",
        "--summary": "Said no.",
        "--quote": "no",
        "--note": "hm",
        "--id": "no-dinner",
    }
    lists = {"--require": ["treaty", "compensation"], "--rule-out": ["patrols"], "--responds-to": ["laputa/2025-01-01-king"]}
    sources = {
        "--source": ["https://example.net/1", "https://example.net/2"],
        "--publisher": ["A", "B"],
        "--archived": ["https://example.com/archived"],
    }
    words = [word for flag, text in flags.items() for word in (flag, text)]
    words += [word for several in (lists, sources) for flag, texts in several.items() for text in texts for word in (flag, text)]
    with adding(registry, "turkey", *words) as terminal:
        terminal.asks("Date", "2025-10~")
        terminal.type("\r")
        terminal.answer("Speaker", "Somebody")
        expected = [
            *(("Office", "Captain"), ("Occasion", "a dinner"), ("Attribution", "reported"), ("Stance", "Refuses")),
            *(("Summary", "Said no."), ("Quote", "no"), ("Requires", "treaty"), ("and", "compensation"), ("and", "")),
            *(("Drops", ""), ("Offers", ""), ("Withdraws", ""), ("Rules out", "patrols"), ("and", ""), ("Reopens", "")),
            *(("Source", "https://example.net/1"), ("Publisher", "A"), ("Title", ""), ("Published", ""), ("Language", "")),
            *(("and source", "https://example.net/2"), ("Publisher", "B"), ("Title", ""), ("Published", ""), ("Language", "")),
            *(("and source", ""), ("Note", "hm")),
        ]
        for question, answer in expected:
            terminal.asks(question, answer)
            terminal.type("\r")
        terminal.answer(WRITE)
        assert terminal.end() == 0
    assert stancectl("add", "turkey", *words, "--speaker", "Somebody", *DAY, cwd=with_flags).returncode == 0
    assert tree(registry) == tree(with_flags)


def test_change_goes_through_the_answers_again(registry: Path, tmp_path: Path) -> None:
    with_flags = Path(shutil.copytree(registry, tmp_path / "flags"))
    with adding(registry, "turkey") as terminal:
        answers = {"Date": "2025-11-01", "Speaker": "Somebody", "Office": "Nobody", "Attribution": "document"}
        through(terminal, *BEFORE, **answers, Summary="First.")
        terminal.answer("Requires", "treaty")
        terminal.answer("and", "compensation:note=x")
        through(terminal, "and", *LISTS[1:])
        through(terminal, *SOURCE, "Note", Source="https://example.net/1", Publisher="Someone", Note="hm")
        terminal.answer(WRITE, "change")
        for question in BEFORE[:6]:
            terminal.asks(question, answers.get(question, ""))
            terminal.type("\r")
        terminal.asks("Summary", "First.")
        terminal.answer("Summary", "Second.")
        through(terminal, "Quote")
        terminal.asks("Requires", "treaty")
        terminal.answer("Requires")
        terminal.asks("and", "compensation:note=x")
        terminal.clear("and")
        terminal.type("\r")
        through(terminal, *LISTS[1:])
        terminal.asks("Source", "https://example.net/1")
        terminal.answer("Source")
        terminal.asks("Publisher", "Someone")
        through(terminal, *SOURCE[1:])
        terminal.asks("Note", "hm")
        through(terminal, "Note", WRITE)
        assert terminal.end() == 0
    flags = [
        *("--date", "2025-11-01", "--speaker", "Somebody", "--office", "Nobody", "--attribution", "document"),
        *("--summary", "Second.", "--require", "treaty", "--source", "https://example.net/1", "--publisher", "Someone"),
    ]
    assert stancectl("add", "turkey", *flags, "--note", "hm", *DAY, cwd=with_flags).returncode == 0
    assert tree(registry) == tree(with_flags)


def test_what_was_taken_away_stays_away(registry: Path) -> None:
    with adding(registry, "turkey", *GIVEN) as terminal:
        through(terminal, *ALL[:2])
        terminal.asks("Office", "Minister of Fisheries")
        terminal.clear("Office")
        through(terminal, *ALL[2:])
        terminal.answer(WRITE, "change")
        terminal.asks("Date")
        through(terminal, *ALL[:2])
        terminal.asks("Office")
        terminal.until(lambda screen: "The person's title." in screen.below)
        assert terminal.screen.here.strip() == "Office"


def test_no_writes_nothing(registry: Path) -> None:
    before = tree(registry)
    with adding(registry, "turkey", *GIVEN) as terminal:
        through(terminal, *ALL)
        terminal.answer(WRITE, "N")
        assert terminal.end() == 1
    assert tree(registry) == before


def test_a_rehearsal_writes_nothing(registry: Path) -> None:
    before = tree(registry)
    with adding(registry, "turkey", *GIVEN, "--dry-run") as terminal:
        through(terminal, *ALL)
        assert (terminal.end(), "Nothing is written" in terminal.screen.text) == (1, True)
    assert tree(registry) == before


def test_a_registry_that_changes_meanwhile_keeps_both_statements(registry: Path) -> None:
    with adding(registry, "turkey", *GIVEN) as terminal:
        through(terminal, *ALL)
        terminal.asks(WRITE)
        flags = ("--date", "2025-11-29", "--speaker", "Other", "--summary", "x", "--source", "https://example.org/x")
        assert stancectl("add", "turkey", *flags, cwd=registry).returncode == 0
        terminal.type("\r")
        assert terminal.end() == 0
    text = (registry / "turkey.yaml").read_text(encoding="utf-8")
    assert "id: 2025-11-29-other\n" in text
    assert "id: 2025-11-30-kaya\n" in text


def test_a_script_gets_the_reference_while_a_person_is_asked(registry: Path) -> None:
    with adding(registry, "turkey", *GIVEN, stdout=subprocess.PIPE) as terminal:
        through(terminal, *ALL)
        terminal.asks(WRITE)
        assert "  - id: 2025-11-30-kaya\n" in terminal.screen.text
        terminal.type("\r")
        assert terminal.end() == 0
        assert terminal.process.stdout is not None
        assert terminal.process.stdout.read() == b"turkey/2025-11-30-kaya\n"


def test_nobody_is_asked_who_cannot_see_the_question(registry: Path) -> None:
    with adding(registry, "turkey", *GIVEN, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as terminal:
        assert terminal.process.stdout is not None
        assert os.read(terminal.process.stdout.fileno(), 1) == b""
        assert terminal.end() == 2


# Answers that cannot be right


WRONG = [
    # a question, what is typed, and what is said
    ("Date", "soon", "`soon` is no date"),
    ("Date", "2025-02-30", "`2025-02-30`"),
    ("Speaker", "", "needed"),
    ("Date", "2127-01-01", "still to come"),
    ("Attribution", "offical", "did you mean `official`"),
    ("Stance", "agreed", "did you mean `agrees`"),
    ("Summary", "  ", "needed"),
    ("Requires", "treaties", "did you mean `treaty`"),
    ("Requires", "treaty:because=x", "is no part of this"),
    ("Requires", "treaty:after=peace", "`peace` is no precondition"),
    ("Drops", "treatie", "is no precondition"),
    ("Offers", "submarines", "is no contribution"),
    ("Offers", "patrols=many", "is no number of people"),
    ("Rules out", "submarines", "is no contribution"),
    ("Source", "", "needed"),
    ("Source", "example.org", "no web address"),
    ("Source", "https://example.org/a b", "no web address"),
    ("Published", "yesterday-ish", "is no date"),
    ("Language", "english", "is no language"),
    ("Language", "xx", "is no language"),
    ("and source", "and so on", "no web address"),
    (WRITE, "maybe", "answer YES/change/no"),
]
RIGHT = {"Speaker": "Somebody", "Attribution": "official", "Summary": "x", "Source": "https://example.org/1", "Date": "2025-11"}


def test_a_wrong_answer_is_refused_and_can_be_corrected(registry: Path) -> None:
    before = tree(registry)
    with adding(registry, "turkey") as terminal:
        for question in [*ALL, WRITE]:
            terminal.asks(question)
            for wrong, told in [case[1:] for case in WRONG if case[0] == question]:
                terminal.clear(question)
                terminal.type(wrong)
                terminal.asks(question, wrong.rstrip())
                terminal.type("\r")
                terminal.until_text(told)
                terminal.asks(question, wrong.rstrip())
            terminal.answer(question, RIGHT.get(question, "n" if question == WRITE else ""))
        assert terminal.end() == 1
    assert tree(registry) == before


@pytest.mark.parametrize(
    ("question", "wrong", "then"),
    [("Published", "2027", "Language"), ("Requires", "treaty:after=treaty", "and")],
)
def test_what_check_calls_an_error_is_refused_too(question: str, wrong: str, then: str, registry: Path) -> None:
    before = tree(registry)
    with adding(registry, "turkey", *GIVEN) as terminal:
        through(terminal, *ALL[: ALL.index(question)])
        terminal.answer(question, wrong)
        through(terminal, *([then] if then == "and" else []), *ALL[ALL.index(question) + 1 :])
        terminal.answer("What now? [CHANGE/no]", "no")
        assert (terminal.end(), "error: " in terminal.screen.text) == (1, True)
    assert tree(registry) == before


@pytest.mark.parametrize(("flag", "text"), [("--responds-to", "nobody/x"), ("--id", "2025-03-02-kaya")])
def test_a_flag_that_is_wrong_is_told_before_or_can_be_corrected(flag: str, text: str, registry: Path) -> None:
    with adding(registry, "turkey", *GIVEN, flag, text) as terminal:
        for question in ALL:
            terminal.until(lambda screen, now=question: now in screen.here or "error" in screen.text)  # type: ignore[misc]
            if "error" in terminal.screen.text:
                break
            terminal.type("\r")
            if question == "Note":
                terminal.until(lambda screen: WRITE in screen.text or "error" in screen.text)
        assert "Occasion" not in terminal.screen.text or WRITE in terminal.screen.text


# Leaving


LEFT = [
    # the words, the questions up to the one at which somebody leaves
    ([], ["Country"]),
    (["turkey"], ["Date"]),
    (["turkey"], ALL[:2]),
    (["turkey"], [*ALL[:8], "Requires treaty", "and"]),
    (["turkey"], ALL[:20]),
    (["turkey"], [*ALL, WRITE]),
    (["Freedonia"], ["Begin a file for Freedonia? [yes/NO]"]),
    (["Freedonia"], ["Begin a file for Freedonia? [yes/NO] yes", "ISO code"]),
]
LEAVING = [
    pytest.param(keys, *case, id=f"{name} at {case[1][-1].partition('?')[0]}")
    for name, keys, cases in (("Ctrl-C", "\x03", LEFT), ("Ctrl-D", "\x04", [LEFT[0], LEFT[3], LEFT[5]]))
    for case in cases
]
"""Where something stands already, Ctrl-D deletes a letter of it."""


@pytest.mark.parametrize(("keys", "words", "questions"), LEAVING)
def test_leaving_writes_nothing(keys: str, words: list[str], questions: list[str], registry: Path) -> None:
    before = tree(registry)
    flags = GIVEN[2:] if questions[-1] == "Speaker" else GIVEN
    with adding(registry, *words, *flags) as terminal:
        for question in questions[:-1]:
            name, _, answer = question.rpartition(" ") if question[-1].islower() and question not in ALL else (question, "", "")
            terminal.answer(name, answer or None)
        terminal.asks(questions[-1])
        terminal.type(keys)
        assert terminal.end() == 130
        assert "Traceback" not in terminal.screen.text
        assert "rror" not in terminal.screen.text
    assert tree(registry) == before


# Countries


def test_a_country_that_was_not_named_is_asked_for(registry: Path) -> None:
    with adding(registry, *GIVEN) as terminal:
        terminal.answer("Country")
        terminal.until_text("this is needed")
        terminal.complete("Country", "tur", "Turkey", "turkey")
        terminal.asks("Date")
        assert "A statement of Turkey." in terminal.screen.text


def test_a_country_is_found_by_any_of_its_names(registry: Path) -> None:
    with adding(registry, *GIVEN) as terminal:
        terminal.answer("Country", "TÜRKİYE")
        terminal.asks("Date")
        assert "A statement of Turkey." in terminal.screen.text


def test_a_country_that_is_not_there_is_begun_or_another_named(registry: Path) -> None:
    with adding(registry, "Sweden", *GIVEN) as terminal:
        terminal.asks("Begin a file for Sweden? [yes/NO]")
        assert "`Sweden` is no country here" in terminal.screen.text
        terminal.type("\r")
        terminal.answer("Country", "finland")
        terminal.answer("Begin a file for finland? [yes/NO]", "y")
        through(terminal, *BEFORE, "Requires", "Offers", "Rules out", *SOURCE, "Note", WRITE)
        assert terminal.end() == 0
    assert (registry / "finland.yaml").read_text(encoding="utf-8").startswith("country: FI\nname: Finland\nstatements:\n")
    assert not (registry / "sweden.yaml").exists()


def test_a_country_of_a_group_is_begun_at_once(registry: Path, tmp_path: Path) -> None:
    with_flags = Path(shutil.copytree(registry, tmp_path / "flags"))
    with adding(registry, "norge"[:2], *GIVEN) as terminal:
        terminal.asks("Date")
        assert "Norway (NO) will have the file norway.yaml." in terminal.screen.text
        through(terminal, *BEFORE, "Requires", "Offers", "Rules out", *SOURCE, "Note", WRITE)
        assert terminal.end() == 0
    assert stancectl("add", "norway", *GIVEN, "--date", "today", *DAY, cwd=with_flags).returncode == 0
    assert tree(registry) == tree(with_flags)


def test_the_first_line_names_a_new_country_by_its_name(registry: Path) -> None:
    with adding(registry, "no", *GIVEN) as terminal:
        terminal.asks("Date")
        assert "A statement of Norway." in terminal.screen.text


def test_an_unknown_country_is_asked_for_its_code(registry: Path) -> None:
    with adding(registry, "Freedonia", *GIVEN) as terminal:
        terminal.answer("Begin a file for Freedonia? [yes/NO]", "yes")
        terminal.answer("ISO code", "Freedonia")
        terminal.until_text("is no country's code")
        terminal.answer("ISO code", "XF")
        through(terminal, *BEFORE, "Requires", "Offers", "Rules out", *SOURCE, "Note", WRITE)
        assert terminal.end() == 0
    assert (registry / "freedonia.yaml").read_text(encoding="utf-8").startswith("country: XF\nname: Freedonia\n")


def test_new_and_code_by_flags_leave_nothing_to_ask(registry: Path) -> None:
    with adding(registry, "Freedonia", "--new", "--code", "XF", "--name", "Free Donia", *GIVEN) as terminal:
        through(terminal, *BEFORE, "Requires", "Offers", "Rules out", *SOURCE, "Note", WRITE)
        assert terminal.end() == 0
    assert (registry / "free-donia.yaml").read_text(encoding="utf-8").startswith("country: XF\nname: Free Donia\n")


def test_a_code_that_is_taken_is_refused_with_the_reason(registry: Path) -> None:
    with adding(registry, "Freedonia", *GIVEN) as terminal:
        terminal.answer("Begin a file for Freedonia? [yes/NO]", "yes")
        terminal.answer("ISO code", "XL")
        terminal.until(lambda screen: "laputa" in screen.text.lower() or screen.text.count("ISO code") > 1)
        assert "laputa" in terminal.screen.text.lower()


def test_a_name_that_is_taken_is_refused_with_the_reason(registry: Path) -> None:
    with adding(registry, "Foo", "--code", "XF", "--name", "Laputa", *GIVEN) as terminal:
        terminal.until(lambda screen: screen.here or "error" in screen.text)
        assert "laputa" in terminal.screen.text.lower()


# What is asked


def test_only_what_is_in_force_can_be_taken_back(registry: Path) -> None:
    with adding(registry, "turkey", *GIVEN) as terminal:
        through(terminal, *ALL[: ALL.index("Drops")])
        terminal.asks("Drops", "")
        terminal.type("e")  # both preconditions hold one
        terminal.until_text("Fishers are paid")
        assert "All neighbours sign." not in terminal.screen.text
        terminal.clear("Drops")
        through(terminal, "Drops", "Offers")
        terminal.asks("Withdraws", "")
        terminal.type("\t")
        terminal.asks("Withdraws", "patrols")  # there is nothing else


COMPLETED = [
    # a question, what is typed, and what is and what is not offered then
    ("Speaker", "kaya", "Minister of Fisheries", "King"),
    ("Attribution", "anon", "anonymous", "dissenting"),
    ("Stance", "r", "refuses", "undecided"),
    ("Stance", "mind", "undecided", "refuses"),  # by its meaning
    ("Requires", "neighb", "treaty", "compensation"),
    ("Requires", "treaty:after=comp", "compensation", "All neighbours"),
    ("Publisher", "gaz", "Fish Gazette", "King"),
]


def test_what_is_typed_is_completed(registry: Path) -> None:
    with adding(registry, "turkey", *GIVEN) as terminal:
        for question in ALL[: ALL.index("Title")]:
            terminal.asks(question)
            before = terminal.screen.here.strip().removeprefix(question).strip()
            cases = [case[1:] for case in COMPLETED if case[0] == question]
            for typed, offered, not_offered in cases:
                terminal.clear(question)
                terminal.type(typed)
                terminal.asks(question, typed)
                terminal.until_text_below(offered)
                assert not_offered not in terminal.screen.below
            terminal.answer(question, before if cases else None)


def test_what_a_question_is_about_stands_at_the_bottom(registry: Path) -> None:
    with adding(registry, "turkey", *GIVEN) as terminal:
        through(terminal, *ALL[: ALL.index("Requires")])
        terminal.until_text("Preconditions stated or restated.")
        terminal.until_text("[:after=ID,ID]")
        terminal.answer("Requires")
        terminal.until_text("Preconditions withdrawn.")


# Terminals of other kinds, and texts that would steer one


def test_a_terminal_that_does_not_tell_where_its_cursor_is(registry: Path) -> None:
    with adding(registry, "turkey", *GIVEN, env={"PROMPT_TOOLKIT_NO_CPR": "1"}) as terminal:
        through(terminal, *ALL, WRITE)
        assert terminal.end() == 0
    assert "id: 2025-11-30-kaya\n" in (registry / "turkey.yaml").read_text(encoding="utf-8")


def test_on_a_terminal_that_only_prints_nothing_is_asked(registry: Path) -> None:
    with adding(registry, "turkey", "--date", "2025-11-30", env={"TERM": "dumb"}) as terminal:
        assert terminal.end() == 2
    assert "needs --speaker, --summary, --source too" in terminal.screen.text
    assert "\x1b" not in terminal.sent


EVIL = r'"evil \u202Egnp.exe \e]0;pwned\a \x9b31m\u2066 end"'
PLACES = [
    # what is in its place, the question at which it shows, and what is typed there
    ("name: Turkey", "Date", ""),
    ("speaker: Ayşe Kaya", "Speaker", "ev"),
    ("office: Minister of Fisheries", "Office", ""),
    ("publisher: Fish Gazette", "Publisher", "ev"),
]


def put(folder: Path, place: str) -> None:
    """Have something evil stand at a place in the registry."""
    before = tree(folder)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(place, f"{place.partition(':')[0]}: {EVIL}"), encoding="utf-8")
    assert tree(folder) != before


@pytest.mark.parametrize(
    ("place", "question", "typed"),
    PLACES,
)
def test_names_of_the_registry_never_steer_the_terminal(place: str, question: str, typed: str, registry: Path) -> None:
    put(registry, place)
    with adding(registry, "turkey", *GIVEN) as terminal:
        through(terminal, *ALL[: ALL.index(question)])
        if typed:
            terminal.clear(question)
            terminal.type(typed)
        terminal.asks(question)
        assert RAW.findall(terminal.sent) == []


def test_words_of_the_vocabulary_never_steer_the_terminal(registry: Path) -> None:
    for place in ("Says that it will stop.", "All neighbours sign.", "Boats at sea."):
        put(registry, f"meaning: {place}")
    for place in ("Undecided", "Refuses", "Compensation", "Treaty", "Money"):
        put(registry, f"label: {place}")
    with adding(registry, "turkey", *GIVEN) as terminal:
        through(terminal, *ALL[: ALL.index("Stance")])
        for question in ALL[ALL.index("Stance") :]:
            terminal.asks(question)
            if typed := {"Stance": "agr", "Requires": "tre", "Offers": "pat", "Reopens": "mo"}.get(question):
                terminal.type(typed)
                terminal.until_text_below("evil")
                terminal.until_text_below("evil")
                terminal.clear(question)
            terminal.answer(question, "refuses" if question == "Stance" else None)
        terminal.answer(WRITE)
        assert terminal.end() == 0
        assert "→" in terminal.screen.text
        assert RAW.findall(terminal.sent) == []


# `init`


def test_init_asks_what_it_has_to_know(tmp_path: Path) -> None:
    with Terminal("init", "cod-war", "--today", TODAY, cwd=tmp_path) as terminal:
        terminal.asks("Topic", "Cod war")
        terminal.type("\r")
        terminal.answer("Question", "Who stops fishing?")
        terminal.asks("Stances", "For, Conditional, Undecided, Against")
        terminal.answer("Stances", "Stop, stop")
        terminal.until_text("two stances would have one id")
        terminal.answer("Stances", "Stops, Goes on")
        terminal.answer("Countries", "Norwey")
        terminal.until_text("did you mean `Norway`")
        terminal.answer("Countries", "Norway, IS")
        assert terminal.end() == 0
    flags = ("--topic", "Cod war", "--question", "Who stops fishing?", "--stances", "Stops,Goes on", "--countries", "NO,IS")
    assert stancectl("init", "flags", *flags, "--today", TODAY, cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "cod-war") == tree(tmp_path / "flags")
    assert stancectl("check", "--warnings-as-errors", "--today", TODAY, "cod-war", cwd=tmp_path).returncode == 0


def test_init_has_a_default_for_everything(tmp_path: Path) -> None:
    with Terminal("init", "cod", cwd=tmp_path) as terminal:
        through(terminal, "Topic", "Question", "Stances", "Countries")
        assert terminal.end() == 0
    assert stancectl("init", "piped/cod", cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "cod") == tree(tmp_path / "piped/cod")


def test_init_asks_for_what_no_flag_says(tmp_path: Path) -> None:
    with Terminal("init", "cod", "--topic", "x", "--stances", "a,b", cwd=tmp_path) as terminal:
        through(terminal, "Question", "Countries")
        assert terminal.end() == 0
        assert "Topic" not in terminal.screen.text
    flags = ("--topic", "x", "--question", "y", "--stances", "a,b", "--countries", "")
    with Terminal("init", "r", *flags, cwd=tmp_path) as terminal:
        assert terminal.end() == 0
        assert "Countries" not in terminal.screen.text


@pytest.mark.parametrize(("keys", "question"), [("\x03", "Countries"), ("\x04", "Question")])
def test_leaving_init_makes_nothing(keys: str, question: str, tmp_path: Path) -> None:
    with Terminal("init", "cod", cwd=tmp_path) as terminal:
        questions = ["Topic", "Question", "Stances", "Countries"]
        through(terminal, *questions[: questions.index(question)])
        terminal.asks(question, "")
        terminal.type(keys)
        assert terminal.end() == 130
    assert list(tmp_path.iterdir()) == []


def test_a_registry_that_is_there_is_refused_before_anything_is_asked(registry: Path) -> None:
    with Terminal("init", ".", cwd=registry) as terminal:
        assert terminal.end() == 2
        assert "Topic" not in terminal.screen.text


def test_a_place_that_cannot_be_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with Terminal("init", "file", cwd=tmp_path) as terminal:
        terminal.until(lambda screen: "Topic" in screen.text or "error" in screen.text)
        assert "Topic" not in terminal.screen.text


# In a pipe nobody is asked, and nothing that asks is loaded


PROGRAM = """
import sys
from stancectl.cli.main import run
for line in sys.stdin.read().splitlines():
    code = run(line.split("|"))
    loaded = sorted(name for name in sys.modules if name == "prompt_toolkit" or name.startswith("prompt_toolkit."))
    print(line, code, loaded[:1], file=sys.stderr)
    for name in [name for name in sys.modules if "prompt_toolkit" in name or name == "stancectl.cli.questions"]:
        del sys.modules[name]
"""
ADDING = "|--date|today|--speaker|x|--summary|x|--source|https://example.org/"
PIPED = {
    # a command, and how it ends
    "list": 0,
    "show|turkey": 0,
    "why|turkey|compensation": 0,
    "timeline": 0,
    "diff|--since|1y": 0,
    "log": 2,  # this registry is not in git
    "compare|turkey|laputa": 0,
    "preconditions": 0,
    "whatif": 0,
    "search|fish": 0,
    "sources": 0,
    "stats": 0,
    "check": 0,
    "schema": 0,
    "init|new": 0,
    f"add|turkey{ADDING}": 0,
    f"add|laputa|-n{ADDING}": 0,
    "add|turkey|--date|today": 2,
    "add|turkey": 2,
    "add|nobody": 2,
    "edit|turkey": 0,
    "fmt": 0,
}


def loaded_by(lines: list[str], cwd: Path, editor: str) -> list[str]:
    """For each line how it ended, and a module that asks questions if one was loaded for it."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=cwd,
        env=environment({"EDITOR": editor, "VISUAL": ""}),
        input="\n".join(lines).encode(),
        capture_output=True,
        timeout=DEADLINE,
        check=False,
    )
    told = done.stderr.decode().splitlines()
    return [line for line in told if re.search(r" [0-9]+ \[.*\]$", line)]


def test_no_command_loads_questions_in_a_pipe(registry: Path) -> None:
    assert list(dict.fromkeys(each.partition("|")[0] for each in PIPED)) == list(COMMANDS)
    assert loaded_by(list(PIPED), registry, "true") == [f"{line} {code} []" for line, code in PIPED.items()]


def test_edit_of_something_invalid_loads_no_questions_in_a_pipe(registry: Path) -> None:
    assert loaded_by(["edit|turkey"], registry, "sed -i s/undecided/undecidd/") == ["edit|turkey 2 []"]
