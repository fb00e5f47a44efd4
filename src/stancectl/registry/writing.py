"""Files written so that nothing is lost: whole or not at all, one writer at a time, never over a change that was not seen."""

import contextlib
import errno
import glob
import os
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from stancectl.model.errors import StanceError
from stancectl.registry.files import shown_path

_UNFINISHED = ".unfinished"
"""How the names of files end that are about to replace others."""


class Unwritable(StanceError):
    """A file that cannot be written."""

    code = "output"


class ChangedMeanwhile(StanceError):
    """A file that somebody else has changed since it was read."""

    code = "changed-meanwhile"


class Writing(NamedTuple):
    """A file to write: what it is to hold, and what it held when it was read (None: there was none)."""

    path: Path
    data: bytes
    before: bytes | None


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only process that writes to a registry; wait until the others have written.

    The system gives the lock back when the process ends, however it does. Raises Unwritable where the folder cannot be opened.
    """
    try:
        handle = _lock(folder)
    except OSError as error:
        raise _unwritable(folder, error) from None
    _held.add(handle)
    try:
        yield
    finally:
        _held.discard(handle)
        os.close(handle)


_held: set[int] = set()


def _leave_locks() -> None:
    """Leave the locks to the process that this one was forked off, so that they go when it goes."""
    for handle in _held:
        os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_locks)


def write(files: Sequence[Writing]) -> None:
    """Write files of one registry, whose lock is held: all are laid down beside the old ones, then each replaces its own.

    Permissions, owner and links stay. Raises ChangedMeanwhile or Unwritable, before anything has changed unless it says so.
    """
    with contextlib.ExitStack() as stack:
        laid = list[tuple[Writing, Path, Path]]()
        for each in files:
            with _reported(each.path):
                target = _target(each.path)
                _sweep(target)
                laid.append((each, target, stack.enter_context(_laid_down(target, each.data, _UNFINISHED))))
        for each, target, _ in laid:
            with _reported(each.path):
                now = target.read_bytes() if target.exists() else None
            if now != each.before:
                message = f"{shown_path(each.path)} was changed while this ran"
                raise ChangedMeanwhile(message, "nothing was written; run the command again, which reads it anew")
        for done, (each, target, temporary) in enumerate(laid):
            with _reported(each.path, [shown_path(before.path) for before, _, _ in laid[:done]]):
                temporary.replace(target)
        for folder in {target.parent for _, target, _ in laid}:
            _settle(folder)


def replace(path: Path, data: bytes) -> None:
    """Write one file, whatever it held: whoever reads it finds the old or the new, whole. A link is followed. Raises OSError."""
    target = _target(path)
    with _laid_down(target, data) as temporary:
        temporary.replace(target)
    _settle(target.parent)


def _lock(folder: Path) -> int:
    """An open file that holds the lock: the folder itself, where the system can lock one, so that nothing is left in it."""
    if sys.platform == "win32":
        import msvcrt

        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT)
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
        return handle
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:  # some network file systems lock only what is open for writing
        os.close(handle)
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
        fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def _target(path: Path) -> Path:
    """The file that a path leads to; raises OSError where it may not be written, or leads to itself."""
    try:
        target = path.resolve()
    except RuntimeError:  # before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if target.exists():
        os.close(os.open(target, os.O_WRONLY))  # what may not be written is not replaced either
    return target


@contextlib.contextmanager
def _laid_down(target: Path, data: bytes, ending: str = "") -> Iterator[Path]:
    """A file beside the target that holds the data, on the disk and with the target's permissions; gone afterwards."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=ending)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            _keep_owner(target, temporary)
            os.fsync(stream.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _keep_owner(target: Path, temporary: Path) -> None:
    """Give a file the permissions of the one it replaces, and its owner, where that may be done."""
    if not target.exists():
        temporary.chmod(0o666 & ~_umask())
        return
    old, new = target.stat(), temporary.stat()
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        with contextlib.suppress(OSError):
            os.chown(temporary, old.st_uid, old.st_gid)
    temporary.chmod(stat.S_IMODE(old.st_mode))


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sweep(target: Path) -> None:
    """Remove what writers that were killed have left; none is at work while the lock is held."""
    for left in target.parent.glob(f".{glob.escape(target.name[:100])}.*{_UNFINISHED}"):
        left.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """See to it that the names in a folder are on the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _reported(path: Path, written: Sequence[str] = ()) -> Iterator[None]:
    """Report what the system refuses as Unwritable, and which files were written before that."""
    try:
        yield
    except OSError as error:
        raise _unwritable(path, error, written) from None


def _unwritable(path: Path, error: OSError, written: Sequence[str] = ()) -> Unwritable:
    what = "make room" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "see that you may write to it and to its folder"
    kept = f"{', '.join(written)} was written before" if written else "nothing was changed"
    return Unwritable(f"cannot write {shown_path(path)}: {error.strerror}", f"{what}; {kept}")
