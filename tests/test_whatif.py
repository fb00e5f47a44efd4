"""What it would take: the tables are its specification; `naive_whatif` is a second opinion, by way of every subset.

Of the shipped registry, `whatif_by_hand.yaml` has what was found by reading it.
"""

import atexit
import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as some

from building import Plain, plain_statement, several
from naive_whatif import NaiveWorld, in_order, of_all
from shell import ROOT, here
from stancectl.analysis.circles import circles
from stancectl.analysis.contradictions import Contradiction, contradictions
from stancectl.analysis.covers import MANY, smallest
from stancectl.analysis.hypotheses import suppose
from stancectl.analysis.listing import row
from stancectl.analysis.positions import Position
from stancectl.analysis.whatif import Outlook, choices, holders, outlooks, unlocks
from stancectl.model.registry import Registry
from stancectl.registry import build

STANCES = {
    "willing": {"label": "Willing", "takes_part": True},
    "conditional": {"label": "Conditional", "takes_part": True},
    "undecided": {"label": "Undecided"},
    "declined": {"label": "Declined", "refuses": True},
    "opposed": {"label": "Opposed", "refuses": True},
}
CODES = {"austria": "AT", "belgium": "BE", "cyprus": "CY", "denmark": "DK", "estonia": "EE", "finland": "FI"}
ELSEWHERE = "US"
"""A country that has no file."""


class Asked(NamedTuple):
    """A registry, as its files would hold it, and what is asked of it."""

    preconditions: dict[str, Plain]
    events: list[Plain]
    countries: dict[str, list[Plain]]
    day: date
    assumed: list[str]
    without: list[str]
    wanted: int | None = None

    @property
    def files(self) -> dict[str, Plain]:
        """What each of its files holds."""
        words: Plain = {"format": 1, "topic": "A force", "stances": STANCES, "preconditions": self.preconditions}
        words["contributions"] = {kind: {"label": kind.title()} for kind in ("troops", "air", "naval")}
        people = {
            f"{slug}.yaml": {"country": CODES[slug], "name": slug.title(), "statements": said}
            for slug, said in self.countries.items()
        }
        return {"_registry.yaml": words, "_events.yaml": {"events": self.events}} | people

    @property
    def registry(self) -> Registry:
        """What the files hold, without any file."""
        files = self.files
        words = {name: value for name, value in files.pop("_registry.yaml").items() if name != "format"}
        vocabulary, events = build.vocabulary(words), build.events(files.pop("_events.yaml"))
        made = {name.removesuffix(".yaml"): file for name, file in sorted(files.items())}
        countries = {slug: build.country(slug, file, vocabulary) for slug, file in made.items()}
        return Registry(vocabulary, countries, events, build.names(countries.values()))

    @property
    def world(self) -> NaiveWorld:
        """The same for the other opinion."""
        return NaiveWorld(self.registry, self.day, self.assumed, self.without)

    @property
    def words(self) -> list[str]:
        """What is typed after `whatif`."""
        clear = [] if self.wanted is None else ["--clear", str(self.wanted)]
        return [*self.assumed, *(f"--without={id}" for id in self.without), "--as-of", str(self.day), *clear]

    def write(self, folder: Path) -> Path:
        """The files, in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, plain in self.files.items():
            (folder / name).write_text(json.dumps(plain), encoding="utf-8")
        return folder


def statement(number: int, plain: Plain) -> Plain:
    """A statement with all that a file needs."""
    rest = {"id": str(number), "speaker": "Somebody", "summary": "Said so.", "sources": [{"url": "https://example.org/"}]}
    return rest | plain


# Small registries at random.

IDS = list("abcdef")
some_days = some.dates(date(2025, 1, 1), date(2025, 1, 9))
ids, kinds = some.sampled_from(IDS), some.sampled_from(["troops", "air"])
people = some.sampled_from([{}, {}, {"min": 5, "max": 9}, {"min": 100}, {"max": 70}, {"min": 0}])
requirements = some.builds(lambda condition, after: {"condition": condition, "after": after}, ids, several(ids))
offers = some.builds(lambda kind, number: {"kind": kind} | ({"personnel": number} if number else {}), kinds, people)
statements = some.fixed_dictionaries(
    {
        "date": some_days.map(str),
        "attribution": some.sampled_from(["official"] * 5 + ["document", "reported"]),
        "requires": several(requirements, 3),
    },
    optional={
        "stance": some.sampled_from(["willing"] * 4 + ["conditional"] * 2 + ["undecided", "declined", "opposed"]),
        "drops": several(ids, 1),
        "offers": several(offers),
    },
)
happenings = some.fixed_dictionaries(
    {"date": some_days.map(str), "title": some.just("It happened"), "meets": several(ids), "unmeets": several(ids, 1)}
)


@some.composite
def asked(draw: some.DrawFn) -> Asked:
    number = draw(some.integers(1, 6))
    inside = IDS[:number]
    preconditions = {}
    for place, id in enumerate(inside):
        sometimes = some.sampled_from([False, False, False, True])
        holder = some.sampled_from([None, None, None, *list(CODES.values())[:3], ELSEWHERE])
        each = {
            "label": id.upper(),
            "implied_by": draw(several(some.sampled_from(inside[place + 1 :]))) if inside[place + 1 :] else [],
            "excludes": draw(several(some.sampled_from(inside), 1)) if draw(sometimes) else [],
        }
        preconditions[id] = each | ({"granted_by": code} if (code := draw(holder)) else {})
    order = draw(some.permutations(inside))  # a precondition may be implied by those before and after it
    preconditions = {id: preconditions[id] for id in order}
    countries = {
        slug: [
            statement(place, kept(said, inside))
            for place, said in enumerate(draw(some.lists(statements, min_size=1, max_size=3)))
        ]
        for slug in list(CODES)[: draw(some.integers(1, 6))]
    }
    events = [kept(event, inside) for event in draw(some.lists(happenings, max_size=3))]
    asked = Asked(preconditions, events, countries, draw(some.dates(date(2025, 1, 5), date(2025, 1, 10))), [], [])
    assumed, without = draw(several(some.sampled_from(inside))), draw(several(some.sampled_from(inside)))
    closed = asked.world.closed(assumed)
    return asked._replace(
        assumed=assumed,
        without=[id for id in without if id not in closed],
        wanted=draw(some.none() | some.integers(0, len(countries) + 1)),
    )


def kept(plain: Plain, inside: list[str]) -> Plain:
    """What a statement or an event does, of preconditions that there are."""
    made = dict(plain)
    for name in ("drops", "meets", "unmeets", "excludes"):
        if name in made:
            made[name] = [id for id in made[name] if id in inside]
    if "requires" in made:
        requirements = [each for each in made["requires"] if each["condition"] in inside]
        made["requires"] = [each | {"after": [id for id in each["after"] if id in inside]} for each in requirements]
    return made


def rows_of(asked: Asked, registry: Registry) -> list[Outlook]:
    """The row of every country, by the parts of the command."""
    hypothesis = suppose(registry.vocabulary, registry.events, asked.day, asked.assumed, asked.without)
    standings = [row(country, registry.vocabulary, asked.day) for country in registry.countries.values()]
    return outlooks(standings, registry, hypothesis)


@settings(max_examples=150, deadline=None)
@given(asked())
def test_every_answer_is_that_of_a_search_through_all_subsets(asked: Asked) -> None:
    registry, world = asked.registry, asked.world
    hypothesis = suppose(registry.vocabulary, registry.events, asked.day, asked.assumed, asked.without)
    rows = rows_of(asked, registry)
    agree_on_rows([each._asdict() for each in rows], world, world.positions)
    agree_on_unlocks([each._asdict() for each in unlocks(rows, registry, hypothesis, ())], world)
    found = choices(rows, registry.vocabulary, hypothesis, asked.wanted)
    agree_on_sets([each._asdict() for each in found.sets], world, asked.wanted)
    assert (found.most, found.more) == (world.most, False)
    assert found.wanted == (world.most if asked.wanted is None else asked.wanted)
    taking = [Position(registry.countries[slug], registry.vocabulary, asked.day) for slug in sorted(world.taking_part)]
    granting = [Position(each, registry.vocabulary, asked.day) for each in holders(registry)]
    agree_on_contradictions(contradictions(taking, granting, registry, hypothesis), world)


@settings(max_examples=25, deadline=None)
@given(asked())
def test_the_command_answers_so_from_files(asked: Asked) -> None:
    world = asked.world
    with TemporaryDirectory() as folder:
        registry = asked.write(Path(folder) / "positions")

        def told(*options: str) -> list[Plain]:
            said = here("whatif", *asked.words, "--registry", registry, "--no-cache", "--json", *options)
            assert said.code == 0, said.stderr
            return list(json.loads(said.stdout))

        agree_on_rows(told(), world, world.taking_part)
        agree_on_rows(told("--all"), world, world.positions)
        agree_on_unlocks(told("--next"), world)
        agree_on_sets(told("--sets"), world, asked.wanted)
        said = here("whatif", *asked.words, "--registry", registry, "--no-cache", "-f", "plain")
        assert said.code == 0
        if world.taking_part:
            assert f"Clear: {len(world.clear())} of {len(world.taking_part)} " in said.stdout


def agree_on_rows(rows: list[Plain], world: NaiveWorld, slugs: Iterable[str]) -> None:
    assert [each["country"] for each in rows] == in_order(world, slugs, STANCES)
    clear = world.clear()
    for each in rows:
        slug, waiting = each["country"], world.waiting(each["country"])
        assert each["stance"] == world.stances[slug]
        assert each["clear"] is (slug in clear)
        assert sorted(each["waiting_for"]) == sorted(waiting)
        assert sorted(each["blocked_by"]) == sorted({holder for id in waiting if (holder := world.holder(id))} - {slug})
        assert (each["personnel_min"], each["personnel_max"]) == world.people(slug)


def agree_on_unlocks(rows: list[Plain], world: NaiveWorld) -> None:
    assert {each["precondition"]: frozenset(each["countries"]) for each in rows} == world.unlocks
    assert len(rows) == len(world.unlocks)
    for each in rows:
        assert each["clears"] == len(each["countries"])
        assert (each["personnel_min"], each["personnel_max"]) == of_all(map(world.people, each["countries"]))
        assert set(each["waiting"]) == {slug for slug in world.taking_part if each["precondition"] in world.waiting(slug)}
        assert each["held_by"] == world.holder(each["precondition"])
    assert rows == sorted(rows, key=lambda each: (-each["clears"], -len(each["waiting"])))


def agree_on_sets(rows: list[Plain], world: NaiveWorld, wanted: int | None) -> None:
    assert {frozenset(each["preconditions"]): frozenset(each["countries"]) for each in rows} == world.smallest(wanted)
    assert len(rows) == len({frozenset(each["preconditions"]) for each in rows})
    for each in rows:
        assert each["clear"] == len(each["countries"]) == len({*each["countries"]})
        assert list(each["preconditions"]) == [id for id in world.words if id in each["preconditions"]]
        assert (each["personnel_min"], each["personnel_max"]) == of_all(map(world.people, each["countries"]))


def agree_on_contradictions(found: list[Contradiction], world: NaiveWorld) -> None:
    of = {kind: [each for each in found if each.kind == kind] for kind in ("held-by-refusal", "exclusion", "circle")}
    refused = {each.preconditions[0]: ({*each.countries}, {*each.against}) for each in of["held-by-refusal"]}
    assert refused == world.refused()
    for each in of["held-by-refusal"]:
        assert (each.by or "").split("/")[0] == each.against[0]
    sides = [dict(zip(each.preconditions, (each.countries, each.against), strict=True)) for each in of["exclusion"]]
    excluding = {frozenset(each): {id: {*slugs} for id, slugs in each.items()} for each in sides}
    assert excluding == world.excluding()
    said = world.before()
    graph = {id: [first for other, first in said if other == id] for id, _ in said}
    assert bool(of["circle"]) == any(circles(graph))
    for each in of["circle"]:
        links = zip(each.preconditions, (*each.preconditions[1:], each.preconditions[0]), strict=True)
        assert {*each.countries} == set().union(*(said[link] for link in links))


# The search by itself: wants, each a set of things, and sources that bring things.

some_things = some.frozensets(some.sampled_from("uvwxyz"), max_size=4)
some_wants = some.lists(some.frozensets(some.sampled_from("uvwxyz"), min_size=1, max_size=3), max_size=8)
some_sources = some.dictionaries(some.sampled_from("ABCDEFG"), some_things, max_size=7) | some.just(
    {each: frozenset(each) for each in "uvwxyz"}
)
some_pairs = some.lists(some.sets(some.sampled_from("uvwxyz"), min_size=2, max_size=2).map(frozenset), max_size=3)


@settings(max_examples=300, deadline=None)
@given(some_wants, some_sources, some_pairs, some.none() | some.integers(0, 9))
def test_the_smallest_choices_are_those_of_all(
    wants: list[frozenset[str]],
    brings: dict[str, frozenset[str]],
    apart: list[frozenset[str]],
    enough: int | None,
) -> None:
    satisfied = {}
    for size in range(len(brings) + 1):
        for choice in combinations(brings, size):
            brought = {thing for source in choice for thing in brings[source]}
            if not any(pair <= brought for pair in apart):
                satisfied[choice] = sum(want <= brought for want in wants)
    most = max(satisfied.values())
    wanted = most if enough is None else min(enough, most)
    enoughs = [choice for choice, number in satisfied.items() if number >= wanted]
    expected = [choice for choice in enoughs if len(choice) == min(map(len, enoughs))]
    found = smallest(wants, brings, apart, enough)
    assert (found.most, found.more) == (most, False)
    assert sorted(found.choices) == sorted(expected)  # each once, in the order of the sources


@pytest.mark.parametrize(
    ("number", "size", "ties"),
    [(MANY - 1, 1, MANY - 1), (MANY, 1, MANY), (MANY + 1, 1, MANY + 1), (45, 2, 990), (46, 2, 1035), (60, 30, 10**17)],
)
def test_more_ties_than_many_are_cut_and_this_is_told(number: int, size: int, ties: int) -> None:
    wants = {str(each): frozenset([str(each)]) for each in range(number)}
    found = smallest(wants.values(), wants, enough=size)
    assert found.most == number
    assert len(found.choices) == len(set(found.choices)) == min(ties, MANY)
    assert {len(set(choice)) for choice in found.choices} == {size}
    assert found.more is (ties > MANY)


def test_a_want_for_nothing_is_satisfied_by_nothing() -> None:
    assert smallest([frozenset()] * 3, {}) == (3, ((),), False)
    assert smallest([], {"A": frozenset("u")}) == (0, ((),), False)
    assert smallest([frozenset("u")], {}) == (0, ((),), False)


# Cases, as one would tell them: a line a precondition (`<` what implies it, `!` what it excludes, `@` who grants it), a line an
# event, a line or two a country. In what comes back, a country is `clear`, or what it waits for and, in brackets, on whom.

WORLD = """
    talks <ceasefire
    ceasefire <peace
    peace
    mandate <un-mandate
    un-mandate @EE
    consent @DK
    backstop @US
    inside
    outside !inside
    money
"""
EVENTS = """
    2025-03-01 meets ceasefire
    2025-05-01 unmeets ceasefire
    2025-06 meets money
    2025-07-01 meets peace
    2025-08-01 unmeets ceasefire
"""
COUNTRIES = {
    "austria": "2025-01-01 willing requires talks",
    "belgium": "2025-01-01 willing requires ceasefire mandate offers troops*100..200 air*10",
    "cyprus": "2025-01-01 conditional requires money backstop offers troops*50.. naval",
    "denmark": "2025-01-01 conditional requires consent talks offers air*..70",
    "estonia": "2025-01-01 opposed requires un-mandate offers troops*1",
    "finland": "2025-01-01 undecided requires consent offers troops*10",
}


def asked_of(preconditions: str, events: str, countries: Mapping[str, str]) -> Asked:
    """A registry from such lines."""
    words: dict[str, Plain] = {}
    for id, *marks in map(str.split, stripped(preconditions)):
        named = {mark: [each[1:] for each in marks if each[0] == mark] for mark in "<!@"}
        words[id] = {"label": id.capitalize(), "implied_by": named["<"], "excludes": named["!"]}
        words[id] |= {"granted_by": named["@"][0]} if named["@"] else {}
    happened = []
    for day, verb, *ids in map(str.split, stripped(events)):
        happened.append({"date": day, "title": "It happened", verb: ids})
    said = {
        slug: [statement(number, plain_statement(line)) for number, line in enumerate(stripped(lines), 1)]
        for slug, lines in countries.items()
    }
    return Asked(words, happened, said, date(2025, 12, 31), [], [])


def stripped(lines: str) -> list[str]:
    return [line.strip() for line in lines.splitlines() if line.strip()]


@cache
def folder(preconditions: str = WORLD, events: str = EVENTS, **countries: str) -> Path:
    """The folder with the files of such a registry."""
    place = Path(_FOLDERS.name) / f"{len([*Path(_FOLDERS.name).iterdir()])}"
    return asked_of(preconditions, events, countries or COUNTRIES).write(place)


_FOLDERS = TemporaryDirectory(prefix="stancectl-tests-")
atexit.register(_FOLDERS.cleanup)


def asks(question: str, registry: Path | None = None) -> list[Plain]:
    """The rows that `stancectl whatif QUESTION` gives, of this registry or that of the lines above."""
    said = here("whatif", *question.split(), "--json", "--registry", registry or folder())
    assert said.code == 0, said.stderr
    return list(json.loads(said.stdout))


def outlook(row: Plain) -> str:
    assert not row["clear"] or row["waiting_for"] == row["blocked_by"] == []
    waits = "clear" if row["clear"] else " ".join(row["waiting_for"]) or "nothing"
    return f"{row['country']}: {waits}" + (f" ({' '.join(row['blocked_by'])})" if row["blocked_by"] else "")


BEFORE, TRUCE, BROKEN, PEACE = "--as-of 2025-02", "--as-of 2025-04", "--as-of 2025-05", "--as-of 2025-07"

ROWS = {
    # what events have met
    BEFORE: "austria: talks; belgium: ceasefire mandate; cyprus: money backstop (US); denmark: consent talks",
    "--as-of 2025-02-28": "austria: talks; belgium: ceasefire mandate; cyprus: money backstop (US); denmark: consent talks",
    "--as-of 2025-03-01": "austria: clear; belgium: mandate; denmark: consent; cyprus: money backstop (US)",
    TRUCE: "austria: clear; belgium: mandate; denmark: consent; cyprus: money backstop (US)",
    BROKEN: "austria: talks; belgium: ceasefire mandate; cyprus: money backstop (US); denmark: consent talks",
    "--as-of 2025-06": "austria: talks; cyprus: backstop (US); belgium: ceasefire mandate; denmark: consent talks",
    # what that implies, and what this implies; it stays met while something implies it
    PEACE: "austria: clear; belgium: mandate; cyprus: backstop (US); denmark: consent",
    "--as-of 2025-08": "austria: clear; belgium: mandate; cyprus: backstop (US); denmark: consent",
    # what is supposed, and what that implies
    f"talks {BEFORE}": "austria: clear; denmark: consent; belgium: ceasefire mandate; cyprus: money backstop (US)",
    f"ceasefire {BEFORE}": "austria: clear; belgium: mandate; denmark: consent; cyprus: money backstop (US)",
    f"peace {BEFORE}": "austria: clear; belgium: mandate; denmark: consent; cyprus: money backstop (US)",
    f"un-mandate peace {BEFORE}": "austria: clear; belgium: clear; denmark: consent; cyprus: money backstop (US)",
    f"mandate {TRUCE}": "austria: clear; belgium: clear; denmark: consent; cyprus: money backstop (US)",
    f"backstop,money Consent TALKS {BEFORE}": "austria: clear; cyprus: clear; denmark: clear; belgium: ceasefire mandate",
    f"inside outside {TRUCE}": "austria: clear; belgium: mandate; denmark: consent; cyprus: money backstop (US)",
    # what is never to be: not even where an event has met it, or has met what would bring it
    f"--without talks {BEFORE}": (
        "austria: talks; belgium: ceasefire mandate; cyprus: money backstop (US); denmark: consent talks"
    ),
    f"--without ceasefire {TRUCE}": (
        "austria: talks; belgium: ceasefire mandate; cyprus: money backstop (US); denmark: consent talks"
    ),
    f"--without talks {TRUCE}": (
        "austria: talks; belgium: ceasefire mandate; cyprus: money backstop (US); denmark: consent talks"
    ),
    f"--without talks {PEACE}": (
        "austria: talks; cyprus: backstop (US); belgium: ceasefire mandate; denmark: consent talks"
    ),
    f"talks --without ceasefire {PEACE}": "austria: clear; cyprus: backstop (US); denmark: consent; belgium: ceasefire mandate",
    f"--without peace {TRUCE}": "austria: clear; belgium: mandate; denmark: consent; cyprus: money backstop (US)",
    # the others, who are never clear; nobody is blocked by itself, and the country that has no file goes by its code
    f"--all {TRUCE}": (
        "austria: clear; belgium: mandate; denmark: consent; cyprus: money backstop (US); "
        "finland: consent (denmark); estonia: un-mandate"
    ),
    f"--all consent un-mandate {TRUCE}": (
        "austria: clear; belgium: clear; denmark: clear; cyprus: money backstop (US); finland: nothing; estonia: nothing"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), ROWS.items(), ids=ROWS)
def test_who_is_clear_and_who_waits_for_what(question: str, expected: str) -> None:
    assert "; ".join(map(outlook, asks(question))) == expected


NEXT = {
    BEFORE: "ceasefire+1 peace+1 talks+1 consent+0 mandate+0 un-mandate+0 backstop+0 money+0 inside+0 outside+0",
    f"talks {BEFORE}": "consent+1 ceasefire+0 mandate+0 backstop+0 money+0 peace+0 un-mandate+0 inside+0 outside+0",
    TRUCE: "mandate+1 consent+1 un-mandate+1 backstop+0 money+0 peace+0 inside+0 outside+0",
    f"{TRUCE} --all": "mandate+1 consent+1 un-mandate+1 backstop+0 money+0 peace+0 inside+0 outside+0",
    # not what is never to be, nor what would bring it, nor what excludes what is met
    f"--without mandate inside {TRUCE}": "consent+1 backstop+0 money+0 peace+0",
    f"outside --without peace {TRUCE}": "mandate+1 consent+1 un-mandate+1 backstop+0 money+0",
    "talks,ceasefire,peace,mandate,un-mandate,consent,backstop,inside,money": "",
}


@pytest.mark.parametrize(("question", "expected"), NEXT.items(), ids=NEXT)
def test_what_unlocks_next(question: str, expected: str) -> None:
    found = [f"{each['precondition']}+{each['clears']}" for each in asks(f"{question} --next")]
    assert sorted(found) == sorted(expected.split())
    assert [int(each[-1]) for each in found] == sorted((int(each[-1]) for each in found), reverse=True)


def test_an_unlock_tells_whom_with_how_many_and_who_else_waits() -> None:
    rows = {each["precondition"]: each for each in asks(f"{TRUCE} --next")}
    assert rows["un-mandate"] == {
        "precondition": "un-mandate",
        "label": "Un-mandate",
        "clears": 1,
        "countries": ["belgium"],
        "personnel_min": 110,
        "personnel_max": 210,
        "waiting": [],
        "held_by": "estonia",
        "holder_stance": "opposed",
        "holder_statement": "estonia/1",
    }
    assert [rows["backstop"][name] for name in ("clears", "personnel_min", "personnel_max", "waiting", "held_by")] == [
        0,
        0,
        0,
        ["cyprus"],
        "US",
    ]


SETS = {
    # nobody has to be cleared, or only who is clear already
    f"--clear 0 {TRUCE}": ("", 1),
    f"--clear 1 {TRUCE}": ("", 1),
    f"--clear 0 {BEFORE}": ("", 0),
    # one more, by whichever; two more, in any two ways; with what brings the one or the other
    f"--clear 1 {BEFORE}": ("talks | ceasefire | peace", 1),
    f"--clear 2 {TRUCE}": ("mandate | un-mandate | consent", 2),
    f"--clear 3 {TRUCE}": ("consent mandate | consent un-mandate", 3),
    f"--clear 3 {BEFORE}": (
        "ceasefire consent mandate | ceasefire consent un-mandate | consent mandate peace | consent peace un-mandate", 3
    ),
    f"--clear 3 --all {TRUCE}": ("consent mandate | consent un-mandate", 3),
    # all, and more than all
    TRUCE: ("backstop consent mandate money | backstop consent money un-mandate", 4),
    f"--clear 4 {TRUCE}": ("backstop consent mandate money | backstop consent money un-mandate", 4),
    f"--clear 9 {TRUCE}": ("backstop consent mandate money | backstop consent money un-mandate", 4),
    # all that can be
    f"--without un-mandate {TRUCE}": ("backstop consent mandate money", 4),
    f"--without money {TRUCE}": ("consent mandate | consent un-mandate", 3),
    f"--without money --clear 4 {TRUCE}": ("consent mandate | consent un-mandate", 3),
    f"--without talks {TRUCE}": ("backstop money", 1),
    "talks,ceasefire,peace,mandate,consent,backstop,money": ("", 4),
}  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), SETS.items(), ids=SETS)
def test_the_smallest_sets(question: str, expected: tuple[str, int]) -> None:
    rows = asks(f"{question} --sets")
    assert sorted(" ".join(sorted(each["preconditions"])) for each in rows) == sorted(expected[0].split(" | "))
    assert {each["clear"] for each in rows} == {expected[1]}


NEITHER = {"austria": "2025-01-01 willing requires inside offers troops*5", "belgium": "2025-01-01 willing requires outside"}
BOTH = {"austria": "2025-01-01 willing requires inside outside", "belgium": "2025-01-01 willing requires outside"}


@pytest.mark.parametrize(
    ("preconditions", "countries", "expected"),
    [
        # of two that exclude each other, either will do
        (WORLD, NEITHER, "inside: austria | outside: belgium"),
        (WORLD, BOTH, "outside: belgium"),
        # also where one of them only follows
        ("inside <tight\n tight\n outside !inside", NEITHER, "inside: austria | outside: belgium | tight: austria"),
        # what would bring both cannot come
        ("inside <tight\n tight\n outside !inside <tight", NEITHER, "inside: austria | outside: belgium"),
        # of several such pairs, one of each
        (
            "inside\n outside !inside\n north\n south !north",
            {
                slug: f"2025-01-01 willing requires {id}"
                for slug, id in zip(CODES, ["inside", "outside", "north", "south"], strict=False)
            },
            (
                "inside north: austria cyprus | inside south: austria denmark | "
                "outside north: belgium cyprus | outside south: belgium denmark"
            ),
        ),
        # and in a chain, every other
        (
            "inside\n outside !inside\n north !outside",
            {slug: f"2025-01-01 willing requires {id}" for slug, id in zip(CODES, ["inside", "outside", "north"], strict=False)},
            "inside north: austria cyprus",
        ),
        # with nothing between them, both come
        ("inside\n outside", NEITHER, "inside outside: austria belgium"),
        ("inside <tight\n tight\n outside <tight", NEITHER, "tight: austria belgium"),
    ],
)
def test_smallest_sets_hold_nothing_that_excludes_another(preconditions: str, countries: Plain, expected: str) -> None:
    found = [
        f"{' '.join(each['preconditions'])}: {' '.join(each['countries'])}"
        for each in asks("--sets", folder(preconditions, "", **countries))
    ]
    assert sorted(found) == sorted(expected.split(" | "))


PEOPLE = {
    "": "",
    "offers troops": "",
    "offers troops*100": "100",
    "offers troops*100..200 air*10": "110 to 210",
    "offers troops*100.. air*10": "110+",
    "offers troops*..200": "0 to 200",
    "offers troops*0": "0",
    "offers troops*1500..25000 air": "1,500 to 25,000",
}


@pytest.mark.parametrize(("offers", "told"), PEOPLE.items(), ids=PEOPLE)
def test_the_people_of_a_page(offers: str, told: str) -> None:
    words = ("-f", "plain", "--registry", folder("peace", "", austria=f"2025-01-01 willing requires peace {offers}"))
    lines = here("whatif", "peace", *words).stdout.splitlines()
    assert f"Clear: 1 of 1 that would take part{f', {told} people' if told else ''}" in lines
    assert lines[-1].split() == ["●", "Austria", "willing", *told.split()]


@pytest.mark.parametrize(
    ("offers", "expected"),
    [
        (("troops*5..9", "troops*100"), (105, 109, "105 to 109 people")),
        (("troops*5..9", "troops*100.."), (105, None, "105 to 109+ people")),
        (("troops*5..9", "troops"), (5, None, "5 to 9+ people")),
        (("troops*..9", "troops*..70"), (None, 79, "0 to 79 people")),
        (("troops*..9", "troops*0"), (0, 9, "0 to 9 people")),
        (("troops", "naval"), (None, None, "")),
    ],
)
def test_people_of_several_countries_add_up(offers: tuple[str, str], expected: tuple[int | None, int | None, str]) -> None:
    said = {slug: f"2025-01-01 willing requires peace offers {each}" for slug, each in zip(CODES, offers, strict=False)}
    registry = folder("peace", "", **said)
    for table in ("--next", "--sets"):
        (row,) = asks(table, registry)
        assert (row["countries"], row["personnel_min"], row["personnel_max"]) == (["austria", "belgium"], *expected[:2])
    page = here("whatif", "peace", "-f", "plain", "--registry", registry).stdout
    assert f"Clear: 2 of 2 that would take part{f', {expected[2]}' if expected[2] else ''}\n" in page


def test_what_is_supposed_cannot_be_without() -> None:
    for question, told in {
        "talks --without talks": "`talks` cannot be met and --without it",
        "peace --without talks": "`peace`, which brings `talks`, cannot be met and --without it",
        "money,peace --without backstop,talks": "`peace`, which brings `talks`, cannot be met and --without it",
    }.items():
        said = here("whatif", *question.split(), "--registry", folder())
        assert (said.stdout, said.code) == ("", 2)
        assert said.stderr == f"stancectl: error[usage]: {told}; drop one of them\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--next --sets", "error[usage]: --next, --sets and --contradictions are different tables"),
        ("--sets --contradictions", "error[usage]: --next, --sets and --contradictions are different tables"),
        ("tolks", "error[unknown-precondition]"),
        ("--without tolks", "error[unknown-precondition]"),
        ("--clear -1", "error[usage]"),
        ("--clear some", "error[usage]"),
        ("--next --fields stance", "error[unknown-field]"),
        ("--fields clears", "error[unknown-field]"),
    ],
)
def test_mistakes_at_the_prompt(words: str, told: str) -> None:
    said = here("whatif", *words.split(), "--registry", folder())
    assert (said.stdout, said.code) == ("", 2)
    assert told in said.stderr


def test_nothing_to_tell() -> None:
    registry = folder("peace", "", austria="2025-01-01 undecided requires peace")
    for words, told in {
        "": "no country would take part",
        "--next peace": "no precondition is left that could be met",
        "--contradictions": "nothing contradicts itself",
    }.items():
        said = here("whatif", *words.split(), "--registry", registry)
        assert said == ("", f"stancectl: {told}\n", 0)


# Contradictions: the kind, the preconditions, who names them, and against whom (or by which statement).

OPPOSED = "2025-01-01 opposed"
HELD = {"austria": "2025-01-01 willing requires mandate", "estonia": OPPOSED}
CONTRADICTIONS: dict[str, tuple[str, dict[str, str], str, str]] = {
    # a precondition that only a country that refuses can grant
    "held by an opposed country": ("mandate @EE", HELD, "", "held-by-refusal mandate: austria / estonia estonia/1"),
    "held by one that declined": (
        "mandate @EE",
        HELD | {"estonia": "2025-01-01 opposed\n2025-02-01 declined\n2025-03-01 declined"},
        "",
        "held-by-refusal mandate: austria / estonia estonia/3",
    ),
    "held by one that does not refuse": ("mandate @EE", HELD | {"estonia": "2025-01-01 undecided"}, "", ""),
    "held by one that refused and then turned": (
        "mandate @EE", HELD | {"estonia": "2025-01-01 opposed\n2025-02-01 undecided"}, "", "",
    ),
    "held by one that has not refused yet": ("mandate @EE", HELD | {"estonia": "2026-01-01 opposed"}, "--as-of 2025", ""),
    "held by one that said nothing itself": ("mandate @EE", HELD | {"estonia": "2025-01-01 reported opposed"}, "", ""),
    "held by one that has no file": ("mandate @US", HELD, "", ""),
    "held by nobody": ("mandate", HELD, "", ""),
    "held, and taken to be met": ("mandate @EE", HELD, "mandate", ""),
    "held, and never to be": ("mandate @EE", HELD, "--without mandate", ""),
    "held, and wanted by nobody that would take part": (
        "mandate @EE", {"austria": "2025-01-01 undecided requires mandate", "estonia": OPPOSED}, "", "",
    ),
    "held, and wanted by one that would not take part": (
        "mandate @EE",
        {"austria": "2025-01-01 undecided requires mandate", "estonia": OPPOSED},
        "--all",
        "",
    ),
    "held, and what would bring it stands first and is held by another": (
        "peace @AT\n mandate @EE <peace",
        {"austria": OPPOSED, "belgium": "2025-01-01 willing requires mandate", "estonia": OPPOSED},
        "",
        "held-by-refusal mandate: belgium / estonia austria estonia/1",
    ),
    "held, but brought by what is not": ("mandate @EE <peace\n peace", HELD, "", ""),
    "held, and what would bring it is never to be": (
        "mandate @EE <peace\n peace", HELD, "--without peace", "held-by-refusal mandate: austria / estonia estonia/1",
    ),
    "held, but brought by what another holds": ("mandate @EE <un-mandate\n un-mandate @FI", HELD, "", ""),
    "held, and what would bring it lies in another hand that refuses": (
        "mandate @EE <un-mandate\n un-mandate @FI",
        HELD | {"finland": "2025-01-01 declined"},
        "",
        "held-by-refusal mandate: austria / estonia finland estonia/1",
    ),
    "not held, though what would bring it is": ("mandate <un-mandate\n un-mandate @EE", HELD, "", ""),
    "met, though what would bring it is held": ("mandate <un-mandate\n un-mandate @EE", HELD, "mandate", ""),
    # two that exclude each other
    "two countries": ("outside !inside\n inside", NEITHER, "", "exclusion outside inside: belgium / austria"),
    "two countries, told by the other": ("outside\n inside !outside", NEITHER, "", "exclusion outside inside: belgium / austria"),
    "told by both": ("outside !inside\n inside !outside", NEITHER, "", "exclusion outside inside: belgium / austria"),
    "one country": (
        "outside !inside\n inside",
        {"austria": "2025-01-01 willing requires inside outside"},
        "",
        "exclusion outside inside: austria / austria",
    ),
    "one side only": ("outside !inside\n inside", {"austria": NEITHER["austria"]}, "", ""),
    "the other would not take part": (
        "outside !inside\n inside", NEITHER | {"belgium": "2025-01-01 undecided requires outside"}, "", "",
    ),
    "through what is implied": (
        "outside !near\n near <inside\n inside", NEITHER, "", "exclusion outside near: belgium / austria",
    ),
    "against what is met": (
        "outside !inside\n inside", {"austria": NEITHER["austria"]}, "outside", "exclusion outside inside:  / austria",
    ),
    "against what is implied by what is met": (
        "outside !inside <out\n inside\n out", {"austria": NEITHER["austria"]}, "out", "exclusion outside inside:  / austria",
    ),
    "both taken to be met": (
        "outside !inside\n inside\n peace",
        {"austria": "2025-01-01 willing requires peace"},
        "inside outside",
        "exclusion outside inside:  / ",
    ),
    "one never to be": (
        "outside !inside\n inside", NEITHER, "--without inside", "exclusion outside inside: belgium / austria",
    ),
    "what excludes itself": ("outside !outside", {"belgium": NEITHER["belgium"]}, "", ""),
    # a circle of `after`, in which each comes after the next
    "a circle in one country": (
        "one\n two", {"austria": "2025-01-01 willing requires one>two two>one"}, "", "circle one two: austria / ",
    ),
    "a circle across two": (
        "one\n two",
        {"austria": "2025-01-01 willing requires one>two", "belgium": "2025-01-01 willing requires two>one"},
        "",
        "circle one two: belgium austria / ",
    ),
    "a circle of three": (
        "one\n two\n six",
        {"austria": "2025-01-01 willing requires one>two six>one", "belgium": "2025-01-01 willing requires two>six"},
        "",
        "circle one six two: austria belgium / ",
    ),
    "no circle": ("one\n two", {"austria": "2025-01-01 willing requires one>two two"}, "", ""),
    "a circle that one leaves out": (
        "one\n two",
        {
            "austria": "2025-01-01 willing requires one>two",
            "belgium": "2025-01-01 willing requires two>one\n2025-02-01 requires one",
        },
        "",
        "",
    ),
    "a circle broken by what is met": ("one\n two", {"austria": "2025-01-01 willing requires one>two two>one"}, "two", ""),
    "a circle broken by what follows from what is met": (
        "one\n two <peace\n peace", {"austria": "2025-01-01 willing requires one>two two>one"}, "peace", "",
    ),
    "a circle not broken by something else": (
        "one\n two\n peace", {"austria": "2025-01-01 willing requires one>two two>one"}, "peace", "circle one two: austria / ",
    ),
    "a circle with one that would not take part": (
        "one\n two",
        {"austria": "2025-01-01 willing requires one>two", "belgium": "2025-01-01 undecided requires two>one"},
        "",
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("preconditions", "countries", "question", "expected"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradictions(preconditions: str, countries: dict[str, str], question: str, expected: str) -> None:
    found = [
        f"{each['kind']} {' '.join(each['preconditions'])}: {' '.join(each['countries'])} / {' '.join(each['against'])}"
        + (f" {each['by']}" if each["by"] else "")
        for each in asks(f"{question} --contradictions", folder(preconditions, "", **countries))
    ]
    assert found == ([expected] if expected else [])


# The shipped registry.

BY_HAND = yaml.safe_load((ROOT / "tests" / "whatif_by_hand.yaml").read_text(encoding="utf-8"))
by_hand = pytest.mark.parametrize("known", BY_HAND["questions"], ids=lambda known: ",".join(known["met"]))


def asks_shipped(known: Plain, options: str = "") -> list[Plain]:
    return asks(f"{' '.join(known['met'])} --as-of {BY_HAND['as_of']} {options}", ROOT / "positions")


def test_who_takes_part_by_hand() -> None:
    rows = asks(f"--as-of {BY_HAND['as_of']}", ROOT / "positions")
    assert {each["country"]: [each["stance"], *sorted(each["waiting_for"])] for each in rows} == {
        slug: [stance, *sorted(required)] for slug, (stance, *required) in BY_HAND["takes_part"].items()
    }
    people = {each["country"]: [each["personnel_min"], each["personnel_max"]] for each in rows}
    assert people == {slug: [None, None] for slug in people} | BY_HAND["personnel"]


@by_hand
def test_who_waits_for_what_by_hand(known: Plain) -> None:
    rows = asks_shipped(known)
    assert [each["country"] for each in rows if each["clear"]] == known["clear"]
    assert {each["country"]: sorted(each["waiting_for"]) for each in rows if not each["clear"]} == {
        slug: sorted(waiting) for slug, waiting in known["waiting"].items()
    }
    for each in rows:
        held = {known["held"][id][0] for id in each["waiting_for"] if id in known["held"]}
        assert sorted(each["blocked_by"]) == sorted(held)


@by_hand
def test_what_unlocks_next_by_hand(known: Plain) -> None:
    rows = asks_shipped(known, "--next")
    assert {each["precondition"]: each["countries"] for each in rows if each["clears"]} == known["unlocks"]
    words = yaml.safe_load((ROOT / "positions" / "_registry.yaml").read_text(encoding="utf-8"))["preconditions"]
    assert {each["precondition"] for each in rows} == words.keys() - {*known["met"], *known["and_so"]}


@by_hand
def test_the_smallest_sets_by_hand(known: Plain) -> None:
    rows = asks_shipped(known, "--sets")
    assert {each["clear"] for each in rows} == {known["largest"]}
    everybody = BY_HAND["takes_part"].keys()
    assert sorted((sorted(each["preconditions"]), sorted(everybody - {*each["countries"]})) for each in rows) == sorted(
        (sorted(each["preconditions"]), each["all_but"]) for each in known["smallest_sets"]
    )


@by_hand
def test_contradictions_by_hand(known: Plain) -> None:
    """A precondition in the hand of a country that is opposed; and the two that are required and exclude each other."""
    rows = asks_shipped(known, "--contradictions")
    opposed = {id: [holder, by] for id, (holder, stance, by) in known["held"].items() if stance == "opposed"}
    found = {each["preconditions"][0]: [*each["against"], each["by"]] for each in rows if each["kind"] == "held-by-refusal"}
    assert found == opposed
    for each in rows:
        if each["kind"] == "held-by-refusal":
            (id,) = each["preconditions"]
            assert sorted(each["countries"]) == sorted(slug for slug, waiting in known["waiting"].items() if id in waiting)
    assert [
        each["preconditions"] + each["countries"] + each["against"] for each in rows if each["kind"] != "held-by-refusal"
    ] == [["nato-framework", "non-nato-mission", "norway", "france"]]
    page = here(*f"whatif {' '.join(known['met'])} -f plain --as-of {BY_HAND['as_of']}".split(), "--registry", ROOT / "positions")
    for _, _, by in known["held"].values():
        assert by in page.stdout
