"""Where the registry is."""

import os
from pathlib import Path

from stancectl.model.errors import shorten
from stancectl.registry.errors import NoRegistry
from stancectl.registry.files import VOCABULARY

FOLDER = "positions"
VARIABLE = "STANCECTL_REGISTRY"


def locate(named: Path | None = None) -> Path:
    """The registry's folder: the one of `nearest`, or the shipped one."""
    return nearest(named) or shipped()


def nearest(named: Path | None = None) -> Path | None:
    """The folder named, that of `$STANCECTL_REGISTRY`, or the first from here upwards that is a registry or holds one.

    A registry is held as `positions/`. None where there is none. Raises NoRegistry where the folder named (or in the
    variable) is no registry.
    """
    if named is not None:
        return _checked(named)
    if variable := os.environ.get(VARIABLE):
        return _checked(Path(variable), f"${VARIABLE}: ")
    try:
        here = Path.cwd()
    except OSError:  # it was removed
        return None
    for near in (each for folder in (here, *here.parents) for each in (folder, folder / FOLDER)):
        try:
            if (near / VOCABULARY).is_file():
                return near
        except OSError as error:
            raise NoRegistry(f"cannot read {near}: {error.strerror}", "name another folder with `--registry DIR`") from None
    return None


def shipped() -> Path:
    """The registry that comes with the tool: inside the installed package, or beside `src/` in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / FOLDER
    return installed if installed.is_dir() else package.parents[1] / FOLDER


def _checked(folder: Path, origin: str = "") -> Path:
    try:
        if (folder / VOCABULARY).is_file():
            return folder
        inner = folder / FOLDER
        help = f"did you mean {inner}?" if (inner / VOCABULARY).is_file() else f"name a folder that holds a {VOCABULARY}"
        if folder.is_dir():
            lack = f"{folder} holds no {VOCABULARY}"
        else:
            lack = f"{folder} is no folder" if folder.exists() else f"there is no folder {folder}"
    except OSError as error:
        lack, help = f"cannot read {shorten(str(folder))}: {error.strerror}", f"name a folder that holds a {VOCABULARY}"
    raise NoRegistry(f"{origin}{lack}", help)
