"""The fold: from statements to a position. The tables are its specification; `naive_fold` is a second opinion."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from building import (
    FOLDER,
    LATE,
    REFUSING,
    SIGNALS,
    WORDS,
    Plain,
    at,
    country_of,
    days,
    in_file_order,
    numbered,
    real_position,
    real_registry,
    statement_lists,
    statements_of,
    told,
)
from naive_fold import naive_position
from stancectl.analysis.positions import Part, Position, steps
from stancectl.model.statements import Personnel

# In what is expected, `ceasefire 1 3` is set by the first statement of the list and restated by the third.
RULES = {
    # stance
    "nothing said, no position": ("", ""),
    "a stance is set": ("2025-01-01 willing", "willing 1"),
    "a stance said again is restated": ("2025-01-01 willing\n2025-01-02 willing", "willing 1 2"),
    "another stance replaces it": ("2025-01-01 willing\n2025-01-02 undecided", "undecided 2"),
    "a stance that comes back starts anew": (
        "2025-01-01 willing\n2025-01-02 undecided\n2025-01-03 willing",
        "willing 3",
    ),
    "a statement without a stance breaks no run": (
        "2025-01-01 willing\n2025-01-02 requires ceasefire\n2025-01-03 willing",
        "willing 1 3; needs ceasefire 2",
    ),
    "a position may have parts and no stance": (
        "2025-01-01 requires ceasefire offers air rules_out troops",
        "needs ceasefire 1; offers air 1; not troops 1",
    ),
    # preconditions
    "a precondition is added": ("2025-01-01 conditional requires ceasefire", "conditional 1; needs ceasefire 1"),
    "preconditions add up": (
        "2025-01-01 requires ceasefire\n2025-01-02 requires mandate",
        "needs ceasefire 1, mandate 2",
    ),
    "a precondition not repeated stays": (
        "2025-01-01 conditional requires ceasefire\n2025-01-02 conditional requires mandate\n2025-01-03 conditional",
        "conditional 1 2 3; needs ceasefire 1, mandate 2",
    ),
    "a precondition said again keeps its origin": (
        "2025-01-01 requires ceasefire\n2025-01-02 requires mandate\n2025-01-03 requires ceasefire",
        "needs ceasefire 1 3, mandate 2",
    ),
    "a dropped precondition is gone": ("2025-01-01 requires ceasefire mandate\n2025-01-02 drops ceasefire", "needs mandate 1"),
    "a precondition set again after it was dropped starts anew": (
        "2025-01-01 requires ceasefire\n2025-01-02 drops ceasefire\n2025-01-03 requires ceasefire\n2025-01-04 requires ceasefire",
        "needs ceasefire 3 4",
    ),
    "to drop what is not there does nothing": ("2025-01-01 willing drops ceasefire", "willing 1"),
    "a turn among stances that do not refuse ends nothing": (
        "2025-01-01 willing requires ceasefire offers air\n2025-01-02 undecided",
        "undecided 2; needs ceasefire 1; offers air 1",
    ),
    # offers and exclusions
    "an offer is made": ("2025-01-01 offers air naval", "offers air 1, naval 1"),
    "an offer made again keeps its origin": ("2025-01-01 offers air\n2025-01-02 offers air naval", "offers air 1 2, naval 2"),
    "offers stand in the order of the vocabulary": (
        "2025-01-01 offers naval\n2025-01-02 offers troops",
        "offers troops 2, naval 1",
    ),
    "an offer is withdrawn, and its kind not excluded": (
        "2025-01-01 offers air naval\n2025-01-02 withdraws air",
        "offers naval 1",
    ),
    "an offer made again after it was withdrawn starts anew": (
        "2025-01-01 offers air\n2025-01-02 withdraws air\n2025-01-03 offers air",
        "offers air 3",
    ),
    "a kind is excluded": ("2025-01-01 rules_out troops", "not troops 1"),
    "an exclusion said again keeps its origin": (
        "2025-01-01 rules_out troops\n2025-01-02 rules_out troops air",
        "not troops 1 2, air 2",
    ),
    "to exclude a kind takes back the offer of it": (
        "2025-01-01 offers air naval\n2025-01-02 rules_out air",
        "offers naval 1; not air 2",
    ),
    "to offer a kind lifts the exclusion of it": (
        "2025-01-01 rules_out air naval\n2025-01-02 offers air",
        "offers air 2; not naval 1",
    ),
    "to reopen a kind lifts the exclusion and offers nothing": (
        "2025-01-01 rules_out air naval\n2025-01-02 reopens air",
        "not naval 1",
    ),
    "a kind excluded again after it was reopened starts anew": (
        "2025-01-01 rules_out air\n2025-01-02 reopens air\n2025-01-03 rules_out air",
        "not air 3",
    ),
    "a kind excluded again after it was offered starts anew": (
        "2025-01-01 rules_out air\n2025-01-02 offers air\n2025-01-03 rules_out air",
        "not air 3",
    ),
    "to withdraw leaves an exclusion": ("2025-01-01 rules_out air\n2025-01-02 withdraws air", "not air 1"),
    "to reopen leaves an offer": ("2025-01-01 offers air\n2025-01-02 reopens air", "offers air 1"),
    # refusals
    "a refusal ends preconditions and offers, and no exclusion": (
        "2025-01-01 conditional requires ceasefire mandate offers air rules_out troops\n2025-01-02 declined",
        "declined 2; not troops 1",
    ),
    "so does opposing": (
        "2025-01-01 willing requires ceasefire offers air rules_out troops\n2025-01-02 opposed",
        "opposed 2; not troops 1",
    ),
    "a refusal from no stance ends them too": (
        "2025-01-01 requires ceasefire offers air rules_out troops\n2025-01-02 declined",
        "declined 2; not troops 1",
    ),
    "a refusal from undecided ends them too": (
        "2025-01-01 undecided requires ceasefire offers air\n2025-01-02 opposed",
        "opposed 2",
    ),
    "one who has refused may name terms; refusing again leaves them": (
        "2025-01-01 declined\n2025-01-02 requires ceasefire offers air\n2025-01-03 declined",
        "declined 1 3; needs ceasefire 2; offers air 2",
    ),
    "a turn from declined to opposed ends nothing": (
        "2025-01-01 declined requires ceasefire offers air\n2025-01-02 opposed",
        "opposed 2; needs ceasefire 1; offers air 1",
    ),
    "nor one from opposed to declined": (
        "2025-01-01 opposed requires ceasefire offers air\n2025-01-02 declined",
        "declined 2; needs ceasefire 1; offers air 1",
    ),
    "a turn away from refusing ends nothing": (
        "2025-01-01 declined requires ceasefire rules_out troops\n2025-01-02 willing",
        "willing 2; needs ceasefire 1; not troops 1",
    ),
    "who refuses a second time ends what came in between": (
        "2025-01-01 declined\n2025-01-02 willing requires ceasefire offers air\n2025-01-03 declined",
        "declined 3",
    ),
    "what a refusal ended does not come back with the stance": (
        "2025-01-01 willing requires ceasefire offers air\n2025-01-02 declined\n2025-01-03 willing",
        "willing 3",
    ),
    # within one statement: stance, requires, drops, offers, withdraws, rules_out, reopens
    "a refusal comes before the terms it names": (
        "2025-01-01 conditional requires ceasefire mandate offers air naval\n2025-01-02 declined requires mandate offers air",
        "declined 2; needs mandate 2; offers air 2",
    ),
    "required and dropped at once is dropped": (
        "2025-01-01 requires ceasefire\n2025-01-02 drops ceasefire requires ceasefire",
        "",
    ),
    "offered and withdrawn at once is withdrawn": ("2025-01-01 withdraws air offers air naval", "offers naval 1"),
    "offered and excluded at once is excluded": ("2025-01-01 rules_out air offers air", "not air 1"),
    "excluded and reopened at once is neither": ("2025-01-01 reopens air rules_out air", ""),
    "excluded, then offered and excluded at once, is excluded anew": (
        "2025-01-01 rules_out air\n2025-01-02 offers air rules_out air",
        "not air 2",
    ),
    "offered, excluded and reopened at once is neither": ("2025-01-01 offers air rules_out air reopens air", ""),
    "an offer withdrawn at once has still lifted the exclusion": (
        "2025-01-01 rules_out air\n2025-01-02 offers air withdraws air",
        "",
    ),
    # attribution
    "a document counts": ("2025-01-01 document willing requires ceasefire", "willing 1; needs ceasefire 1"),
    "a dissenter does not": ("2025-01-01 conditional\n2025-01-02 dissenting willing offers air", "conditional 1"),
    "nor does an unnamed source": ("2025-01-01 conditional\n2025-01-02 anonymous declined", "conditional 1"),
    "nor does hearsay": ("2025-01-01 requires ceasefire\n2025-01-02 reported drops ceasefire rules_out air", "needs ceasefire 1"),
    "a signal restates nothing": ("2025-01-01 willing\n2025-01-02 anonymous willing\n2025-01-03 willing", "willing 1 3"),
    "signals alone make no position": ("2025-01-01 anonymous willing requires ceasefire\n2025-01-02 reported offers air", ""),
    # order
    "statements count by date, wherever they stand in the file": (
        "2025-01-03 undecided\n2025-01-01 willing\n2025-01-02 conditional",
        "undecided 1",
    ),
    "on one day, the order of the file decides": ("2025-01-01 willing\n2025-01-01 conditional", "conditional 2"),
    "a month stands at its first day": ("2025-01 willing\n2025-01-02 conditional\n2025-01-01 undecided", "conditional 2"),
    "and so does a year": ("2025-01-01 willing\n2025 conditional", "conditional 2"),
    "a qualified date stands like any other": ("2025-01-02 willing\n2025-01-01~ conditional\n2025-01-03? willing", "willing 1 3"),
}


@pytest.mark.parametrize(("lines", "expected"), RULES.values(), ids=RULES.keys())
def test_fold(lines: str, expected: str) -> None:
    assert told(at(lines)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-01-09", ""),
        ("2025-01-10", "willing 1; needs ceasefire 1"),
        ("2025-01-31", "willing 1; needs ceasefire 1"),
        ("2025-02-01", "willing 1; needs ceasefire 1; offers air 2"),  # the first day of February counts
        ("2025-02-10", "willing 1 3; needs ceasefire 1; offers air 2"),
        ("2025-02-28", "willing 1 3; needs ceasefire 1; offers air 2"),
        ("2025-03-01", "declined 4"),
        ("2099-12-31", "declined 4"),
    ],
)
def test_a_statement_counts_from_its_earliest_day(day: str, expected: str) -> None:
    lines = """
        2025-01-10 willing requires ceasefire
        2025-02 offers air
        2025-02-10 willing
        2025-03-01? declined
    """
    assert told(at(lines, day)) == expected


def test_all_statements_by_then_belong_to_a_position_and_those_that_do_not_count_are_its_signals() -> None:
    lines = """
        2025-01-01 anonymous willing
        2025-01-02 undecided
        2025-01-03 dissenting willing
        2025-01-04 reported willing
        2025-01-05 declined
    """
    found = at(lines, "2025-01-04")
    assert [each.id for each in found.statements] == ["1", "2", "3", "4"]
    assert [each.id for each in found.signals] == ["1", "3", "4"]
    assert [each.id for each in found.counted] == ["2"]


def test_signals_alone_make_a_position_without_a_stance() -> None:
    found = at("2025-01-01 anonymous willing requires ceasefire offers air")
    assert (found.stance, found.stance_part, found.parts, found.moves) == (None, None, (), ())
    assert [each.id for each in found.signals] == ["1"]
    assert not found.uncertain


def only(found: Position, kind: Any, item: str) -> Part:
    part = found.part(kind, item)
    assert part is not None
    return part


def test_every_part_names_the_statement_that_set_it_and_the_one_that_said_it_last() -> None:
    found = at("2025-01 conditional\n2025-02-01~ conditional\n2025-03-01 conditional\n2025-04-01")
    part = found.stance_part
    assert part is not None
    assert (str(part.since), part.by.ref, str(part.last_stated)) == ("2025-01", "land/1", "2025-03-01")
    assert [each.ref for each in part.restated_by] == ["land/2", "land/3"]


@pytest.mark.parametrize(
    ("lines", "after", "note"),
    [
        ("2025-01-01 requires mandate", (), None),
        ("2025-01-01 requires ceasefire>mandate(clear)", ("ceasefire",), "clear"),
        ("2025-01-01 requires ceasefire>shares>mandate", ("ceasefire", "shares"), None),
        ("2025-01-01 requires mandate\n2025-01-02 requires ceasefire>mandate(clear)", ("ceasefire",), "clear"),
        ("2025-01-01 requires ceasefire>mandate(clear)\n2025-01-02 requires shares>mandate(of the UN)", ("shares",), "of the UN"),
        ("2025-01-01 requires ceasefire>mandate(clear)\n2025-01-02 requires mandate", (), None),  # said again, without terms
        ("2025-01-01 requires ceasefire>mandate(clear)\n2025-01-02 conditional", ("ceasefire",), "clear"),
        ("2025-01-01 requires ceasefire>mandate(clear)\n2025-01-02 anonymous requires mandate(or not)", ("ceasefire",), "clear"),
    ],
)
def test_the_terms_of_a_precondition_are_those_it_was_last_stated_with(
    lines: str, after: tuple[str, ...], note: str | None
) -> None:
    part = only(at(lines), "precondition", "mandate")
    assert (part.after, part.note) == (after, note)
    assert part.by.id == "1"


@pytest.mark.parametrize(
    ("lines", "least", "most", "note"),
    [
        ("2025-01-01 offers troops", None, None, None),
        ("2025-01-01 offers troops*100", 100, 100, None),
        ("2025-01-01 offers troops*100..200(in rear areas)", 100, 200, "in rear areas"),
        ("2025-01-01 offers troops*100..", 100, None, None),
        ("2025-01-01 offers troops*..200", None, 200, None),
        ("2025-01-01 offers troops*100(one battalion)\n2025-01-02 offers troops*50", 50, 50, None),
        ("2025-01-01 offers troops*100(one battalion)\n2025-01-02 offers troops", None, None, None),
        ("2025-01-01 offers troops*100(one battalion)\n2025-01-02 offers air*50", 100, 100, "one battalion"),
    ],
)
def test_the_terms_of_an_offer_are_those_it_was_last_made_with(
    lines: str, least: int | None, most: int | None, note: str | None
) -> None:
    part = only(at(lines), "offer", "troops")
    assert (part.personnel, part.note) == (Personnel(least, most), note)
    assert part.by.id == "1"


def test_a_precondition_named_twice_in_one_statement_is_stated_once_with_the_later_terms() -> None:
    found = at("2025-01-01 requires mandate(first) mandate(second)")
    assert told(found) == "needs mandate 1"
    assert only(found, "precondition", "mandate").note == "second"


@pytest.mark.parametrize(
    ("lines", "day", "uncertain"),
    [
        ("2025-01-10 willing", "2025-01-10", False),
        ("2025-01 willing", "2025-01-30", True),
        ("2025-01 willing", "2025-01-31", False),
        ("2025 willing", "2025-12-30", True),
        ("2025-01-10~ willing", "2026-01-01", True),
        ("2025-01-10 willing\n2025-01-11? requires ceasefire", "2026-01-01", True),
        ("2025-01-10 willing\n2025-01-11? offers air", "2026-01-01", True),
        ("2025-01-10 willing\n2025-01-11? rules_out air", "2026-01-01", True),
        ("2025-01-10? willing\n2025-01-11 undecided", "2026-01-01", False),  # past and gone
        ("2025-01-10 willing\n2025-01-11? willing", "2026-01-01", False),  # surely set, perhaps restated
        ("2025-01-10 willing\n2025-01-11? anonymous undecided", "2026-01-01", False),
    ],
)
def test_a_position_is_uncertain_if_a_part_in_force_was_set_at_an_uncertain_date(lines: str, day: str, uncertain: bool) -> None:
    assert at(lines, day).uncertain is uncertain


def test_moves_are_all_that_counted_statements_did() -> None:
    lines = """
        2025-01-01 conditional requires ceasefire mandate offers air
        2025-01-02 conditional requires ceasefire drops mandate shares
        2025-01-03 anonymous declined
        2025-01-04 rules_out air
        2025-01-05 declined
        2025-01-06 offers air
    """
    assert [f"{move.statement.id} {move.kind} {move.item} {move.action}" for move in at(lines).moves] == [
        "1 stance conditional set",
        "1 precondition ceasefire set",
        "1 precondition mandate set",
        "1 offer air set",
        "2 stance conditional restated",
        "2 precondition ceasefire restated",
        "2 precondition mandate dropped",
        "4 rule-out air set",
        "4 offer air dropped",
        "5 precondition ceasefire dropped",
        "5 stance declined set",
        "6 offer air set",
        "6 rule-out air dropped",
    ]


# Steps: which precondition has to come before which.


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ("", {}),
        ("ceasefire mandate", {}),  # no order
        ("ceasefire ceasefire>mandate", {"ceasefire": 1, "mandate": 2}),
        ("ceasefire>mandate", {"mandate": 2}),  # the ceasefire comes first, though nobody requires it
        ("ceasefire>mandate ceasefire shares", {"ceasefire": 1, "mandate": 2}),  # shares come at any time
        ("ceasefire>mandate mandate>shares ceasefire", {"ceasefire": 1, "mandate": 2, "shares": 3}),
        ("ceasefire>shares mandate>shares ceasefire>mandate ceasefire", {"ceasefire": 1, "mandate": 2, "shares": 3}),
        ("ceasefire>mandate ceasefire>shares ceasefire", {"ceasefire": 1, "mandate": 2, "shares": 2}),
        ("ceasefire>mandate>shares ceasefire mandate", {"ceasefire": 1, "mandate": 1, "shares": 2}),
    ],
)
def test_steps(requires: str, expected: dict[str, int]) -> None:
    assert steps(at(f"2025-01-01 requires {requires}").preconditions) == expected


@pytest.mark.parametrize(
    "requires",
    ["ceasefire>ceasefire", "ceasefire>mandate mandate>ceasefire", "ceasefire>mandate mandate>shares shares>ceasefire"],
)
def test_preconditions_in_a_circle_share_a_step(requires: str) -> None:
    found = steps(at(f"2025-01-01 requires {requires}").preconditions)
    assert len(found) == len(requires.split())
    assert len(set(found.values())) == 1


def test_preconditions_stand_in_the_order_they_have_to_be_met_in_then_by_age() -> None:
    lines = "2025-01-01 requires shares ceasefire>mandate\n2025-01-02 requires ceasefire framework\n2025-01-03 requires shares"
    assert [part.item for part in at(lines).preconditions] == ["ceasefire", "mandate", "shares", "framework"]


# A second opinion.


def real(found: Position) -> dict[tuple[str, str], dict[str, Any]]:
    """The position's parts in the form of `naive_position`."""
    return {
        (part.kind, part.item): {
            "by": part.by.ref,
            "since": str(part.since),
            "last_stated": str(part.last_stated),
            "restated_by": [each.ref for each in part.restated_by],
            "after": part.after,
            "note": part.note,
            "people": (part.personnel.min, part.personnel.max),
        }
        for part in found.parts
    }


@pytest.mark.parametrize("slug", sorted(path.stem for path in FOLDER.glob("[!_]*.yaml")))
def test_every_country_stands_where_the_naive_fold_puts_it_on_every_day_it_spoke(slug: str) -> None:
    words, country = real_registry().vocabulary, real_registry().countries[slug]
    refusing = {name for name, stance in words.stances.items() if stance.refuses}
    spoke = {statement.date.earliest for statement in country.statements}
    for day in sorted(spoke | {day - timedelta(days=1) for day in spoke}):
        assert real(Position(country, words, day)) == naive_position(country.statements, refusing, day), day


moderately = settings(deadline=None, max_examples=150)


@moderately
@given(statement_lists, days)
def test_whatever_is_said_the_naive_fold_agrees(statements: list[Plain], day: date) -> None:
    country = country_of(statements)
    assert real(Position(country, WORDS, day)) == naive_position(in_file_order(country), REFUSING, day)


@moderately
@given(statement_lists, some.lists(statements_of(SIGNALS), min_size=1, max_size=5))
def test_signals_change_no_part(statements: list[Plain], signals: list[Plain]) -> None:
    without = Position(country_of(statements), WORDS, LATE)
    mixed = Position(country_of([*numbered(signals, "signal-"), *numbered(statements)]), WORDS, LATE)
    assert mixed.parts == without.parts
    assert mixed.moves == without.moves
    assert mixed.counted == without.counted
    assert len(mixed.signals) == len(without.signals) + len(signals)


@moderately
@given(statement_lists, days)
def test_a_position_depends_on_nothing_that_was_said_later(statements: list[Plain], day: date) -> None:
    said = [each for each in numbered(statements) if earliest(each) <= day]
    now, then = Position(country_of(statements), WORDS, day), Position(country_of(said), WORDS, day)
    assert (now.parts, now.moves, now.statements) == (then.parts, then.moves, then.statements)


def earliest(statement: Plain) -> date:
    return date.fromisoformat((str(statement["date"]).rstrip("?~") + "-01-01")[:10])


# What the registry says, worked out by hand from its files.


def test_turkey_in_december_2025() -> None:
    # 2025-03-19-fidan          conditional; a peace agreement, both sides' consent; offers to take part
    # 2025-08-21-mod            a ceasefire, then the mission's framework and each country's share
    # 2025-08-21-sources, 2025-08-22-zelensky, 2025-08-23-dzhelyal: signals, so no troops, ships or mine clearance
    # 2025-11-27-mod            the ceasefire, framework and shares again; "any initiative" as its part
    # 2025-11-27-mod-spokesperson (about that day): all three again, and the mandate, the command, no confrontation
    found = real_position("turkey", "2025-12-01")
    set_by = {part.item: part.by.id for part in found.preconditions}
    assert set_by == {
        "peace-agreement": "2025-03-19-fidan",
        "ukraine-consent": "2025-03-19-fidan",
        "russia-consent": "2025-03-19-fidan",
        "ceasefire": "2025-08-21-mod",
        "mission-framework": "2025-08-21-mod",
        "burden-sharing": "2025-08-21-mod",
        "mandate": "2025-11-27-mod-spokesperson",
        "command-structure": "2025-11-27-mod-spokesperson",
        "no-confrontation": "2025-11-27-mod-spokesperson",
    }
    stance = only(found, "stance", "conditional")
    assert (str(stance.since), stance.by.id) == ("2025-03-19", "2025-03-19-fidan")
    framework = only(found, "precondition", "mission-framework")
    assert (framework.after, str(framework.since), str(framework.last_stated)) == (("ceasefire",), "2025-08-21", "2025-11-27~")
    assert framework.note == "political goals and decision-making; parameters must not stay vague"
    assert [each.id for each in framework.restated_by] == ["2025-11-27-mod", "2025-11-27-mod-spokesperson"]
    assert [(part.item, part.by.id) for part in found.offers] == [("participation", "2025-03-19-fidan")]
    assert found.offers[0].note == "support for any initiative that brings stability; nothing specified"
    assert found.rules_out == ()
    assert found.uncertain  # the mandate was set "about" 27 November


def test_turkey_orders_its_preconditions() -> None:
    # everything that 2025-11-27-mod-spokesperson puts after the ceasefire comes second
    order = steps(real_position("turkey", "2025-12-01").preconditions)
    assert order == {"ceasefire": 1, "mission-framework": 2, "burden-sharing": 2, "mandate": 2, "command-structure": 2}


def test_turkey_restates_its_framework_in_january_2026() -> None:
    # 2026-01-08-mod says it once more, in the words of August
    framework = only(real_position("turkey", "2026-01-08"), "precondition", "mission-framework")
    assert (framework.by.id, framework.note) == ("2025-08-21-mod", "with a clearly defined task")


def test_latvia_says_no_to_troops_and_does_not_refuse() -> None:
    # 2026-01-07-mod: supportive, no troops, training. Supportive does not refuse, so what was asked for since January 2025 stays.
    found = real_position("latvia", "2026-01-07")
    assert (found.stance, found.stance_part and found.stance_part.by.id) == ("supportive", "2026-01-07-mod")
    assert [part.item for part in found.offers] == ["training"]
    assert [part.item for part in found.rules_out] == ["ground-troops"]
    cover = only(found, "precondition", "collective-defence-cover")
    # set on 2025-01-23~, said again on 2025-02-19 and, on 2025-02-20, first by the president and then by the prime minister, who
    # left out what it means; hers are the terms in force
    assert [each.id for each in cover.run] == [
        "2025-01-23-silina",
        "2025-02-19-silina",
        "2025-02-20-rinkevics",
        "2025-02-20-silina",
    ]
    assert (str(cover.since), str(cover.last_stated), cover.note) == ("2025-01-23~", "2025-02-20", None)
    # 2025-08-20-rinkevics asks for parliament after peace and guarantees, 2026-01-06-silina for parliament alone
    assert only(real_position("latvia", "2026-01-05"), "precondition", "parliamentary-approval").after == (
        "peace-agreement",
        "security-guarantees",
    )
    assert only(found, "precondition", "parliamentary-approval").after == ()


def test_finland_reopens_troops_without_offering_them() -> None:
    # 2025-03-04-orpo and 2025-03-12-orpo rule ground troops out; 2025-03-26-stubb reopens them and offers other things
    before, after = real_position("finland", "2025-03-25"), real_position("finland", "2025-03-26")
    assert [(part.item, part.by.id, str(part.last_stated)) for part in before.rules_out] == [
        ("ground-troops", "2025-03-04-orpo", "2025-03-12")
    ]
    assert after.rules_out == ()
    assert [part.item for part in after.offers] == ["air", "naval", "training", "intelligence"]
    # 2025-09-orpo is dated `2025-09?`: it counts from 1 September on, and adds the offer to take part
    assert real_position("finland", "2025-08-31").part("offer", "participation") is None
    assert str(only(real_position("finland", "2025-09-01"), "offer", "participation").since) == "2025-09?"


def test_france_drops_the_us_backstop_and_asks_for_it_again() -> None:
    # set by 2025-02-24-macron, dropped by 2025-03-27-macron, set anew by 2025-12-15-leaders-statement
    assert only(real_position("france", "2025-03-26"), "precondition", "us-backstop").by.id == "2025-02-24-macron"
    assert real_position("france", "2025-03-27").part("precondition", "us-backstop") is None
    assert real_position("france", "2025-12-14").part("precondition", "us-backstop") is None
    found = real_position("france", "2026-02-24")
    anew = only(found, "precondition", "us-backstop")
    assert [each.id for each in anew.run] == ["2025-12-15-leaders-statement", "2026-01-08-macron", "2026-02-24-coalition"]
    # the report of November 2025 (2025-11-balkans-model) offers troops too, and does not count
    assert "2025-11-balkans-model" not in {each.id for each in only(found, "offer", "ground-troops").run}


def test_slovakia_refuses_and_opposes_in_turn() -> None:
    # 2025-02-17-fico declines, 2025-09-11-fico opposes, 2026-01-07-fico declines and 2026-01-13-pellegrini with him
    assert [
        (day, part.item, part.by.id)
        for day in ("2025-09-10", "2025-09-11", "2026-01-14")
        if (part := real_position("slovakia", day).stance_part)
    ] == [
        ("2025-09-10", "declined", "2025-02-17-fico"),
        ("2025-09-11", "opposed", "2025-09-11-fico"),
        ("2026-01-14", "declined", "2026-01-07-fico"),
    ]
    # troops are out since the first day, any part since September, and no change of stance lifted that
    found = real_position("slovakia", "2026-01-14")
    assert [(part.item, part.by.id, str(part.last_stated)) for part in found.rules_out] == [
        ("ground-troops", "2025-02-17-fico", "2026-01-13~"),
        ("participation", "2025-09-11-fico", "2025-09-11"),
    ]


def test_ireland_declines_and_names_terms_for_another_mission_at_once() -> None:
    # 2025-03-05-martin turns to declined, which ends what was asked for and offered until then; the same statement asks for a
    # ceasefire and offers monitors, for a separate mission
    before, after = real_position("ireland", "2025-03-04"), real_position("ireland", "2025-03-05")
    assert {part.item for part in before.preconditions} == {
        "un-mandate",
        "parliamentary-approval",
        "national-decision",
        "ceasefire",
        "no-confrontation",
        "peace-agreement",
    }
    assert [(part.item, part.by.id) for part in after.preconditions] == [
        ("ceasefire", "2025-03-05-martin"),
        ("peacekeeping-only", "2025-03-05-martin"),
    ]
    assert [(part.item, part.by.id) for part in after.offers] == [("monitoring", "2025-03-05-martin")]


def test_china_and_montenegro_never_said_where_they_stand() -> None:
    # China's two spokesmen told no stance, and the report between them is anonymous; Montenegro's ministry only excludes troops
    assert real_position("china", "2026-01-01").parts == ()
    assert [each.id for each in real_position("china", "2026-01-01").signals] == ["2025-08-23-welt"]
    montenegro = real_position("montenegro", "2026-01-01")
    assert [(part.kind, part.item, part.by.id) for part in montenegro.parts] == [("rule-out", "ground-troops", "2025-05-26-mod")]
