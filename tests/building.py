"""Countries from a few words a statement, positions told in a few words, and the registry that the tool ships with.

A statement is a line: its date, its attribution (official unless it says otherwise), its stance, then what it does.

    2025-03 anonymous conditional requires ceasefire ceasefire>mandate(in writing) drops troops offers naval*100..200

`>` names what has to come first, `( )` is a note, `*` a number of people (`*100`, `*100..200`, `*100..`, `*..200`). In what
comes back, statements go by their number in the list, from 1.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as some

from stancectl.analysis.positions import Part, Position
from stancectl.model.registry import Country, Registry
from stancectl.model.statements import ATTRIBUTIONS, COUNTED, Attribution, Statement
from stancectl.model.vocabulary import Contribution, Precondition, Stance, Vocabulary
from stancectl.registry import build
from stancectl.registry.load import load

FOLDER = Path(__file__).parents[1] / "positions"
LATE = date(2099, 12, 31)

WORDS = Vocabulary(
    topic="a force",
    stances={
        "willing": Stance("Willing", takes_part=True),
        "conditional": Stance("Conditional", takes_part=True),
        "undecided": Stance("Undecided"),
        "declined": Stance("Declined", refuses=True),
        "opposed": Stance("Opposed", refuses=True),
    },
    preconditions={id: Precondition(id.title()) for id in ("ceasefire", "mandate", "framework", "shares")},
    contributions={id: Contribution(id.title()) for id in ("troops", "air", "naval")},
    groups={"here": ("LA",)},
)
REFUSING = frozenset({"declined", "opposed"})

Plain = dict[str, Any]


@cache
def real_registry() -> Registry:
    """The registry in this repository."""
    return load(FOLDER, cache=False)


def real_position(slug: str, day: str) -> Position:
    """Where a real country stood."""
    return Position(real_registry().countries[slug], real_registry().vocabulary, date.fromisoformat(day))


def country(lines: str, slug: str = "land") -> Country:
    """The country that said these lines, in the order of a file."""
    return country_of([plain_statement(line) for line in lines.splitlines() if line.strip()], slug)


def country_of(statements: list[Plain], slug: str = "land") -> Country:
    """The country whose file holds these statements; those without an id get their number."""
    rest = {"speaker": "Somebody", "summary": "Said so.", "sources": [{"url": "https://example.org/"}]}
    made = [rest | each for each in numbered(statements)]
    return build.country(slug, {"country": slug[:2].upper(), "name": slug.title(), "statements": made}, WORDS)


def numbered(statements: list[Plain], prefix: str = "") -> list[Plain]:
    """The statements with their number as their id, where they have none."""
    return [{"id": f"{prefix}{number}"} | each for number, each in enumerate(statements, 1)]


def in_file_order(country: Country) -> list[Statement]:
    """The statements as the file of `country_of` has them."""
    return sorted(country.statements, key=lambda statement: int(statement.id))


def at(lines: str, day: date | str = LATE, slug: str = "land") -> Position:
    """Where the country that said these lines stands at the end of a day; without one, after all of them."""
    return Position(country(lines, slug), WORDS, day if isinstance(day, date) else date.fromisoformat(day))


def told(position: Position) -> str:
    """A position in a line: `conditional 1 4; needs ceasefire 1 3, mandate 2; offers air 2; not troops 4`.

    After each part stand the statements that hold it: the one that set it, then those that restated it.
    """
    kinds = {"": "stance", "needs ": "precondition", "offers ": "offer", "not ": "rule-out"}
    parts = {"precondition": position.preconditions, "offer": position.offers, "rule-out": position.rules_out}
    parts["stance"] = (position.stance_part,) if position.stance_part else ()
    return "; ".join(word + ", ".join(map(_held, parts[kind])) for word, kind in kinds.items() if parts[kind])


def _held(part: Part) -> str:
    assert part.by == part.run[0]
    return " ".join([part.item, *(statement.id for statement in (part.by, *part.restated_by))])


def plain_statement(line: str) -> Plain:
    """What a line says, as a file would hold it."""
    words = re.findall(r"(?:\([^)]*\)|\S)+", line)
    made: Plain = {"date": words.pop(0)}
    if words and words[0] in ATTRIBUTIONS:
        made["attribution"] = words.pop(0)
    if words and words[0] in WORDS.stances:
        made["stance"] = words.pop(0)
    verb = ""
    for word in words:
        if word in _VERBS:
            verb = word
        else:
            made.setdefault(verb, []).append(_VERBS[verb](word))
    return made


def _requirement(word: str) -> Plain:
    rest, note = _note(word)
    *after, condition = rest.split(">")
    return {"condition": condition, "after": after} | note


def _offer(word: str) -> Plain:
    rest, note = _note(word)
    kind, _, people = rest.partition("*")
    least, dots, most = people.partition("..")
    ends = {"min": least, "max": most if dots else least}
    personnel = {end: int(number) for end, number in ends.items() if number}
    return {"kind": kind} | ({"personnel": personnel} if personnel else {}) | note


def _note(word: str) -> tuple[str, Plain]:
    rest, _, note = word.partition("(")
    return rest, {"note": note.removesuffix(")")} if note else {}


_VERBS: dict[str, Any] = {
    "requires": _requirement,
    "drops": str,
    "offers": _offer,
    "withdraws": str,
    "rules_out": str,
    "reopens": str,
}


# Statements at random.

SIGNALS: list[Attribution] = sorted(set(ATTRIBUTIONS) - COUNTED)


def several(of: Any, most: int = 2) -> some.SearchStrategy[Any]:
    """None or a few, each once."""
    return some.lists(of, max_size=most, unique_by=lambda each: each if isinstance(each, str) else next(iter(each.values())))


dates = some.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    some.dates(date(2025, 1, 1), date(2025, 3, 31)),
    some.sampled_from([10, 10, 10, 7, 4]),
    some.sampled_from(["", "", "?", "~"]),
)
ids, kinds = some.sampled_from(list(WORDS.preconditions)), some.sampled_from(list(WORDS.contributions))
notes = some.sampled_from([{}, {}, {"note": "this"}, {"note": "that"}])
people = some.sampled_from([{}, {}, {"personnel": {"min": 1, "max": 2}}, {"personnel": {"max": 3}}])
requirements = some.builds(
    lambda condition, after, note: {"condition": condition, "after": after} | note, ids, several(ids), notes
)
offers = some.builds(lambda kind, personnel, note: {"kind": kind} | personnel | note, kinds, people, notes)


def statements_of(attributions: list[Attribution]) -> some.SearchStrategy[Plain]:
    return some.fixed_dictionaries(
        {"date": dates, "attribution": some.sampled_from(attributions)},
        optional={
            "stance": some.sampled_from(list(WORDS.stances)),
            "requires": several(requirements),
            "drops": several(ids, 1),
            "offers": several(offers),
            "withdraws": several(kinds, 1),
            "rules_out": several(kinds, 1),
            "reopens": several(kinds, 1),
        },
    )


statement_lists = some.lists(statements_of([*sorted(COUNTED) * 2, *ATTRIBUTIONS]), max_size=9)
days = some.dates(date(2024, 12, 30), date(2025, 4, 2))
