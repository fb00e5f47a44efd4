"""A file's checked value as the store keeps it: cut up, so that an answer reads no more than it tells."""

from collections.abc import Generator, Sequence
from datetime import date
from functools import partial
from marshal import dumps
from typing import Any, NamedTuple

from stancectl.analysis.listing import packed, standing
from stancectl.analysis.positions import Position
from stancectl.model.dates import PartialDate
from stancectl.model.vocabulary import Vocabulary
from stancectl.registry import build
from stancectl.registry.acceptance import accepted
from stancectl.registry.across import Facts
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.parallel import each_file
from stancectl.registry.readings import Known, slug_of

Plain = dict[str, Any]


class Compiled(NamedTuple):
    """What is kept of a file; values are marshalled, which takes a third of the time of JSON.

    `head` is the whole of a vocabulary or of events; of a country its names and the balance after its last statement. `facts`
    are what entries of other files could be at odds with, `record` the fields of `model.history.Record`, `statements` a
    country's statements in date order.
    """

    name: str
    head: bytes
    facts: Facts | None = None
    record: bytes = b""
    statements: tuple[bytes, ...] = ()


def compile_files(files: Sequence[File], known: Known, vocabulary: Vocabulary) -> Generator[Compiled | None]:
    """Each file compiled; None where anything is wrong with it."""
    return each_file(partial(_compiled, known=known, vocabulary=vocabulary), files)


def read(file: File, known: Known) -> Plain | None:
    """The value of a file by the vocabulary's ids, found with the large libraries only where they are needed; None as above."""
    if (value := accepted(file, known)) is not None:
        return value
    from stancectl.registry.read import read_file

    reading = read_file(file, known)
    return None if reading.problems else reading.value


def _compiled(file: File, known: Known, vocabulary: Vocabulary) -> Compiled | None:
    value = read(file, known)
    if value is None:
        return None
    return Compiled(file.name, dumps(value)) if file.name in (VOCABULARY, EVENTS) else _country(file.name, value, vocabulary)


def _country(name: str, value: Plain, vocabulary: Vocabulary) -> Compiled:
    entries = sorted(value["statements"], key=lambda entry: PartialDate.parse(entry["date"]).earliest)
    said = [entry | {"sources": ()} for entry in entries]  # which change no position
    country = build.country(slug_of(name), value | {"statements": said}, vocabulary)
    history = country.history
    head: Plain = {key: value[key] for key in ("country", "name", "aliases") if key in value}
    head |= {"ordered": history.ordered, "day": history.record.days[-1]}
    head |= {"balance": tuple(history.balance(date.max)), "row": packed(standing(Position(country, vocabulary, date.max)))}
    record: Any = tuple(history.record)
    return Compiled(name, dumps(head), _facts(value), dumps(record), tuple(map(dumps, entries)))


def _facts(value: Plain) -> Facts:
    entries = value["statements"]
    called = [value["country"], value["name"], *value.get("aliases", ())]
    answered = [reference for entry in entries for reference in entry.get("responds_to", ())]
    return Facts(called, [entry["id"] for entry in entries], answered)
