"""An answer into a file, in one step."""

import os
import tempfile
from pathlib import Path

from stancectl.model.errors import StanceError


class Unwritable(StanceError):
    """A file that the answer cannot be written to."""

    code = "output"


def save(path: Path, text: str) -> None:
    """Write the text to the file as UTF-8: whoever reads it meanwhile finds the old text or the new, never half of one.

    A link is followed; a device or a pipe is written to as it is. Raises Unwritable.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(text.encode())
        else:
            _replace(target, text.encode())
    except OSError as error:
        raise Unwritable(f"cannot write {path}: {error.strerror}", "choose another file with -o") from None


def _replace(target: Path, data: bytes) -> None:
    mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
