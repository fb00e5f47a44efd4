"""`stancectl fmt`: a registry's files in canonical form."""

import difflib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from stancectl.cli.answer import in_colour, is_terminal
from stancectl.cli.options import Color, RegistryFolder
from stancectl.cli.paths import named_files, registry_to_write
from stancectl.cli.streams import emit, note
from stancectl.model.errors import StanceError
from stancectl.registry import files
from stancectl.registry.errors import InvalidRegistry
from stancectl.registry.files import File
from stancectl.registry.formatting import Formatted, formatted
from stancectl.registry.parallel import each_file
from stancectl.registry.problems import Problem
from stancectl.registry.writing import Writing, locked, write
from stancectl.report.diagnostics import counted
from stancectl.report.plain_text import visible


class NoCanonicalForm(StanceError):
    """A file that cannot be put in canonical form without a loss."""

    code = "no-canonical-form"


def command(
    path: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Registries, or files of one.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a file is not in canonical form.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")] = False,
    registry_folder: RegistryFolder = None,
    color: Color = "auto",
) -> int:
    """Put a registry's files in canonical form.

    Order of keys, dates, indentation, quotes and line breaks, one way for all; what a file means stays as it is, and so do its
    comments. The answer is the names of the files that change. With --check it exits with 1 where there is one.
    """
    asked = named_files(path, registry_folder) if path else {registry_to_write(registry_folder): None}
    is_rehearsal, changed, total = check or diff, 0, 0
    for folder, named in asked.items():
        with nullcontext() if is_rehearsal else locked(folder):
            found = _changes(folder, named)
            if not is_rehearsal:
                write([Writing(folder / file.name, data, file.data) for file, data in found if data != file.data])
        total += len(found)
        for file, data in found:
            if data != file.data:
                changed += 1
                if diff:
                    emit("".join(_diff(file, data, colour=in_colour(color, None))))
                else:
                    emit(f"{visible(file.path)}\n", None if is_rehearsal else "the files were written all the same")
    if is_rehearsal and changed:
        note(f"stancectl: {changed} of {counted(total, 'file')} not in canonical form; `stancectl fmt` puts them in it")
    else:
        note(f"stancectl: {changed} of {counted(total, 'file')} changed")
    return int(check and changed > 0)


def _changes(folder: Path, named: set[str] | None) -> list[tuple[File, bytes]]:
    """The files and what is to be in them. Raises InvalidRegistry or NoCanonicalForm."""
    read = [files.read(folder, name) for name in files.stamps(folder) if named is None or name in named]
    given = [each for each in read if isinstance(each, File)]
    problems = [each for each in read if isinstance(each, Problem)]
    results = list[Formatted](each_file(formatted, given))
    problems += (problem for each in results for problem in each.problems)
    if problems:
        raise InvalidRegistry(problems)
    return [(file, _lossless(file, each.data)) for file, each in zip(given, results, strict=True)]


def _lossless(file: File, data: bytes | None) -> bytes:
    if data is None:
        message = f"{file.path} has no canonical form that means the same"
        raise NoCanonicalForm(message, "write its longest keys and oddest characters otherwise; nothing was changed")
    return data


_COLOURS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}


def _diff(file: File, data: bytes, *, colour: bool) -> Iterator[str]:
    """What changes in a file, line by line as `diff -u` puts it: to apply in a pipe, harmless on a terminal."""
    name = file.path.lstrip("/")
    before, after = (each.decode().split("\n") for each in (file.data, data))
    for line in difflib.unified_diff(_ended(before), _ended(after), f"a/{name}", f"b/{name}"):
        if not is_terminal():
            yield line
        else:
            begin, end = (_COLOURS[line[0]], "\x1b[0m") if colour and line[0] in _COLOURS else ("", "")
            yield f"{begin}{visible(line.rstrip())}{end}\n"


def _ended(lines: list[str]) -> list[str]:
    """Lines with their ends, and the remark of `diff` where the last has none."""
    last = [f"{lines[-1]}\n\\ No newline at end of file\n"] if lines[-1] else []
    return [f"{line}\n" for line in lines[:-1]] + last
