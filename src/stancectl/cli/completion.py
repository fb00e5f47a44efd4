"""What Tab completes: names from the registry at hand, fields and formats. Silent where there is nothing to offer."""

import contextlib
import os
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from stancectl.model.errors import StanceError
from stancectl.model.vocabulary import Kind

if TYPE_CHECKING:
    from stancectl.model.registry import Registry


IS_ASKED = "_STANCECTL_COMPLETE" in os.environ
"""Whether a shell wants to know how to go on, instead of an answer."""

Completer = Callable[..., list[str]]


def when_asked(function: Completer) -> Completer | None:
    """The function where a shell asks; else nothing, since Typer takes a function apart before it can be of use."""
    return function if IS_ASKED else None


@when_asked
def countries(ctx: typer.Context, incomplete: str) -> list[str]:
    """Slugs, and codes where one is begun in capitals."""
    if incomplete.isupper():
        registry = _registry(ctx)
        return _begun((country.code for country in registry.countries.values()), incomplete) if registry else []
    from stancectl.registry.build import slugs
    from stancectl.registry.files import stamps

    with contextlib.suppress(StanceError):
        return _begun(slugs(stamps(_folder(ctx))), incomplete)
    return []


def _ids(kind: Kind) -> Completer | None:
    """What completes ids of one kind, after a comma too."""

    @when_asked
    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        registry = _registry(ctx)
        return _after_comma(registry.vocabulary.labels(kind), incomplete) if registry else []

    return complete


stances = _ids("stance")
preconditions = _ids("precondition")
contributions = _ids("contribution")
groups = _ids("group")


@when_asked
def parts(ctx: typer.Context, incomplete: str) -> list[str]:
    """Everything a position can be made of."""
    registry = _registry(ctx)
    if registry is None:
        return []
    words = registry.vocabulary
    return _begun(
        dict.fromkeys(
            ("stance", "preconditions", "offers", "rules-out", *words.stances, *words.preconditions, *words.contributions)
        ),
        incomplete,
    )


@when_asked
def statements(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of the country that was named."""
    from stancectl.model.names import find_country

    with contextlib.suppress(StanceError):
        if registry := _registry(ctx):
            said = find_country(registry, str(ctx.params.get("country"))).statements
            return _begun((each.id for each in said), incomplete)
    return []


@when_asked
def references(ctx: typer.Context, incomplete: str) -> list[str]:
    """The references of all statements, or up to the slash while that is not there."""
    registry = _registry(ctx)
    if registry is None:
        return []
    slug, slash, _ = incomplete.partition("/")
    if not slash:
        return _begun((f"{each}/" for each in registry.countries), incomplete)
    return _begun((each.ref for each in registry.countries[slug].statements), incomplete) if slug in registry.countries else []


@when_asked
def attributions(incomplete: str) -> list[str]:
    """Who can speak."""
    from stancectl.model.statements import ATTRIBUTIONS

    return _begun(ATTRIBUTIONS, incomplete)


@when_asked
def fields(ctx: typer.Context, incomplete: str) -> list[str]:
    """The fields of the command that is being typed, after a comma too."""
    from stancectl.cli.main import COMMANDS

    module = COMMANDS.get(ctx.info_name or "")
    return _after_comma(import_module(f"stancectl.cli.{module}").columns(), incomplete) if module else []


@when_asked
def formats(ctx: typer.Context, incomplete: str) -> list[str]:
    """The formats of the command that is being typed."""
    from stancectl.cli.answer import FORMATS, GRAPHS, REFERENCES

    if ctx.info_name == "check":
        from stancectl.cli import check

        return _begun(check.FORMATS, incomplete)
    more = REFERENCES if ctx.info_name == "sources" else GRAPHS if ctx.params.get("graph") else ()
    return _begun([*FORMATS, *more], incomplete)


@when_asked
def rules(incomplete: str) -> list[str]:
    """The codes of the rules, after a comma too."""
    from stancectl.checks.run import codes

    return _after_comma(codes(), incomplete)


@when_asked
def kinds(incomplete: str) -> list[str]:
    """The kinds of files that a registry is made of."""
    from stancectl.registry.json_schema import KINDS

    return _begun(KINDS, incomplete)


@when_asked
def colours(incomplete: str) -> list[str]:
    """When to use colour."""
    return _begun(("auto", "always", "never"), incomplete)


def _registry(ctx: typer.Context) -> "Registry | None":
    from stancectl.registry.load import load

    with contextlib.suppress(StanceError):  # Tab has nowhere to complain; the command itself will
        return load(_folder(ctx))
    return None


def _folder(ctx: typer.Context) -> Path:
    from stancectl.registry.locate import locate

    named = ctx.params.get("registry_folder")
    return locate(Path(named) if named else None)


def _begun(known: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in known if name.startswith(incomplete)]


def _after_comma(known: Iterable[str], incomplete: str) -> list[str]:
    done, comma, begun = incomplete.rpartition(",")
    taken: Any = set(done.split(","))
    return [f"{done}{comma}{name}" for name in known if name.startswith(begun) and name not in taken]
