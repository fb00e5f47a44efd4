"""An answer into a file, in one step."""

from pathlib import Path

from stancectl.registry.writing import Unwritable, replace


def save(path: Path, text: str) -> None:
    """Write the text to the file as UTF-8: whoever reads it meanwhile finds the old text or the new, never half of one.

    A link is followed; a device or a pipe is written to as it is. Raises Unwritable.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(text.encode())
        else:
            replace(path, text.encode())
    except BrokenPipeError:
        return  # as on stdout: whoever was to read it has gone
    except OSError as error:
        raise Unwritable(f"cannot write {path}: {error.strerror}", "choose another file with -o") from None
