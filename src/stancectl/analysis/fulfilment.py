"""Which preconditions are met: what events brought about, and what that implies."""

from collections.abc import Iterable, Iterator
from datetime import date

from stancectl.model.dates import PartialDate
from stancectl.model.registry import Event
from stancectl.model.vocabulary import Vocabulary


def met_on(vocabulary: Vocabulary, events: Iterable[Event], as_of: date) -> dict[str, PartialDate]:
    """The preconditions met at the end of the day `as_of`, each with the date of the event since which it is.

    An event meets and undoes preconditions by name; what is implied by one that is met is met with it.
    """
    met = dict[str, PartialDate]()
    for event, named in _named(events, as_of):
        met = {item: met.get(item, event.date) for item in with_implied(named, vocabulary)}
    return met


def brought_about(events: Iterable[Event], as_of: date) -> frozenset[str]:
    """The preconditions that events have met by name, and not undone, by the end of the day `as_of`."""
    *_, latest = (frozenset[str](), *(named for _, named in _named(events, as_of)))
    return latest


def with_implied(named: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The preconditions named, those they imply, those that these imply, and so on."""
    found = new = frozenset(named)
    while new:
        new = frozenset(item for item, each in vocabulary.preconditions.items() if new.intersection(each.implied_by)) - found
        found |= new
    return found


def _named(events: Iterable[Event], as_of: date) -> Iterator[tuple[Event, frozenset[str]]]:
    """Each event up to a day, and the preconditions that are met by name after it."""
    named = frozenset[str]()
    for event in events:
        if event.date.earliest <= as_of:
            named = named - {*event.unmeets} | {*event.meets}
            yield event, named
