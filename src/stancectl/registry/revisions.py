"""A registry as git recorded it: the files of one revision."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from stancectl.registry.errors import UnknownRevision
from stancectl.registry.files import MAX_BYTES, VOCABULARY, File, belongs, shown_path, too_large
from stancectl.registry.problems import Problem

_OF_ANOTHER_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")
"""What git sets in hooks, and what would make it look elsewhere than in the registry's folder."""


_FETCH_NOTHING = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0"}
"""A clone may lack objects, and its configuration may say how to get them: it is not asked."""


def files_at(folder: Path, revision: str) -> list[File | Problem]:
    """The registry's files in `folder` at a git revision (a commit, tag, branch, `HEAD~3`, `main@{2025-03-01}` …).

    Raises UnknownRevision where git, the revision, or the registry at that revision is missing.
    """
    _git(folder, "rev-parse", "--git-dir")  # says so if this is no git repository at all
    commit = _oid(folder, f"{revision}^{{commit}}")
    if commit is None:
        raise UnknownRevision(f"git knows no revision `{revision}` of {folder}", "see `git log`")
    tree = _oid(folder, f"{commit}:./")
    entries = dict(_entries(_git(folder, "ls-tree", "-z", "-l", "--full-tree", tree))) if tree else {}
    if VOCABULARY not in entries:
        raise UnknownRevision(f"revision `{revision}` holds no registry in {folder}", "name a later one")
    named = {name: entry for name, entry in sorted(entries.items()) if belongs(name)}
    blobs = _blobs(folder, [oid for oid, size in named.values() if size <= MAX_BYTES])
    found = list[File | Problem]()
    for name, (oid, size) in named.items():
        shown = f"{revision}:{shown_path(folder / name)}"
        if oid in blobs:
            found.append(File(name, shown, blobs[oid]))
        else:
            found.append(
                too_large(shown) if size > MAX_BYTES else Problem(shown, 1, 1, "unreadable-file", "git has no copy of it here")
            )
    return found


def _oid(folder: Path, name: str) -> str | None:
    """The id of an object, or None where there is none of that name."""
    try:
        return _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()
    except UnknownRevision:
        return None


def _entries(listing: bytes) -> Iterator[tuple[str, tuple[str, int]]]:
    """Names, object ids and sizes of the plain files in the output of `git ls-tree -z -l`."""
    for line in listing.split(b"\0"):
        described, _, name = line.partition(b"\t")
        mode, kind, oid, size = described.split() or (b"", b"", b"", b"")
        if kind == b"blob" and mode.startswith(b"100"):
            yield name.decode(errors="replace"), (oid.decode(), int(size) if size.isdigit() else 0)


def _blobs(folder: Path, oids: list[str]) -> dict[str, bytes]:
    """The contents of blobs by id; those that git lacks are left out.

    `git cat-file --batch` tells of each `ID blob SIZE`, then SIZE bytes, or `ID missing`.
    """
    output, blobs = _git(folder, "cat-file", "--batch", given="\n".join(oids).encode()), {}
    while output:
        described, _, output = output.partition(b"\n")
        oid, kind, *size = described.split()
        if kind == b"blob":
            blobs[oid.decode()], output = output[: int(size[0])], output[int(size[0]) + 1 :]
    return blobs


def _git(folder: Path, *words: str, given: bytes = b"") -> bytes:
    here = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_REPOSITORY} | _FETCH_NOTHING
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], input=given, capture_output=True, check=False, env=here)
    except OSError:
        raise UnknownRevision("git is not installed", "install it to use revisions") from None
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise UnknownRevision(f"git: {reason}", "revisions need a registry that is kept in git")
    return done.stdout
