"""`stancectl init`: a registry for another question."""

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from stancectl.cli.options import TodayIs, Usage, parse_today
from stancectl.cli.schema import FOLDER
from stancectl.cli.streams import emit, note, somebody_answers
from stancectl.model.errors import StanceError, UnknownName
from stancectl.model.iso import COUNTRIES, country_named, is_country
from stancectl.registry import build, starter
from stancectl.registry.files import VOCABULARY, File, belongs, shown_path
from stancectl.registry.json_schema import KINDS, json_schema
from stancectl.registry.read import check_files
from stancectl.registry.writing import Unwritable, Writing, locked, write
from stancectl.report.json import dump
from stancectl.report.plain_text import visible


class AlreadyThere(StanceError):
    """A folder that is a registry already."""

    code = "already-there"


def command(
    directory: Annotated[str, typer.Argument(metavar="DIR", help="The folder, which is made if there is none.")],
    topic: Annotated[str | None, typer.Option("--topic", metavar="TEXT", help="What it is about, as a title.")] = None,
    question: Annotated[str | None, typer.Option("--question", metavar="TEXT", help="The question its stances answer.")] = None,
    stances: Annotated[
        str | None,
        typer.Option(
            "--stances",
            metavar="A,B",
            help="The possible answers, most engaged first: the first takes part, the last refuses.",
        ),
    ] = None,
    countries: Annotated[
        str | None, typer.Option("--countries", metavar="A,B", help="The countries it is to cover: names or ISO codes.")
    ] = None,
    today_is: TodayIs = None,
) -> None:
    """Begin a registry for another question.

    A vocabulary with explained defaults, an example country, JSON schemas for editors, a README for contributors, and a step for
    continuous integration. What is not said by flags is asked on a terminal. A file that is there already stays as it is.
    """
    folder = _folder(directory)
    real = Path(os.path.realpath(folder))
    name = real.name.replace("-", " ").replace("_", " ").strip().capitalize() or "Positions"
    if somebody_answers():
        topic, question, stances, countries = _asked(name, topic, question, stances, countries)
    topic, question = _shown("--topic", topic) or _shown("DIR", name), _shown("--question", question)
    labels = _split(told) if (told := _shown("--stances", stances)) else starter.STANCES
    files = starter.starter(topic, question, labels, _codes(_split(countries or "")), parse_today(today_is))
    root = next((above for above in (real, *real.parents) if (above / ".git").exists()), real)
    inner = str(real.relative_to(root))
    vocabulary = build.vocabulary(check_files([File(VOCABULARY, VOCABULARY, files[VOCABULARY].encode())])[VOCABULARY])
    others = {f"{FOLDER}/{kind}.json": dump(json_schema(kind, vocabulary), indent=2) for kind in KINDS}
    others |= {".gitignore": starter.ignored()}
    others |= {"README.md": starter.readme(topic, question, folder=inner, has_workflow=inner == ".")}
    others |= {starter.WORKFLOW: starter.workflow(inner)} if inner == "." else {}
    has_readme = _write(folder, others | files)
    shown = shlex.quote(shown_path(folder))
    first = f"`stancectl list --registry {shown}` answers from it; `stancectl add COUNTRY --registry {shown}` records a statement"
    note(f"stancectl: {shown} is a registry on {topic}; {first}")
    if not has_readme and inner != ".":
        checks = f"`stancectl check {shlex.quote(inner)}` and `stancectl fmt --check {shlex.quote(inner)}`"
        note(f"stancectl: for continuous integration, in the repository's folder: {checks}")


def _folder(typed: str) -> Path:
    """The folder to begin a registry in; raise an error where that cannot be one."""
    folder = Path(typed)
    shown = shown_path(folder)
    if not typed.strip():
        raise Usage("DIR is empty", "name a folder; `.` is this one")
    if (folder / VOCABULARY).exists():
        raise AlreadyThere(f"{shown} is a registry already", "name another folder, or change it with `stancectl edit _registry`")
    try:
        others = sorted(each.name for each in folder.iterdir() if belongs(each.name)) if folder.exists() else []
    except OSError as error:
        raise Unwritable(f"cannot use {shown}: {error.strerror}", "name a folder") from None
    if others := [name for name in others if name not in starter.FILES]:
        raise AlreadyThere(f"{shown} holds YAML files of other kinds: {', '.join(others[:3])}", "name a folder of its own")
    return folder


def _shown(what: str, typed: str | None) -> str:
    """A text on one line; raise Usage where something in it would not show."""
    text = " ".join((typed or "").split())
    if not text.isprintable():
        raise Usage(f"{what} holds characters that do not show", "type it by hand")
    return text


def _asked(name: str, *given: str | None) -> Iterator[str | None]:
    """What was given, and in place of what was not, the answers."""
    from stancectl.cli.questions import ask

    asked = (
        ("Topic", name, "What it is about, as a title.", None),
        ("Question", "", "The question that the stances answer; one is made of the topic if there is none.", None),
        ("Stances", ", ".join(starter.STANCES), "Most engaged first: the first takes part, the last refuses.", _check_stances),
        ("Countries", "", "Those it is to cover, by name or ISO code; others can be added later.", _check_countries),
    )
    for text, (title, default, explained, check) in zip(given, asked, strict=True):
        yield ask(title, default=default, explained=explained, check=check) if text is None else text


def _check_stances(typed: str) -> None:
    starter.stance_ids(_split(typed))


def _check_countries(typed: str) -> None:
    _codes(_split(typed))


def _split(typed: str) -> list[str]:
    return [each for each in (part.strip() for part in typed.split(",")) if each]


def _codes(names: Sequence[str]) -> list[str]:
    """The ISO codes of countries; raise UnknownName for one that is not known."""
    codes = list[str]()
    for name in names:
        found = (name, name) if is_country(name) else country_named(name)
        if found is None:
            raise UnknownName("country", name, [each for each in COUNTRIES.values() if "," not in each])
        codes.append(found[0])
    return list(dict.fromkeys(codes))


def _write(folder: Path, texts: dict[str, str]) -> bool:
    """Write the files that are not there, the vocabulary last; tell whether the README is new."""
    try:
        for path in {folder / name for name in texts}:
            path.parent.mkdir(parents=True, exist_ok=True)
        kept = [name for name in texts if (folder / name).exists()]
    except OSError as error:
        raise Unwritable(
            f"cannot write to {shown_path(folder)}: {error.strerror}", "name a folder that you may write to"
        ) from None
    new = {name: text for name, text in texts.items() if name not in kept}
    with locked(folder):
        write([Writing(folder / name, text.encode(), None) for name, text in new.items()])
    for name in kept:
        note(f"stancectl: left {shown_path(folder / name)} as it was")
    emit("".join(f"{visible(shown_path(folder / name))}\n" for name in new), f"{shown_path(folder)} is a registry all the same")
    return "README.md" not in kept
