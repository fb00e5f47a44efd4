"""Texts of a registry that mean harm, and those that merely ask for trouble, in every format of every command.

Everything that a registry can say in free words is said here in each of TEXTS. Nothing of it may steer a terminal, turn
text round, run in a spreadsheet or become mark-up; JSON and YAML give it back exactly.
"""

import csv
import io
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from markdown_it import MarkdownIt
from rich.cells import cell_len

from running import stancectl
from shell import answer
from stancectl.report.unsafe import UNSAFE

TEXTS = {
    "colour": "a \x1b[31mred\x1b[0m word",
    "link": "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "title": "\x1b]0;owned\x07 and \x08\x08 back",
    "nothing": "a\x00b\x7fc",
    "C1": "\x9b31m \x9d0;owned\x9c \x85 \x90",
    "bidi": "abc \u202edef\u202c \u2066ghi\u2069 \u200f\u200e\u061c",
    "tags": "flag \U000e0041\U000e0042\U000e007f",
    "separators": "one\u2028two\u2029three \ufeff four",
    "white space": "tab\there, line\nbreak, return\rhere, both\r\nhere",
    "rich": "[bold red]x[/] [/] [link=https://evil.example]y[/link] [@click=app.quit]z[/] :smile: \\[b]",
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)> &lt;b&gt; \"'></title></style>-->",
    "markdown": "# x | `y` *z* __w__ [t](javascript:alert(1)) ![i](https://evil.example/i) ~~s~~ <b>bold</b> \\ [^1] ``` $x$",
    "heading": "# no heading",
    "rule": "---",
    "underline": "===",
    "minus list": "- no list",
    "plus list": "+ no list",
    "star list": "* no list",
    "numbers": "1. no list",
    "numbered": "1) no list",
    "quotation": "> no quotation",
    "code": "    no code",
    "fence": "```\nno code\n~~~",
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(A1)",
    "space formula": "  =1+1",
    "tab formula": "\t=1+1",
    "line formula": "\r\n@x",
    "quoted": 'say "yes", \'no\', and ",=1',
    "long": "x" * 300,
    "long words": f"{'y' * 70} {'z' * 90}",
    "wide": "漢字かな" * 40,
    "combining": "e\u0301\u0323a\u0308" * 40,
    "emoji": "👩‍👩‍👧‍👦 🇺🇦 ❤️ 🧑🏽‍🚀",
    "tex": "100% of $x_1^2$ & {{ ~ #1 \\input{/etc/passwd}",
}
URLS = (
    "https://evil.example/\"onmouseover='alert(1)'",
    "https://evil.example/<script>alert(1)</script>",
    "https://evil.example/a)b(c)[d](javascript:alert(1))|e",
    "https://evil.example/\x1b]8;;https://worse.example\x1b\\",
    "https://evil.example/\u202e\x9b31m\x07\U000e0041",
    "http://evil.example/{a}\\b^c`d%0a",
)
RAW = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;id=[0-9]+;https?://[^\x00-\x20\x7f-\x9f]+\x1b\\|\x1b\]8;;\x1b\\")
"""The escape codes that a table in colour may hold."""

Plain = dict[str, Any]

SLUGS = [f"land-{number}" for number in range(len(TEXTS))]
DAY = ("--as-of", "2025-12-01")
COMMANDS = {
    "list": (),
    "show": tuple(SLUGS),
    "show --statements": tuple(SLUGS),
    "why": ("land-3",),
    "timeline": (),
    "timeline --chart": (),
    "diff --since 2025-03 --all": (),
    "diff --since 2025-03 --stat --all": (),
    "compare": tuple(SLUGS[:3]),
    "preconditions": (),
    "preconditions --matrix": (),
    "preconditions --graph": (),
    "whatif": ("if-0",),
    "whatif --next": (),
    "search re": (),
    "sources": (),
    "stats": (),
}


HELD: dict[int, Plain] = {1: {"granted_by": "AA"}, 2: {"excludes": ["if-3"]}}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry in which everything is said in each of the texts: each is a country, a precondition and a contribution."""
    folder = tmp_path_factory.mktemp("hostile")
    everything = " ".join(TEXTS.values())
    labels = [{"label": text, "meaning": text} for text in TEXTS.values()]
    vocabulary = {
        "format": "1",
        "topic": everything,
        "question": everything,
        "synonyms": [everything],
        "stances": {name: {"label": f"{name} {everything}", "takes_part": "true"} for name in ("yes", "no")},
        "preconditions": {f"if-{at}": each | implied(at) | HELD.get(at, {}) for at, each in enumerate(labels)},
        "contributions": {f"what-{number}": label for number, label in enumerate(labels)},
    }
    events = [{"date": "2025-05", "title": text, "sources": sources(text, 0), "note": text} for text in TEXTS.values()]
    (folder / "_registry.yaml").write_text(flow(vocabulary))
    (folder / "_events.yaml").write_text(flow({"events": events}))
    for number, (slug, text) in enumerate(zip(SLUGS, TEXTS.values(), strict=True)):
        said = [("2025-04-01", "official", "yes"), ("2025-06-01", "anonymous", "no")]
        country = {
            "country": chr(65 + number // 26) + chr(65 + number % 26),
            "name": f"{text} {number}",
            "aliases": [f"{number} {text}"],
            "statements": [statement(text, number, *each) for each in said],
        }
        (folder / f"{slug}.yaml").write_text(flow(country))
    return folder


def implied(number: int) -> Plain:
    return {"implied_by": [f"if-{number // 2}"], "excludes": [f"if-{number - 1}"]} if number > 1 else {}


def statement(text: str, number: int, date: str, attribution: str, stance: str) -> Plain:
    return dict.fromkeys(("speaker", "office", "occasion", "summary", "quote", "note"), text) | {
        "id": date,
        "date": date,
        "attribution": attribution,
        "stance": stance,
        "requires": [{"condition": f"if-{number}", "note": text, "after": ["if-0"]}, {"condition": "if-0"}],
        "offers": [{"kind": f"what-{number}", "note": text}],
        "sources": sources(text, number),
    }


def sources(text: str, number: int) -> list[Plain]:
    """Two sources: one has nothing but an address."""
    bare, described = (URLS[place % len(URLS)] for place in (number, number + 1))
    return [{"url": bare}, {"url": f"{described}#{number}", "publisher": text, "title": text, "lang": text, "archived": bare}]


def flow(value: object) -> str:
    """A value in YAML's flow style, every unusual character escaped."""
    if isinstance(value, dict):
        return "{" + ",\n".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    usual = r"[ !#-\[\]-~]"
    return '"' + "".join(mark if re.fullmatch(usual, mark) else f"\\U{ord(mark):08x}" for mark in str(value)) + '"'


def told(registry: Path, command: str, format: str, columns: int = 80) -> str:
    return answer(*command.split(), *COMMANDS[command], *DAY, *format.split(), registry=registry, columns=columns)


every_command = pytest.mark.parametrize("command", COMMANDS)
every_page = pytest.mark.parametrize("command", [each for each in COMMANDS if each != "show --statements"])


@every_page
@pytest.mark.parametrize("columns", [40, 80])
def test_tables_stay_within_the_width_and_steer_nothing(command: str, columns: int, hostile: Path) -> None:
    text = told(hostile, command, "-f plain", columns)
    assert RAW.findall(text) == []
    assert [line for line in text.split("\n") if cell_len(line) > columns] == []


@every_page
def test_tables_in_colour_hold_no_other_escape_codes_than_ours(command: str, hostile: Path) -> None:
    text = told(hostile, command, "-f table --color always")
    assert OURS.search(text)
    assert RAW.findall(OURS.sub("", text)) == []
    assert OURS.sub("", text) == told(hostile, command, "-f plain")


@every_command
def test_tsv_has_as_many_cells_in_every_line(command: str, hostile: Path) -> None:
    lines = told(hostile, command, "-f tsv --header").split("\n")
    assert lines.pop() == ""
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}
    assert RAW.findall("".join(lines).replace("\t", "")) == []


@every_command
def test_csv_holds_no_formula(command: str, hostile: Path) -> None:
    text = told(hostile, command, "-f csv")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [each for row in rows for each in row if each.lstrip()[:1] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"}] == []
    assert RAW.findall(text.replace("\r\n", "")) == []


@every_page
def test_json_steers_nothing(command: str, hostile: Path) -> None:
    array, lines = told(hostile, command, "-f json"), told(hostile, command, "-f jsonl")
    assert [json.loads(line) for line in lines.splitlines()] == json.loads(array)
    assert RAW.findall(array + lines) == []


def test_json_gives_every_text_back_exactly(hostile: Path) -> None:
    countries = json.loads(told(hostile, "show", "--json"))
    for number, (country, text) in enumerate(zip(countries, TEXTS.values(), strict=True)):
        assert country["name"] == f"{text} {number}"
        for said in country["statements"]:
            assert [said[name] for name in ("speaker", "office", "occasion", "summary", "quote", "note")] == [text] * 6
            assert said["requires"][0]["note"] == said["offers"][0]["note"] == text
            assert [each["title"] for each in said["sources"]] == [None, text]
    assert {
        each["url"].split("#")[0] for country in countries for said in country["statements"] for each in said["sources"]
    } == set(URLS)


def test_yaml_gives_every_text_back_exactly(hostile: Path) -> None:
    text = told(hostile, "show", "-f yaml")
    assert yaml.safe_load(text) == json.loads(told(hostile, "show", "--json"))
    assert RAW.findall(text) == []


HEAD = {"html", "head", "meta", "title", "style", "body"}
HTML = {"h1", "h2", "p", "span", "a", "div", "table", "tr", "th", "td", "dl", "dt", "dd", "ol", "li", "pre"}
MARKDOWN = {"h1", "h2", "p", "strong", "em", "a", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "br", "pre", "code"}


class Elements(HTMLParser):
    """The elements of a page, and their addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]


@every_page
def test_html_is_made_of_our_elements_alone(command: str, hostile: Path) -> None:
    text = told(hostile, command, "-f html")
    page = Elements(text)
    assert set(page.names) <= HEAD | HTML
    assert [page.names.count(name) for name in ("style", "title", "h1")] in ([1, 1, 1], [1, 1, len(SLUGS)])
    assert page.attributes <= {"lang", "charset", "name", "content", "class", "href", "rel", "id", "value"}
    assert [each for each in page.addresses if not re.match("https?://|#note-[0-9]+$", each)] == []
    assert RAW.findall(text) == []


@pytest.mark.parametrize("command", ["list", "show", "timeline --chart", "compare"])
def test_svg_is_made_of_our_elements_alone(command: str, hostile: Path) -> None:
    text = told(hostile, command, "-f svg")
    names = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}
    assert names <= {"svg", "style", "defs", "rect", "g", "text", "clipPath"}
    assert RAW.findall(text) == []


@every_page
def test_markdown_is_made_of_our_elements_alone(command: str, hostile: Path) -> None:
    text = told(hostile, command, "-f markdown")
    page = Elements(MarkdownIt("commonmark").enable("table").render(text))
    assert set(page.names) <= MARKDOWN
    assert page.names.count("code") == page.names.count("pre") == len(re.findall(r"^`{3,}text$", text, re.MULTILINE))
    assert [each for each in page.addresses if not re.match("https?://", each)] == []
    assert RAW.findall(text) == []


@pytest.mark.parametrize("command", ["show", "why", "timeline", "search re"])
def test_no_text_begins_a_list_in_markdown(command: str, hostile: Path) -> None:
    """There is one list of entries, or one below each heading; what a text begins with adds none."""
    page = Elements(MarkdownIt("commonmark").enable("table").render(told(hostile, command, "-f markdown")))
    entries = told(hostile, command, "-f html").count("<dt>")
    assert page.names.count("li") == entries


def test_references_are_whole(hostile: Path) -> None:
    entries = told(hostile, "sources", "-f bibtex").split("\n\n")
    items = json.loads(told(hostile, "sources", "-f csl"))
    assert len(entries) == len(items) == len(TEXTS) + len(URLS)
    assert [entry for entry in entries if not balanced(entry)] == []
    assert {item["title"] for item in items if not item["title"].startswith("http")} == set(TEXTS.values())
    assert len({item["id"] for item in items}) == len(items)
    assert RAW.findall("".join(entries)) == []


def balanced(entry: str) -> bool:
    """Whether every brace has its other half, as BibTeX counts: a backslash before one does not change what it is."""
    depth = 0
    for place, brace in ((match.start(), match[0]) for match in re.finditer("[{}]", entry)):
        depth += 1 if brace == "{" else -1
        if depth == 0 and entry[place:].strip() != "}":
            return False
    return depth == 0


def test_notes_and_errors_steer_nothing(hostile: Path) -> None:
    """Names of countries come from the registry, words from whoever made the command line."""
    cases = [
        ("show", "land-0", "--as-of", "2000"),
        ("why", "land-0", "if-9", "--as-of", "2000"),
        ("show", "\x1b[31mnowhere"),
        ("search", "\x1b[31m\u202enothing"),
        ("list", "--fields", "\x9b31m"),
        ("list", "-o", "\x1b[31m.json/\x1b"),
        ("list", "-f", "\x1b[31m"),
        ("list", "--\x1b[31m"),
        ("list", "--registry", "\x1b[31m"),
        ("list", "--as-of", "\x1b[31m"),
        ("list", "--rev", "\x1b[31m"),
        ("\x1b[31m",),
    ]
    for words in cases:
        said = stancectl(*words, cwd=hostile.parent, env={"STANCECTL_REGISTRY": str(hostile)})
        assert said.stdout == ""
        assert said.stderr.startswith("stancectl: "), words
        assert RAW.findall(said.stderr) == [], words


def test_nothing_unsafe_is_printable() -> None:
    marks = "".join(map(chr, range(sys.maxunicode + 1)))
    assert [mark for mark in UNSAFE.findall(marks) if mark.isprintable()] == []
