"""Which preconditions are met: what events brought about, and what that implies."""

from collections.abc import Iterable
from datetime import date

from stancectl.model.dates import PartialDate
from stancectl.model.registry import Event
from stancectl.model.vocabulary import Vocabulary


def met_on(vocabulary: Vocabulary, events: Iterable[Event], as_of: date) -> dict[str, PartialDate]:
    """The preconditions met at the end of the day `as_of`, each with the date of the event since which it is.

    An event meets and undoes preconditions by name; what is implied by one that is met is met with it.
    """
    named, met = set[str](), dict[str, PartialDate]()
    for event in events:
        if event.date.earliest <= as_of:
            named = named - {*event.unmeets} | {*event.meets}
            met = {item: met.get(item, event.date) for item in _with_implied(named, vocabulary)}
    return met


def _with_implied(named: set[str], vocabulary: Vocabulary) -> set[str]:
    """The preconditions named, those they imply, those that these imply, and so on."""
    found, new = set(named), named
    while new:
        new = {item for item, each in vocabulary.preconditions.items() if new.intersection(each.implied_by)} - found
        found |= new
    return found
