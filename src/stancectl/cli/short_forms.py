"""Dates, requirements and offers as they are typed at a prompt, in the form of a file."""

import re
from datetime import date

from stancectl.cli.options import Usage
from stancectl.model.dates import InvalidDate, PartialDate
from stancectl.model.errors import shorten
from stancectl.model.names import find_id
from stancectl.model.periods import parse_period
from stancectl.model.vocabulary import Kind, Vocabulary
from stancectl.registry.document import Plain

REQUIREMENT = "ID[:after=ID,ID][:note=TEXT]"
OFFER = "KIND[=NUMBER or =MIN..MAX][:note=TEXT]"


def statement_date(typed: str, today: date) -> str:
    """A date of the file format: as typed, or the day that `today`, `yesterday` or `3d` means. Raises InvalidDate."""
    try:
        return PartialDate.parse(typed.strip()).text
    except InvalidDate as error:
        try:
            first, last = parse_period(typed, today)
        except InvalidDate:
            raise error from None
        if first != last:
            raise error from None
        return first.isoformat()


def entry(name: str, typed: str, vocabulary: Vocabulary) -> str | Plain:
    """An entry of the list of that name in a statement. Raises UnknownName or Usage."""
    if name == "requires":
        return requirement(typed, vocabulary)
    if name == "offers":
        return offer(typed, vocabulary)
    if name == "responds_to":
        return typed.strip()
    return known_id("precondition" if name == "drops" else "contribution", typed, vocabulary)


def known_id(kind: Kind, typed: str, vocabulary: Vocabulary) -> str:
    """An id of the vocabulary by itself or by its label; raise UnknownName."""
    return find_id(kind, vocabulary.labels(kind), typed)


def requirement(typed: str, vocabulary: Vocabulary) -> str | Plain:
    """A requirement: `ceasefire`, `mission-framework:after=ceasefire:note=in writing`. Raises UnknownName or Usage."""
    id, told = _split(typed, ("after", "note"), REQUIREMENT)
    made: Plain = {"condition": known_id("precondition", id, vocabulary)}
    if "after" in told:
        made["after"] = [known_id("precondition", each, vocabulary) for each in told["after"].split(",")]
    if told.get("note"):
        made["note"] = told["note"]
    return made if len(made) > 1 else str(made["condition"])


def offer(typed: str, vocabulary: Vocabulary) -> str | Plain:
    """An offer: `naval`, `ground-troops=1000`, `ground-troops=6000..10000:note=in rear areas`. Raises UnknownName or Usage."""
    start, told = _split(typed, ("note",), OFFER)
    kind, equals, number = start.partition("=")
    made: Plain = {"kind": known_id("contribution", kind, vocabulary)}
    if equals:
        ends = re.fullmatch(r"([0-9]*)(\.\.|-)?([0-9]*)", number.strip())
        if ends is None or not number.strip(".- "):
            raise Usage(f"`{shorten(number)}` is no number of people", "write =1000, =6000..10000, =6000.. or =..10000")
        least, dots, most = ends.groups()
        made["personnel"] = {end: text for end, text in (("min", least), ("max", most)) if text} if dots else least
    if told.get("note"):
        made["note"] = told["note"]
    return made if len(made) > 1 else str(made["kind"])


def _split(typed: str, names: tuple[str, ...], form: str) -> tuple[str, dict[str, str]]:
    """What stands before the first colon, and the named parts behind it; a note goes on to the end."""
    start, _, rest = typed.partition(":")
    told = dict[str, str]()
    while rest:
        name, equals, text = rest.partition("=")
        if name.strip() not in names or not equals:
            raise Usage(f"`{shorten(rest)}` is no part of this", f"write {form}")
        if name.strip() == "note":
            told["note"] = text.strip()
            break
        told[name.strip()], _, rest = text.partition(":")
    return start.strip(), told
