"""Where the registry is."""

import os
from pathlib import Path

from stancectl.registry.files import VOCABULARY
from stancectl.registry.problems import NoRegistry

FOLDER = "positions"
VARIABLE = "STANCECTL_REGISTRY"


def locate(named: Path | None = None) -> Path:
    """The registry's folder: the one named, `$STANCECTL_REGISTRY`, the nearest `positions/` upwards, or the shipped one.

    Raises NoRegistry where the folder named (or in the variable) is no registry.
    """
    if named is not None:
        return _checked(named, "--registry")
    if variable := os.environ.get(VARIABLE):
        return _checked(Path(variable), f"${VARIABLE}")
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FOLDER / VOCABULARY).is_file():
            return folder / FOLDER
    return shipped()


def shipped() -> Path:
    """The registry that comes with the tool: inside the installed package, or beside `src/` in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / FOLDER
    return installed if installed.is_dir() else package.parents[1] / FOLDER


def _checked(folder: Path, origin: str) -> Path:
    if (folder / VOCABULARY).is_file():
        return folder
    if (folder / FOLDER / VOCABULARY).is_file():
        raise NoRegistry(f"{origin}: {folder} holds no {VOCABULARY}", f"did you mean {folder / FOLDER}?")
    if not folder.is_dir():
        raise NoRegistry(f"{origin}: there is no folder {folder}", f"name a folder that holds a {VOCABULARY}")
    raise NoRegistry(f"{origin}: {folder} holds no {VOCABULARY}", f"name a folder that holds a {VOCABULARY}")
