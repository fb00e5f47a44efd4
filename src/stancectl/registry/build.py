"""Plain values in regular form (checked by `registry.schema`, or stored) to model objects."""

from collections.abc import Iterable
from typing import Any

from stancectl.model.dates import PartialDate
from stancectl.model.names import key, spellings
from stancectl.model.registry import Country, Event
from stancectl.model.statements import Offer, Personnel, Requirement, Source, Statement
from stancectl.model.vocabulary import Contribution, Precondition, Stance, Vocabulary
from stancectl.registry.files import EVENTS, VOCABULARY

Plain = dict[str, Any]


def vocabulary(plain: Plain) -> Vocabulary:
    """The vocabulary that `_registry.yaml` holds."""
    return Vocabulary(
        topic=plain["topic"],
        question=plain.get("question"),
        synonyms=tuple(plain.get("synonyms", ())),
        stances={name: Stance(**stance) for name, stance in plain["stances"].items()},
        preconditions={name: _precondition(each) for name, each in plain.get("preconditions", {}).items()},
        contributions={name: Contribution(**each) for name, each in plain.get("contributions", {}).items()},
        groups={name: tuple(codes) for name, codes in plain.get("groups", {}).items()},
    )


def events(plain: Plain) -> tuple[Event, ...]:
    """The events that `_events.yaml` holds, in date order."""
    made = (_event(each) for each in plain.get("events", ()))
    return tuple(sorted(made, key=lambda event: event.date.earliest))


def country(slug: str, plain: Plain, vocabulary: Vocabulary) -> Country:
    """The country that `SLUG.yaml` holds, its statements in date order (by earliest day, then as in the file)."""
    from stancectl.analysis.fold import fold

    statements = tuple(sorted((statement(slug, each) for each in plain["statements"]), key=lambda said: said.date.earliest))
    history = fold(statements, vocabulary)
    return Country(slug, plain["country"], plain["name"], tuple(plain.get("aliases", ())), statements, history)


def names(countries: Iterable[Country]) -> dict[str, str]:
    """Every spelling of every country's names, as `model.names.key` has it, and the country's slug."""
    return {named: country.slug for country in countries for spelling in spellings(country) if (named := key(spelling))}


def slugs(names: Iterable[str]) -> list[str]:
    """The countries' slugs, in order, from the names of all files."""
    return sorted(name.removesuffix(".yaml") for name in names if name not in (VOCABULARY, EVENTS))


def statement(slug: str, plain: Plain) -> Statement:
    """One entry of a country's statements."""
    values = dict(plain)
    values["date"] = PartialDate.parse(plain["date"])
    values["sources"] = tuple(map(_source, plain["sources"]))
    if "requires" in plain:
        values["requires"] = tuple(map(_requirement, plain["requires"]))
    if "offers" in plain:
        values["offers"] = tuple(map(_offer, plain["offers"]))
    for name in ("drops", "withdraws", "rules_out", "reopens", "responds_to"):
        if name in plain:
            values[name] = tuple(plain[name])
    return Statement(country=slug, **values)


def without_gaps(plain: Any) -> Any:
    """A value of which only a part could be made out, without the None that stand for the rest."""
    if isinstance(plain, dict):
        return {key: without_gaps(each) for key, each in plain.items()}
    if isinstance(plain, list):
        return [without_gaps(each) for each in plain if each is not None]
    return plain


def _source(plain: Plain) -> Source:
    values = dict(plain)
    if "date" in plain:
        values["date"] = PartialDate.parse(plain["date"])
    return Source(**values)


def _requirement(plain: Plain) -> Requirement:
    return Requirement(plain["condition"], tuple(plain.get("after", ())), plain.get("note"))


def _offer(plain: Plain) -> Offer:
    personnel = plain.get("personnel")
    return Offer(plain["kind"], Personnel(**personnel) if personnel else None, plain.get("note"))


def _precondition(plain: Plain) -> Precondition:
    return Precondition(**plain | {name: tuple(plain[name]) for name in ("implied_by", "excludes") if name in plain})


def _event(plain: Plain) -> Event:
    values = plain | {name: tuple(plain[name]) for name in ("meets", "unmeets") if name in plain}
    values["date"] = PartialDate.parse(plain["date"])
    values["sources"] = tuple(map(_source, plain.get("sources", ())))
    return Event(**values)
