"""`stancectl schema`: what the files of a registry may hold, for editors."""

from pathlib import Path
from typing import Annotated

import typer

from stancectl.cli import completion
from stancectl.cli.options import RegistryFolder, Revision, Usage
from stancectl.cli.streams import emit, note
from stancectl.model.errors import UnknownName
from stancectl.registry.errors import NoRegistry

FOLDER = "schema"
"""The folder in a registry that holds its schemas."""


def command(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]", help="country, registry or events.  [default: country]", autocompletion=completion.kinds
        ),
    ] = None,
    registry_folder: RegistryFolder = None,
    rev: Revision = None,
    write: Annotated[
        bool, typer.Option("--write", help="Refresh the files that editors use, DIR/schema/KIND.json; all, without a KIND.")
    ] = False,
) -> None:
    """JSON Schema of a registry's files, for editors.

    An editor that reads it completes and explains the registry's own vocabulary.
    """
    from stancectl.registry import build
    from stancectl.registry.json_schema import KINDS, json_schema
    from stancectl.registry.load import load_revision
    from stancectl.registry.locate import nearest, shipped
    from stancectl.registry.read import words_of
    from stancectl.report.json import dump

    if kind is not None and kind not in KINDS:
        raise UnknownName("kind of file", kind, KINDS)
    if rev is not None:
        if write:
            raise Usage("--write refreshes the files as they are", "drop --rev")
        emit(dump(json_schema(kind or "country", load_revision(registry_folder, rev).vocabulary), indent=2))
        return
    if (near := nearest(registry_folder)) is None and write:
        raise NoRegistry("there is no registry here", "name one with `--registry DIR`")
    folder = near or shipped()
    vocabulary = build.vocabulary(words_of(folder))
    if not write:
        emit(dump(json_schema(kind or "country", vocabulary), indent=2))
        return
    for each in [kind] if kind else KINDS:
        _refresh(folder / FOLDER / f"{each}.json", dump(json_schema(each, vocabulary), indent=2))


def _refresh(path: Path, text: str) -> None:
    """Write the text to the file, and say so, unless it is there already."""
    from stancectl.cli.save import save
    from stancectl.registry.files import shown_path
    from stancectl.registry.writing import Unwritable

    try:
        if path.is_file() and path.read_bytes() == text.encode():
            return
        path.parent.mkdir(exist_ok=True)
        save(path, text)
    except (OSError, Unwritable) as error:
        reason = error.message if isinstance(error, Unwritable) else f"cannot write {path}: {error.strerror}"
        raise Unwritable(reason, "name a registry that you may write to with --registry DIR") from None
    note(f"stancectl: wrote {shown_path(path)}")
