"""What was recorded anew: entries added, corrected, reworded, renamed and removed between two recordings of one world."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from stancectl.analysis.changes import Change, ChangeKind
from stancectl.analysis.matching import CODED, Match
from stancectl.analysis.terms import people
from stancectl.model.dates import PartialDate
from stancectl.model.registry import Event, Registry
from stancectl.model.statements import Offer, Requirement, Source, Statement
from stancectl.model.vocabulary import Vocabulary

_CAUSES: tuple[ChangeKind, ...] = ("entry-added", "entry-removed", "entry-corrected")


def edits(matches: Iterable[Match]) -> list[Change]:
    """What was recorded differently of countries and their statements."""
    found = list(matches)
    renamed = {was.ref: now.ref for each in found for was, now in each.statements if was and now}
    return [row for each in found for row in (*_of_country(each), *_of_statements(each, renamed), *_of_order(each))]


def edits_around(before: Registry, after: Registry) -> list[Change]:
    """What was recorded differently around the countries: events and vocabulary."""
    return [*_of_events(before.events, after.events), *_of_words(before.vocabulary, after.vocabulary)]


def cause(change: Change, edits: Iterable[Change]) -> ChangeKind | None:
    """What moved a position: what was done to the statement behind the change.

    Where nothing was, others of its country may have been corrected or taken out. `edits` are what was recorded differently
    along with it. None where that does not tell: a word may have changed its meaning.
    """
    own = [(edit.change, edit.by) for edit in edits if edit.country == change.country]
    to_it, to_any = {kind for kind, by in own if by == change.by}, {kind for kind, _ in own}
    return next((kind for kind in _CAUSES if kind in to_it), next((kind for kind in _CAUSES[1:] if kind in to_any), None))


def _of_country(match: Match) -> Iterator[Change]:
    """What a country that was there before is called now."""
    if match.before and match.after:
        for field in ("slug", "code", "name", "aliases"):
            was, now = (getattr(each, field) for each in (match.before, match.after))
            if was != now:
                yield Change(match.after.slug, "country-renamed", field, *_differing(was, now), None, None, uncertain=False)


def _of_statements(match: Match, renamed: Mapping[str, str]) -> Iterator[Change]:
    for was, now in match.statements:
        if was is None and now is not None:
            yield _entry(now, "entry-added", "statement", None, now.summary)
        elif now is None and was is not None:
            removed = _entry(was, "entry-removed", "statement", was.summary, None)
            yield removed._replace(country=match.after.slug) if match.after else removed
        elif was is not None and now is not None and was is not now:
            yield from _corrections(was._replace(responds_to=tuple(renamed.get(ref, ref) for ref in was.responds_to)), now)


def _corrections(was: Statement, now: Statement) -> Iterator[Change]:
    """A row for every field that differs. The country's own slug is not one."""
    for field in Statement._fields[1:]:
        one, other = getattr(was, field), getattr(now, field)
        if one != other:
            kind: ChangeKind = "entry-renamed" if field == "id" else "entry-corrected" if field in CODED else "entry-reworded"
            yield _entry(now, kind, field, *_differing(one, other))


def _of_order(match: Match) -> Iterator[Change]:
    """The place among those of its day, of which the last has the last word, where both recordings have them in another order."""
    kept = [(was, now) for was, now in match.statements if was and now and was.date.earliest == now.date.earliest]
    if match.before is match.after or not kept:
        return
    places = {each.ref: place for place, each in enumerate(match.before.statements if match.before else ())}
    for _, own in groupby(kept, key=lambda pair: pair[1].date.earliest):
        pairs = list(own)
        before = [now for _, now in sorted(pairs, key=lambda pair: places[pair[0].ref])]
        for place, (_, now) in enumerate(pairs):
            if before[place] is not now:
                yield _entry(now, "entry-corrected", "place", str(before.index(now) + 1), str(place + 1))


def _entry(statement: Statement, change: ChangeKind, item: str, before: str | None, after: str | None) -> Change:
    return Change(statement.country, change, item, before, after, statement.date, statement.ref, statement.date.qualified)


def _of_events(before: Iterable[Event], after: Iterable[Event]) -> Iterator[Change]:
    """Events are the same by title and date; of the others, by their titles."""
    later, left, found = list(after), list(before), dict[int, Event]()
    for alike in (_is_dated_alike, _is_titled_alike):
        for place, now in enumerate(later):
            if place not in found and (was := next((each for each in left if alike(each, now)), None)):
                left.remove(was)
                found[place] = was
    for place, now in enumerate(later):
        if place not in found:
            yield Change(None, "event-added", "event", None, now.title, now.date, None, now.date.qualified)
            continue
        for field in Event._fields:
            one, other = getattr(found[place], field), getattr(now, field)
            if one != other:
                told = _differing(one, other)
                yield Change(None, "event-corrected", f"{now.title}: {field}", *told, now.date, None, now.date.qualified)
    for was in left:
        yield Change(None, "event-removed", "event", was.title, None, was.date, None, was.date.qualified)


def _is_dated_alike(one: Event, other: Event) -> bool:
    return (one.title, one.date) == (other.title, other.date)


def _is_titled_alike(one: Event, other: Event) -> bool:
    return one.title == other.title


def _of_words(before: Vocabulary, after: Vocabulary) -> Iterator[Change]:
    earlier, later = (dict(_flat(vocabulary._asdict())) for vocabulary in (before, after))
    for name in dict.fromkeys((*earlier, *later)):
        if earlier.get(name) != later.get(name):
            was, now = earlier.get(name), later.get(name)
            yield Change(None, "vocabulary-changed", name, was, now, None, None, uncertain=False)


def _flat(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str | None]]:
    """Every value of a vocabulary in words, under a name like `preconditions.ceasefire.implied_by`."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        elif hasattr(value, "_asdict"):
            yield from _flat(value._asdict(), f"{above}{name}.")
        elif value:
            yield f"{above}{name}", worded(value)


def _differing(one: Any, other: Any) -> tuple[str | None, str | None]:
    """Two values in words; of lists, what only one of them holds."""
    if isinstance(one, tuple) and not hasattr(one, "_fields") and set(one) != set(other):
        one, other = (tuple(each for each in a if each not in b) for a, b in ((one, other), (other, one)))
    return worded(one), worded(other)


def worded(value: Any) -> str | None:
    """A value of a registry in words; None for none."""
    match value:
        case None | ():
            return None
        case bool():
            return "true" if value else "false"
        case Requirement(condition, after, note):
            terms = [f"after {', '.join(after)}" if after else None, note]
            return _with_terms(condition, terms)
        case Offer(kind, personnel, note):
            return _with_terms(kind, [people(personnel) if personnel else None, note])
        case Source():
            return ", ".join(str(each) for each in (*value[1:], value.url) if each is not None)
        case tuple() if not isinstance(value, PartialDate):
            return "; ".join(filter(None, map(worded, value)))
    return str(value)


def _with_terms(item: str, terms: Iterable[str | None]) -> str:
    told = "; ".join(filter(None, terms))
    return f"{item} ({told})" if told else item
