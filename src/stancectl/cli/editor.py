"""The user's own editor, at a line of a file."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from stancectl.model.errors import StanceError

_PLUS = frozenset(
    ("vi", "vim", "nvim", "gvim", "nano", "pico", "emacs", "emacsclient", "kak", "micro", "joe", "jed", "mg", "ne", "gedit")
)
_COLON = frozenset(("subl", "hx", "helix", "zed", "atom"))
_GOTO = frozenset(("code", "code-insiders", "codium", "cursor", "windsurf"))
_DASH = frozenset(("kate", "mate"))
_RETURN_AT_ONCE = _GOTO | {"subl", "zed", "atom", "mate"}
_USUAL = ("nano", "vi", "notepad")


class EditorFailed(StanceError):
    """An editor that could not be run, or did not end well."""

    code = "editor"


def edit(path: Path, line: int) -> None:
    """Open the file in `$VISUAL`, else `$EDITOR`, at a line (from 1), and wait until it is closed. Raises EditorFailed."""
    command = _command()
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is the editor's, for which this handler does not hold
    try:
        code = subprocess.run([*command, *_place(command, path, line)], check=False).returncode
    except OSError as error:
        raise EditorFailed(f"cannot run {command[0]}: {error.strerror}", "set $VISUAL or $EDITOR to your editor") from None
    finally:
        signal.signal(signal.SIGINT, before)
    if code:
        raise EditorFailed(f"{command[0]} ended with {code}", "nothing was changed")
    if not path.is_file():
        raise EditorFailed(f"{command[0]} left no file", "nothing was changed")


def _command() -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        if told := os.environ.get(variable, "").strip():
            try:
                return shlex.split(told, posix=sys.platform != "win32")
            except ValueError:
                raise EditorFailed(f"${variable} is no command: {told}", "close its quotes") from None
    usual = next((name for name in _USUAL if shutil.which(name)), None)
    if usual is None:
        raise EditorFailed("there is no editor", "set $VISUAL or $EDITOR to one")
    return [usual]


def _place(command: list[str], path: Path, line: int) -> list[str]:
    """The arguments that open a file at a line; the file alone for an editor that is not known."""
    name = Path(command[0]).stem
    wait = ["--wait"] if name in _RETURN_AT_ONCE and not {"--wait", "-w"} & set(command) else []
    if name in _PLUS:
        return [f"+{line}", str(path)]
    if name in _COLON:
        return [*wait, f"{path}:{line}"]
    if name in _GOTO:
        return [*wait, "--goto", f"{path}:{line}"]
    if name in _DASH:
        return [*wait, "-l", str(line), str(path)]
    return [str(path)]
