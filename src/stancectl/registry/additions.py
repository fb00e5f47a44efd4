"""New statements in the files of a registry: where they go, what they are called, and whether all is sound then."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from stancectl.model.errors import StanceError, refuse, suggestion
from stancectl.registry import files
from stancectl.registry.canonical import file_lines
from stancectl.registry.document import Plain
from stancectl.registry.errors import InvalidRegistry
from stancectl.registry.files import File
from stancectl.registry.ids import new_id
from stancectl.registry.insert import inserted, statement_spans
from stancectl.registry.layout import block_of
from stancectl.registry.problems import Problem
from stancectl.registry.read import read_file
from stancectl.registry.readings import Known
from stancectl.registry.shapes import CountryFile
from stancectl.registry.strict_yaml import LINE_END
from stancectl.registry.writing import Writing

_FOR_EDITORS = "# yaml-language-server: $schema=schema/country.json"


class NewCountry(NamedTuple):
    """What begins a country's file."""

    code: str
    name: str


class Addition(NamedTuple):
    """A country's file before and after statements were added: its values in regular form (None: there was none).

    `ids` are those of the new statements, `spans` their lines (from 0).
    """

    slug: str
    ids: tuple[str, ...]
    before: Plain | None
    after: Plain
    writing: Writing
    spans: tuple[range, ...]

    @property
    def file(self) -> File:
        """The file as it will be."""
        return File(self.writing.path.name, files.shown_path(self.writing.path), self.writing.data)

    @property
    def refs(self) -> list[str]:
        """The references of the new statements."""
        return [f"{self.slug}/{id}" for id in self.ids]

    @property
    def places(self) -> list[str]:
        """Where each of them stands: `positions/turkey.yaml:480`."""
        return [f"{self.file.path}:{lines.start + 1}" for lines in self.spans]

    @property
    def new_lines(self) -> list[str]:
        """Their lines in the file."""
        lines = LINE_END.split(self.writing.data.decode())
        return [line for span in self.spans for line in lines[span.start : span.stop]]


def addition(folder: Path, slug: str, statements: Sequence[Plain], known: Known, begin: NewCountry | None = None) -> Addition:
    """What adding statements to a country's file makes of it; `begin` is what a file that is not there yet begins with.

    Statements without an id get one. Raises Several errors, every DuplicateId; or InvalidRegistry where the file is not sound, or
    would not be.
    """
    name = f"{slug}.yaml"
    path = folder / name
    file = None if begin is not None and not path.exists() else files.read(folder, name)
    if isinstance(file, Problem):
        raise InvalidRegistry([file])
    before = sound(file, known) if file is not None else None
    named = _named(slug, statements, before["statements"] if before else [])
    if file is not None:
        data = inserted(file, named)
    else:
        assert begin is not None
        header = [_FOR_EDITORS] if (folder / "schema/country.json").is_file() else []
        value = block_of({"country": begin.code, "name": begin.name, "statements": named})
        data = "".join(f"{line}\n" for line in file_lines(header, value, CountryFile)).encode()
    if len(data) > files.MAX_BYTES:
        raise InvalidRegistry([files.too_large(files.shown_path(path))])
    made = File(name, files.shown_path(path), data)
    after, spans, ids = sound(made, known), statement_spans(made), tuple(each["id"] for each in named)
    writing = Writing(path, data, file.data if file else None)
    return Addition(slug, ids, before, after, writing, tuple(spans[id] for id in ids))


def sound(file: File, known: Known) -> Plain:
    """A file's value in regular form; raise InvalidRegistry."""
    reading = read_file(file, known)
    if reading.problems or reading.value is None:
        raise InvalidRegistry(reading.problems)
    return reading.value


class DuplicateId(StanceError):
    """An id that another statement of the country has."""

    code = "duplicate-id"


def _named(slug: str, statements: Sequence[Plain], others: Sequence[Plain]) -> list[Plain]:
    """The statements, each with an id that no other has."""
    there, named, errors = {each["id"] for each in others}, list[Plain](), list[StanceError]()
    given = [each["id"] for each in statements if "id" in each]
    for id in dict.fromkeys(id for id in given if id in there or given.count(id) > 1):
        errors.append(DuplicateId(f"`{slug}/{id}` is there already", "leave the id out to get a new one, or edit that one"))
    taken = {*there, *given}
    for each in statements:
        id = each.get("id") or new_id(each, [*others, *named], taken)
        taken.add(id)
        named.append({"id": id} | each)
    refuse(errors)
    return named


def check_references(folder: Path, made: Sequence[Addition], known: Known) -> None:
    """Raise Several errors, every UnknownReference: a new statement answers one that is not there."""
    errors = list[StanceError]()
    ids = {each.slug: {said["id"] for said in each.after["statements"]} for each in made}
    new = (said for each in made for said in each.after["statements"] if said["id"] in each.ids)
    for reference in (reference for said in new for reference in said.get("responds_to", ())):
        slug, id = reference.split("/")
        if slug not in ids:
            file = files.read(folder, f"{slug}.yaml")
            ids[slug] = {said["id"] for said in sound(file, known)["statements"]} if isinstance(file, File) else set()
        if id not in ids[slug]:
            help = suggestion(id, sorted(ids[slug])) if ids[slug] else f"the registry has no {slug}.yaml"
            errors.append(UnknownReference(f"there is no statement `{reference}`", help))
    refuse(errors)


class UnknownReference(StanceError):
    """A statement that is answered, and is not there."""

    code = "unknown-reference"
