"""`stancectl add`: what is typed or piped in becomes a statement at its place, and nothing else changes."""

import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from building import FOLDER, Plain, dates, numbered, statements_of
from running import stancectl
from shell import Said, run
from stancectl.analysis.positions import Position
from stancectl.cli.main import run as command_line
from stancectl.model.dates import PartialDate
from stancectl.model.statements import ATTRIBUTIONS, Statement
from stancectl.registry.files import File
from stancectl.registry.formatting import formatted, meaning
from stancectl.registry.ids import new_id
from stancectl.registry.insert import inserted, statement_spans
from stancectl.registry.load import load
from stancectl.registry.strict_yaml import parse
from turkey import ADDED, NEEDED, TURKEY

VOCABULARY = """\
format: 1
topic: a force
stances:
  willing: {label: Would join, takes_part: true}
  opposed: {label: Opposed, refuses: true}
preconditions:
  ceasefire: {label: Ceasefire}
  mandate: {label: Legal mandate}
contributions:
  naval: {label: Ships}
  troops: {label: Troops on land}
groups:
  north: [IS, "NO"]
"""
PLAIN: Plain = {
    "date": "2025-11-27",
    "speaker": "Yaşar Güler",
    "summary": "Not yet.",
    "sources": [{"url": "https://example.org/a"}],
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with a small registry in `positions/` and a cache folder of its own."""
    (tmp_path / "positions").mkdir()
    write("_registry", VOCABULARY, tmp_path)
    write("turkey", TURKEY, tmp_path)
    write("france", TURKEY.replace("TR", "FR").replace("Turkey", "France").replace("aliases: [Türkiye]\n", ""), tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("STANCECTL_REGISTRY", raising=False)
    return tmp_path


def write(slug: str, text: str | bytes, folder: Path = Path()) -> None:
    (folder / "positions" / f"{slug}.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())


def held(slug: str = "turkey") -> str:
    """What a country's file holds."""
    return (Path("positions") / f"{slug}.yaml").read_bytes().decode()


def everything() -> dict[str, tuple[int, bytes]]:
    """Every file of the registry, when it was written and what it holds."""
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in Path("positions").iterdir() if path.is_file()}


def add(*words: str, stdin: str | bytes = b"") -> Said:
    """What `stancectl add WORDS` says in the folder we are in, with stdin and stdout in pipes; from this process."""
    typed, said, told = BytesIO(stdin if isinstance(stdin, bytes) else stdin.encode()), BytesIO(), BytesIO()
    with TextIOWrapper(typed) as into, TextIOWrapper(said, newline="") as out, TextIOWrapper(told, newline="") as beside:
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(beside):
            patch.setattr(sys, "stdin", into)
            code = command_line(["add", *words])
        out.flush()
        beside.flush()
        return Said(said.getvalue().decode(), told.getvalue().decode(), code)


def flags(line: str) -> list[str]:
    return shlex.split(line)


# Flags


SETS = {
    # flags beside the needed ones: the lines that they add to the statement
    "--office 'Minister: defence'": 'office: "Minister: defence"',
    "--occasion 'weekly briefing'": "occasion: weekly briefing",
    "--attribution reported": "attribution: reported",
    "--stance willing": "stance: willing",
    "--stance 'would join'": "stance: willing",
    "--stance OPPOSED": "stance: opposed",
    "--quote 'No: not yet'": 'quote: "No: not yet"',
    "--quote yes": 'quote: "yes"',
    "--quote ''": "",
    "--note 'Seen on paper.'": "note: Seen on paper.",
    "--require ceasefire": "requires: [ceasefire]",
    "--require 'Legal mandate' --require Ceasefire": "requires: [mandate, ceasefire]",
    "--require ceasefire --require mandate:after=ceasefire": (
        "requires:|  - ceasefire|  - condition: mandate|    after: [ceasefire]"
    ),
    "--require Ceasefire --require 'legal mandate:after=Ceasefire:note=a, b: c'": (
        'requires:|  - ceasefire|  - condition: mandate|    after: [ceasefire]|    note: "a, b: c"'
    ),
    "--require 'mandate : note = of the UN : after=ceasefire'": (
        'requires:|  - condition: mandate|    note: "of the UN : after=ceasefire"'
    ),
    "--require ceasefire --require mandate:note=x": "requires:|  - ceasefire|  - condition: mandate|    note: x",
    "--drop ceasefire --drop 'legal mandate'": "drops: [ceasefire, mandate]",
    "--offer naval": "offers: [naval]",
    "--offer ships --offer troops=1000": "offers:|  - naval|  - kind: troops|    personnel: 1000",
    "--offer 'troops on land=6000..10000'": "offers:|  - kind: troops|    personnel: {min: 6000, max: 10000}",
    "--offer troops=6000-10000": "offers:|  - kind: troops|    personnel: {min: 6000, max: 10000}",
    "--offer troops=6000..": "offers:|  - kind: troops|    personnel: {min: 6000}",
    "--offer troops=..10000": "offers:|  - kind: troops|    personnel: {max: 10000}",
    "--offer troops=5..5": "offers:|  - kind: troops|    personnel: 5",
    "--offer 'troops= 1000 :note=in rear areas: none = near'": (
        'offers:|  - kind: troops|    personnel: 1000|    note: "in rear areas: none = near"'
    ),
    "--offer naval:note=two": "offers:|  - kind: naval|    note: two",
    "--withdraw ships": "withdraws: [naval]",
    "--rule-out troops --rule-out naval": "rules_out: [troops, naval]",
    "--reopen 'Troops on land'": "reopens: [troops]",
    "--responds-to france/2025-03-06-mod": "responds_to: [france/2025-03-06-mod]",
    "--publisher AA --title 'It is: so' --source-date 2025-11~ --lang tr --archived https://example.org/b": (
        '    publisher: AA|    title: "It is: so"|    date: 2025-11~|    lang: tr|    archived: https://example.org/b'
    ),
}


@pytest.mark.parametrize(("more", "lines"), SETS.items(), ids=SETS)
def test_a_flag_adds_its_lines_and_no_others(more: str, lines: str) -> None:
    assert add("turkey", *NEEDED, *flags(more)) == Said("turkey/2025-11-27-guler\n", "", 0)
    assert held().startswith(TURKEY)
    new, plain = held().removeprefix(TURKEY).splitlines(), ADDED.splitlines()
    assert [line for line in new if line not in plain] == [f"    {line}" for line in lines.split("|") if line]
    assert [line for line in new if line in plain] == plain


ALL = """\
--office Minister --occasion briefing --attribution official --stance willing --quote Hm --require ceasefire --drop mandate
--offer naval --withdraw troops --rule-out troops --reopen naval --responds-to turkey/2025-03-06-mod --note Seen. --publisher A
--title B --source-date 2025-11-28 --lang en --archived https://example.org/c
--source https://example.org/2 --source https://example.org/3 --publisher C --lang "" --lang tr --title D --title E
"""
WHOLE = """\

  - id: 2025-11-27-guler
    date: 2025-11-27
    speaker: Yaşar Güler
    office: Minister
    occasion: briefing
    attribution: official
    stance: willing
    summary: Not yet.
    quote: Hm
    requires: [ceasefire]
    drops: [mandate]
    offers: [naval]
    withdraws: [troops]
    rules_out: [troops]
    reopens: [naval]
    responds_to: [turkey/2025-03-06-mod]
    sources:
      - url: https://example.org/a
        publisher: A
        title: B
        date: 2025-11-28
        lang: en
        archived: https://example.org/c
      - url: https://example.org/2
        publisher: C
        title: D
      - url: https://example.org/3
        title: E
        lang: tr
    note: Seen.
"""


def test_the_keys_stand_in_their_order_and_the_nth_publisher_belongs_to_the_nth_source() -> None:
    words = [*NEEDED, *flags(ALL)]
    assert add("Türkiye", *words).stderr == ""
    assert held() == TURKEY + WHOLE
    write("turkey", TURKEY)
    pairs = [words[place : place + 2] for place in range(0, len(words), 2)]
    by_flag = sorted(pairs, key=lambda pair: pair[0], reverse=True)  # those of one flag stay in their order
    assert add("Türkiye", *(word for pair in by_flag for word in pair)).stderr == ""
    assert held() == TURKEY + WHOLE


DATES = {
    # typed, with 2025-03-01 for today: the date in the file, and the id
    "2024-11-27": "2024-11-27 2024-11-27-guler",
    " 2024-11-27 ": "2024-11-27 2024-11-27-guler",
    "2024-11": "2024-11 2024-11-guler",
    "2024-11~": "2024-11~ 2024-11-guler",
    "2024-11-27?": "2024-11-27? 2024-11-27-guler",
    "2025": "2025 2025-guler",
    "2024-02-29": "2024-02-29 2024-02-29-guler",
    "today": "2025-03-01 2025-03-01-guler",
    "Today": "2025-03-01 2025-03-01-guler",
    "yesterday": "2025-02-28 2025-02-28-guler",
    "3d": "2025-02-26 2025-02-26-guler",
    "1y": "2024-03-01 2024-03-01-guler",
}


@pytest.mark.parametrize(("typed", "made"), DATES.items())
def test_a_date_is_written_as_typed_or_as_the_day_that_is_meant(typed: str, made: str) -> None:
    day, id = made.split()
    said = add("turkey", "--date", typed, *NEEDED[2:], "--today", "2025-03-01")
    assert said == Said(f"turkey/{id}\n", "", 0)
    assert f"  - id: {id}\n    date: {day}\n    speaker: Yaşar Güler\n" in held()


def test_a_country_goes_by_any_of_its_names() -> None:
    for name in ("turkey", "TR", "tr", "Türkiye", "TURKIYE", "Turkey"):
        assert add(name, *NEEDED).stdout.startswith("turkey/2025-11-27-guler")
    assert held("france").count("- id:") == 1


def test_an_id_may_be_given() -> None:
    assert add("turkey", *NEEDED, "--id", "mine").stdout == "turkey/mine\n"
    assert "\n  - id: mine\n    date: 2025-11-27\n" in held()


# What is wrong with flags

HELP = "see `stancectl add --help`"
ERRORS = {
    # what is typed behind `add`: what is told, a line each
    "turkey --date 2025-11-27": f"usage: a statement needs --speaker, --summary, --source too; {HELP}",
    "turkey --note x": f"usage: a statement needs --date, --speaker, --summary, --source too; {HELP}",
    "turkey {needed} --summary ''": f"usage: a statement needs --summary too; {HELP}",
    "turkey {needed} --source ''": "missing-key: `url` is missing; add `url:`",
    "turkey {needed} --date 2025-13-01": "invalid-date: `2025-13-01` is no date of the calendar; check year, month and day",
    "turkey {needed} --date soon": (
        "invalid-date: `soon` is no date; write 2025, 2025-03 or 2025-03-27, then ? or ~ if it is not certain"
    ),
    "turkey {needed} --date 2025-Q1": (
        "invalid-date: `2025-Q1` is no date; write 2025, 2025-03 or 2025-03-27, then ? or ~ if it is not certain"
    ),
    "turkey {needed} --stance willling": (
        "unknown-stance: `willling` is no stance here; did you mean `willing`? Known: willing, opposed"
    ),
    "turkey {needed} --require peace": "unknown-precondition: `peace` is no precondition here; known: ceasefire, mandate",
    "turkey {needed} --require mandate:after=peace": (
        "unknown-precondition: `peace` is no precondition here; known: ceasefire, mandate"
    ),
    "turkey {needed} --require mandate:before=ceasefire": (
        "usage: `before=ceasefire` is no part of this; write ID[:after=ID,ID][:note=TEXT]"
    ),
    "turkey {needed} --require mandate:note": "usage: `note` is no part of this; write ID[:after=ID,ID][:note=TEXT]",
    "turkey {needed} --drop naval": "unknown-precondition: `naval` is no precondition here; known: ceasefire, mandate",
    "turkey {needed} --offer tanks": "unknown-contribution: `tanks` is no contribution here; known: naval, troops",
    "turkey {needed} --offer troops=many": (
        "usage: `many` is no number of people; write =1000, =6000..10000, =6000.. or =..10000"
    ),
    "turkey {needed} --offer troops=": "usage: `` is no number of people; write =1000, =6000..10000, =6000.. or =..10000",
    "turkey {needed} --offer troops=..": "usage: `..` is no number of people; write =1000, =6000..10000, =6000.. or =..10000",
    "turkey {needed} --offer troops=1,000": (
        "usage: `1,000` is no number of people; write =1000, =6000..10000, =6000.. or =..10000"
    ),
    "turkey {needed} --offer troops=9..6": "invalid-number: `min` is greater than `max`; swap them",
    "turkey {needed} --offer troops:after=naval": (
        "usage: `after=naval` is no part of this; write KIND[=NUMBER or =MIN..MAX][:note=TEXT]"
    ),
    "turkey {needed} --withdraw tanks": "unknown-contribution: `tanks` is no contribution here; known: naval, troops",
    "turkey {needed} --attribution rumour": (
        "unknown-attribution: `rumour` is no attribution of this format; known: official, document, dissenting, anonymous, "
        "reported"
    ),
    "turkey {needed} --source nowhere": (
        "invalid-url: `nowhere` is no web address; write it whole: https:// or http://, a host, and no spaces"
    ),
    "turkey {needed} --source-date 2025-13": "invalid-date: `2025-13` is no date of the calendar; check year, month and day",
    "turkey {needed} --publisher A --publisher B": "usage: there are more --publisher than --source; give a --source for each",
    "turkey {needed} --source-date 2025 --source-date 2024": (
        "usage: there are more --source-date than --source; give a --source for each"
    ),
    "turkey {needed} --id 'Not one'": "invalid-id: `Not one` is no id; write lower-case letters, digits and single hyphens",
    "turkey {needed} --id 2025-03-06-mod": (
        "duplicate-id: `turkey/2025-03-06-mod` is there already; leave the id out to get a new one, or edit that one"
    ),
    "turkey {needed} --responds-to somebody": (
        "invalid-reference: `somebody` is no reference; write country/statement, as in turkey/2025-11-27-mod"
    ),
    "turkey {needed} --responds-to turkey/2025-03-06-mood": (
        "unknown-reference: there is no statement `turkey/2025-03-06-mood`; did you mean `2025-03-06-mod`?"
        " Known: 2025-03-06-mod, 2025-11-27-guler"
    ),
    "turkey {needed} --responds-to spain/2025-03-06-mod": (
        "unknown-reference: there is no statement `spain/2025-03-06-mod`; the registry has no spain.yaml"
    ),
    "turkey {needed} --offr naval": f"usage: No such option: --offr (Possible options: --color, --offer, --office); {HELP}",
    "turkey {needed} more": f"usage: Got unexpected extra argument(s) (more); {HELP}",
    "turkey {needed} --today never": (
        "invalid-date: `never` is no date to ask for;"
        " write 2025, 2025-Q1, 2025-03, 2025-03-27, today, yesterday, 30d, 6w, 3m or 1y (ago)"
    ),
    "turkey {needed} --registry nowhere": ("no-registry: there is no folder nowhere; name a folder that holds a _registry.yaml"),
    "{needed}": "usage: nothing says which country's statement this is; name COUNTRY, or write `country` beside it",
    "Spain {needed}": "unknown-country: `Spain` is no country here; --new begins a file for Spain",
    "": ("usage: stdin holds no statement; pipe one in, or name it with flags: --date, --speaker, --summary, --source"),
    "turkey {needed} --date x --stance y --require z --offer naval=a --offer b --rule-out c --title 1 --title 2": (
        "invalid-date: `x` is no date; write 2025, 2025-03 or 2025-03-27, then ? or ~ if it is not certain\n"
        "unknown-stance: `y` is no stance here; known: willing, opposed\n"
        "unknown-precondition: `z` is no precondition here; known: ceasefire, mandate\n"
        "usage: `a` is no number of people; write =1000, =6000..10000, =6000.. or =..10000\n"
        "unknown-contribution: `b` is no contribution here; known: naval, troops\n"
        "unknown-contribution: `c` is no contribution here; known: naval, troops\n"
        "usage: there are more --title than --source; give a --source for each"
    ),
    "turkey --date x --title 1": (
        "invalid-date: `x` is no date; write 2025, 2025-03 or 2025-03-27, then ? or ~ if it is not certain\n"
        "usage: there are more --title than --source; give a --source for each\n"
        f"usage: a statement needs --speaker, --summary, --source too; {HELP}"
    ),
    "turkey {needed} --source nowhere --source elsewhere --attribution rumour --lang en --archived gone": (
        "unknown-attribution: `rumour` is no attribution of this format; known: official, document, dissenting, anonymous, "
        "reported\n"
        "invalid-url: `gone` is no web address; write it whole: https:// or http://, a host, and no spaces\n"
        "invalid-url: `nowhere` is no web address; write it whole: https:// or http://, a host, and no spaces\n"
        "invalid-url: `elsewhere` is no web address; write it whole: https:// or http://, a host, and no spaces"
    ),
}


def typed_words(line: str) -> list[str]:
    """The words of a line, with what a statement needs for `{needed}`."""
    return [word for each in flags(line) for word in (NEEDED if each == "{needed}" else [each])]


@pytest.mark.parametrize(("line", "told"), ERRORS.items(), ids=ERRORS)
def test_what_is_wrong_is_told_and_nothing_is_written(line: str, told: str) -> None:
    before = everything()
    said = add(*typed_words(line))
    expected = [re.sub(r"^([a-z-]+): ", r"stancectl: error[\1]: ", each) for each in told.splitlines()]
    assert (sorted(said.stderr.splitlines()), said.stdout, said.code) == (sorted(expected), "", 2)
    assert everything() == before


def test_a_registry_that_holds_no_readable_country_is_told_by_line() -> None:
    write("turkey", TURKEY.replace("summary", "sumary"))
    before = everything()
    said = add("turkey", *NEEDED)
    assert (said.stdout, said.code) == ("", 2)
    assert said.stderr.startswith("positions/turkey.yaml:8:5: error[unknown-key]: `sumary` is no key here\n")
    assert everything() == before


def test_a_country_is_added_to_while_another_is_broken() -> None:
    write("france", "country: [")
    assert add("turkey", *NEEDED).code == 0
    assert add("TR", *NEEDED).code == 2  # which country has that code is in all the files


# Stdin

STDIN = {
    "a mapping": json.dumps(PLAIN),
    "YAML": "date: 2025-11-27\nspeaker: Yaşar Güler\nsummary: >-\n  Not\n  yet.\nsources:\n- url: https://example.org/a\n",
    "YAML with a comment and its beginning marked": (
        "# new\n---\nsources: [{url: 'https://example.org/a'}]\ndate: 2025-11-27\nspeaker: Yaşar Güler\nsummary: Not yet.\n"
    ),
    "a YAML list": "- date: 2025-11-27\n  speaker: Yaşar Güler\n  summary: Not yet.\n  sources:\n    - url: https://example.org/a\n",
    "YAML in brackets": "{date: 2025-11-27, speaker: Yaşar Güler, summary: Not yet., sources: [{url: 'https://example.org/a'}]}",
    "YAML with empty values": (
        "office:\nid:\ndate: 2025-11-27\nspeaker: Yaşar Güler\nsummary: Not yet.\nrequires: []\n"
        "sources: [{url: 'https://example.org/a', title: }]\n"
    ),
    "a JSON list": json.dumps([PLAIN]),
    "pretty-printed JSON": json.dumps(PLAIN, indent=4),
    "JSON with tabs": json.dumps([PLAIN], indent="\t"),
    "compact JSON": json.dumps(PLAIN, separators=(",", ":"), ensure_ascii=False),
    "JSON with escaped slashes": json.dumps(PLAIN).replace("/", "\\/"),
    "JSON behind blank lines": "\n\n  " + json.dumps(PLAIN) + "\n\n",
    "JSON with a byte order mark": "\ufeff" + json.dumps(PLAIN),
    "JSON with Windows line ends": json.dumps(PLAIN, indent=1).replace("\n", "\r\n"),
    "nulls and empty lists": json.dumps(
        {"id": None, "ref": None, "office": None, "requires": [], "offers": None, **PLAIN}
        | {"sources": [{"url": "https://example.org/a", "title": None}]}
    ),
}


@pytest.mark.parametrize("text", STDIN.values(), ids=STDIN)
@pytest.mark.parametrize("by", ["argument", "country", "ref"])
def test_the_forms_of_one_statement_give_one_file(text: str, by: str) -> None:
    if by == "argument":
        said = add("turkey", stdin=text)
    elif text.lstrip("\ufeff \n").startswith(("[", "{")) and '"date"' in text:
        key = {"country": '"country": "turkey", ', "ref": '"ref": "turkey/2025-11-27-guler", '}[by]
        text = text.replace('"ref": null, ', "").replace('"id": null, ', "")
        said = add(stdin=text.replace('"date"', f'{key}"date"', 1))
    else:
        return
    assert said == Said("turkey/2025-11-27-guler\n", "", 0)
    assert held() == TURKEY + ADDED


MANY = [
    {"country": "Türkiye", **PLAIN},
    {"country": "FR", **PLAIN, "date": "2025-01-01"},
    {"country": "turkey", **PLAIN, "date": "2025-01-01"},
    {"country": "france", **PLAIN, "id": "mine"},
]
CONCATENATED = {
    "JSON list": json.dumps(MANY, indent=1),
    "JSON Lines": "".join(f"{json.dumps(each)}\n" for each in MANY),
    "JSON Lines with blank lines": "".join(f"\n{json.dumps(each)}\r\n" for each in MANY),
    "JSON after JSON": "\n".join(json.dumps(each, indent=2) for each in MANY),
    "JSON against JSON": "".join(json.dumps(each) for each in MANY),
    "lists after lists": json.dumps(MANY[:2]) + json.dumps(MANY[2:]),
}


@pytest.mark.parametrize("text", CONCATENATED.values(), ids=CONCATENATED)
@pytest.mark.parametrize("words", [(), ("-",)])
def test_many_countries_at_once(text: str, words: tuple[str, ...]) -> None:
    said = add(*words, stdin=text)
    refs = ["turkey/2025-11-27-guler", "turkey/2025-01-01-guler", "france/2025-01-01-guler", "france/mine"]
    assert (said.stdout.split(), said.stderr, said.code) == (refs, "", 0)
    first = ADDED.replace("11-27", "01-01").removeprefix("\n") + "\n"
    assert held() == TURKEY.replace("statements:\n", f"statements:\n{first}") + ADDED
    france = TURKEY.replace("TR", "FR").replace("Turkey", "France").replace("aliases: [Türkiye]\n", "")
    mine = ADDED.replace("id: 2025-11-27-guler", "id: mine")
    assert held("france") == france.replace("statements:\n", f"statements:\n{first}") + mine


VALUES = {
    # JSON of a key: the lines that it makes
    '"offers": [{"kind": "troops", "personnel": 1000}]': "offers:|  - kind: troops|    personnel: 1000",
    '"offers": [{"kind": "troops", "personnel": {"min": 5, "max": null}}]': "offers:|  - kind: troops|    personnel: {min: 5}",
    '"offers": [{"kind": "troops", "personnel_min": 5, "personnel_max": 7}]': (
        "offers:|  - kind: troops|    personnel: {min: 5, max: 7}"
    ),
    '"offers": [{"kind": "troops", "personnel_min": 7, "personnel_max": 7}]': "offers:|  - kind: troops|    personnel: 7",
    '"offers": [{"kind": "troops", "personnel_min": 0, "personnel_max": null}]': (
        "offers:|  - kind: troops|    personnel: {min: 0}"
    ),
    '"offers": [{"kind": "troops", "personnel_min": null, "personnel_max": null, "note": null}]': "offers: [troops]",
    '"requires": [{"condition": "mandate", "after": [], "note": null}, "ceasefire"]': "requires: [mandate, ceasefire]",
    r'"quote": "\ud83d\ude00 \u00e9 \ud834\udd1e\ud83d\ude00"': "quote: 😀 é 𝄞😀",
    r'"quote": "\\ud83d\\ude00"': "quote: \\ud83d\\ude00",
    r'"quote": "a\\\ud83d\ude00"': "quote: a\\😀",
    r'"quote": "null"': 'quote: "null"',
    r'"quote": "a\tb\u0007"': r'quote: "a\tb\x07"',
    r'"quote": "one\ntwo"': "quote: >-|  one||  two",
    '"quote": "a \u2028 b"': r'quote: "a \u2028 b"',
    r'"quote": 5': 'quote: "5"',
    r'"quote": true': 'quote: "true"',
}


@pytest.mark.parametrize(("text", "lines"), VALUES.items(), ids=VALUES)
def test_what_json_says_is_written_as_yaml(text: str, lines: str) -> None:
    assert add("turkey", stdin=json.dumps(PLAIN)[:-1] + f", {text}}}").stderr == ""
    new = held().removeprefix(TURKEY)
    assert new == ADDED.replace(
        "    sources:", "".join(f"    {line}".rstrip() + "\n" for line in lines.split("|")) + "    sources:"
    )


WRONG = {
    # stdin: every place and code that is told
    '{"date": "2025-13-01", "country": "turkey"}\n\n{"country": "turkey"}\n': (
        "1:10 invalid-date/1:1 missing-key/1:1 missing-key/1:1 missing-key/"
        "3:1 missing-key/3:1 missing-key/3:1 missing-key/3:1 missing-key"
    ),
    json.dumps([{**PLAIN, "stance": "x"}, {**PLAIN, "sources": []}, {**PLAIN, "more": 1}], indent=1): (
        "11:13 unknown-stance/17:14 empty-list/28:3 unknown-key"
    ),
    "- date: x\n  speaker: y\n  summary: z\n  sources: [{url: a}]\n- requires: ceasefire\n": (
        "1:9 invalid-date/4:19 invalid-url/5:3 missing-key/5:3 missing-key/5:3 missing-key/5:3 missing-key/5:13 wrong-type"
    ),
    '[null, "text", 5, []]': "1:2 wrong-type/1:8 wrong-type/1:16 wrong-type/1:19 wrong-type",
    '{"date": "2025-11-27", "date": "2025-11-28"}': ("1:24 duplicate-key/1:1 missing-key/1:1 missing-key/1:1 missing-key"),
    "just a text": "1:1 wrong-type",
    "# nothing": "1:1 wrong-type",
    "date: [": "2:1 yaml-syntax",
    json.dumps(PLAIN) + "\n---\n" + json.dumps(PLAIN): "2:1 json-syntax",
}


@pytest.mark.parametrize(("text", "told"), WRONG.items(), ids=WRONG)
def test_all_that_is_wrong_in_stdin_is_told_by_line_and_column(text: str, told: str) -> None:
    before = everything()
    said = add(stdin=text)
    found = re.findall(r"^stdin:(\d+:\d+): error\[([a-z-]+)\]", said.stderr, re.MULTILINE)
    assert sorted(" ".join(each) for each in found) == sorted(told.split("/"))
    assert said.stderr.endswith("; nothing was written\n")
    assert (said.stdout, said.code, everything()) == ("", 2, before)


def test_an_error_in_stdin_shows_its_line() -> None:
    lines = ['{"country": "turkey"}', '{"stance": "wiling", "speaker": "Yaşar"}']
    said = add("turkey", stdin="\n".join(lines))
    assert (
        "stdin:2:12: error[unknown-stance]: `wiling` is no stance of this registry\n"
        "  |\n"
        '2 | {"stance": "wiling", "speaker": "Yaşar"}\n'
        "  |            ^^^^^^^^\n"
        "  = help: did you mean `willing`? Known: willing, opposed\n"
    ) in said.stderr
    assert said.stderr.endswith("stancectl: error[invalid-registry]: 8 problems in 1 file; nothing was written\n")


def test_one_wrong_entry_keeps_all_from_being_written() -> None:
    before = everything()
    texts = [{"country": "turkey", **PLAIN}, {"country": "france", **PLAIN, "responds_to": ["turkey/never"]}]
    said = add(stdin="\n".join(map(json.dumps, texts)))
    assert (said.stdout, said.code, everything()) == ("", 2, before)
    assert said.stderr.startswith("stancectl: error[unknown-reference]: there is no statement `turkey/never`; ")


def test_statements_that_are_added_together_may_answer_each_other() -> None:
    texts = [{"country": "turkey", **PLAIN}, {"country": "france", **PLAIN, "responds_to": ["turkey/2025-11-27-guler"]}]
    assert add(stdin=json.dumps(texts)).code == 0
    assert len(load(Path("positions")).countries["france"].statements[1].responds_to) == 1


def test_an_unknown_country_in_stdin_is_told_at_its_place() -> None:
    said = add(stdin=json.dumps({"country": "Spain", **PLAIN}))
    assert said.stderr.startswith("stdin:1:13: error[unknown-country]: `Spain` is no country here\n")
    assert said.code == 2


@pytest.mark.parametrize("key", ['"country": "france"', '"ref": "france/2025-11-27-guler"'])
def test_another_countrys_statement_is_refused(key: str) -> None:
    said = add("turkey", stdin=json.dumps(PLAIN).replace('"date"', f'{key}, "date"', 1))
    assert said.stderr.startswith("stdin:1:")
    assert "error[usage]: this is france's, not turkey's\n" in said.stderr
    assert said.code == 2


@pytest.mark.parametrize("name", ["TR", "Türkiye", "Turkey"])
def test_a_country_is_the_same_by_its_other_names(name: str) -> None:
    for named in ("TR", "turkey"):
        assert add(name, stdin=json.dumps({"country": named, **PLAIN})).code == 0


def test_json_that_is_not_utf_8_is_refused() -> None:
    before = everything()
    said = add("turkey", stdin=json.dumps(PLAIN, ensure_ascii=False).encode("iso-8859-9"))
    assert "error[not-utf-8]" in said.stderr
    assert everything() == before


def test_yaml_that_is_not_utf_8_is_refused() -> None:
    said = add("turkey", stdin="date: 2025-11-27\nspeaker: Yaşar Güler\n".encode("iso-8859-9"))
    assert "stdin:2:12: error[not-utf-8]: " in said.stderr


def test_the_column_is_that_of_the_line() -> None:
    texts = [json.dumps({**PLAIN, "stance": stance}) for stance in ("willing", "wiling")]
    line = f"  {texts[0]} {texts[1]}"
    said = add("turkey", stdin=line)
    assert said.stderr.startswith(f"stdin:1:{line.index('wiling')}: error[unknown-stance]")


@pytest.mark.parametrize("ref", ["turkey", "turkey/"])
def test_a_reference_without_an_id_names_the_country(ref: str) -> None:
    assert add(stdin=json.dumps({"ref": ref, **PLAIN})) == Said("turkey/2025-11-27-guler\n", "", 0)


@pytest.mark.parametrize(("flag", "told"), [("--summary", "a statement needs --summary too"), ("--note", "")])
def test_a_text_of_spaces_is_none(flag: str, told: str) -> None:
    said = add("turkey", *NEEDED, flag, "  ")
    assert (told in said.stderr, "no-place" in said.stderr) == (True, False)


def test_wrong_forms_and_wrong_values_are_told_together() -> None:
    said = add("turkey", *NEEDED[:6], "--source", "nowhere", "--stance", "x", "--attribution", "rumour")
    told = re.findall(r"error\[([a-z-]+)\]", said.stderr)
    assert sorted(told) == ["invalid-url", "unknown-attribution", "unknown-stance"]


def test_an_id_that_is_given_goes_before_one_that_is_made() -> None:
    texts = [PLAIN, {**PLAIN, "id": "2025-11-27-guler"}]
    assert add("turkey", stdin=json.dumps(texts)).stdout.split() == ["turkey/2025-11-27-guler-2", "turkey/2025-11-27-guler"]


def test_a_file_that_would_be_too_large_to_read_is_not_written() -> None:
    room = 4 * 1024 * 1024 - len(TURKEY.encode())
    write("turkey", f"#{'x' * (room - 2)}\n{TURKEY}")
    assert len(load(Path("positions")).countries) == 2
    before = everything()
    said = add("turkey", *NEEDED)
    assert (said.code, everything()) == (2, before)


def test_an_argument_that_is_not_utf_8_is_told_as_that() -> None:
    said = run(f"stancectl add turkey {shlex.join(NEEDED)} --note $'\\xff'", Path.cwd())
    assert (said.code, "no-place" in said.stderr) == (2, False)


def test_a_wrong_number_is_told_once() -> None:
    told = "stancectl: error[invalid-number]: `1000000000` is no number of people; write digits alone, as in 6000\n"
    assert add("turkey", *NEEDED, "--offer", "troops=1000000000") == Said("", told, 2)


def test_nothing_to_add_is_no_success() -> None:
    before = everything()
    assert add("turkey", stdin="[]").code == 2
    assert everything() == before


# Ids

PRIOR = [
    {"id": "2025-01-01-pm", "speaker": "Giorgia Meloni"},
    {"id": "2025-01-02-meloni", "speaker": "Giorgia Meloni"},
    {"id": "2025-01-03-meloni-2", "speaker": "Giorgia Meloni"},
    {"id": "2025-02-msb-office", "speaker": "Ministry of Defence"},
    {"id": "2025-02-01", "speaker": "Tayfun"},
    {"id": "statement-7", "speaker": "Odd One"},
    {"id": "2025-01-04-a-1", "speaker": "A"},
    {"id": "2025-01-05-b", "speaker": "A"},
]
IDS = [
    # date, speaker, whether an office is named, ids that are taken: the id
    ("2025-11-27", "Yaşar Güler", "", "", "2025-11-27-guler"),
    ("2025-11-27", "Yaşar Güler", "", "2025-11-27-guler", "2025-11-27-guler-2"),
    ("2025-11-27", "Yaşar Güler", "", "2025-11-27-guler 2025-11-27-guler-2", "2025-11-27-guler-3"),
    ("2025-11-27", "Yaşar Güler", "", "2025-11-27-guler 2025-11-27-guler-3", "2025-11-27-guler-2"),
    ("2025-11~", "Yaşar Güler", "", "", "2025-11-guler"),
    ("2025?", "Yaşar Güler", "", "", "2025-guler"),
    ("2025", "Yaşar Güler", "", "2025-guler", "2025-guler-2"),
    ("2025-11-27", "Giorgia Meloni", "office", "", "2025-11-27-meloni"),
    ("2025-11-27", "Ministry of Defence", "", "", "2025-11-27-msb-office"),
    ("2025-11-27", "Ministry of National Defence", "", "", "2025-11-27-mod"),
    ("2025-11-27", "Ministry of Foreign Affairs", "", "", "2025-11-27-mfa"),
    ("2025-11-27", "Ministry of Finance", "", "", "2025-11-27-ministry-finance"),
    ("2025-11-27", "Ministry of National Defence, press office", "", "", "2025-11-27-mod"),
    ("2025-11-27", "Council of the European Union and others", "", "", "2025-11-27-council-european-union"),
    ("2025-11-27", "Ursula von der Leyen", "office", "", "2025-11-27-von-der-leyen"),
    ("2025-11-27", "Emmanuel Macron (interview)", "office", "", "2025-11-27-macron"),
    ("2025-11-27", "Jean-Noël Barrot", "office", "", "2025-11-27-barrot"),
    ("2025-11-27", "Van Damme", "", "", "2025-11-27-damme"),
    ("2025-11-27", "Pat O'Brien", "", "", "2025-11-27-obrien"),
    ("2025-11-27", "Annelies Ten Brink", "office", "", "2025-11-27-ten-brink"),
    ("2025-11-27", "Jonas Gahr Støre", "office", "", "2025-11-27-store"),
    ("2025-11-27", "İbrahim Kalın", "office", "", "2025-11-27-kalin"),
    ("2025-11-27", "Владимир Зеленский", "", "", "2025-11-27"),
    ("2025-11-27", "Владимир Зеленский", "", "2025-11-27", "2025-11-27-2"),
    ("2025-11~", "習近平", "office", "", "2025-11"),
    ("2025-11-27", "Tayfun", "", "", "2025-11-27-tayfun"),
    ("2025-11-27", "Odd One", "", "", "2025-11-27-one"),
    ("2025-11-27", "A", "", "", "2025-11-27-b"),
    ("2025-11-27", "G7", "", "", "2025-11-27-g7"),
    ("2025-11-27", "---", "", "", "2025-11-27"),
    ("2025-11-27", "People familiar with the matter", "", "", "2025-11-27-people-familiar-matter"),
]


@pytest.mark.parametrize(("day", "speaker", "office", "taken", "id"), IDS, ids=[f"{each[0]} {each[1]} {each[3]}" for each in IDS])
def test_an_id_is_made_of_date_and_speaker(day: str, speaker: str, office: str, taken: str, id: str) -> None:
    said = {"date": day, "speaker": speaker} | ({"office": "x"} if office else {})
    assert new_id(said, PRIOR, set(taken.split())) == id


def test_ids_of_one_batch_differ() -> None:
    assert [add("turkey", *NEEDED).stdout for _ in range(2)] == [f"turkey/2025-11-27-guler{end}\n" for end in ("", "-2")]
    said = add("turkey", stdin=json.dumps([PLAIN] * 3))
    assert said.stdout.split() == [f"turkey/2025-11-27-guler-{number}" for number in (3, 4, 5)]


@settings(max_examples=100, deadline=None)
@given(some.text(min_size=1), dates, some.booleans(), some.integers(0, 3))
def test_every_id_is_one_that_is_not_taken(speaker: str, day: str, office: bool, others: int) -> None:
    taken: set[str] = set()
    for _ in range(others + 1):
        id = new_id({"date": day, "speaker": speaker} | ({"office": "x"} if office else {}), PRIOR, taken)
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", id)
        assert id.startswith(day.rstrip("?~"))
        assert id not in taken
        taken.add(id)


# Its place

PLACES = {
    # A file: `@a DATE` stands for a statement in brackets; a line of + or beginning with it is what comes in.
    "in order": """\
statements:
  - @a 2025-01-01

  - @b 2025-02-01
+
  + 2025-02-10

  - @c 2025-03-01
""",
    "behind those of its day": """\
statements:
  - @a 2025-02-01

  - @b 2025-02-01
+
  + 2025-02-01

  - @c 2025-02-02
""",
    "behind a month that begins on its day": """\
statements:
  - @a 2025-02
+
  + 2025-02-01

  - @c 2025-02-02
""",
    "a month behind its first day": """\
statements:
  - @a 2025-02-01~
+
  + 2025-02

  - @c 2025-02-02
""",
    "a year": """\
statements:
  - @a 2024-12-31
+
  + 2025?

  - @b 2025-01-02
""",
    "before the first": """\
country: TR
statements:
  + 2024-12-31
+
  - @a 2025-01-01

  - @b 2025-02-01
""",
    "before the first and its comments": """\
statements:  # all of them
  + 2024-12-31
+
  # the first

  - @a 2025-01-01
""",
    "the last of one": """\
statements:
  - @a 2025-01-01
+
  + 2025-02-10
name: Turkey
""",
    "before the only one": """\
statements:
  + 2024-01-01
+
  - @a 2025-01-01
""",
    "not the last key": """\
statements:
  - @a 2025-01-01

  - @b 2025-01-02
+
  + 2025-02-10

# more
name: Turkey
country: TR
""",
    "in no order": """\
statements:
  - @a 2025-05-01

  - @b 2025-01-01
+
  + 2025-02-10

  - @c 2025-04-01
""",
    "in reverse order": """\
statements:
  - @c 2025-04-01

  - @b 2025-03-01

  - @a 2025-01-01
+
  + 2025-02-10
""",
    "without blank lines": """\
statements:
  - @a 2025-01-01
  - @b 2025-02-01
  + 2025-02-10
  - @c 2025-03-01
""",
    "without blank lines, before the first": """\
statements:
  + 2024-02-10
  - @a 2025-01-01
  - @b 2025-02-01
""",
    "in column 0": """\
statements:
- @a 2025-01-01

- @b 2025-02-01
+
+ 2025-02-10
name: Turkey
""",
    "in column 4": """\
statements:

    - @a 2025-01-01
+
    + 2025-02-10

    - @b 2025-03-01
""",
    "behind the comments of a statement": """\
statements:
  - @a 2025-01-01  # a
    # about a

  - @b 2025-02-01
    # about b
      # more about b
+
  + 2025-02-10
  # at the end of the statements
# at the end of the file
""",
    "before the comments of the next": """\
statements:
  - @a 2025-01-01
+
  + 2025-02-10

  # about c
  # more about c
  - @c 2025-03-01

  # at the end
""",
    "in lines": """\
statements:
  - id: a
    date: "2025-01-01"
    summary: |
      One.

      Two.~~~
    sources:
    -  url: https://example.org/   # here
       title: 'a
         b'
+
  + 2025-02-10

  - date: '2025-03-01'
    id: c
    note: >+
      One.

    sources:
    - url: https://example.org/
""",
    "behind a text in lines": """\
statements:
  - id: a
    date: 2025-01-01
    sources: [
      {url: "https://example.org/"} ]
    note: |
      One.

      Two.
+
  + 2025-02-10


  - @c 2025-03-01
""",
    "behind an empty value": """\
statements:
  - id: a
    date: 2025-01-01
    sources:
      - url: https://example.org/
    note:
+
  + 2025-02-10
...
""",
    "with keys in another place": """\
statements:
  -
    date: 2025-01-01
    id: a
    sources:
      -
        url: https://example.org/
+
  + 2025-02-10
  -
    @c 2025-03-01
""".replace("+\n  +", "  +"),
    "with a document's marks": """\
%YAML 1.1
---
# a comment
statements:
  - @a 2025-01-01
+
  + 2025-02-10
...
# the end
""",
    "with a quoted key": """\
"statements" :
  - @a 2025-01-01
+
  + 2025-02-10
""",
}


def unfolded(text: str) -> tuple[str, str, str]:
    """The file before and after, and the date of what comes in."""
    text = text.replace("~~~", "   ")  # spaces at the end of a line
    text = re.sub(r"@(\w+) (\S+)", r'{id: \1, date: \2, summary: x, sources: [{url: "https://example.org/"}]}', text)
    lines = text.splitlines(keepends=True)
    (day,) = {line.split()[1] for line in lines if re.match(r" *\+ ", line)}
    before = "".join(line for line in lines if not re.match(r" *\+", line))
    after = ""
    for line in lines:
        if new := re.match(r"( *)\+ ", line):
            after += "".join(f"{new[1]}{each}\n" for each in _new_lines(day))
        else:
            after += line.removeprefix("+")
    return before, after, day


def _new_lines(day: str) -> list[str]:
    return [
        "- id: new",
        f"  date: {day}",
        "  speaker: B",
        "  summary: x",
        "  sources:",
        "    - url: https://example.org/",
    ]


STYLES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "with Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "with line ends of a Macintosh": lambda text: text.replace("\n", "\r"),
    "with a byte order mark": lambda text: f"\ufeff{text}",
    "without a final line end": lambda text: text.removesuffix("\n"),
    "with all that": lambda text: f"\ufeff{text}".replace("\n", "\r\n").removesuffix("\r\n"),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_a_statement_comes_in_at_its_place_and_nothing_else_changes(text: str, style: Callable[[str], str]) -> None:
    before, after, day = unfolded(text)
    new = {"id": "new", "date": day, "speaker": "B", "summary": "x", "sources": [{"url": "https://example.org/"}]}
    assert inserted(File("a.yaml", "a.yaml", style(before).encode()), [new]).decode() == style(after)


NO_PLACE = {
    "statements in brackets": "country: TR\nname: Turkey\n"
    "statements: [{id: a, date: 2025-01-01, speaker: A, summary: x, sources: [{url: 'https://a.example'}]}]\n",
    "a file in brackets": json.dumps({"country": "TR", "name": "Turkey", "statements": [{"id": "a", **PLAIN}]}, indent=1),
}


@pytest.mark.parametrize("text", NO_PLACE.values(), ids=NO_PLACE)
def test_a_file_in_brackets_is_refused_and_fmt_helps(text: str) -> None:
    write("turkey", text)
    told = "stancectl: error[no-place]: positions/turkey.yaml has its statements in a form that nothing can be put into; "
    assert add("turkey", *NEEDED) == Said("", f"{told}run `stancectl fmt positions/turkey.yaml` first\n", 2)
    assert held() == text
    assert command_line(["fmt", "positions/turkey.yaml"]) == 0
    if text == NO_PLACE["a file in brackets"]:  # whose statement is of the same day
        assert add("turkey", *NEEDED).stdout == "turkey/2025-11-27-guler\n"


# Any file, any statement

COMMENTS = some.sampled_from(["", "", "", "  # beside", "  # - id: x"])
TEXTS = [
    "Said so.",
    "a: b",
    "- c",
    "# d",
    "yes",
    "1",
    "'e'",
    '"f"',
    "g\\h",
    "é ş 日本",
    "i  j",
    "k\nl",
    "m\n\nn",
    "o ",
    "\u2028p",
    "{q}",
]
texts = some.sampled_from([*TEXTS, "long " * 40 + "end"])
STYLED: dict[str, Callable[[str, str], str]] = {
    "plain": lambda text, _: text if re.fullmatch(r"[a-zA-Zéş日本][a-zA-Z .éş日本]*[a-z.]|é ş 日本", text) else json.dumps(text),
    "double": lambda text, _: json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028"),
    "single": lambda text, _: json.dumps(text) if "\n" in text or "\u2028" in text else "'" + text.replace("'", "''") + "'",
    "literal": lambda text, pad: _block("|-", text, pad),
    "folded": lambda text, pad: _block(">-", text.replace("\n", "\n\n"), pad) if "\n\n" not in text else json.dumps(text),
    "kept": lambda text, pad: _block("|+", f"{text}\n", pad),
}


def _block(mark: str, text: str, pad: str) -> str:
    """A text in lines of its own, where YAML has it as it is."""
    if "\u2028" in text or text.startswith((" ", "#")) or text.rstrip(" ") != text:
        return json.dumps(text)
    return "\n".join([mark, *(f"{pad}  {line}" if line else "" for line in text.removesuffix("\n").split("\n"))])


@some.composite
def files(draw: some.DrawFn) -> bytes:
    """A country's file, its statements written in one style or another."""
    column, spaced, tail = draw(some.sampled_from([0, 2, 4])), draw(some.sampled_from([0, 1, 2])), draw(some.booleans())
    pad = " " * (column + 2)
    lines = ["statements:" + draw(COMMENTS)]
    for number in range(draw(some.integers(1, 5))):
        if number:
            lines += [""] * spaced
        if draw(some.integers(0, 4)) == 0:
            lines.append(" " * column + "# above")
        pairs = [("id", f"s{number}"), ("date", draw(dates)), ("speaker", "A")]
        pairs += [(key, STYLED[draw(some.sampled_from([*STYLED]))](draw(texts), pad)) for key in ("summary", "note")]
        pairs.append(
            ("sources", f"\n{pad}- url: https://example.org/" if draw(some.booleans()) else "[{url: 'https://a.example'}]")
        )
        if draw(some.booleans()):
            pairs = sorted(draw(some.permutations(pairs)), key=lambda pair: "|+" not in pair[1])  # see the test below
        beside = [draw(COMMENTS) if "\n" not in value else "" for _, value in pairs]
        said = [f"{key}: {value}{comment}".replace(": \n", ":\n") for (key, value), comment in zip(pairs, beside, strict=True)]
        lines += [(" " * column + "- " if not place else pad) + each for place, each in enumerate(said)]
        if draw(some.integers(0, 4)) == 0:
            lines.append(pad + "# below")
    lines += draw(some.sampled_from([[], ["# end"], [" " * column + "# end"], ["", "# end", ""], ["...", "# end"]]))
    head = ["country: TR", "name: Turkey"]
    if tail and "..." not in lines:
        lines, head = [*lines, *head], []
    text = "\n".join([*head, *lines]) + draw(some.sampled_from(["\n", "\n", ""]))
    return (draw(some.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(some.sampled_from(["\n", "\n", "\r\n"])))).encode()


@some.composite
def new_statements(draw: some.DrawFn) -> Plain:
    said = draw(statements_of([*ATTRIBUTIONS]))
    told = {"speaker": draw(texts), "summary": draw(texts), "sources": [{"url": "https://example.org/", "title": draw(texts)}]}
    return {key: each for key, value in (said | told).items() if (each := _as_texts(value)) not in ([], {})}


def _as_texts(value: Any) -> Any:
    """The value as a file has it: numbers are texts there, and nothing is empty."""
    if isinstance(value, dict):
        return {key: told for key, each in value.items() if (told := _as_texts(each)) not in ([], {})}
    return [_as_texts(each) for each in value] if isinstance(value, list) else str(value)


def statements_in(data: bytes) -> list[Any]:
    """What the statements of a file say, in its order."""
    document = parse(File("a.yaml", "a.yaml", data))
    assert document.problems == []
    return [meaning(each, Statement) for each in document.value["statements"]]


def one_piece(old: bytes, new: bytes) -> bytes:
    """What stands in the new bytes and not in the old, which are otherwise the same."""
    begin = next((place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    end = len(old) - begin
    assert new[len(new) - end :] == old[begin:] if end else new.startswith(old)
    return new[begin : len(new) - end]


@settings(max_examples=60, deadline=None)
@given(files(), some.lists(new_statements(), min_size=1, max_size=3))
def test_every_other_byte_of_any_file_stays(data: bytes, new: list[Plain]) -> None:
    file, known = File("a.yaml", "a.yaml", data), statements_in(data)
    new = numbered(new, "new-")
    one_by_one = file
    for each in new:
        longer = inserted(one_by_one, [each])
        one_piece(one_by_one.data, longer)
        one_by_one = one_by_one._replace(data=longer)
    assert inserted(file, new) == one_by_one.data
    expected = sorted([*known, *(meaning(each, Statement) for each in new)], key=earliest)
    assert sorted(statements_in(one_by_one.data), key=earliest) == expected
    if known == sorted(known, key=earliest):
        assert statements_in(one_by_one.data) == expected
    spans = statement_spans(one_by_one)
    lines = re.split("\r\n|[\r\n]", one_by_one.data.decode())
    for each in new:
        assert re.match(rf" *- id: {each['id']}$", lines[spans[each["id"]].start])


def test_a_statement_comes_in_behind_a_text_that_keeps_its_blank_lines() -> None:
    write("turkey", f"{TURKEY}    note: |+\n      One.\n")
    assert add("turkey", *NEEDED).stderr == ""


def earliest(said: Plain) -> date:
    return PartialDate.parse(said["date"]).earliest


# The shipped registry


@cache
def canonical(name: str) -> bytes:
    """A shipped country's file in canonical form."""
    data = formatted(File(name, name, (FOLDER / name).read_bytes())).data
    assert data is not None
    return data


def without(data: bytes, number: int) -> tuple[bytes, Plain] | None:
    """A file without a statement, and the statement; None for the only one, for one with comments or without a day of its own."""
    document = parse(File("a.yaml", "a.yaml", data))
    said = document.value["statements"]
    days = [PartialDate.parse(each["date"]) for each in said]
    is_last = all(day.earliest > days[number].earliest for day in days[number + 1 :])
    span = statement_spans(File("a.yaml", "a.yaml", data))[said[number]["id"]]
    lines = data.decode().splitlines(keepends=True)
    is_remarked = any(re.search(r"(^|\s)#", line) for line in lines[span.start - 1 : span.stop])
    if len(said) == 1 or not is_last or is_remarked or len(days[number].text) != 10:
        return None
    begin, end = (span.start - 1, span.stop) if span.stop == len(lines) else (span.start, span.stop + 1)
    return "".join(lines[:begin] + lines[end:]).encode(), said[number]


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("[!_]*.yaml")))
def test_a_shipped_statement_taken_out_and_added_again_gives_back_the_file(name: str) -> None:
    data = canonical(name)
    count = len(statement_spans(File(name, name, data)))
    tried = 0
    for number in range(count) if os.environ.get("FULL") == "1" else {*range(0, count, 5), count - 1}:
        if (taken := without(data, number)) is not None:
            shorter, said = taken
            assert inserted(File(name, name, shorter), [said]) == data
            tried += 1
    assert tried or count < 5


@pytest.fixture
def shipped(here: Path) -> Path:
    """The shipped registry, Turkey in canonical form, in place of the small one."""
    shutil.rmtree(here / "positions")
    (here / "positions").mkdir()
    for path in FOLDER.glob("*.yaml"):
        shutil.copy(path, here / "positions")
    (here / "positions" / "turkey.yaml").write_bytes(canonical("turkey.yaml"))
    return here


def shown(slug: str, here: Path) -> list[Plain]:
    said = stancectl("show", slug, "--statements", "--json", cwd=here)
    assert said.stderr == ""
    told: list[Plain] = json.loads(said.stdout)
    return told


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("by", ["stdin", "flags"])
def test_the_newest_statement_of_turkey_added_again_gives_back_the_file(by: str, here: Path) -> None:
    newest = shown("turkey", here)[-1]
    data = canonical("turkey.yaml")
    count = len(statement_spans(File("turkey.yaml", "turkey.yaml", data)))
    taken = without(data, count - 1)
    assert taken is not None
    write("turkey", taken[0])
    if by == "stdin":
        said = stancectl("add", cwd=here, stdin=json.dumps(newest))
    else:
        said = stancectl("add", "turkey", *as_flags(newest), cwd=here)
    assert (said.stdout, said.stderr, said.returncode) == (f"{newest['ref']}\n", "", 0)
    assert held() == data.decode()


def as_flags(said: Plain) -> list[str]:
    """The flags for a statement as `show --json` gives it."""
    words = list[str]()
    for key in ("date", "speaker", "office", "occasion", "attribution", "stance", "summary", "quote", "note"):
        words += [f"--{key}", said[key]] if said[key] else []
    for each in said["requires"]:
        after = f":after={','.join(each['after'])}" if each["after"] else ""
        words += ["--require", f"{each['condition']}{after}" + (f":note={each['note']}" if each["note"] else "")]
    for each in said["offers"]:
        least, most = each["personnel_min"], each["personnel_max"]
        people = f"={'' if least is None else least}..{'' if most is None else most}" if (least, most) != (None, None) else ""
        words += ["--offer", f"{each['kind']}{people}" + (f":note={each['note']}" if each["note"] else "")]
    for flag, key in (("drop", "drops"), ("withdraw", "withdraws"), ("rule-out", "rules_out"), ("reopen", "reopens")):
        words += [word for each in said[key] for word in (f"--{flag}", each)]
    for each in said["sources"]:
        words += ["--source", each["url"]]
        for flag, key in (("publisher",) * 2, ("title",) * 2, ("source-date", "date"), ("lang",) * 2, ("archived",) * 2):
            words += [f"--{flag}", each[key] or ""]
    return words


@pytest.mark.usefixtures("shipped")
def test_what_show_prints_gives_the_same_positions_again(here: Path) -> None:
    folder = here / "positions"
    before = load(folder, cache=False)
    told = shown("turkey", here)
    data = canonical("turkey.yaml").decode().splitlines(keepends=True)
    spans = statement_spans(File("turkey.yaml", "turkey.yaml", "".join(data).encode()))
    first = spans[told[0]["ref"].partition("/")[2]]
    write("turkey", "".join(data[: first.stop]))
    said = stancectl("add", "turkey", cwd=here, stdin="\n".join(map(json.dumps, told[1:])))
    assert (said.stderr, said.stdout.split()) == ("", [each["ref"] for each in told[1:]])
    after = load(folder, cache=False)
    assert tuple(after.countries["turkey"].statements) == tuple(before.countries["turkey"].statements)
    for day in {statement.date.earliest for statement in before.countries["turkey"].statements}:
        old, new = (Position(each.countries["turkey"], each.vocabulary, day) for each in (before, after))
        assert (old.parts, old.moves, old.signals) == (new.parts, new.moves, new.signals)
    assert len([line for line in held().splitlines() if line.startswith("  - id:")]) == len(told)


# New countries

NEW = {
    # words: the slug, and how its file begins
    "Spain --new": ("spain", "country: ES\nname: Spain\n"),
    "es --new": ("spain", "country: ES\nname: Spain\n"),
    "'côte d’ivoire' --new": ("cote-d-ivoire", "country: CI\nname: Côte d'Ivoire\n"),
    "'Ivory Coast' --new": ("cote-d-ivoire", "country: CI\nname: Côte d'Ivoire\n"),
    "uk --new": ("united-kingdom", "country: GB\nname: United Kingdom\n"),
    "UK --name Britain": ("britain", "country: GB\nname: Britain\n"),
    "Norway": ("norway", 'country: "NO"\nname: Norway\n'),
    "no": ("norway", 'country: "NO"\nname: Norway\n'),
    "IS": ("iceland", "country: IS\nname: Iceland\n"),
    "Ruritania --code XA": ("ruritania", "country: XA\nname: Ruritania\n"),
    "Ruritania --new --code XA --name 'Upper Ruritania'": ("upper-ruritania", "country: XA\nname: Upper Ruritania\n"),
    "kosovo --new": ("kosovo", "country: XK\nname: Kosovo\n"),
}


@pytest.mark.parametrize("schema", [False, True])
@pytest.mark.parametrize(("line", "made"), NEW.items(), ids=NEW)
def test_a_new_countrys_file_begins_with_its_code_and_name(line: str, made: tuple[str, str], schema: bool) -> None:
    slug, head = made
    if schema:
        Path("positions/schema").mkdir()
        Path("positions/schema/country.json").write_text("{}")
        head = f"# yaml-language-server: $schema=schema/country.json\n{head}"
    before = everything()
    assert add(*flags(line), *NEEDED) == Said(f"{slug}/2025-11-27-guler\n", "", 0)
    assert held(slug).replace('"NO"', "NO") == f"{head}statements:\n{ADDED[1:]}".replace('"NO"', "NO")
    now = everything()
    assert now.pop(f"{slug}.yaml")
    assert now == before
    assert len(load(Path("positions")).countries) == 3
    assert stancectl("check", cwd=Path.cwd()).returncode == 0
    assert add(slug, *NEEDED).stdout == f"{slug}/2025-11-27-guler-2\n"


NOT_NEW = {
    "Ruritania --new": ("usage: the ISO code of Ruritania is not known here; add --code, and --name if it is called otherwise"),
    "Ruritania --new --code TR": "usage: `TR` is turkey here; add to turkey, or give the new country another --code and --name",
    "Ruritania --new --code XA --name Türkiye": (
        "usage: `Türkiye` is turkey here; add to turkey, or give the new country another --code and --name"
    ),
    "Spain": "unknown-country: `Spain` is no country here; --new begins a file for Spain",
    "Finland": "unknown-country: `Finland` is no country here; --new begins a file for Finland",
}


@pytest.mark.parametrize(("line", "told"), NOT_NEW.items(), ids=NOT_NEW)
def test_a_new_country_needs_leave_a_code_and_a_name_of_its_own(line: str, told: str) -> None:
    before = everything()
    said = add(*flags(line), *NEEDED)
    assert said == Said("", re.sub(r"^([a-z-]+): ", r"stancectl: error[\1]: ", told) + "\n", 2)
    assert everything() == before


def test_a_code_that_is_none_is_refused() -> None:
    before = everything()
    said = add("Ruritania", "--new", "--code", "xyz", *NEEDED)
    assert (said.code, everything()) == (2, before)
    assert "error[usage]: `xyz` is no country's code" in said.stderr


def test_several_new_countries_at_once() -> None:
    texts = [{"country": name, **PLAIN} for name in ("Spain", "turkey", "Portugal", "ES")]
    said = add("--new", stdin=json.dumps(texts))
    ids = {"spain": ["guler", "guler-2"], "turkey": ["guler"], "portugal": ["guler"]}
    assert said.stdout.split() == [f"{slug}/2025-11-27-{word}" for slug, words in ids.items() for word in words]
    assert len(load(Path("positions")).countries) == 4


def test_two_new_countries_may_not_share_a_code() -> None:
    before = everything()
    said = add("--new", "--code", "XA", stdin=json.dumps([{"country": name, **PLAIN} for name in ("Ruritania", "Graustark")]))
    assert (said.code, everything()) == (2, before)


def test_a_name_that_makes_no_file_name_is_refused() -> None:
    before = everything()
    said = add("日本", "--new", "--code", "XA", *NEEDED)
    assert (said.code, everything(), ".yaml:" in said.stderr) == (2, before, False)


# What it says, and what it leaves alone


@pytest.mark.parametrize("option", ["--dry-run", "-n"])
def test_a_rehearsal_shows_the_lines_and_writes_nothing(option: str) -> None:
    before = everything()
    assert add("turkey", *NEEDED, option) == Said(ADDED[1:], "", 0)
    said = add("Iceland", *NEEDED, option)
    assert (said, everything()) == (Said(ADDED[1:], "", 0), before)


def test_a_rehearsal_shows_the_lines_of_a_file_with_a_line_separator() -> None:
    write("turkey", TURKEY.replace("Said so.", "Said\u2028so."))
    assert add("turkey", *NEEDED, "-n").stdout == ADDED[1:]


def test_a_rehearsal_tells_what_is_wrong() -> None:
    assert add("turkey", *NEEDED, "--id", "2025-03-06-mod", "-n").code == 2


def test_only_the_files_that_are_added_to_change() -> None:
    Path("positions/.hidden").write_text("x")
    Path("positions/notes.txt").write_text("x")
    before = everything()
    assert add("turkey", *NEEDED).code == 0
    now = everything()
    assert {name for name in now if now[name] != before.get(name)} == {"turkey.yaml"}
    assert now.keys() == before.keys()


def test_without_a_registry_here_the_shipped_one_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    shipped = {path: path.read_bytes() for path in FOLDER.glob("*.yaml")}
    said = stancectl("add", "turkey", *NEEDED, cwd=tmp_path / "elsewhere")
    assert stancectl("list", cwd=tmp_path / "elsewhere").returncode == 0
    if said.stderr:  # no folder above is a registry
        help = "name one with --registry DIR, or begin one with `stancectl init DIR`"
        assert said.stderr == f"stancectl: error[no-registry]: there is no registry here; {help}\n"
        assert (said.stdout, said.returncode) == ("", 2)
    assert {path: path.read_bytes() for path in FOLDER.glob("*.yaml")} == shipped


def test_the_registry_may_be_named(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree("positions", other)
    before = everything()
    assert add("turkey", *NEEDED, "--registry", str(other)).code == 0
    assert (other / "turkey.yaml").read_text() == TURKEY + ADDED
    said = stancectl("add", "turkey", *NEEDED, cwd=Path.cwd(), env={"STANCECTL_REGISTRY": str(other)})
    assert said.stdout == "turkey/2025-11-27-guler-2\n"
    assert everything() == before


def test_a_closed_stdin_is_no_statement(here: Path) -> None:
    told = f"stancectl: error[usage]: {ERRORS[''].removeprefix('usage: ')}\n"
    assert run("stancectl add turkey <&-", here) == Said("", told, 2)
    assert run("stancectl add turkey </dev/null", here) == Said("", told, 2)
    assert run(f"stancectl add turkey {shlex.join(NEEDED)} <&-", here).stdout == "turkey/2025-11-27-guler\n"


# What is told, and what is refused, of several countries


def test_the_code_and_name_of_a_new_country_are_that_one_countrys() -> None:
    texts = json.dumps([{"country": "France", **PLAIN}, {"country": "Atlantis", **PLAIN}])
    before = everything()
    said = add("--new", "--code", "XB", "--name", "Atlantis", stdin=texts)
    assert (said.stderr, said.code) == ("stancectl: error[usage]: --code and --name are one country's; name it as COUNTRY\n", 2)
    said = add("Atlantis", "--new", "--code", "XB", stdin=texts)
    assert ("this is france's, not atlantis's" in said.stderr, said.code, everything()) == (True, 2, before)
    said = add("Atlantis", "--new", "--code", "XB", stdin=json.dumps({"country": "Atlantis", **PLAIN}))
    assert said == Said("atlantis/2025-11-27-guler\n", "", 0)


def test_a_country_that_is_there_is_not_called_otherwise() -> None:
    before = everything()
    said = add("turkey", "--new", "--code", "GR", *NEEDED)
    assert (said.stderr, said.code, everything()) == (
        "stancectl: error[usage]: turkey is there already, and not called `GR`; leave out --code and --name\n",
        2,
        before,
    )
    assert add("turkey", "--new", "--code", "TR", *NEEDED).code == 0


def test_statements_that_answer_each_other_in_a_circle_are_refused() -> None:
    write("france", "country: FR\nname: France\n" + TURKEY[TURKEY.index("statements:") :])
    pairs = {"turkey": "france", "france": "turkey"}
    texts = [{"ref": f"{one}/2025-x", **PLAIN, "responds_to": [f"{other}/2025-x"]} for one, other in pairs.items()]
    before = everything()
    said = add(stdin=json.dumps(texts))
    assert ("error[circular-reference]" in said.stderr, said.code, everything()) == (True, 2, before)


def test_warnings_keep_nothing_from_being_added() -> None:
    texts = [{**PLAIN, "id": f"2025-11-27-{number}"} for number in range(1100)]
    said = add("turkey", stdin=json.dumps(texts))
    assert (len(said.stdout.split()), said.stderr, said.code) == (1100, "", 0)


def test_a_broken_line_of_json_is_told_as_that_line() -> None:
    lines = [json.dumps({"country": "turkey", **PLAIN})] * 3
    lines.insert(2, lines[0][:40])
    before = everything()
    said = add(stdin="\n".join(lines))
    assert (said.stderr.split(" ")[0], said.code, everything()) == ("stdin:3:41:", 2, before)
    assert "error[json-syntax]: this is no JSON" in said.stderr


@pytest.mark.parametrize("named", [{"country": ["turkey"]}, {"ref": ["turkey"]}, {"country": "turkey", "ref": "france/2025-x"}])
def test_whose_statement_it_is_has_to_be_said_once_and_in_one_text(named: Plain) -> None:
    before = everything()
    said = add(stdin=json.dumps({**named, **PLAIN}))
    assert ("error[wrong-type]: one name has to say" in said.stderr, said.code, everything()) == (True, 2, before)


@pytest.mark.parametrize("flags", [("--require", "mandate:note="), ("--offer", "naval:note= ")])
def test_a_note_of_nothing_is_none(flags: tuple[str, str]) -> None:
    assert add("turkey", *NEEDED, *flags).code == 0
    assert "note" not in held().removeprefix(TURKEY)
