"""Registries and files of registries as they are named at a prompt."""

from collections.abc import Sequence
from pathlib import Path

from stancectl.cli.options import Usage
from stancectl.model.errors import shorten
from stancectl.registry import files
from stancectl.registry.errors import NoRegistry
from stancectl.registry.locate import locate, nearest


def named_files(paths: Sequence[Path], registry: Path | None) -> dict[Path, set[str] | None]:
    """The registries that paths lead to, and of each the names of the files meant; None for all.

    Raises NoRegistry where a path is neither, Usage where `registry` (--registry) names one besides.
    """
    if registry is not None:
        raise Usage("--registry and PATH name the registry twice", "drop one of them")
    asked = dict[Path, set[str] | None]()
    folders = dict[Path, Path]()  # one folder may be named in two ways
    for path in paths:
        try:
            name = _file_name(path)
            folder = locate(path) if name is None else path.parent
            folder = folders.setdefault(folder.resolve(), folder)
        except OSError as error:
            raise NoRegistry(f"cannot read {shorten(str(path))}: {error.strerror}", "name a file or a folder") from None
        named = asked.setdefault(folder, set())
        if name is None:
            asked[folder] = None
        elif named is not None:
            named.add(name)
    return asked


def _file_name(path: Path) -> str | None:
    """The name of a registry's file, or None for what can only be a registry; raise NoRegistry where it is neither."""
    if path.is_dir() or not (path.is_symlink() or files.belongs(path.name)):
        return None
    if not path.is_symlink() and not path.exists():
        raise NoRegistry(f"there is no file {path}", "name a file or a folder that exists")
    if not (path.parent / files.VOCABULARY).is_file() or not files.belongs(path.name):
        raise NoRegistry(f"{path} is no file of a registry", f"name a YAML file that lies beside a {files.VOCABULARY}")
    return path.name


def registry_to_write(named: Path | None) -> Path:
    """The registry of a command that writes; the shipped one is not written to. Raises NoRegistry."""
    folder = nearest(named)
    if folder is None:
        raise NoRegistry("there is no registry here", "name one with --registry DIR, or begin one with `stancectl init DIR`")
    return folder
