"""A file's checked value as the store keeps it: cut up, so that an answer reads no more than it tells."""

from collections.abc import Generator, Sequence
from datetime import date
from functools import partial
from marshal import dumps
from typing import Any, NamedTuple

from stancectl.analysis.listing import packed, standing
from stancectl.analysis.positions import Position, fold
from stancectl.model.dates import PartialDate
from stancectl.model.vocabulary import Vocabulary
from stancectl.registry import build
from stancectl.registry.acceptance import accepted
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.parallel import each_file
from stancectl.registry.readings import Known, Reading, slug_of

Plain = dict[str, Any]


class Compiled(NamedTuple):
    """What is kept of a file; all of it is marshalled, which takes a third of the time of JSON.

    `head` is the whole of a vocabulary or of events; of a country its names and the balance after its last statement. `facts`
    are what entries of other files could be at odds with (see `registry.across`), `record` the fields of
    `model.history.Record`, `statements` a country's statements in date order.
    """

    name: str
    head: bytes
    facts: bytes
    record: bytes = b""
    statements: tuple[bytes, ...] = ()


def compile_files(files: Sequence[File], known: Known, vocabulary: Vocabulary) -> Generator[tuple[Reading, Compiled | None]]:
    """Each file as it was read, the value of a country cut down to its `facts`, and compiled where nothing is wrong with it."""
    return each_file(partial(_compiled, known=known, vocabulary=vocabulary), files)


def read(file: File, known: Known) -> Reading:
    """Read one file by the vocabulary's ids, with the large libraries only where they are needed."""
    if (value := accepted(file, known)) is not None:
        return Reading(file.name, value, ())
    from stancectl.registry.read import read_file

    return read_file(file, known)


def _compiled(file: File, known: Known, vocabulary: Vocabulary) -> tuple[Reading, Compiled | None]:
    reading = read(file, known)
    if reading.value is None or reading.problems:
        return reading, None
    if file.name in (VOCABULARY, EVENTS):
        return reading, Compiled(file.name, dumps(reading.value), dumps(None))
    facts = _facts(reading.value)
    return reading._replace(value=facts), _country(file.name, reading.value, facts, vocabulary)


def _country(name: str, value: Plain, facts: Plain, vocabulary: Vocabulary) -> Compiled:
    entries = sorted(value["statements"], key=lambda entry: PartialDate.parse(entry["date"]).earliest)
    country = build.country(slug_of(name), value | {"statements": [entry | {"sources": ()} for entry in entries]})
    history = fold(country.statements, vocabulary)  # where sources make no difference
    latest = Position(country, date.max, history, vocabulary)
    head: Plain = {key: value[key] for key in ("country", "name", "aliases") if key in value}
    head |= {"ordered": history.ordered, "day": history.record.days[-1]}
    head |= {"balance": tuple(history.balance(date.max)), "row": packed(standing(latest))}
    record: Any = tuple(history.record)
    return Compiled(name, dumps(head), dumps(facts), dumps(record), tuple(map(dumps, entries)))


def _facts(value: Plain) -> Plain:
    said = [{key: entry[key] for key in ("id", "responds_to") if key in entry} for entry in value["statements"]]
    return value | {"statements": said}
