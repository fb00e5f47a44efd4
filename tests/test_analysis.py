"""The other questions: what is met, what was said when and why, where words and sources are, who stands beside whom."""

from datetime import date
from typing import Any

import pytest

from building import LATE, WORDS, at, country, country_of, plain_statement, real_position, real_registry
from stancectl.analysis.comparison import compare
from stancectl.analysis.dossier import dossier
from stancectl.analysis.fulfilment import met_on
from stancectl.analysis.listing import Filter, by_engagement, personnel, standing
from stancectl.analysis.parts import part_rows
from stancectl.analysis.positions import Position
from stancectl.analysis.preconditions import demands
from stancectl.analysis.reasons import reasons
from stancectl.analysis.search import search
from stancectl.analysis.sources import Citation, citations
from stancectl.analysis.stats import AGES, figures
from stancectl.analysis.timeline import timeline
from stancectl.model.dates import PartialDate
from stancectl.model.registry import Event, Registry
from stancectl.model.statements import Source, Statement
from stancectl.model.vocabulary import Precondition, Stance, Vocabulary

# Preconditions: which are met. Talks are implied by a ceasefire, which is implied by peace.

MEANT = Vocabulary(
    topic="a force",
    stances={"willing": Stance("Willing")},
    preconditions={
        "talks": Precondition("Talks", implied_by=("ceasefire", "summit")),
        "ceasefire": Precondition("Ceasefire", implied_by=("peace",)),
        "peace": Precondition("Peace"),
        "summit": Precondition("Summit"),
        "mandate": Precondition("Mandate", excludes=("peace",)),
        "chicken": Precondition("Chicken", implied_by=("egg",)),
        "egg": Precondition("Egg", implied_by=("chicken",)),
    },
)


def events(lines: str) -> tuple[Event, ...]:
    """An event a line: its date, then `meets` or `unmeets` and preconditions."""
    made = []
    for line in filter(str.strip, lines.splitlines()):
        day, *words = line.split()
        does: dict[str, list[str]] = {"meets": [], "unmeets": []}
        for word in words:
            if word in does:
                verb = word
            else:
                does[verb].append(word)
        made.append(Event(PartialDate.parse(day), "It happened", meets=tuple(does["meets"]), unmeets=tuple(does["unmeets"])))
    return tuple(made)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("", {}),
        ("2025-01-01", {}),
        ("2025-01-01 meets mandate", {"mandate": "2025-01-01"}),
        ("2025-01-01 meets mandate summit", {"mandate": "2025-01-01", "summit": "2025-01-01", "talks": "2025-01-01"}),
        # met again: since the first time; unmet: not met; met again after that: since then
        ("2025-01-01 meets mandate\n2025-02-01 meets mandate", {"mandate": "2025-01-01"}),
        ("2025-01-01 meets mandate\n2025-02-01 unmeets mandate", {}),
        ("2025-01-01 meets mandate\n2025-02-01 unmeets mandate\n2025-03-01 meets mandate", {"mandate": "2025-03-01"}),
        ("2025-01-01 unmeets mandate\n2025-02-01 meets mandate", {"mandate": "2025-02-01"}),
        ("2025-01-01 meets mandate\n2025-02-01 meets summit unmeets mandate", {"summit": "2025-02-01", "talks": "2025-02-01"}),
        # what is implied is met with what implies it, however long the chain
        ("2025-01-01 meets ceasefire", {"ceasefire": "2025-01-01", "talks": "2025-01-01"}),
        ("2025-01-01 meets peace", {"peace": "2025-01-01", "ceasefire": "2025-01-01", "talks": "2025-01-01"}),
        ("2025-01-01 meets talks", {"talks": "2025-01-01"}),  # and does not imply what implies it
        ("2025-01-01 meets chicken", {"chicken": "2025-01-01", "egg": "2025-01-01"}),
        # and unmet with it
        ("2025-01-01 meets peace\n2025-02-01 unmeets peace", {}),
        (
            "2025-01-01 meets ceasefire\n2025-01-02 meets peace\n2025-02-01 unmeets peace",
            {"ceasefire": "2025-01-01", "talks": "2025-01-01"},
        ),
        (  # the ceasefire came with the peace and outlasts it: it has been met all the while
            "2025-01-01 meets peace\n2025-01-02 meets ceasefire\n2025-02-01 unmeets peace",
            {"ceasefire": "2025-01-01", "talks": "2025-01-01"},
        ),
        (
            "2025-01-01 meets peace\n2025-02-01 unmeets peace\n2025-03-01 meets ceasefire",
            {"ceasefire": "2025-03-01", "talks": "2025-03-01"},
        ),
        # it stays met while something else implies it
        (
            "2025-01-01 meets peace\n2025-02-01 unmeets ceasefire talks",
            {"peace": "2025-01-01", "ceasefire": "2025-01-01", "talks": "2025-01-01"},
        ),
        # of several causes, the first counts
        (
            "2025-01-01 meets summit\n2025-02-01 meets ceasefire",
            {"summit": "2025-01-01", "ceasefire": "2025-02-01", "talks": "2025-01-01"},
        ),
        (
            "2025-01-01 meets ceasefire\n2025-02-01 meets summit",
            {"summit": "2025-02-01", "ceasefire": "2025-01-01", "talks": "2025-01-01"},
        ),
        (
            "2025-01-01 meets peace\n2025-02-01 meets summit",
            {"peace": "2025-01-01", "ceasefire": "2025-01-01", "summit": "2025-02-01", "talks": "2025-01-01"},
        ),
        (
            "2025-01-01 meets peace\n2025-02-01 meets ceasefire",
            {"peace": "2025-01-01", "ceasefire": "2025-01-01", "talks": "2025-01-01"},
        ),
    ],
)
def test_events_meet_and_unmeet_preconditions(lines: str, expected: dict[str, str]) -> None:
    assert {item: str(day) for item, day in met_on(MEANT, events(lines), LATE).items()} == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-01-14", {}),
        ("2025-01-15", {"mandate": "2025-01-15"}),
        ("2025-01-31", {"mandate": "2025-01-15"}),
        ("2025-02-01", {"mandate": "2025-01-15", "summit": "2025-02", "talks": "2025-02"}),  # a month counts from its first day
        ("2025-03-09", {"mandate": "2025-01-15", "summit": "2025-02", "talks": "2025-02"}),
        ("2025-03-10", {"summit": "2025-02", "talks": "2025-02"}),
    ],
)
def test_what_is_met_depends_on_the_day(day: str, expected: dict[str, str]) -> None:
    happened = events("2025-01-15 meets mandate\n2025-02 meets summit\n2025-03-10~ unmeets mandate")
    assert {item: str(met) for item, met in met_on(MEANT, happened, date.fromisoformat(day)).items()} == expected


def test_demands_tell_who_requires_what_since_when_most_required_first() -> None:
    positions = [
        at("2025-01-03 requires mandate ceasefire\n2025-01-09 requires mandate", slug="alpha"),
        at(
            "2025-01-01 requires mandate\n2025-01-02 declined\n2025-01-04 requires shares mandate\n2025-01-06 requires shares",
            slug="beta",
        ),
        at("2025-01 requires mandate ceasefire\n2025-01-08 anonymous requires framework", slug="gamma"),
        at("2025-01-01 requires mandate\n2025-01-02 declined", slug="delta"),
    ]
    registry = Registry(WORDS, {}, events("2025-01-05 meets mandate"), {})
    found = demands(registry, positions, LATE)
    assert [
        (
            each.precondition,
            each.label,
            str(each.met_on),
            each.required_by,
            each.count,
            str(each.first_stated),
            str(each.last_stated),
        )
        for each in found
    ] == [
        ("mandate", "Mandate", "2025-01-05", ("alpha", "beta", "gamma"), 3, "2025-01", "2025-01-09"),
        ("ceasefire", "Ceasefire", "None", ("alpha", "gamma"), 2, "2025-01", "2025-01-03"),
        ("shares", "Shares", "None", ("beta",), 1, "2025-01-04", "2025-01-06"),
        ("framework", "Framework", "None", (), 0, "None", "None"),
    ]
    assert [each.met for each in found] == [True, False, False, False]


# Timeline


def test_a_timeline_is_in_order_of_days_then_events_then_countries() -> None:
    zeta = at("2025-01-02 willing\n2025-01-02 undecided", slug="zeta")
    alpha = at("2025-01-03 willing\n2025-01-02 willing\n2025-01 willing", slug="alpha")
    happened = events("2025 meets peace\n2025-01-02\n2025-01-03")
    found = timeline([zeta, alpha], happened, None, LATE)
    assert [f"{each.date} {each.ref or each.kind}" for each in found] == [
        "2025 event",
        "2025-01 alpha/3",
        "2025-01-02 event",
        "2025-01-02 alpha/2",
        "2025-01-02 zeta/1",
        "2025-01-02 zeta/2",
        "2025-01-03 event",
        "2025-01-03 alpha/1",
    ]


def test_a_timeline_tells_where_the_country_stood_until_each_statement() -> None:
    lines = """
        2025-01-01 requires ceasefire
        2025-01-02 willing
        2025-01-03 requires mandate
        2025-01-04 anonymous opposed
        2025-01-05 dissenting
        2025-01-06 undecided
        2025-01-07 undecided
        2025-01-08 document declined
    """
    found = timeline([at(lines)], (), None, LATE)
    assert [f"{each.stance_before} > {each.stance}" for each in found] == [
        "None > None",
        "None > willing",
        "willing > None",
        "willing > opposed",
        "willing > None",
        "willing > undecided",
        "undecided > undecided",
        "undecided > declined",
    ]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, "2025-12-31", "1 2 3 4 event"),
        ("2025-01-10", "2025-12-31", "1 2 3 4 event"),
        ("2025-01-11", "2025-12-31", "2 3 4 event"),
        ("2025-02-01", "2025-02-10", "2 3"),
        ("2025-02-02", "2025-02-10", "3"),  # a month stands at its first day
        ("2025-02-10", "2025-02-10", "3"),
        ("2025-02-11", "2025-02-28", ""),
        ("2025-03-01", "2025-03-01", "4 event"),
        (None, "2025-01-09", ""),
    ],
)
def test_a_timeline_runs_from_its_first_day_to_its_last(since: str | None, until: str, expected: str) -> None:
    said = at("2025-01-10 willing\n2025-02 undecided\n2025-02-10 willing\n2025-03 undecided")
    first, last = date.fromisoformat(since) if since else None, date.fromisoformat(until)
    found = timeline([said], events("2025-03-01~"), first, last)
    assert sorted((each.ref or each.kind).removeprefix("land/") for each in found) == expected.split()


def test_what_came_before_the_first_day_still_tells_where_the_country_stood() -> None:
    (found,) = timeline([at("2025-01-10 willing\n2025-02-10 declined")], (), date(2025, 2, 1), LATE)
    assert (found.stance_before, found.stance) == ("willing", "declined")


@pytest.mark.parametrize(
    ("until", "expected"), [("2025-02-27", [False, True, True, True]), ("2025-02-28", [False, False, True, True])]
)
def test_a_timeline_marks_dates_that_leave_doubt_on_its_last_day(until: str, expected: list[bool]) -> None:
    said = at("2025-01 willing\n2025-02 undecided\n2025-02-10? willing")
    found = timeline([said], events("2025-02-11~"), None, date.fromisoformat(until))
    assert [each.uncertain for each in found] == expected


def test_an_entry_tells_what_the_statement_did() -> None:
    line = "2025-01-01 document willing requires ceasefire>mandate shares drops framework offers air*5 rules_out troops"
    (found,) = timeline([at(line)], (), None, LATE)
    assert (found.kind, found.country, found.ref, found.attribution) == ("statement", "land", "land/1", "document")
    assert (found.requires, found.drops) == (("mandate", "shares"), ("framework",))
    assert (found.offers, found.rules_out) == (("air",), ("troops",))
    assert (found.speaker, found.summary, found.sources) == ("Somebody", "Said so.", ("https://example.org/",))


def test_an_event_has_a_title_and_sources_and_no_country() -> None:
    event = Event(PartialDate.parse("2025-01-01"), "A summit", (Source("https://example.org/a"), Source("https://example.org/b")))
    (found,) = timeline([], [event], None, LATE)
    assert (found.kind, found.summary, found.sources) == ("event", "A summit", ("https://example.org/a", "https://example.org/b"))
    assert (found.country, found.ref, found.speaker, found.attribution, found.stance, found.stance_before) == (None,) * 6


# Why

STORY = """
    2025-01-01 willing requires ceasefire mandate offers air
    2025-01-02 requires ceasefire(a full one)
    2025-01-03 anonymous requires ceasefire drops mandate
    2025-01-04 willing drops ceasefire
    2025-01-05 requires ceasefire
    2025-01-06 declined rules_out air
    2025-01-07 willing requires ceasefire
"""


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        # dropped and set again; the refusal ended it too; the signal did nothing
        ("ceasefire", "set 1, restated 2, dropped 4, set 5, dropped 6, set 7"),
        ("mandate", "set 1, dropped 6"),
        ("air", "set 1, dropped 6, set 6"),  # the offer, then the exclusion
        ("willing", "set 1, restated 4, set 7"),
        ("declined", "set 6"),
        ("stance", "set 1, restated 4, set 6, set 7"),
        ("opposed", ""),
        ("naval", ""),
        # all that is in force now, part by part: stance, precondition, exclusion
        (None, "set 1, restated 4, set 7, set 1, restated 2, dropped 4, set 5, dropped 6, set 7, set 6"),
    ],
)
def test_reasons_are_the_chain_of_statements_behind_a_part(what: str | None, expected: str) -> None:
    found = reasons(at(STORY), what)
    assert ", ".join(f"{each.action} {each.ref.removeprefix('land/')}" for each in found) == expected


def test_reasons_go_no_further_than_the_day_asked_for() -> None:
    found = reasons(at(STORY, "2025-01-04"), "ceasefire")
    assert [f"{each.date} {each.action}" for each in found] == ["2025-01-01 set", "2025-01-02 restated", "2025-01-04 dropped"]


def test_a_reason_tells_an_offer_from_an_exclusion_and_who_said_it() -> None:
    offer, end, exclusion = reasons(at(STORY), "air")
    assert (offer.part, end.part, exclusion.part) == ("offer", "offer", "rule-out")
    assert (offer.country, offer.item, offer.ref, str(offer.date)) == ("land", "air", "land/1", "2025-01-01")
    assert (offer.speaker, offer.attribution, offer.summary) == ("Somebody", "official", "Said so.")
    assert offer.sources == ("https://example.org/",)


def test_why_france_asks_for_the_us_backstop() -> None:
    # dropped on 2025-03-27, asked for again with the leaders of December
    found = reasons(real_position("france", "2026-11-21"), "us-backstop")
    assert [(each.action, each.ref) for each in found] == [
        ("set", "france/2025-02-24-macron"),
        ("dropped", "france/2025-03-27-macron"),
        ("set", "france/2025-12-15-leaders-statement"),
        ("restated", "france/2026-01-08-macron"),
        ("restated", "france/2026-02-24-coalition"),
    ]


def test_why_ireland_speaks_of_monitoring() -> None:
    # 2025-03-05-martin refuses, which ends the offer, and makes it again for another mission
    found = reasons(real_position("ireland", "2025-03-31"), "monitoring")
    assert [(each.action, each.ref) for each in found] == [
        ("set", "ireland/2025-02-27-martin"),
        ("dropped", "ireland/2025-03-05-martin"),
        ("set", "ireland/2025-03-05-martin"),
        ("restated", "ireland/2025-03-06-martin"),
    ]


# Search and sources

PAGES: list[dict[str, Any]] = [
    {
        "date": "2025-03",
        "speaker": "Hakan Fidan",
        "office": "Foreign Minister of Türkiye",
        "summary": "A ceasefire has to come first,\nthen the mission.",
        "quote": "Önce ateşkes",
        "requires": [{"condition": "mandate", "note": "a full ceasefire"}, {"condition": "shares"}],
        "sources": [
            {"url": "https://example.org/news", "publisher": "Yeni Asır", "title": "Barış gücü"},
            {"url": "https://example.org/bare"},
        ],
    },
    {
        "date": "2025-01-01",
        "speaker": "Ministry",
        "occasion": "weekly briefing",
        "summary": "No ceasefire in sight.",
        "note": "Seen in the first edition.",
        "offers": [{"kind": "naval", "note": "mines in the Black Sea"}, {"kind": "air"}],
        "sources": [{"url": "https://example.org/other", "title": "Briefing"}],
    },
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ceasefire", ["2 summary", "1 summary", "1 requires"]),  # oldest first
        ("CeaseFire", ["2 summary", "1 summary", "1 requires"]),
        ("cease", ["2 summary", "1 summary", "1 requires"]),  # parts of words too
        ("first ceasefire", ["1 summary"]),  # every word, in one field, in any order
        ("ceasefire   full", ["1 requires"]),
        ("first then", ["1 summary"]),  # over the end of a line
        ("ceasefire ministry", []),  # not one here and one there
        ("turkiye", ["1 office"]),
        ("Türkiye", ["1 office"]),
        ("TÜRKİYE", ["1 office"]),
        ("ates", ["1 quote"]),
        ("önce", ["1 quote"]),
        ("fidan", ["1 speaker"]),
        ("weekly", ["2 occasion"]),
        ("edition", ["2 note"]),
        ("black sea", ["2 offers"]),
        ("yeni asir", ["1 sources"]),
        ("asır gücü", ["1 sources"]),  # publisher and title together
        ("example.org/bare", ["1 sources"]),  # the address, where nothing else is known
        ("example.org/news", []),
        ("briefing", ["2 occasion", "2 sources"]),
        ("nowhere", []),
        ("", []),
        ("  ", []),
    ],
)
def test_search_finds_fields_that_hold_every_word(text: str, expected: list[str]) -> None:
    found = search([country_of(PAGES)], text, date.min, LATE)
    assert [f"{each.ref.removeprefix('land/')} {each.field}" for each in found] == expected


def test_a_match_shows_the_whole_text_as_it_is_written() -> None:
    (found,) = search([country_of(PAGES)], "asir gucu", date.min, LATE)
    assert found.match == "Yeni Asır, Barış gücü"
    assert (found.country, found.speaker, str(found.date)) == ("land", "Hakan Fidan", "2025-03")


def cited(*uses: dict[str, str]) -> tuple[Statement, ...]:
    """A statement for each source."""
    return tuple(country_of([{"date": "2025-01-01", "sources": [use]} for use in uses]).statements)


def test_a_source_cited_twice_is_one() -> None:
    statements = cited({"url": "https://b.org/"}, {"url": "https://a.org/"}, {"url": "https://b.org/"})
    assert [(each.url, each.cited_by) for each in citations(statements)] == [
        ("https://b.org/", ("land/1", "land/3")),
        ("https://a.org/", ("land/2",)),
    ]


def test_an_address_described_twice_has_the_first_of_each_field() -> None:
    statements = cited(
        {"url": "https://a.org/", "title": "First"},
        {"url": "https://a.org/", "title": "Second", "publisher": "A", "date": "2025-01"},
        {"url": "https://a.org/", "publisher": "B", "lang": "tr", "archived": "https://archive.org/a", "date": "2025-02"},
    )
    assert citations(statements) == [
        Citation(
            "https://a.org/",
            "A",
            "First",
            PartialDate.parse("2025-01"),
            "tr",
            "https://archive.org/a",
            ("land/1", "land/2", "land/3"),
        )
    ]


def test_a_statement_that_cites_an_address_twice_cites_it_once() -> None:
    twice = country_of([{"date": "2025-01-01", "sources": [{"url": "https://a.org/"}, {"url": "https://a.org/", "title": "A"}]}])
    assert [(each.title, each.cited_by) for each in citations(twice.statements)] == [("A", ("land/1",))]


def test_addresses_that_differ_are_different_sources() -> None:
    assert len(citations(cited({"url": "https://a.org/"}, {"url": "https://a.org/#b"}, {"url": "http://a.org/"}))) == 3


# Side by side

ALPHA = at("2025-01-01 willing requires shares mandate offers air rules_out troops", slug="alpha")
BETA = at("2025-01-01 declined requires ceasefire mandate rules_out troops", slug="beta")
GAMMA = at("2025-01-01 anonymous willing offers air\n2025-01-02 requires mandate ceasefire", slug="gamma")


def test_a_comparison_has_a_line_a_part_and_what_most_share_first() -> None:
    found = compare([ALPHA, BETA, GAMMA])
    table = [(line.part, line.item, " ".join(part.item if part else "-" for part in line.held.values())) for line in found]
    assert table == [
        ("stance", "stance", "willing declined -"),
        ("precondition", "mandate", "mandate mandate mandate"),
        ("precondition", "ceasefire", "- ceasefire ceasefire"),
        ("precondition", "shares", "shares - -"),
        ("offer", "air", "air - -"),
        ("rule-out", "troops", "troops troops -"),
    ]
    assert all(list(line.held) == ["alpha", "beta", "gamma"] for line in found)


def test_nobody_compared_is_a_line_with_nobody_in_it() -> None:
    assert [(line.item, dict(line.held)) for line in compare([])] == [("stance", {})]


# Figures


def test_figures_count_countries_statements_and_sources() -> None:
    archived = {"url": "https://a.org/", "archived": "https://archive.org/a"}
    texts = [
        plain_statement("2025-01-01 willing") | {"sources": [archived, {"url": "https://b.org/"}]},
        plain_statement("2025-01-02 document undecided") | {"sources": [{"url": "https://a.org/"}]},
        plain_statement("2025-01-03 anonymous declined"),
        plain_statement("2025-01-04 dissenting"),
    ]
    found = figures([Position(country_of(texts), WORDS, LATE), BETA, GAMMA], WORDS, LATE)
    values = {(each.measure, each.item): each.value for each in found}
    assert {item: value for (measure, item), value in values.items() if measure == "total"} == {
        "countries": 3,
        "statements": 7,
        "signals": 3,
        "sources": 3,
        "source references": 8,
        "sources archived": 1,
    }
    assert {item: value for (measure, item), value in values.items() if measure == "stance"} == {
        "willing": 0,
        "conditional": 0,
        "undecided": 1,
        "declined": 1,
        "opposed": 0,
        "none": 1,
    }
    assert {item: value for (measure, item), value in values.items() if measure == "attribution"} == {
        "official": 3,
        "document": 1,
        "dissenting": 1,
        "anonymous": 2,
        "reported": 0,
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("2025-12-31 willing", [1, 1, 1, 1, 0, 0]),
        ("2025-12-15 willing", [1, 1, 1, 1, 0, 0]),
        ("2025-11-20 willing", [0, 1, 1, 1, 0, 0]),
        ("2025-08-01 willing", [0, 0, 1, 1, 0, 0]),
        ("2025-01-10 willing", [0, 0, 0, 1, 0, 0]),
        ("2024-12-01 willing", [0, 0, 0, 0, 1, 0]),
        ("2024-12-01 willing\n2025-12-15 requires mandate", [1, 1, 1, 1, 0, 0]),  # the last statement, whatever it says
        ("2024-12-01 willing\n2025-12-15 anonymous declined", [0, 0, 0, 0, 1, 0]),  # if it counts
        ("2025-12-15 anonymous declined", [0, 0, 0, 0, 0, 1]),
        ("2026-01-01 willing", [0, 0, 0, 0, 0, 1]),
    ],
)
def test_figures_tell_how_fresh_the_last_statement_is(lines: str, expected: list[int]) -> None:
    day = date(2025, 12, 31)
    found = [each for each in figures([at(lines, day)], WORDS, day) if each.measure == "last statement"]
    assert [each.item for each in found] == [*AGES, "older", "none"]
    assert [each.value for each in found] == expected


def test_the_figures_of_the_real_registry_add_up() -> None:
    registry, day = real_registry(), date(2026, 11, 21)
    positions = [Position(each, registry.vocabulary, day) for each in registry.countries.values()]
    found = figures(positions, registry.vocabulary, day)

    def total(measure: str) -> int:
        return sum(each.value for each in found if each.measure == measure)

    values = {each.item: each.value for each in found}
    assert total("stance") == values["countries"] == len(registry.countries)
    assert total("attribution") == values["statements"] == sum(len(each.statements) for each in registry.countries.values())
    assert values["within 365 days"] + values["older"] == sum(bool(each.counted) for each in positions)


# Where every country stands


def test_a_standing_is_a_position_in_a_row() -> None:
    lines = """
        2025-01-01 willing requires shares offers troops*100..200
        2025-01-02~ conditional requires mandate offers air*50
        2025-01-03 conditional rules_out naval
        2025-01-04 anonymous declined
    """
    row = standing(at(lines))
    assert (row.country, row.code, row.name) == ("land", "LA", "Land")
    assert (row.stance, str(row.stance_since), row.stance_by) == ("conditional", "2025-01-02~", "land/2")
    assert (row.preconditions, row.offers, row.rules_out) == (("shares", "mandate"), ("troops", "air"), ("naval",))
    assert (row.personnel_min, row.personnel_max) == (150, 250)
    assert (str(row.last_statement), row.statements, row.signals) == ("2025-01-03", 4, 1)


def test_a_standing_of_signals_alone_has_neither_stance_nor_last_statement() -> None:
    row = standing(at("2025-01-04 anonymous declined"))
    assert (row.stance, row.stance_since, row.stance_by, row.last_statement) == (None,) * 4
    assert (row.statements, row.signals) == (1, 1)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("", (None, None)),
        ("2025-01-01 offers troops", (None, None)),
        ("2025-01-01 offers troops*100", (100, 100)),
        ("2025-01-01 offers troops*100..200", (100, 200)),
        ("2025-01-01 offers troops*100..200 air*50 naval", (150, 250)),
        ("2025-01-01 offers troops*100.. air*50", (150, None)),  # open upwards
        ("2025-01-01 offers troops*..200 air*50", (50, 250)),
        ("2025-01-01 offers troops*0", (0, 0)),
        ("2025-01-01 offers troops*100\n2025-01-02 offers troops*70", (70, 70)),
        ("2025-01-01 offers troops*100\n2025-01-02 offers troops", (None, None)),
        ("2025-01-01 offers troops*100 air*50\n2025-01-02 withdraws troops", (50, 50)),
        ("2025-01-01 offers troops*100\n2025-01-02 declined", (None, None)),
        ("2025-01-01 anonymous offers troops*100", (None, None)),
    ],
)
def test_people_of_all_offers_in_force_add_up(lines: str, expected: tuple[int | None, int | None]) -> None:
    assert personnel(at(lines)) == expected


def test_switzerland_offers_two_hundred() -> None:
    # 2025-02-23-suessli: "200", both at least and at most; never taken back
    assert personnel(real_position("switzerland", "2026-11-21")) == (200, 200)


def test_countries_stand_most_engaged_first_then_by_name() -> None:
    said = {"delta": "declined", "beta": "willing", "alpha": "opposed", "gamma": "", "epsilon": "willing", "zeta": "conditional"}
    positions = [at(f"2025-01-01 {stance}", slug=slug) for slug, stance in said.items()]
    assert [each.country.slug for each in by_engagement(positions, WORDS)] == [
        "beta",
        "epsilon",
        "zeta",
        "delta",
        "alpha",
        "gamma",
    ]


def any_of(*ids: str) -> frozenset[str]:
    return frozenset(ids)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (Filter(), "alpha beta gamma"),
        (Filter(stances=(any_of("willing"),)), "alpha"),
        (Filter(stances=(any_of("willing", "declined"),)), "alpha beta"),
        (Filter(stances=(any_of("undecided"),)), ""),
        (Filter(requires=(any_of("mandate"),)), "alpha beta gamma"),
        (Filter(requires=(any_of("shares", "ceasefire"),)), "alpha beta gamma"),
        (Filter(requires=(any_of("mandate"), any_of("ceasefire"))), "beta gamma"),
        (Filter(requires=(any_of("shares"), any_of("ceasefire"))), ""),
        (Filter(offers=(any_of("air"),)), "alpha"),  # gamma's is a signal
        (Filter(offers=(any_of("troops"),)), ""),  # ruled out is not offered
        (Filter(groups=(any_of("AL", "GA"),)), "alpha gamma"),
        (Filter(groups=(any_of("AL", "GA"), any_of("GA", "BE"))), "gamma"),
        (Filter(stances=(any_of("willing"),), requires=(any_of("ceasefire"),)), ""),
        (Filter(requires=(any_of("ceasefire"),), groups=(any_of("BE"),)), "beta"),
        (Filter(since=date(2025, 1, 1)), "alpha beta"),  # gamma has no stance
        (Filter(since=date(2025, 1, 2)), ""),
    ],
)
def test_a_filter_keeps_positions_that_meet_every_demand_by_any_of_its_ids(wanted: Filter, kept: str) -> None:
    assert [each.country.slug for each in (ALPHA, BETA, GAMMA) if wanted.keeps(standing(each))] == kept.split()


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ("2025-02-01 willing", True),
        ("2025-01-31 willing", False),
        ("2025-01-31 willing\n2025-02-05 willing", False),  # restated, not new
        ("2025-01-31 willing\n2025-02-05 undecided", True),
        ("2025-01-31 willing\n2025-02-05 undecided\n2025-02-06 willing", True),
        ("2025-02 willing", True),
        ("2025 willing", False),  # may be younger, and counts from January
        ("2025-02-05 requires mandate", False),
    ],
)
def test_since_asks_for_stances_that_date_from_then(lines: str, kept: bool) -> None:
    assert Filter(since=date(2025, 2, 1)).keeps(standing(at(lines))) is kept


# A position, whole


def test_a_dossier_tells_each_part_with_the_statement_behind_it() -> None:
    lines = """
        2025-01-01 conditional requires ceasefire offers troops*100(one battalion) rules_out air
        2025-01-02~ anonymous willing
        2025-01-03 conditional requires ceasefire ceasefire>mandate(in writing)
    """
    met = met_on(WORDS, events("2025-01-05 meets ceasefire"), LATE)
    found = dossier(at(lines), WORDS, met)
    assert (found.country, found.code, found.name, found.as_of, found.uncertain) == ("land", "LA", "Land", LATE, False)
    assert found.stance is not None
    assert (found.stance.value, str(found.stance.since), str(found.stance.last_stated), found.stance.by) == (
        "conditional",
        "2025-01-01",
        "2025-01-03",
        "land/1",
    )
    ceasefire, mandate = found.preconditions
    assert (ceasefire.id, ceasefire.label, ceasefire.by, ceasefire.restated_by) == (
        "ceasefire",
        "Ceasefire",
        "land/1",
        ("land/3",),
    )
    assert (ceasefire.met, ceasefire.after, ceasefire.note) == (True, (), None)
    assert (mandate.id, mandate.met, mandate.after, mandate.note) == ("mandate", False, ("ceasefire",), "in writing")
    assert [(each.kind, each.personnel_min, each.personnel_max, each.note, each.by) for each in found.offers] == [
        ("troops", 100, 100, "one battalion", "land/1")
    ]
    assert [(each.kind, str(each.since), each.by) for each in found.rules_out] == [("air", "2025-01-01", "land/1")]
    assert [(each.ref, each.attribution) for each in found.statements] == [
        ("land/1", "official"),
        ("land/2", "anonymous"),
        ("land/3", "official"),
    ]


def test_a_dossier_holds_every_field_of_a_statement() -> None:
    said = plain_statement(
        "2025-01-01 willing requires ceasefire>mandate(in writing) drops shares offers troops*1..2(here) air withdraws naval "
        "rules_out air reopens troops"
    )
    said |= {"office": "Minister", "occasion": "interview", "quote": "Yes.", "responds_to": ["other/1"], "note": "Our remark."}
    (found,) = dossier(Position(country_of([said]), WORDS, LATE), WORDS, {}).statements
    assert (found.office, found.occasion, found.quote, found.responds_to, found.note) == (
        "Minister",
        "interview",
        "Yes.",
        ("other/1",),
        "Our remark.",
    )
    assert [(each.condition, each.after, each.note) for each in found.requires] == [("mandate", ("ceasefire",), "in writing")]
    assert [(each.kind, each.personnel_min, each.personnel_max, each.note) for each in found.offers] == [
        ("troops", 1, 2, "here"),
        ("air", None, None, None),
    ]
    assert (found.drops, found.withdraws, found.rules_out, found.reopens) == (("shares",), ("naval",), ("air",), ("troops",))


def test_the_parts_of_a_position_are_rows_stance_first() -> None:
    lines = """
        2025-01 willing requires ceasefire>mandate(in writing) ceasefire offers naval air rules_out troops
        2025-01-02 requires mandate(of the UN)
    """
    assert [
        (each.part, each.item, str(each.since), str(each.last_stated), each.by, each.note) for each in part_rows(at(lines))
    ] == [
        ("stance", "willing", "2025-01", "2025-01", "land/1", None),
        ("precondition", "mandate", "2025-01", "2025-01-02", "land/1", "of the UN"),
        ("precondition", "ceasefire", "2025-01", "2025-01", "land/1", None),
        ("offer", "air", "2025-01", "2025-01", "land/1", None),
        ("offer", "naval", "2025-01", "2025-01", "land/1", None),
        ("rule-out", "troops", "2025-01", "2025-01", "land/1", None),
    ]


def test_a_country_that_said_nothing_yet_has_an_empty_dossier() -> None:
    found = dossier(Position(country("2025-01-01 willing"), WORDS, date(2024, 12, 31)), WORDS, {})
    assert (found.stance, found.preconditions, found.offers, found.rules_out, found.statements) == (None, (), (), (), ())


def test_a_long_chain_of_implications_is_followed() -> None:
    chain = {f"p{n}": Precondition(f"P{n}", implied_by=(f"p{n + 1}",)) for n in range(1500)}
    words = WORDS._replace(preconditions=chain | {"p1500": Precondition("P1500")})
    day = PartialDate.parse("2025-03-01")
    assert len(met_on(words, [Event(day, "the last comes true", meets=("p1500",))], date(2025, 3, 1))) == 1501
