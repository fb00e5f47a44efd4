"""`stancectl check`: what is wrong with a registry, at its line."""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from stancectl.checks import explain, run
from stancectl.cli import completion
from stancectl.cli.answer import chosen_format, deliver, in_colour
from stancectl.cli.options import Color, Json, Output, RegistryFolder, Revision, TodayIs, Usage, parse_today
from stancectl.cli.paths import named_files
from stancectl.cli.streams import note
from stancectl.model.errors import UnknownName, shorten
from stancectl.model.periods import parse_period
from stancectl.registry import files
from stancectl.registry.files import File
from stancectl.registry.locate import nearest, shipped
from stancectl.registry.problems import Problem
from stancectl.report import diagnostics

FORMATS = ("text", "json", "github", "sarif")
_ENDINGS = {".txt": "text", ".json": "json", ".sarif": "sarif"}


def command(
    path: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Registries, or files of one; the others are read with them.")
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODE,CODE", help="Only these rules.", autocompletion=completion.rules),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODE,CODE", help="Not these.", autocompletion=completion.rules)
    ] = None,
    warnings_as_errors: Annotated[bool, typer.Option("--warnings-as-errors", help="Let warnings fail the check too.")] = False,
    stale: Annotated[str, typer.Option("--stale", metavar="AGE", help="How old a stance may be: 365d, 12m, 1y.")] = "365d",
    explain_code: Annotated[
        str | None,
        typer.Option("--explain", metavar="CODE", help="Explain a rule, and stop.", autocompletion=completion.rules),
    ] = None,
    registry_folder: RegistryFolder = None,
    rev: Revision = None,
    today_is: TodayIs = None,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="text, json, github or sarif.", autocompletion=completion.formats),
    ] = None,
    json: Json = False,
    output: Output = None,
    color: Color = "auto",
) -> int:
    """What is wrong with a registry, at its line.

    Every error and every warning of all files in one run. Exits with 0 where there is no error, with 1 where there is one, and
    with 2 where the check could not run. In GitHub Actions the answer is annotations.
    """
    if explain_code is not None:
        deliver(explain.section(run.rule(explain_code)), output)
        return 0
    chosen, today = _chosen(select, ignore), parse_today(today_is)
    default = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    form = chosen_format(format, output, FORMATS, _ENDINGS, default, json=json)
    colour = in_colour(color, output)
    limit = _limit(stale, today)
    problems = list[Problem]()
    for read, named in _asked_for(path, registry_folder, rev):
        found = run.check(read, chosen, today, limit)
        problems += found if named is None else _about(found, named)
    if warnings_as_errors:
        problems = [problem._replace(severity="error") for problem in problems]
    if problems or output is not None or form in ("json", "sarif"):
        deliver(_written(problems, form, colour=colour), output)
    if problems:
        note(f"stancectl: {_count(problems)}")
    return int(any(problem.severity == "error" for problem in problems))


def _limit(age: str, today: date) -> date:
    """The first day on which a stance may have been stated so as not to be stale."""
    if not re.fullmatch("[0-9]+[dwmy]", age.strip().casefold()):
        raise Usage(f"`{shorten(age)}` is no age", "write --stale 365d, 52w, 12m or 1y")
    return parse_period(age, today).first


def _chosen(select: Sequence[str] | None, ignore: Sequence[str] | None) -> frozenset[str]:
    """The codes of the rules that the options leave."""
    every = run.codes()
    selected, ignored = ({code.strip() for each in option or () for code in each.split(",")} for option in (select, ignore))
    for code in sorted((selected | ignored).difference(every)):
        raise UnknownName("rule", code, every)
    if left := frozenset(selected or every) - ignored:
        return left
    raise Usage("no rule is left to check", "ignore less, or select more")


def _registries(paths: Sequence[Path] | None, registry: Path | None) -> dict[Path, set[str] | None]:
    """The folders to check, and the names of the files to tell of; None for all."""
    if paths:
        return named_files(paths, registry)
    if (folder := nearest(registry)) is None:
        note("stancectl: there is no registry here; checking the one that is installed")
    return {folder or shipped(): None}


def _asked_for(
    paths: Sequence[Path] | None, registry: Path | None, rev: str | None
) -> Iterator[tuple[list[File | Problem], set[str] | None]]:
    """The files of each registry to check, as they are or at --rev, and the names of those to tell of; None for all."""
    if rev is None:
        for folder, names in _registries(paths, registry).items():
            named = None if names and files.VOCABULARY in names else names  # it changes what every other file may say
            yield [files.read(folder, name) for name in files.stamps(folder)], named
        return
    from stancectl.registry.revisions import files_at, find

    if paths:
        raise Usage("--rev checks a whole registry", "name it with --registry DIR, or as REV:PATH")
    yield files_at(find(registry, rev)), None


def _about(found: Sequence[Problem], named: set[str]) -> list[Problem]:
    """What is found in the files named, what keeps the vocabulary from being read, and what is in other files because of them."""
    return [
        each
        for each in found
        if named.intersection((Path(each.path).name, *each.others))
        or (Path(each.path).name == files.VOCABULARY and run.rule(each.code).is_readers)
    ]


def _written(problems: Sequence[Problem], form: str, *, colour: bool) -> str:
    if form == "json":
        from stancectl.report import json

        return json.write(diagnostics.table(problems))
    if form == "github":
        from stancectl.report import github

        errors_first = sorted(problems, key=lambda problem: problem.severity)  # GitHub shows ten of each at most
        return github.write(map(_from_workspace, errors_first))
    if form == "sarif":
        from stancectl.report import sarif

        rules = {code: run.rule(code) for code in {problem.code for problem in problems}}
        return sarif.write(
            map(_from_workspace, problems), {code: (rule.finds, " ".join(rule.reason.split())) for code, rule in rules.items()}
        )
    return diagnostics.write(problems, colour=colour)


def _from_workspace(problem: Problem) -> Problem:
    """The problem with its path from where GitHub keeps the repository, whatever folder the check runs in."""
    root, path = os.environ.get("GITHUB_WORKSPACE"), Path(problem.path).absolute()
    return problem._replace(path=str(path.relative_to(root))) if root and path.is_relative_to(root) else problem


def _count(problems: Sequence[Problem]) -> str:
    """`2 errors and 1 warning in 3 files`."""
    errors = sum(problem.severity == "error" for problem in problems)
    counts = [(errors, "error"), (len(problems) - errors, "warning")]
    told = " and ".join(diagnostics.counted(number, what) for number, what in counts if number)
    return f"{told} in {diagnostics.counted(len({problem.path for problem in problems}), 'file')}"
