"""The JSON contract: every field of every command, in order, with its type; and the same data in every other format.

In the tables, `str | None` may be null, `[str]` is a list of texts, and a mapping is an object with exactly these keys.
"""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from shell import ROOT, answer, run

DAY = ("--as-of", "2025-12-01")
TEXT, NUMBER = str | None, int | None
SHIPPED = ROOT / "positions"

LIST = {
    "country": str,
    "code": str,
    "name": str,
    "stance": TEXT,
    "stance_since": TEXT,
    "stance_by": TEXT,
    "preconditions": [str],
    "offers": [str],
    "rules_out": [str],
    "personnel_min": NUMBER,
    "personnel_max": NUMBER,
    "last_statement": TEXT,
    "statements": int,
    "signals": int,
}
SOURCE = {"url": str, "publisher": TEXT, "title": TEXT, "date": TEXT, "lang": TEXT, "archived": TEXT}
STATEMENT = {
    "ref": str,
    "date": str,
    "speaker": str,
    "office": TEXT,
    "occasion": TEXT,
    "attribution": str,
    "stance": TEXT,
    "summary": str,
    "quote": TEXT,
    "requires": [{"condition": str, "after": [str], "note": TEXT}],
    "drops": [str],
    "offers": [{"kind": str, "personnel_min": NUMBER, "personnel_max": NUMBER, "note": TEXT}],
    "withdraws": [str],
    "rules_out": [str],
    "reopens": [str],
    "responds_to": [str],
    "sources": [SOURCE],
    "note": TEXT,
}
PRECONDITION = {
    "id": str,
    "label": str,
    "since": str,
    "last_stated": str,
    "by": str,
    "restated_by": [str],
    "after": [str],
    "note": TEXT,
    "met": bool,
}
SHOW = {
    "country": str,
    "code": str,
    "name": str,
    "as_of": str,
    "uncertain": bool,
    "stance": {"value": str, "since": str, "last_stated": str, "by": str},  # or null
    "preconditions": [PRECONDITION],
    "offers": [{"kind": str, "personnel_min": NUMBER, "personnel_max": NUMBER, "note": TEXT, "since": str, "by": str}],
    "rules_out": [{"kind": str, "since": str, "by": str}],
    "statements": [STATEMENT],
}
DIFF = {
    "country": str,
    "change": str,
    "item": str,
    "before": TEXT,
    "after": TEXT,
    "date": str,
    "by": str,
    "uncertain": bool,
}
STAT = {
    "country": str,
    "stance_before": TEXT,
    "stance_after": TEXT,
    "added": int,
    "dropped": int,
    "changed": int,
    "restated": int,
    "signals": int,
}
TIMELINE = {
    "date": str,
    "uncertain": bool,
    "country": TEXT,
    "kind": str,
    "ref": TEXT,
    "speaker": TEXT,
    "attribution": TEXT,
    "stance": TEXT,
    "stance_before": TEXT,
    "requires": [str],
    "drops": [str],
    "offers": [str],
    "rules_out": [str],
    "summary": str,
    "sources": [str],
}
PRECONDITIONS = {
    "precondition": str,
    "label": str,
    "met": bool,
    "met_on": TEXT,
    "required_by": [str],
    "count": int,
    "first_stated": TEXT,
    "last_stated": TEXT,
}
WHATIF = {
    "country": str,
    "stance": TEXT,
    "clear": bool,
    "waiting_for": [str],
    "blocked_by": [str],
    "personnel_min": NUMBER,
    "personnel_max": NUMBER,
}
UNLOCK = {
    "precondition": str,
    "label": str,
    "clears": int,
    "countries": [str],
    "personnel_min": NUMBER,
    "personnel_max": NUMBER,
    "waiting": [str],
    "held_by": TEXT,
    "holder_stance": TEXT,
    "holder_statement": TEXT,
}
CHOICE = {
    "preconditions": [str],
    "clear": int,
    "countries": [str],
    "personnel_min": NUMBER,
    "personnel_max": NUMBER,
}
CONTRADICTION = {"kind": str, "preconditions": [str], "countries": [str], "against": [str], "by": TEXT}
WHY = {
    "country": str,
    "item": str,
    "action": str,
    "date": str,
    "ref": str,
    "speaker": str,
    "attribution": str,
    "summary": str,
    "sources": [str],
    "part": str,
}
SEARCH = {"ref": str, "date": str, "country": str, "speaker": str, "field": str, "match": str}
COMPARE = {"part": str, "item": str, "lilliput": TEXT, "blefuscu": TEXT}
MATRIX = {"country": str} | dict.fromkeys(
    ("truce", "peace", "mandate", "parliament", "cost-sharing", "blefuscu-consent", "pilots"), TEXT
)
GRAPH = {"kind": str, "first": str, "then": str, "required_by": [str], "count": int}
STATS = {"measure": str, "item": str, "value": int}

EVERYBODY = ("lilliput", "laputa", "balnibarbi", "brobdingnag", "blefuscu", "houyhnhnms")
FLAT = {
    ("list", *DAY): LIST,
    ("diff", "--since", "2025-03", "--all", *DAY): DIFF,
    ("diff", "--since", "2025-03", "--stat", "--all", *DAY): STAT,
    ("timeline", *DAY): TIMELINE,
    ("timeline", "--chart", *DAY): TIMELINE,
    ("preconditions", *DAY): PRECONDITIONS,
    ("preconditions", "--matrix", "--as-of", "2025-09-14"): MATRIX,
    ("preconditions", "--graph", "--as-of", "2025-09-14"): GRAPH,
    ("whatif", "--all", *DAY): WHATIF,
    ("whatif", "--next", "peace,cost-sharing", "--as-of", "2025-09-14"): UNLOCK,
    ("whatif", "--sets", "--clear", "1", "peace,cost-sharing", "--as-of", "2025-09-14"): CHOICE,
    ("why", "lilliput", *DAY): WHY,
    ("search", "a", *DAY): SEARCH,
    ("sources", *DAY): SOURCE | {"cited_by": [str]},
    ("compare", "lilliput", "blefuscu", *DAY): COMPARE,
    ("stats", *DAY): STATS,
}
EVERY = FLAT | {("show", *EVERYBODY, *DAY): SHOW}

every_command = pytest.mark.parametrize(("words", "shape"), EVERY.items(), ids=[" ".join(words[:-2]) for words in EVERY])
flat_command = pytest.mark.parametrize(("words", "shape"), FLAT.items(), ids=[" ".join(words[:-2]) for words in FLAT])


@every_command
def test_fields(words: tuple[str, ...], shape: Any) -> None:
    rows = json.loads(answer(*words, "--json"))
    assert rows
    for row in rows:
        assert list(misfits(row, shape)) == []


def test_fields_of_contradictions() -> None:
    rows = json.loads(answer("whatif", "--contradictions", "--as-of", "2026-11-21", "--json", registry=SHIPPED))
    assert [each for row in rows for each in misfits(row, CONTRADICTION)] == []
    assert {row["by"] is None for row in rows} == {True, False}


def misfits(value: Any, shape: Any, place: str = "") -> Iterator[str]:
    """Where the value is not of that shape."""
    if isinstance(shape, dict):
        if value is None and place == ".stance":
            return
        if not isinstance(value, dict) or list(value) != list(shape):
            yield f"{place}: keys {list(value)}"
            return
        for name, inner in shape.items():
            yield from misfits(value[name], inner, f"{place}.{name}")
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{place}: {value!r} is no list"
            return
        for index, each in enumerate(value):
            yield from misfits(each, shape[0], f"{place}[{index}]")
    elif not isinstance(value, shape) or (isinstance(value, bool) and shape is not bool):
        yield f"{place}: {value!r}"


@every_command
def test_what_may_be_null_is_so_somewhere_and_elsewhere_not(words: tuple[str, ...], shape: Any) -> None:
    rows = json.loads(answer(*words, "--json"))
    for name, kind in shape.items():
        if not isinstance(kind, (dict, list)):
            assert {row[name] is None for row in rows} == ({True, False} if kind in (TEXT, NUMBER) else {False}), name


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_jsonl_and_yaml_hold_the_same_data(words: tuple[str, ...]) -> None:
    rows = json.loads(answer(*words, "--json"))
    lines = answer(*words, "-f", "jsonl").split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == rows
    assert yaml.safe_load(answer(*words, "-f", "yaml")) == rows


@flat_command
def test_tsv_and_csv_agree_with_json_cell_by_cell(words: tuple[str, ...], shape: Any) -> None:
    rows = json.loads(answer(*words, "--json"))
    cells = [[cell(value) for value in row.values()] for row in rows]
    assert table_of_tsv(answer(*words, "-f", "tsv", "--header")) == [list(shape), *cells]
    assert table_of_tsv(answer(*words, "-f", "tsv")) == cells
    assert table_of_csv(answer(*words, "-f", "csv")) == [list(shape), *([defused(value) for value in row] for row in cells)]


def test_show_in_tsv_and_csv_is_a_row_a_part() -> None:
    words = ("show", *EVERYBODY, *DAY)
    head = ["country", "part", "item", "since", "last_stated", "by", "note"]
    expected = []
    for each in json.loads(answer(*words, "--json")):
        parts = [("stance", each["stance"] | {"id": each["stance"]["value"]})] if each["stance"] else []
        parts += [("precondition", part) for part in each["preconditions"]]
        parts += [("offer", part | {"id": part["kind"]}) for part in each["offers"]]
        parts += [("rule-out", part | {"id": part["kind"]}) for part in each["rules_out"]]
        expected += [
            [each["country"], kind, part["id"], part["since"], part["by"], part.get("note") or ""] for kind, part in parts
        ]
    told = table_of_tsv(answer(*words))
    assert [row[:4] + row[5:] for row in told] == expected
    assert table_of_csv(answer(*words, "-f", "csv")) == [head, *([defused(value) for value in row] for row in told)]
    since = {(row[0], row[2]): (row[3], row[4]) for row in told}
    assert since["lilliput", "ships"] == ("2025-03", "2025-10-01~")


def test_show_statements_in_tsv_and_csv_is_a_row_a_statement() -> None:
    words = ("show", *EVERYBODY, *DAY)
    statements = [each for country in json.loads(answer(*words, "--json")) for each in country["statements"]]
    cells = [[cell(value) for value in each.values()] for each in statements]
    assert table_of_tsv(answer(*words, "--statements", "--header")) == [list(STATEMENT), *cells]
    assert table_of_csv(answer(*words, "--statements", "-f", "csv", "--no-header")) == [
        [defused(value) for value in row] for row in cells
    ]


@every_command
def test_fields_are_those_asked_for_in_that_order(words: tuple[str, ...], shape: Any) -> None:
    wanted = list(shape)[::-2]
    rows = json.loads(answer(*words, "--json"))
    picked = json.loads(answer(*words, "--json", "--fields", ",".join(wanted)))
    assert picked == [{name: row[name] for name in wanted} for row in rows]
    assert [list(row) for row in picked] == [wanted] * len(rows)


@pytest.mark.parametrize("format", ["tsv", "csv", "json", "jsonl", "yaml", "markdown", "html", "plain", "table", "svg"])
def test_fields_in_every_format(format: str) -> None:
    text = answer("list", "ql", "qp", *DAY, "--fields", "name,stance", "-f", format)
    told = {
        "tsv": "Lilliput\tsigned\nLaputa\topen\n",
        "csv": "name,stance\r\nLilliput,signed\r\nLaputa,open\r\n",
        "json": '[\n  {\n    "name": "Lilliput",\n    "stance": "signed"\n  },\n',
        "jsonl": '{"name": "Lilliput", "stance": "signed"}\n{"name": "Laputa", "stance": "open"}\n',
        "yaml": "- name: Lilliput\n  stance: signed\n- name: Laputa\n  stance: open\n",
        "markdown": "| name | stance |\n| --- | --- |\n| Lilliput | signed |\n| Laputa | open |\n",
        "html": "<tr><td>Lilliput</td><td>signed</td></tr>\n<tr><td>Laputa</td><td>open</td></tr>\n",
        "plain": "  name      stance\n  Lilliput  signed\n  Laputa    open\n",
        "table": "  name      stance\n  Lilliput  signed\n  Laputa    open\n",
        "svg": "Lilliput",
    }
    assert told[format] in text
    assert "QL" not in text
    assert "2025" not in text


def test_nothing_is_an_empty_list_in_json_and_yaml_and_an_empty_text_in_all_others() -> None:
    words = ("list", "blefuscu", "--stance", "signed", *DAY)
    told = {
        format: answer(*words, "-f", format) for format in ("json", "yaml", "jsonl", "tsv", "plain", "markdown", "html", "svg")
    }
    assert told == dict.fromkeys(told, "") | {"json": "[]\n", "yaml": "[]\n"}


def test_csv_ends_its_lines_as_rfc_4180_has_it() -> None:
    assert answer("list", *DAY, "-f", "csv").count("\r\n") == 1 + len(EVERYBODY)


def test_every_name_of_a_country_gives_the_same_json() -> None:
    told = {answer("show", name, *DAY, "--json", registry=SHIPPED) for name in ("Türkiye", "TR", "turkiye", "TURKEY", "TÜRKİYE")}
    assert len(told) == 1
    assert json.loads(told.pop())[0]["country"] == "turkey"


def test_list_has_a_line_a_country() -> None:
    assert run(f"stancectl list {' '.join(DAY)} | cut -f1 | wc -l").stdout.strip() == "44"


QUESTION = ("list", "--requires", "us-backstop", "--as-of", "2026-06-01", "--json")
ANSWER = ["France", "United Kingdom"]


def test_json_answers_a_question_in_python() -> None:
    rows = json.loads(answer(*QUESTION, registry=SHIPPED))
    assert [row["name"] for row in rows if row["stance"] == "committed"] == ANSWER


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_json_answers_a_question_in_jq() -> None:
    said = run(f"stancectl {' '.join(QUESTION)} | jq -r '.[] | select(.stance == \"committed\") | .name'")
    assert said.stdout.splitlines() == ANSWER


def test_norway_is_no_yaml_truth_value() -> None:
    rows = yaml.safe_load(answer("list", "norway", *DAY, "-f", "yaml", registry=SHIPPED))
    assert (rows[0]["code"], rows[0]["name"]) == ("NO", "Norway")


def cell(value: Any) -> str:
    """A value of JSON as TSV writes it."""
    if isinstance(value, list):
        return ",".join(map(cell, value))
    if isinstance(value, dict):
        return cell(next(iter(value.values())))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else "".join(map(shown, str(value)))


def shown(mark: str) -> str:
    """A character as every flat format writes it."""
    if mark in "\t\r\n":
        return " "
    return mark if mark.isprintable() else json.dumps(mark).strip('"')


def defused(value: str) -> str:
    """A cell as CSV writes it."""
    return f"'{value}" if value.lstrip()[:1] in {"=", "+", "-", "@"} else value


def table_of_tsv(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n")[:-1]]


def table_of_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))
