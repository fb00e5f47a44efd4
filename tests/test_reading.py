"""What a registry's files mean: YAML in which every scalar is text, its shorthands, and the model made of it."""

import contextlib
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from stancectl.cli.streams import complain
from stancectl.model.dates import PartialDate
from stancectl.model.registry import Registry
from stancectl.model.statements import Offer, Personnel, Requirement, Source, Statement
from stancectl.registry import build
from stancectl.registry.document import Document
from stancectl.registry.errors import InvalidRegistry
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.load import load
from stancectl.registry.locate import shipped
from stancectl.registry.problems import Problem
from stancectl.registry.read import check_files
from stancectl.registry.strict_yaml import parse
from stancectl.report.unsafe import UNSAFE

WORDS = """\
format: 1
topic: A force for Ukraine
question: Would it take part?
synonyms: [the force]
stances:
  willing: {label: Willing, takes_part: true}
  conditional: {label: Conditional, meaning: Not yet settled}
  declined: {label: Declined, refuses: true, takes_part: false}
preconditions:
  ceasefire: {label: Ceasefire, implied_by: [peace-agreement], question: Does it hold?}
  peace-agreement: {label: Peace agreement, excludes: [ceasefire]}
  us-backstop: {label: US backstop, granted_by: US}
contributions:
  ground-troops: {label: Ground troops}
  naval: {label: Naval forces}
groups:
  nato: [TR, US]
"""
TURKEY = """\
country: TR
name: Turkey
aliases: [Türkiye, Turkiye]
statements:
  - id: 2025-11-27-mod
    date: 2025-11-27
    speaker: Ministry of National Defence
    attribution: official
    stance: conditional
    summary: >-
      It would send soldiers once a ceasefire holds,
      in rear areas.
    requires:
      - ceasefire
      - {condition: us-backstop, after: [ceasefire], note: "first: the ceasefire"}
    offers:
      - kind: ground-troops
        personnel: {min: 6000, max: 10000}
    sources:
      - url: https://example.org/1
        publisher: Anadolu
"""
HAPPENED = """\
events:
  - date: 2025-10
    title: A truce
    meets: [ceasefire]
    sources: [{url: https://example.org/2}]
"""


def file(content: str | bytes, name: str = "turkey.yaml") -> File:
    return File(name, name, content if isinstance(content, bytes) else content.encode())


def document(content: str | bytes) -> Document:
    return parse(file(content))


def value(content: str | bytes) -> Any:
    """What a file holds in which nothing is wrong."""
    read = document(content)
    assert read.problems == []
    return read.value


def registry(**files: str | bytes) -> Registry:
    """A registry of these countries, by slug; `words` and `happened` are its vocabulary and its events."""
    named = {"words": VOCABULARY, "happened": EVENTS}
    given = {named.get(slug, f"{slug}.yaml"): content for slug, content in {"words": WORDS, **files}.items()}
    values = check_files(file(content, name) for name, content in given.items())
    words, slugs = build.vocabulary(values[VOCABULARY]), build.slugs(given)
    countries = {slug: build.country(slug, values[f"{slug}.yaml"], words) for slug in slugs}
    events = build.events(values.get(EVENTS, {}))
    return Registry(words, countries, events, build.names(countries.values()))


def problems(**files: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(InvalidRegistry) as caught:
        registry(**files)
    return caught.value.problems


def statement(more: str = "", *, without: str = "$^") -> Statement:
    """Turkey's statement of a minimal file, with lines added to it or left out."""
    text = f"""\
country: TR
name: Turkey
statements:
  - id: a
    date: 2025
    speaker: The ministry
    summary: In short.
{more}
    sources: [{{url: "https://example.org/1"}}]
"""
    return registry(turkey=re.sub(without, "", text)).countries["turkey"].statements[0]


# Every scalar is text.


@pytest.mark.parametrize(
    "text",
    [
        *("NO", "no", "Yes", "on", "true", "False", "null", "Null", "~", "y"),
        *("1", "-1", "+1", "010", "0x1F", "0b1", "1_000", "1e3", "6.0", ".inf", ".nan", "12:30", "12:30:45"),
        *("2025", "2025-03", "2025-03-27", "2025-03-27?", "2025~", "2025-03-27T10:00:00Z"),
        *("=", "a - b", "a#b", "a:b", "https://example.org/a#b", "it's", 'a "b" c', "a, b", "a [b]", "Türkiye", "新华社"),
    ],
)
def test_a_plain_scalar_is_its_own_text(text: str) -> None:
    assert value(f"x: {text}\n") == {"x": text}


@pytest.mark.parametrize("text", ["NO", "null", "~", "12:30", "1e3", "2025-03", "true"])
def test_keys_and_entries_are_text_too(text: str) -> None:
    assert value(f"{text}: x\n") == {text: "x"}
    assert value(f"- {text}\n- [{text}]\n") == [text, [text]]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'NO'", "NO"),
        ('"NO"', "NO"),
        ("'it''s'", "it's"),
        (r'"T\u00fcrkiye"', "Türkiye"),
        (r'"one\ntwo\ttabs\\"', "one\ntwo\ttabs\\"),
        (r'"\U0001f600\x41"', "😀A"),
        ("'\\n'", "\\n"),
        ("' a '", " a "),
        ("'# no comment'", "# no comment"),
        ("a # comment", "a"),
        ("'a: b'", "a: b"),
        ("a\n  b", "a b"),
        ("a\n\n  b", "a\nb"),
        ("'a\n  b'", "a b"),
        (">-\n  a\n  b\n\n  c\n", "a b\nc"),
        (">\n  a\n  b\n", "a b\n"),
        ("|\n  a\n   b\n", "a\n b\n"),
        ("|-\n  a: [b\n  # c\n", "a: [b\n# c"),
        ("|+\n  a\n", "a\n\n"),
    ],
)
def test_quoting_and_folding(written: str, meant: str) -> None:
    assert value(f"x: {written}\n") == {"x": meant}


@pytest.mark.parametrize("blank", ["", " ", " ''", ' ""', ' "  "', " # a comment", " |", " >-", ' "\\n\\t"', ' "\\u00a0"'])
def test_an_empty_value_is_absent(blank: str) -> None:
    assert value(f"a: b\nx:{blank}\nc: d\n") == {"a": "b", "x": None, "c": "d"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("{a: b, c: [d, e], f: {g: h}}", {"a": "b", "c": ["d", "e"], "f": {"g": "h"}}),
        ("a: {b: , c: d}", {"a": {"b": None, "c": "d"}}),
        ("a: []\nb: {}\n", {"a": [], "b": {}}),
        ("a:\n- b\n- c\n", {"a": ["b", "c"]}),
        ("a:\n  - b: c\n    d: e\n  - f\n", {"a": [{"b": "c", "d": "e"}, "f"]}),
        ("? a\n: b\n", {"a": "b"}),
        ('"a b": c\n', {"a b": "c"}),
        ("<<: a\n", {"<<": "a"}),
        ("# above\na: b # beside\n# below\n", {"a": "b"}),
        ("---\na: b\n", {"a": "b"}),
        ("%YAML 1.1\n---\na: b\n...\n", {"a": "b"}),
        ("", None),
        ("# nothing\n", None),
    ],
)
def test_the_forms_of_yaml(text: str, meant: Any) -> None:
    assert value(text) == meant


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    plain = value(TURKEY)
    assert plain["statements"][0]["summary"] == "It would send soldiers once a ceasefire holds, in rear areas."
    assert value(TURKEY.replace("\n", "\r\n")) == plain
    assert value(b"\xef\xbb\xbf" + TURKEY.encode()) == plain
    assert value(b"\xef\xbb\xbf" + TURKEY.replace("\n", "\r\n").encode()) == plain


# Every value knows its place.


@pytest.mark.parametrize(
    ("path", "at_key", "place", "marked"),
    [
        ((), False, (1, 1), "c"),
        (("name",), False, (2, 7), "Turkey"),
        (("name",), True, (2, 1), "name"),
        (("aliases", 0), False, (3, 11), "Türkiye"),
        (("aliases", 1), False, (3, 20), "Turkiye"),
        (("statements", 0), False, (5, 5), "i"),
        (("statements", 0, "id"), False, (5, 9), "2025-11-27-mod"),
        (("statements", 0, "summary"), False, (10, 14), ">"),
        (("statements", 0, "requires", 0), False, (14, 9), "ceasefire"),
        (("statements", 0, "requires", 1, "after"), True, (15, 34), "after"),
        (("statements", 0, "requires", 1, "note"), False, (15, 60), '"first: the ceasefire"'),
        (("statements", 0, "offers", 0, "personnel", "max"), False, (18, 37), "10000"),
        (("statements", 0, "offers", 0, "personnel", "mean"), False, (18, 20), "{"),
    ],
)
def test_where_a_value_stands(path: tuple[str | int, ...], at_key: bool, place: tuple[int, int], marked: str) -> None:
    found = document(TURKEY).problem(path, "code", "message", at_key=at_key)
    assert (found.line, found.column) == place
    assert found.excerpt is not None
    assert found.excerpt[found.column - 1 :][: found.width] == marked


@pytest.mark.parametrize("before", ["\n", "\r\n", "# Türkiye 😀\n", "# tab\t\n\n\n", "---\n", "\ufeff"])
def test_what_stands_before_moves_the_place_along(before: str) -> None:
    text = before + TURKEY.replace("conditional", "conditonal")
    (found,) = problems(turkey=text)
    assert found.line == 9 + before.count("\n")
    assert found.column == 13
    assert found.excerpt == "    stance: conditonal"


@pytest.mark.parametrize("mark", ["\r", "\x85", "\u2028", "\u2029"])
def test_a_strange_line_end_shifts_no_excerpt(mark: str) -> None:
    (found,) = problems(turkey=TURKEY.replace("Anadolu", f'"Ana{mark}dolu"\n        lang: en\n        date: sometime'))
    assert found.code == "invalid-date"
    assert found.excerpt is not None
    assert found.excerpt[found.column - 1 :][: found.width] == "sometime"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xff", (1, 1)),
        (b"a: b\nc\xff: d", (2, 2)),
        ("ü: ü".encode() + b"\xff", (1, 5)),
        (b"a: \xc3", (1, 4)),
        (b"a: \xed\xa0\x80", (1, 4)),
        (b"\xef\xbb\xbfa\xff", (1, 2)),
        (b"\xef\xbb\xbf" + "ü: üü".encode() + b"\xff", (1, 6)),
    ],
)
def test_where_a_file_stops_being_utf_8(data: bytes, place: tuple[int, int]) -> None:
    (found,) = document(data).problems
    assert (found.code, found.line, found.column) == ("not-utf-8", *place)


@pytest.mark.parametrize("mark", ["\0", "\x07", "\x1b", "\x7f", "\x9f", "\ufffe"])
def test_where_a_control_character_stands(mark: str) -> None:
    lines = "".join(f"# Türkiye 😀 {number}\n" for number in range(500))
    (found,) = document(f"{lines}a: Türkiye {mark}\n").problems
    assert (found.code, found.line, found.column) == ("control-character", 501, 12)


def test_twenty_levels_are_enough_and_no_more_are_read() -> None:
    assert document("[" * 20 + "]" * 20).problems == []
    assert [found.code for found in document("[" * 21 + "]" * 21).problems] == ["too-deep"]
    assert [found.code for found in document("[" * 1_000_000).problems] == ["too-deep"]
    assert [found.code for found in document("{a: " * 100_000).problems] == ["too-deep"]


# From files to the model.


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[]", ()),
        ("[ceasefire]", (Requirement("ceasefire"),)),
        ("[{condition: ceasefire}]", (Requirement("ceasefire"),)),
        ("[{condition: ceasefire, note: signed, after: [us-backstop]}]", (Requirement("ceasefire", ("us-backstop",), "signed"),)),
        ("[{condition: ceasefire, note: , after: }]", (Requirement("ceasefire"),)),
        ("[us-backstop, {condition: ceasefire}]", (Requirement("us-backstop"), Requirement("ceasefire"))),
    ],
)
def test_requirements(written: str, meant: tuple[Requirement, ...]) -> None:
    assert statement(f"    requires: {written}").requires == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("naval", Offer("naval")),
        ("{kind: naval}", Offer("naval")),
        ("{kind: naval, note: two ships}", Offer("naval", None, "two ships")),
        ("{kind: naval, personnel: 600}", Offer("naval", Personnel(600, 600))),
        ("{kind: naval, personnel: 0}", Offer("naval", Personnel(0, 0))),
        ("{kind: naval, personnel: '0600'}", Offer("naval", Personnel(600, 600))),
        ("{kind: naval, personnel: {min: 600, max: 1000}}", Offer("naval", Personnel(600, 1000))),
        ("{kind: naval, personnel: {min: 600, max: 600}}", Offer("naval", Personnel(600, 600))),
        ("{kind: naval, personnel: {min: 600}}", Offer("naval", Personnel(600, None))),
        ("{kind: naval, personnel: {max: 1000}}", Offer("naval", Personnel(None, 1000))),
        ("{kind: naval, personnel: }", Offer("naval")),
        ("{kind: naval, personnel: {}}", Offer("naval")),
    ],
)
def test_offers(written: str, meant: Offer) -> None:
    assert statement(f"    offers: [{written}]").offers == (meant,)


def test_what_a_statement_leaves_out() -> None:
    assert statement() == Statement(
        country="turkey",
        id="a",
        date=PartialDate.parse("2025"),
        speaker="The ministry",
        summary="In short.",
        sources=(Source("https://example.org/1"),),
        office=None,
        occasion=None,
        attribution="official",
        stance=None,
        quote=None,
        requires=(),
        drops=(),
        offers=(),
        withdraws=(),
        rules_out=(),
        reopens=(),
        responds_to=(),
        note=None,
    )


def test_everything_a_statement_can_hold() -> None:
    full = statement("""\
    office: Minister
    occasion: A briefing
    attribution: document
    stance: declined
    quote: 'No.'
    requires: [ceasefire]
    drops: [us-backstop]
    offers: [naval]
    withdraws: [ground-troops]
    rules_out: [ground-troops]
    reopens: [naval]
    responds_to: [turkey/a]
    note: Ours.
""")
    assert full._asdict() == {
        "country": "turkey",
        "id": "a",
        "date": PartialDate.parse("2025"),
        "speaker": "The ministry",
        "summary": "In short.",
        "sources": (Source("https://example.org/1"),),
        "office": "Minister",
        "occasion": "A briefing",
        "attribution": "document",
        "stance": "declined",
        "quote": "No.",
        "requires": (Requirement("ceasefire"),),
        "drops": ("us-backstop",),
        "offers": (Offer("naval"),),
        "withdraws": ("ground-troops",),
        "rules_out": ("ground-troops",),
        "reopens": ("naval",),
        "responds_to": ("turkey/a",),
        "note": "Ours.",
    }


def test_statements_and_events_come_in_date_order() -> None:
    dates = ["2025-03", "2024", "2025-03-01", "2025-01-31~", "2025-03?"]
    one = TURKEY.split("statements:\n")[1]
    entries = "".join(
        one.replace("-11-27-mod", f"-{place}").replace("date: 2025-11-27", f"date: {each}") for place, each in enumerate(dates)
    )
    events = "events:\n" + "".join(f"  - {{date: {each}, title: x}}\n" for each in dates)
    read = registry(turkey=TURKEY.replace(one, entries), happened=events)
    in_order = ["2024", "2025-01-31~", "2025-03", "2025-03-01", "2025-03?"]
    assert [str(each.date) for each in read.countries["turkey"].statements] == in_order
    assert [str(each.date) for each in read.events] == in_order


def test_the_vocabulary() -> None:
    words = registry().vocabulary
    assert list(words.stances) == ["willing", "conditional", "declined"]
    assert [(each.takes_part, each.refuses) for each in words.stances.values()] == [(True, False), (False, False), (False, True)]
    assert words.preconditions["ceasefire"].implied_by == ("peace-agreement",)
    assert words.preconditions["us-backstop"].granted_by == "US"
    assert words.groups == {"nato": ("TR", "US")}
    assert words.synonyms == ("the force",)


def test_a_registry_needs_neither_countries_nor_events() -> None:
    read = registry(words="format: 1\ntopic: Anything\nstances: {yes: {label: 'Yes'}}\n")
    assert (dict(read.countries), read.events, dict(read.names)) == ({}, (), {})


def test_names_lead_to_the_country() -> None:
    assert dict(registry(turkey=TURKEY).names) == {"turkey": "turkey", "tr": "turkey", "turkiye": "turkey"}


def test_the_code_of_norway() -> None:
    assert registry(norway=TURKEY.replace("TR", "NO")).countries["norway"].code == "NO"


# The registry that is shipped.


@pytest.fixture(scope="module")
def positions() -> Registry:
    return load(shipped(), cache=False)


def test_the_shipped_registry_is_whole(positions: Registry) -> None:
    assert len(positions.countries) == 44
    assert sum(len(country.statements) for country in positions.countries.values()) == 445
    assert positions.events


def test_the_shipped_registry_is_in_the_forms_of_the_model(positions: Registry) -> None:
    countries = tuple(country[:5] for country in positions.countries.values())  # without the history
    kinds = {type(each) for each in leaves((positions.vocabulary, positions.events, countries))}
    assert kinds == {str, int, bool, type(None), PartialDate}
    for country in positions.countries.values():
        for said in country.statements:
            assert isinstance(said.date, PartialDate)
            assert date(2022, 2, 24) <= said.date.earliest <= said.date.latest
            assert said.sources
            assert said.ref.startswith(f"{country.slug}/")


def leaves(value: Any) -> Iterator[Any]:
    """Everything at the ends of model objects, tuples and mappings; a list would be an end."""
    if isinstance(value, tuple) and not isinstance(value, PartialDate):
        for each in value:
            yield from leaves(each)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield key
            yield from leaves(each)
    else:
        yield value


def test_the_shipped_registry_keeps_its_order(positions: Registry) -> None:
    assert list(positions.countries) == sorted(positions.countries)
    for country in positions.countries.values():
        days = [said.date.earliest for said in country.statements]
        assert days == sorted(days)


# Any text survives the way through a file.

LETTERS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(st.one_of(LETTERS, st.sampled_from("NO~:#-?[]{}'\"\\ \t\r\n\x00\x1b\x85\xa0\u2028\u2029\ufeff")), max_size=100)
SAID = TEXT.filter(str.strip)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    speaker=SAID,
    summary=SAID,
    quote=TEXT,
    note=TEXT,
    unicode=st.booleans(),
    style=st.sampled_from([None, '"', "'", "|", ">"]),
    flow=st.booleans(),
    width=st.integers(20, 200),
)
@example(speaker="NO", summary="12:30", quote="null", note="~", unicode=False, style=None, flow=False, width=80)
@example(speaker="a\u2028b", summary="a\u2029b", quote="\ufeff", note="\u202e", unicode=False, style=None, flow=False, width=80)
def test_any_text_is_read_back_as_it_was(
    speaker: str, summary: str, quote: str, note: str, unicode: bool, style: str | None, flow: bool, width: int
) -> None:
    hidden = {"\x85", "\u2028", "\u2029"}  # which PyYAML writes raw and takes for line ends, as YAML 1.1 does
    assume(not (unicode and hidden & {*speaker, *summary, *quote, *note}))
    entry: dict[str, Any] = {"id": "a", "date": "2025-03", "speaker": speaker, "summary": summary, "quote": quote, "note": note}
    entry["sources"] = [{"url": "https://example.org/1"}]
    written = yaml.safe_dump(
        {"country": "TR", "name": "Turkey", "statements": [entry]},
        allow_unicode=unicode,
        default_style=style,
        default_flow_style=flow,
        width=width,
    )
    (read,) = registry(turkey=written).countries["turkey"].statements
    assert (read.speaker, read.summary) == (speaker, summary)
    assert (read.quote, read.note) == (quote if quote.strip() else None, note if note.strip() else None)


# Whatever is in a file, it is read or refused in its place.

WHOLE = {VOCABULARY: WORDS, EVENTS: HAPPENED, "turkey.yaml": TURKEY}
BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
CHARACTERS = st.one_of(
    st.sampled_from("{}[]()<>&*!|>'\"%@`#,:-?~=. \t\n\r\\"),
    st.sampled_from("\0\x1b\x7f\x85\u2028\u202e\ufeff\U0001f600é"),
    st.characters(),
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A file of the whole registry after some slips of an editor's hand."""
    text = WHOLE[draw(st.sampled_from(sorted(WHOLE)))]
    for _ in range(draw(st.integers(1, 4))):
        lines = text.splitlines(keepends=True) or ["\n"]
        here, there = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        slip = draw(st.sampled_from(["delete", "duplicate", "swap", "move", "insert", "cut"]))
        if slip == "delete":
            del lines[here]
        elif slip == "duplicate":
            lines.insert(there, lines[here])
        elif slip == "swap":
            lines[here], lines[there] = lines[there], lines[here]
        elif slip == "move":
            lines[here] = " " * draw(st.integers(0, 8)) + lines[here].lstrip()
        else:
            column = draw(st.integers(0, len(lines[here])))
            new = draw(st.text(CHARACTERS, max_size=5)) if slip == "insert" else ""
            rest = "" if slip == "cut" else lines[here][column:]
            lines[here] = lines[here][:column] + new + rest
        text = "".join(lines)
    return text


def read_or_refused(name: str, data: bytes) -> None:
    """Read the whole registry with other bytes for one of its files: no error but InvalidRegistry, in its place."""
    files = {other: content.encode() for other, content in WHOLE.items()} | {name: data}
    refused = None
    try:
        values = check_files(file(content, other) for other, content in files.items())
    except InvalidRegistry as error:
        refused = error
    else:
        build.events(values[EVENTS])
        build.country("turkey", values["turkey.yaml"], build.vocabulary(values[VOCABULARY]))
    if refused:
        for found in refused.problems:
            inside(found, files[found.path])
        with contextlib.redirect_stderr(io.StringIO()) as told:
            complain(refused)
        assert told.getvalue().count("error[") == len(refused.problems) + 1 > 1
        assert not any(UNSAFE.search(line) for line in told.getvalue().split("\n"))


def inside(found: Problem, data: bytes) -> None:
    """The problem is in the file: in one of its lines or the one that would come next, and what it shows is there."""
    lines = BREAK.split(data.decode(errors="replace"))
    assert 1 <= found.line <= len(lines) + 1
    if found.excerpt is not None:
        assert 1 <= found.column <= len(found.excerpt) + 1
        assert found.excerpt.strip("\r\ufeff") in data.decode(errors="replace")


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(sorted(WHOLE)), damaged())
@example("turkey.yaml", "country: TR\u2028\nname: [")
@example("turkey.yaml", "country: TR\nname: 'Turkey\x85\x85\x85'\ncountry: X")
def test_a_damaged_file_is_read_or_refused(name: str, text: str) -> None:
    read_or_refused(name, text.encode(errors="surrogatepass"))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    st.sampled_from(sorted(WHOLE)),
    st.one_of(st.binary(max_size=200), st.text(CHARACTERS, max_size=100).map(lambda text: text.encode(errors="replace"))),
)
@example("turkey.yaml", b"\xef\xbb\xbf" + "ü".encode() * 3 + b"\xff")
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    read_or_refused(name, data)
