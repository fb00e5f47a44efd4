"""What only shows across the files of a registry: names, ids and references that do not fit together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from stancectl.model.errors import shorten, suggestion
from stancectl.model.names import key
from stancectl.registry.problems import MAX_PROBLEMS, Finding, Step
from stancectl.registry.readings import Reading, shape_of, slug_of, statements
from stancectl.registry.shapes import CountryFile

Plain = dict[str, Any]


class Facts(NamedTuple):
    """What of a country's file entries of others could be at odds with: what it is called, its ids, and what it answers."""

    called: Sequence[str]
    ids: Sequence[str]
    answered: Sequence[str]


def names_in(facts: Mapping[str, Facts]) -> dict[str, str] | None:
    """Every spelling of every country's names and its slug, as `build.names` has them, from the facts by file name.

    None where anything is wrong between the files (`cross_check` tells what), each of which is sound in itself.
    """
    owners: dict[str, str] = {}
    ids = dict[str, set[str]]()
    for name, each in facts.items():
        slug = slug_of(name)
        ids[slug] = {*each.ids}
        called = filter(None, map(key, (slug, *each.called)))
        if len(ids[slug]) < len(each.ids) or any(owners.setdefault(spelling, slug) != slug for spelling in called):
            return None
    answered = (reference.split("/", 1) for each in facts.values() for reference in each.answered)
    return owners if all(id in ids.get(slug, ()) for slug, id in answered) else None


def cross_check(readings: Collection[Reading], *, complete: bool = True) -> Iterator[tuple[str, Finding]]:
    """Everything wrong between the entries of one registry, each with the name of its file.

    `complete` says that no file is missing.
    """
    countries = {each.name: each for each in readings if shape_of(each.name) is CountryFile}
    values = {name: reading.value for name, reading in countries.items() if reading.value is not None}
    yield from _duplicate_names(values)
    slugs = {name: slug_of(name) for name in values}
    known = {f"{slugs[name]}/{said['id']}" for name, value in values.items() for _, said in statements(value)}
    known |= {f"{slug_of(name)}/{id}" for name, reading in countries.items() for id in reading.lost}
    unsure = {slug_of(name) for name, reading in countries.items() if _hides_ids(reading.value)}
    for name, value in values.items():
        yield from islice(_duplicate_ids(name, value), MAX_PROBLEMS + 1)
        if complete:
            yield from islice(_dangling_references(name, value, known, unsure), MAX_PROBLEMS + 1)


def _hides_ids(value: Plain | None) -> bool:
    """Whether a country's file may hold statements whose ids could not be made out."""
    return value is None or any(said is None or not said["id"] for said in value["statements"])


def _duplicate_names(values: Mapping[str, Plain]) -> Iterator[tuple[str, Finding]]:
    """Codes, names and aliases by which two countries could be meant."""
    owners = dict[str, str]()
    for name in values:
        slug = slug_of(name)
        if (owner := owners.setdefault(key(slug), name)) != name:
            message = f"`{slug}` is the country in {owner} too"
            yield name, Finding((), message, "rename one of the files", others=(owner,), code="duplicate-name")
    for name, value in values.items():
        called: dict[tuple[Step, ...], str | None] = {("country",): value["country"], ("name",): value["name"]}
        called |= {("aliases", index): alias for index, alias in enumerate(value.get("aliases", ()))}
        for path, text in called.items():
            if text and key(text) and (owner := owners.setdefault(key(text), name)) != name:
                message = f"`{shorten(text)}` is the country in {owner} too"
                yield name, Finding(path, message, "keep it in one of them", others=(owner,), code="duplicate-name")


def _duplicate_ids(name: str, value: Plain) -> Iterator[tuple[str, Finding]]:
    seen = dict[str, int]()
    for index, said in statements(value):
        if said["id"] and seen.setdefault(said["id"], index) != index:
            message = f"`{shorten(said['id'])}` is another statement's id too"
            help = f"give each its own; the other is statement {seen[said['id']] + 1} of the file"
            yield name, Finding(("statements", index, "id"), message, help, code="duplicate-id")


def _dangling_references(name: str, value: Plain, known: set[str], unsure: set[str]) -> Iterator[tuple[str, Finding]]:
    helped = 0
    for index, said in statements(value):
        for position, reference in enumerate(said.get("responds_to", ())):
            slug = str(reference).partition("/")[0]
            if reference is not None and reference not in known and slug not in unsure:
                helped += 1
                near = sorted(each for each in known if each.startswith(f"{slug}/")) if helped <= _HELPED else []
                help = suggestion(reference, near) if near else _without_suggestion(slug, known)
                path, message = ("statements", index, "responds_to", position), f"there is no statement `{shorten(reference)}`"
                yield name, Finding(path, message, help, others=(f"{slug}.yaml",), code="unknown-reference")


_HELPED = 20
"""How many dangling references of a file are told what is near them, which takes time."""


def _without_suggestion(slug: str, known: set[str]) -> str:
    is_there = any(each.startswith(f"{slug}/") for each in known)
    return f"look for its id in {shorten(slug)}.yaml" if is_there else f"the registry has no {shorten(slug)}.yaml"
