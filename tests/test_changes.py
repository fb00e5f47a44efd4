"""What moved between two days, and the statement behind it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from building import WORDS, Plain, at, country_of, days, real_registry, statement_lists
from stancectl.analysis.changes import QUIET, Change, Total, changes, total
from stancectl.analysis.positions import Position
from stancectl.analysis.terms import people, terms
from stancectl.model.statements import COUNTED
from stancectl.report.page import Span
from stancectl.views.changes import grid

BEFORE, AFTER = date(2025, 1, 31), date(2025, 12, 31)
"""In the tables, what is said in January is known before; all the rest comes in between."""

MOVES: dict[str, tuple[str, list[str]]] = {
    "nothing moves where nothing is said": ("2025-01-01 willing requires ceasefire offers air rules_out troops", []),
    "what is said later is not in it": ("2025-01-01 willing\n2026-01-01 declined", []),
    # stance
    "a stance is taken": ("2025-02-01 willing", ["stance stance: none -> willing, by 1"]),
    "a stance changes": ("2025-01-01 willing\n2025-02-01 undecided", ["stance stance: willing -> undecided, by 2"]),
    "a stance said again does not": ("2025-01-01 willing\n2025-02-01 willing", []),
    "the statement that turned is behind it, not those that repeat": (
        "2025-01-01 willing\n2025-02-01 undecided\n2025-02-02 undecided",
        ["stance stance: willing -> undecided, by 2"],
    ),
    "of what came in between, nothing": (
        "2025-01-01 willing\n2025-02-01 declined\n2025-02-02 undecided",
        ["stance stance: willing -> undecided, by 3"],
    ),
    "there and back is no move": ("2025-01-01 willing\n2025-02-01 undecided\n2025-02-02 willing", []),
    # preconditions
    "a precondition is added": (
        "2025-01-01 willing\n2025-02-01 requires ceasefire>mandate(in writing)",
        ["precondition-added mandate: none -> in writing, by 2"],
    ),
    "added and said again is added once, in the last words": (
        "2025-02-01 requires mandate\n2025-02-02 requires mandate(in writing)",
        ["precondition-added mandate: none -> in writing, by 1"],
    ),
    "a precondition is said again": (
        "2025-01-01 requires mandate(in writing)\n2025-02-01 requires mandate\n2025-02-02 requires mandate(of the UN)",
        ["precondition-restated mandate: in writing -> of the UN, by 3"],
    ),
    "a precondition is dropped": (
        "2025-01-01 requires mandate(in writing)\n2025-02-01 drops mandate",
        ["precondition-dropped mandate: in writing -> none, by 2"],
    ),
    "added and dropped is nothing": ("2025-02-01 requires mandate\n2025-02-02 drops mandate", []),
    "dropped and set again is said again": (
        "2025-01-01 requires mandate\n2025-02-01 drops mandate\n2025-02-02 requires mandate(in writing)",
        ["precondition-restated mandate: none -> in writing, by 3"],
    ),
    "the last drop is the one that dropped it": (
        "2025-01-01 requires mandate\n2025-02-01 drops mandate\n2025-02-02 requires mandate\n2025-02-03 drops mandate",
        ["precondition-dropped mandate: none -> none, by 4"],
    ),
    "added, dropped, and added again dates from the last": (
        "2025-02-01 requires mandate\n2025-02-02 drops mandate\n2025-02-03 requires mandate",
        ["precondition-added mandate: none -> none, by 3"],
    ),
    # refusals
    "a refusal is behind all that it ended": (
        "2025-01-01 willing requires ceasefire mandate(in writing) offers air*10 rules_out troops\n2025-02-01 declined",
        [
            "stance stance: willing -> declined, by 2",
            "precondition-dropped ceasefire: none -> none, by 2",
            "precondition-dropped mandate: in writing -> none, by 2",
            "offer-withdrawn air: 10 people -> none, by 2",
        ],
    ),
    "also if another refusal follows": (
        "2025-01-01 willing requires ceasefire\n2025-02-01 declined\n2025-02-02 opposed",
        ["stance stance: willing -> opposed, by 3", "precondition-dropped ceasefire: none -> none, by 2"],
    ),
    "also if the stance has turned back since": (
        "2025-01-01 willing requires ceasefire offers air\n2025-02-01 declined\n2025-02-02 willing",
        ["precondition-dropped ceasefire: none -> none, by 2", "offer-withdrawn air: none -> none, by 2"],
    ),
    "what was dropped before the refusal was dropped by the drop": (
        "2025-01-01 willing requires ceasefire mandate\n2025-02-01 drops ceasefire\n2025-02-02 declined",
        [
            "stance stance: willing -> declined, by 3",
            "precondition-dropped ceasefire: none -> none, by 2",
            "precondition-dropped mandate: none -> none, by 3",
        ],
    ),
    "what the refusal itself asks for is said again": (
        "2025-01-01 willing requires ceasefire offers air*10\n2025-02-01 declined requires ceasefire offers air*5",
        [
            "stance stance: willing -> declined, by 2",
            "offer-changed air: 10 people -> 5 people, by 2",
            "precondition-restated ceasefire: none -> none, by 2",
        ],
    ),
    # offers
    "an offer is made": (
        "2025-02-01 offers troops*6000..10000(in rear areas)",
        ["offer-added troops: none -> 6000 to 10000 people; in rear areas, by 1"],
    ),
    "an offer made again as it was does not move": ("2025-01-01 offers air*10(soon)\n2025-02-01 offers air*10(soon)", []),
    "other people make another offer": (
        "2025-01-01 offers air*10\n2025-02-01 offers air*..20",
        ["offer-changed air: 10 people -> up to 20 people, by 2"],
    ),
    "another note makes another offer": (
        "2025-01-01 offers air(soon)\n2025-02-01 offers air",
        ["offer-changed air: soon -> none, by 2"],
    ),
    "changed there and back is no move": ("2025-01-01 offers air*10\n2025-02-01 offers air*20\n2025-02-02 offers air*10", []),
    "who changed the offer is behind it, not who repeats it": (
        "2025-01-01 offers air*10\n2025-02-01 offers air*20\n2025-02-02 offers air*20",
        ["offer-changed air: 10 people -> 20 people, by 2"],
    ),
    "who came back to the present terms is behind them": (
        "2025-01-01 offers air*10\n2025-02-01 offers air*20\n2025-02-02 offers air*30\n2025-02-03 offers air*20",
        ["offer-changed air: 10 people -> 20 people, by 4"],
    ),
    "withdrawn and made again in other terms is changed": (
        "2025-01-01 offers air*10\n2025-02-01 withdraws air\n2025-02-02 offers air*20\n2025-02-03 offers air*20",
        ["offer-changed air: 10 people -> 20 people, by 3"],
    ),
    "an offer is withdrawn": (
        "2025-01-01 offers air*10..\n2025-02-01 withdraws air",
        ["offer-withdrawn air: 10 people or more -> none, by 2"],
    ),
    "withdrawn and made again as it was is no move": (
        "2025-01-01 offers air*10\n2025-02-01 withdraws air\n2025-02-02 offers air*10",
        [],
    ),
    # exclusions
    "a kind is excluded": ("2025-02-01 rules_out air", ["ruled-out air: none -> none, by 1"]),
    "excluded again is no move": ("2025-01-01 rules_out air\n2025-02-01 rules_out air", []),
    "what was offered is excluded": (
        "2025-01-01 offers air(soon)\n2025-02-01 rules_out air\n2025-02-02 rules_out air",
        ["offer-withdrawn air: soon -> none, by 2", "ruled-out air: none -> none, by 2"],
    ),
    "what was excluded is offered": (
        "2025-01-01 rules_out air\n2025-02-01 offers air\n2025-02-02 offers air(soon)",
        ["offer-added air: none -> soon, by 2", "rule-out-lifted air: none -> none, by 2"],
    ),
    "an exclusion is taken back": (
        "2025-01-01 rules_out air\n2025-02-01 reopens air",
        ["rule-out-lifted air: none -> none, by 2"],
    ),
    # signals
    "a signal with a stance": ("2025-02-01 anonymous willing", ["signal willing: none -> Said so., by 1"]),
    "a signal without one": ("2025-02-01 reported offers air", ["signal signal: none -> Said so., by 1"]),
    "a signal that was known is no news": ("2025-01-01 dissenting willing", []),
    # dates
    "a month counts from its first day": ("2025-01 willing\n2025-02 undecided", ["stance stance: willing -> undecided, by 2"]),
    "a month that is over is not uncertain": ("2025 willing\n2025-12 undecided", ["stance stance: willing -> undecided, by 2"]),
    "a qualified date is uncertain": ("2025-02-01? willing", ["stance stance: none -> willing, by 1, uncertain"]),
    "what ended at an uncertain date": (
        "2025-01-01 requires mandate\n2025-02-01~ drops mandate",
        ["precondition-dropped mandate: none -> none, by 2, uncertain"],
    ),
    "what was set at an uncertain date and ended on a certain one": (
        "2025-01-01~ requires mandate\n2025-02-01 drops mandate",
        ["precondition-dropped mandate: none -> none, by 2"],
    ),
    "a signal at an uncertain date": ("2025-02-01? anonymous willing", ["signal willing: none -> Said so., by 1, uncertain"]),
    # order: stance, preconditions, offers, exclusions; then what was said again, then signals
    "what moved comes first": (
        """
        2025-01-01 willing requires ceasefire mandate offers air rules_out troops
        2025-02-01 anonymous opposed
        2025-02-02 undecided requires ceasefire shares drops mandate offers naval withdraws air rules_out air reopens troops
        """,
        [
            "stance stance: willing -> undecided, by 3",
            "precondition-added shares: none -> none, by 3",
            "precondition-dropped mandate: none -> none, by 3",
            "offer-added naval: none -> none, by 3",
            "offer-withdrawn air: none -> none, by 3",
            "ruled-out air: none -> none, by 3",
            "rule-out-lifted troops: none -> none, by 3",
            "precondition-restated ceasefire: none -> none, by 3",
            "signal opposed: none -> Said so., by 2",
        ],
    ),
}


def row(change: Change) -> str:
    by = (change.by or "").partition("/")[2]
    text = f"{change.change} {change.item}: {change.before or 'none'} -> {change.after or 'none'}, by {by}"
    return text + ", uncertain" * change.uncertain


@pytest.mark.parametrize(("lines", "expected"), MOVES.values(), ids=MOVES.keys())
def test_changes(lines: str, expected: list[str]) -> None:
    assert [row(change) for change in changes(at(lines, BEFORE), at(lines, AFTER))] == expected


@pytest.mark.parametrize(
    ("day", "uncertain"), [("2025-02-01", True), ("2025-02-27", True), ("2025-02-28", False), ("2025-03-01", False)]
)
def test_a_change_is_uncertain_until_its_month_is_over(day: str, uncertain: bool) -> None:
    lines = "2025-02 willing"
    assert [change.uncertain for change in changes(at(lines, BEFORE), at(lines, day))] == [uncertain]


def test_a_row_names_the_country_and_the_statement_with_its_date_as_written() -> None:
    lines = "2025-02-01~ willing"
    (only,) = changes(at(lines, BEFORE), at(lines, AFTER))
    assert (only.country, only.by, str(only.date)) == ("land", "land/1", "2025-02-01~")


CORRECTIONS = {
    "a precondition was recorded by mistake": (
        "2025-01-01 requires ceasefire",
        "2025-01-01 requires mandate",
        ["precondition-added mandate: none -> none, by 1", "precondition-dropped ceasefire: none -> none, by 1"],
    ),
    "an offer was recorded in other terms": (
        "2025-01-01 offers air*10",
        "2025-01-01 offers air*20",
        ["offer-changed air: 10 people -> 20 people, by 1"],
    ),
    "a stance was taken out": ("2025-01-01 willing", "2025-01-01", ["stance stance: willing -> none, by 1"]),
    "a statement was taken out": (
        "2025-01-01 willing\n2025-01-02 rules_out air",
        "2025-01-01 willing",
        ["rule-out-lifted air: none -> none, by 2"],
    ),
    "a statement was added": (
        "2025-01-01 willing",
        "2025-01-01 willing\n2025-01-02 offers air",
        ["offer-added air: none -> none, by 2"],
    ),
    "a statement turned out to be hearsay": (
        "2025-01-01 willing offers air",
        "2025-01-01 reported willing offers air",
        ["stance stance: willing -> none, by 1", "offer-withdrawn air: none -> none, by 1"],
    ),
}


@pytest.mark.parametrize(("recorded", "corrected", "expected"), CORRECTIONS.values(), ids=CORRECTIONS.keys())
def test_two_records_of_one_day(recorded: str, corrected: str, expected: list[str]) -> None:
    assert [row(change) for change in changes(at(recorded), at(corrected))] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("2025-01-01 willing", Total("land", "willing", "willing", added=0, dropped=0, changed=0, restated=0, signals=0)),
        (
            "2025-02-01 willing requires ceasefire mandate offers air rules_out troops",
            Total("land", None, "willing", added=4, dropped=0, changed=1, restated=0, signals=0),
        ),
        (
            "2025-01-01 willing requires ceasefire offers air rules_out troops\n2025-02-01 declined reopens troops",
            Total("land", "willing", "declined", added=0, dropped=3, changed=1, restated=0, signals=0),
        ),
        (
            "2025-01-01 requires mandate offers air*1\n2025-02-01 requires mandate offers air*2\n2025-02-02 reported declined",
            Total("land", None, None, added=0, dropped=0, changed=1, restated=1, signals=1),
        ),
    ],
)
def test_a_total_counts_what_came_went_changed_and_was_said_again(lines: str, expected: Total) -> None:
    assert total(at(lines, BEFORE), at(lines, AFTER)) == expected


@pytest.mark.parametrize(
    ("offer", "expected_people", "expected_terms"),
    [
        ("troops", None, None),
        ("troops*0", "0 people", "0 people"),
        ("troops*100", "100 people", "100 people"),
        ("troops*6000..6000", "6000 people", "6000 people"),
        ("troops*100..200", "100 to 200 people", "100 to 200 people"),
        ("troops*100..", "100 people or more", "100 people or more"),
        ("troops*..200", "up to 200 people", "up to 200 people"),
        ("troops(in rear areas)", None, "in rear areas"),
        ("troops*100..200(in rear areas)", "100 to 200 people", "100 to 200 people; in rear areas"),
    ],
)
def test_terms_in_words(offer: str, expected_people: str | None, expected_terms: str | None) -> None:
    (part,) = at(f"2025-01-01 offers {offer}").offers
    assert (people(part.personnel), terms(part)) == (expected_people, expected_terms)


# The moved rows are the whole difference: before and the rows make after.

State = dict[tuple[str, str], str | None]
STANCE = ("stance", "stance")


def state(found: Position) -> State:
    """What `changes` compares: every part, with its stance or an offer's terms."""
    parts: State = {
        (part.kind, part.item): terms(part) if part.kind == "offer" else None for part in found.parts if part.kind != STANCE[0]
    }
    return parts | ({STANCE: found.stance} if found.stance else {})


KINDS = {"precondition": "precondition", "offer": "offer", "ruled": "rule-out", "rule": "rule-out", "stance": "stance"}


def moved(before: Position, after: Position) -> list[Change]:
    return [change for change in changes(before, after) if change.change not in QUIET]


def applied(start: State, rows: list[Change]) -> State:
    made = dict(start)
    for change in rows:
        part = (KINDS[change.change.split("-")[0]], change.item)
        match change.change:
            case "precondition-added" | "offer-added" | "ruled-out":
                assert part not in made
                made[part] = change.after if part[0] == "offer" else None
            case "precondition-dropped" | "offer-withdrawn" | "rule-out-lifted":
                del made[part]
            case _:
                assert made.get(part) == change.before
                made[part] = change.after
    if made.get(STANCE) is None:
        made.pop(STANCE, None)
    return made


moderately = settings(deadline=None, max_examples=80)


@moderately
@given(statement_lists, days, days)
def test_before_and_what_moved_make_after(statements: list[Plain], one: date, other: date) -> None:
    country = country_of(statements)
    before, after = (Position(country, WORDS, day) for day in sorted((one, other)))
    assert applied(state(before), moved(before, after)) == state(after)


@moderately
@given(statement_lists, days, days)
def test_the_statement_behind_a_change_was_made_in_between(statements: list[Plain], one: date, other: date) -> None:
    country = country_of(statements)
    before, after = (Position(country, WORDS, day) for day in sorted((one, other)))
    made = {each.ref: each for each in country.statements if before.as_of < each.date.earliest <= after.as_of}
    for change in changes(before, after):
        by = made[change.by or ""]
        assert (by.attribution in COUNTED) is (change.change != "signal")
        assert change.date == by.date


@moderately
@given(statement_lists, statement_lists, days)
def test_one_record_and_what_moved_make_the_other(recorded: list[Plain], corrected: list[Plain], day: date) -> None:
    before, after = Position(country_of(recorded), WORDS, day), Position(country_of(corrected), WORDS, day)
    assert applied(state(before), moved(before, after)) == state(after)


FIRST, LAST = date(2025, 2, 28), date(2026, 11, 21)


def test_the_real_registry_month_by_month_and_over_all() -> None:
    words = real_registry().vocabulary
    months = [FIRST + timedelta(days=30 * step) for step in range(21)]
    spans = [(FIRST, LAST), *pairwise(months)]
    seen = set()
    for country in real_registry().countries.values():
        for start, end in spans:
            before, after = Position(country, words, start), Position(country, words, end)
            rows = moved(before, after)
            seen |= {change.change for change in rows}
            assert applied(state(before), rows) == state(after), (country.slug, start, end)
    assert len(seen) == 8  # every kind of move there is


several = "with the United Kingdom and several other European countries"


@pytest.mark.parametrize(
    ("slug", "since", "until", "expected"),
    [
        # 2025-03-26-stubb turns to conditional, reopens ground troops and offers four kinds
        (
            "finland",
            "2025-03-25",
            "2025-03-26",
            {
                "stance stance: supportive -> conditional, by 2025-03-26-stubb",
                "precondition-added mandate: none -> an international mandate, by 2025-03-26-stubb",
                "precondition-added peace-agreement: none -> none, by 2025-03-26-stubb",
                "offer-added air: none -> possible, by 2025-03-26-stubb",
                "offer-added naval: none -> possible, by 2025-03-26-stubb",
                "offer-added training: none -> possible, by 2025-03-26-stubb",
                "offer-added intelligence: none -> possible, from outside Ukraine, during a ceasefire, by 2025-03-26-stubb",
                "rule-out-lifted ground-troops: none -> none, by 2025-03-26-stubb",
            },
        ),
        # from 2025-02-24-macron to 2025-03-27-macron France drops the backstop; 2025-03-15-macron~ adds Ukraine's consent and
        # two offers, 2025-03-27-macron the ceasefire and the command, and says where the ground troops come from
        (
            "france",
            "2025-03-10",
            "2025-04-01",
            {
                "precondition-added ceasefire: none -> after any end to the fighting, by 2025-03-27-macron",
                "precondition-added ukraine-consent: none -> at Ukraine's request, by 2025-03-15-macron, uncertain",
                "precondition-dropped us-backstop: none -> none, by 2025-03-27-macron",
                "offer-added training: none -> none, by 2025-03-15-macron, uncertain",
                f"offer-added ground-troops: none -> {several}, by 2025-03-15-macron, uncertain",
                "offer-added command: none -> leads the coalition jointly with the United Kingdom, by 2025-03-27-macron",
            },
        ),
        # 2026-01-06-babis declines; all that the government before had asked for ends with that
        (
            "czechia",
            "2026-01-05",
            "2026-01-31",
            {
                "stance stance: undecided -> declined, by 2026-01-06-babis",
                "ruled-out ground-troops: none -> none, by 2026-01-06-babis",
                "precondition-dropped ceasefire: none -> none, by 2026-01-06-babis",
                "precondition-dropped broad-participation: level of involvement of allies -> none, by 2026-01-06-babis",
                "precondition-dropped us-backstop: none -> none, by 2026-01-06-babis",
                "precondition-dropped peace-agreement: its terms must be clear -> none, by 2026-01-06-babis",
                "precondition-dropped mission-framework: which units, under what flag and how -> none, by 2026-01-06-babis",
                "precondition-dropped no-confrontation: no risk to the soldiers' lives -> none, by 2026-01-06-babis",
                "precondition-dropped parliamentary-approval: none -> none, by 2026-01-06-babis",
                "precondition-dropped rear-areas-only: not near the line of fighting -> none, by 2026-01-06-babis",
            },
        ),
        # 2025-09-11-fico opposes what 2025-02-17-fico declined, and excludes any part in it
        (
            "slovakia",
            "2025-09-10",
            "2025-09-11",
            {
                "stance stance: declined -> opposed, by 2025-09-11-fico",
                "ruled-out participation: none -> none, by 2025-09-11-fico",
            },
        ),
    ],
)
def test_what_moved_in_the_real_registry(slug: str, since: str, until: str, expected: set[str]) -> None:
    country, words = real_registry().countries[slug], real_registry().vocabulary
    before, after = (Position(country, words, date.fromisoformat(day)) for day in (since, until))
    assert {row(change) for change in moved(before, after)} == expected


def test_romania_says_less_of_its_logistics() -> None:
    # 2025-05-21-dan: operational support on Romanian territory; 2025-09-04-dan and 2026-01-06-dan name logistics and no more
    country, words = real_registry().countries["romania"], real_registry().vocabulary
    before, after = Position(country, words, date(2025, 9, 3)), Position(country, words, date(2026, 1, 6))
    assert [row(change) for change in moved(before, after) if change.item == "logistics"] == [
        "offer-changed logistics: operational support on Romanian territory -> none, by 2025-09-04-dan"
    ]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("ceasefire(lasting)", "ceasefire(lasting)", "= Ceasefire: lasting"),
        ("ceasefire", "ceasefire", "= Ceasefire"),
        ("ceasefire(lasting)", "ceasefire", "± Ceasefire: lasting → none given"),
        ("ceasefire", "ceasefire(lasting)", "± Ceasefire: none given → lasting"),
    ],
)
def test_what_a_page_tells_of_a_precondition_that_is_said_again(first: str, second: str, told: str) -> None:
    after = at(f"2025-01-01 requires {first}\n2025-02-01 requires {second}", AFTER)
    before = Position(after.country, WORDS, BEFORE)
    (row,) = grid(changes(before, after), WORDS, [before.country, after.country]).rows
    assert "".join(span.text for span in row[1] if isinstance(span, Span)) == told
