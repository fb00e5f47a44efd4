"""`stancectl edit`: a file of the registry in the user's editor, checked before it takes its place."""

import contextlib
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from stancectl.checks import run
from stancectl.cli import completion
from stancectl.cli.answer import in_colour
from stancectl.cli.editor import edit
from stancectl.cli.options import Color, RegistryFolder, TodayIs, Usage, parse_today
from stancectl.cli.paths import registry_to_write
from stancectl.cli.streams import note, somebody_answers, tell
from stancectl.model.errors import StanceError, UnknownName
from stancectl.model.names import find_country, key
from stancectl.model.periods import parse_period
from stancectl.registry import files
from stancectl.registry.errors import InvalidRegistry
from stancectl.registry.files import File
from stancectl.registry.load import load
from stancectl.registry.problems import Problem
from stancectl.registry.readings import slug_of
from stancectl.registry.strict_yaml import parse
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
    file = _file(folder, country.partition("/")[0])
    asked = ref or (country if "/" in country else "")
    named, _, id = asked.rpartition("/")
    if ref and named not in ("", Path(file.name).stem):
        raise Usage(f"{ref} is no statement in {file.path}", f"name it with its own country: `stancectl edit {ref}`")
    line = _line(file, id)
    draft = _draft(folder, file)
    try:
        text = _edited(folder, file, draft, line, today, force=force, colour=in_colour(color, None))
        if text is not None and text != file.data:
            with locked(folder):
                write([Writing(folder / file.name, text, file.data)])
    except (StanceError, typer.Abort) as error:
        kept = _kept(draft, file)
        if isinstance(error, StanceError):
            error.help = "; ".join(filter(None, (error.help, kept)))
        elif kept:
            note(f"stancectl: {file.path} is as it was; {kept}")
        raise
    if text is None:
        note("; ".join(filter(None, (f"stancectl: {file.path} is as it was", _kept(draft, file)))))
        return 1
    note(f"stancectl: {'wrote ' + file.path if text != file.data else file.path + ' is as it was'}")
    draft.unlink()
    return 0


def _edited(folder: Path, file: File, draft: Path, line: int, today: date, *, force: bool, colour: bool) -> bytes | None:
    """What the user made of the file and wants to be written; None for nothing. Raises EditorFailed or Unsound."""
    before: list[Problem] | None = None
    while True:
        edit(draft, line)
        text = draft.read_bytes()
        if text == file.data:
            return text
        before = before if before is not None else _problems(folder, file, today)
        problems = _problems(folder, file._replace(data=text), today)
        news = _not_in(problems, before)
        errors = [each for each in problems if each.severity == "error" and (each.path == file.path or each in news)]
        if told := errors or [each for each in news if each.path == file.path]:
            tell(diagnostics.write(told, colour=colour).removesuffix("\n"))
        if not errors or force:
            return text
        count = diagnostics.counted(len(errors), "error")
        if not somebody_answers():
            raise Unsound(f"{count}; {file.path} is as it was", "--force writes it as it is")
        from stancectl.cli.questions import choose

        choices = {"edit": "open the editor again", "write": "write it as it is", "quit": "leave the file as it was"}
        match choose(f"{count}. What now?", choices, "edit"):
            case "write":
                return text
            case "quit":
                return None
        line = next((each.line for each in errors if each.path == file.path), line)


def _not_in(problems: list[Problem], known: list[Problem]) -> list[Problem]:
    """The problems that were not there before, wherever they stood."""
    old = {(each.code, each.message, each.excerpt) for each in known}
    return [each for each in problems if (each.code, each.message, each.excerpt) not in old]


def _problems(folder: Path, file: File, today: date) -> list[Problem]:
    """What is wrong with the registry, if that is what one of its files holds."""
    if len(file.data) > files.MAX_BYTES:
        return [files.too_large(file.path)]
    others = [files.read(folder, name) for name in files.stamps(folder) if name != file.name]
    return [*run.check([file, *others], run.codes(), today, parse_period("365d", today).first)]


def _file(folder: Path, typed: str) -> File:
    """The file of a country, or the one of that name. Raises UnknownName, InvalidRegistry."""
    name = f"{typed.removesuffix('.yaml')}.yaml"
    if not (files.belongs(name) and Path(name).name == name and (folder / name).is_file()):
        name = _named(folder, typed)
    found = files.read(folder, name)
    if isinstance(found, Problem):
        raise InvalidRegistry([found])
    return found


def _named(folder: Path, typed: str) -> str:
    """The file of the country of that name, even in a registry that cannot be read. Raises UnknownName."""
    try:
        return f"{find_country(load(folder), typed).slug}.yaml"
    except InvalidRegistry:
        for name in files.stamps(folder):
            found = files.read(folder, name)
            value = parse(found).value if isinstance(found, File) else None
            called = [value.get("country"), value.get("name"), *(value.get("aliases") or ())] if isinstance(value, dict) else []
            if key(typed) in [key(str(each)) for each in (slug_of(name), *called)]:
                return name
        raise


def _line(file: File, id: str) -> int:
    """The line (from 1) of the statement with that id, or of the file's beginning where none is named. Raises UnknownName."""
    if not id:
        return 1
    document = parse(file)
    said = document.value.get("statements") if isinstance(document.value, dict) else None
    ids = [each.get("id") if isinstance(each, dict) else None for each in said] if isinstance(said, list) else []
    if id not in ids:
        raise UnknownName("statement", id, [each for each in ids if isinstance(each, str)])
    return document.problem(("statements", ids.index(id), "id"), "", "").line


def _draft(folder: Path, file: File) -> Path:
    """A copy to edit, hidden beside the file, so that an editor finds the schema that it names."""
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{Path(file.name).stem[:100]}.", suffix=".draft.yaml")
        with os.fdopen(handle, "wb") as stream:
            stream.write(file.data)
    except OSError as error:
        raise Unwritable(f"cannot write to {files.shown_path(folder)}: {error.strerror}", "nothing was changed") from None
    return Path(name)


def _kept(draft: Path, file: File) -> str | None:
    """Where the user's text is kept; None where it says nothing new, and is not."""
    with contextlib.suppress(OSError):
        if draft.read_bytes() != file.data:
            return f"your text is in {files.shown_path(draft)}"
        draft.unlink()
    return None
