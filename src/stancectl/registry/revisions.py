"""A registry as git recorded it: the files of one revision."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from stancectl.registry.files import MAX_BYTES, VOCABULARY, File, belongs, shown_path, too_large
from stancectl.registry.problems import Problem, UnknownRevision


def files_at(folder: Path, revision: str) -> list[File | Problem]:
    """The registry's files in `folder` at a git revision (a commit, tag, branch, `HEAD~3`, `main@{2025-03-01}` …).

    Raises UnknownRevision where git, the revision, or the registry at that revision is missing.
    """
    tree = f"{_commit(folder, revision)}:./"
    entries = dict(_entries(_git(folder, "ls-tree", "-z", "-l", "--full-tree", _oid(folder, tree))))
    if VOCABULARY not in entries:
        raise UnknownRevision(f"revision `{revision}` holds no registry in {folder}", "name a later one")
    return [_file(folder, revision, name, oid, size) for name, (oid, size) in sorted(entries.items()) if belongs(name)]


def _commit(folder: Path, revision: str) -> str:
    try:
        return _oid(folder, f"{revision}^{{commit}}")
    except UnknownRevision:
        _git(folder, "rev-parse", "--git-dir")  # says so if this is no git repository at all
        raise UnknownRevision(f"git knows no revision `{revision}` of {folder}", "see `git log`") from None


def _oid(folder: Path, name: str) -> str:
    return _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()


def _entries(listing: bytes) -> Iterator[tuple[str, tuple[str, int]]]:
    """Names, object ids and sizes of the plain files in the output of `git ls-tree -z -l`."""
    for line in listing.split(b"\0"):
        described, _, name = line.partition(b"\t")
        mode, kind, oid, size = described.split() or (b"", b"", b"", b"")
        if kind == b"blob" and mode.startswith(b"100"):
            yield name.decode(errors="replace"), (oid.decode(), int(size))


def _file(folder: Path, revision: str, name: str, oid: str, size: int) -> File | Problem:
    shown = f"{revision}:{shown_path(folder / name)}"
    return File(name, shown, _git(folder, "cat-file", "blob", oid)) if size <= MAX_BYTES else too_large(shown)


def _git(folder: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)
    except OSError:
        raise UnknownRevision("git is not installed", "install it to use revisions") from None
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ") or f"{folder} is not as git has it"
        raise UnknownRevision(f"git: {reason}", "revisions need a registry that is kept in git")
    return done.stdout
