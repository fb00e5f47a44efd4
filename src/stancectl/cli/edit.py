"""`stancectl edit`: a file of the registry in the user's editor, checked before it takes its place."""

import os
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from stancectl.checks import run
from stancectl.cli import completion
from stancectl.cli.answer import in_colour
from stancectl.cli.desk import registry_to_write
from stancectl.cli.editor import edit
from stancectl.cli.options import Color, RegistryFolder, TodayIs, parse_today
from stancectl.cli.streams import note, tell
from stancectl.model.errors import StanceError, UnknownName
from stancectl.model.names import find_country
from stancectl.model.periods import parse_period
from stancectl.registry import files
from stancectl.registry.errors import InvalidRegistry
from stancectl.registry.files import File
from stancectl.registry.load import load
from stancectl.registry.problems import Problem
from stancectl.registry.writing import Unwritable, Writing, locked, write
from stancectl.report import diagnostics


class Unsound(StanceError):
    """A text that would break the registry."""

    code = "invalid-registry"


def command(
    country: Annotated[
        str,
        typer.Argument(
            metavar="COUNTRY", help="A name, ISO code or slug; or a file's name.", autocompletion=completion.countries
        ),
    ],
    ref: Annotated[
        str | None,
        typer.Argument(metavar="[REF]", help="The id of the statement to go to.", autocompletion=completion.statements),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write it even if it is not valid.")] = False,
    registry_folder: RegistryFolder = None,
    today_is: TodayIs = None,
    color: Color = "auto",
) -> int:
    """Open a country's file in your editor.

    The editor is $VISUAL, else $EDITOR. What you save is checked, and takes the file's place only when it is valid, or when you
    insist. A file that somebody changed meanwhile stays as it is, and your draft is kept.
    """
    folder, today = registry_to_write(registry_folder), parse_today(today_is)
    typed, _, id = country.partition("/")
    file = _file(folder, typed)
    line = _line(file, (ref or id).rpartition("/")[2])
    draft = _draft(folder, file)
    try:
        text = _edited(folder, file, draft, line, today, force=force, colour=in_colour(color, None))
    except StanceError as error:
        raise _keeping(error, draft, file) from None
    if text is None:
        return 1
    if text == file.data:
        note(f"stancectl: {file.path} is as it was")
    else:
        try:
            with locked(folder):
                write([Writing(folder / file.name, text, file.data)])
        except StanceError as error:
            raise _keeping(error, draft, file) from None
        note(f"stancectl: wrote {file.path}")
    draft.unlink()
    return 0


def _edited(folder: Path, file: File, draft: Path, line: int, today: date, *, force: bool, colour: bool) -> bytes | None:
    """What the user made of the file and wants to be written; None for nothing. Raises EditorFailed or Unsound."""
    while True:
        edit(draft, line)
        text = draft.read_bytes()
        problems = _problems(folder, file._replace(data=text), today) if text != file.data else []
        errors = [problem for problem in problems if problem.severity == "error"]
        told = errors or (_not_in(problems, _problems(folder, file, today)) if problems else [])
        if told:
            tell(diagnostics.write(told, colour=colour).removesuffix("\n"))
        if not errors or force:
            return text
        from stancectl.cli import questions

        if not questions.is_possible():
            raise Unsound(f"{diagnostics.counted(len(errors), 'error')}; {file.path} is as it was", "--force writes it as it is")
        choices = {"edit": "open the editor again", "write": "write it as it is", "quit": "leave the file as it was"}
        match questions.choose(f"{diagnostics.counted(len(errors), 'error')}. What now?", choices, "edit"):
            case "write":
                return text
            case "quit":
                note(f"stancectl: {file.path} is as it was; your text is in {files.shown_path(draft)}")
                return None
        line = errors[0].line


def _not_in(problems: list[Problem], known: list[Problem]) -> list[Problem]:
    """The problems that were not there before, wherever they stood."""
    old = {(each.code, each.message, each.excerpt) for each in known}
    return [each for each in problems if (each.code, each.message, each.excerpt) not in old]


def _problems(folder: Path, file: File, today: date) -> list[Problem]:
    """What is wrong with a file of the registry, the others being as they are."""
    others = [files.read(folder, name) for name in files.stamps(folder) if name != file.name]
    found = run.check([file, *others], run.codes(), today, parse_period("365d", today).first)
    return [problem for problem in found if file.name in (Path(problem.path).name, *problem.others)]


def _file(folder: Path, typed: str) -> File:
    """The file of a country, or the one of that name. Raises UnknownName, InvalidRegistry."""
    name = f"{typed.removesuffix('.yaml')}.yaml"
    if not (folder / name).is_file() or "/" in name:
        name = f"{find_country(load(folder), typed).slug}.yaml"
    found = files.read(folder, name)
    if isinstance(found, Problem):
        raise InvalidRegistry([found])
    return found


def _line(file: File, id: str) -> int:
    """The line (from 1) of the statement with that id, or of the file's beginning where none is named. Raises UnknownName."""
    if not id:
        return 1
    lines = file.data.decode(errors="replace").splitlines()
    named = [re.fullmatch(r"""\s*(?:-\s+)?id:\s*["']?([\w-]+)["']?\s*(?:#.*)?""", line) for line in lines]
    ids = {each[1]: number for number, each in enumerate(named, 1) if each}
    if id not in ids:
        raise UnknownName("statement", id, list(ids))
    return ids[id]


def _draft(folder: Path, file: File) -> Path:
    """A copy to edit, hidden beside the file, so that an editor finds the schema that it names."""
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{Path(file.name).stem[:100]}.", suffix=".draft.yaml")
        with os.fdopen(handle, "wb") as stream:
            stream.write(file.data)
    except OSError as error:
        raise Unwritable(f"cannot write to {files.shown_path(folder)}: {error.strerror}", "nothing was changed") from None
    return Path(name)


def _keeping(error: StanceError, draft: Path, file: File) -> StanceError:
    """The error, with where the user's text is, if there is one."""
    try:
        is_changed = draft.read_bytes() != file.data
    except OSError:
        is_changed = False
    if is_changed:
        error.help = f"{error.help}; your text is in {files.shown_path(draft)}"
    else:
        draft.unlink(missing_ok=True)
    return error
