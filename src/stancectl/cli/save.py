"""An answer into a file, in one step."""

import errno
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
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(text.encode())
        else:
            _replace(path, text.encode())
    except BrokenPipeError:
        return  # as on stdout: whoever was to read it has gone
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads back to itself, before Python 3.13
        reason = error.strerror if isinstance(error, OSError) else "the link leads to itself"
        raise Unwritable(f"cannot write {path}: {reason}", "choose another file with -o") from None


def _replace(path: Path, data: bytes) -> None:
    target = path.resolve()
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
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
