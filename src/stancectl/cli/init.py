"""`stancectl init`: a registry for another question."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from stancectl.cli.options import TodayIs, parse_today
from stancectl.cli.schema import FOLDER
from stancectl.cli.streams import emit, note
from stancectl.model.errors import StanceError, UnknownName
from stancectl.model.iso import COUNTRIES, country_named
from stancectl.registry import build, starter
from stancectl.registry.files import VOCABULARY, File, shown_path
from stancectl.registry.json_schema import KINDS, json_schema
from stancectl.registry.read import check_files
from stancectl.registry.writing import Unwritable, Writing, locked, write
from stancectl.report.json import dump
from stancectl.report.plain_text import visible


class AlreadyThere(StanceError):
    """A folder that is a registry already."""

    code = "already-there"


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder, which is made if there is none.")],
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
    if (folder / VOCABULARY).exists():
        raise AlreadyThere(
            f"{shown_path(folder)} is a registry already", "name another folder, or `stancectl edit` what is there"
        )
    name = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Positions"
    if sys.stdin is not None and sys.stdin.isatty():
        topic, question, stances, countries = _asked(name, topic, question, stances, countries)
    topic = " ".join((topic or name).split())
    codes = _codes(_split(countries or ""))
    labels = _split(stances) if stances else list(starter.STANCES)
    files = starter.starter(topic, question, labels, codes, parse_today(today_is))
    root = _repository(folder)
    inner = "." if root is None else str(folder.resolve().relative_to(root))
    vocabulary = build.vocabulary(check_files([File(VOCABULARY, VOCABULARY, files[VOCABULARY].encode())])[VOCABULARY])
    others = {f"{FOLDER}/{kind}.json": dump(json_schema(kind, vocabulary), indent=2) for kind in KINDS}
    others |= {".gitignore": starter.ignored()}
    others |= {"README.md": starter.readme(topic, question, folder=inner, has_workflow=inner == ".")}
    others |= {starter.WORKFLOW: starter.workflow(inner)} if inner == "." else {}
    _write(folder, others | files)
    shown = shown_path(folder)
    first = f"`stancectl list --registry {shown}` answers from it; `stancectl add COUNTRY --registry {shown}` records a statement"
    note(f"stancectl: {shown} is a registry on {topic}; {first}")


def _asked(name: str, *given: str | None) -> Iterator[str | None]:
    """What was given, and in place of what was not, the answers."""
    from stancectl.cli.questions import ask

    asked = (
        ("Topic", name, "What it is about, as a title.", None),
        ("Question", "", "The question that the stances answer.", None),
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
        found = country_named(name)
        if found is None:
            raise UnknownName("country", name, list(COUNTRIES.values()))
        codes.append(found[0])
    return list(dict.fromkeys(codes))


def _repository(folder: Path) -> Path | None:
    """The folder of the git repository that a folder lies in, unless it is that itself."""
    return next((above for above in folder.resolve().parents if (above / ".git").exists()), None)


def _write(folder: Path, texts: dict[str, str]) -> None:
    """Write the files that are not there; the vocabulary, which makes the folder a registry, comes last."""
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
    emit("".join(f"{visible(shown_path(folder / name))}\n" for name in new))
