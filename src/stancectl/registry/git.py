"""A git repository: its commits, the folders and files in them, and nothing of its work tree."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from stancectl.model.recordings import Commit
from stancectl.registry.errors import UnknownRevision
from stancectl.registry.files import shown_path

_OF_ANOTHER_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")
"""What git sets in hooks, and what would make it look elsewhere than in the registry's folder."""

_OTHER_PATHS = ("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")
"""What would have git read a path in another way."""

_AS_IT_IS = ("-c", "log.follow=false", "-c", "diff.relative=false")
"""Against a configuration that would have git tell of other commits, or of fewer files."""

_FETCH_NOTHING = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0"}
"""A clone may lack objects, and its configuration may say how to get them: it is not asked."""

_IN_ENGLISH = {"LC_ALL": "C", "LANGUAGE": ""}
"""What git says is read here."""

_FIELDS = "%H%x00%P%x00%ct%x00%cs%x00%an%x00%s"


class Entry(NamedTuple):
    """What a folder holds under a name: the id of an object, and its mode as git writes it (`100644`, `120000`, `40000` …)."""

    mode: bytes
    oid: str


class Repository:
    """The repository that a folder lies in; raises UnknownRevision where there is none, or no git."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        *_, self.prefix = self._git("rev-parse", "--git-dir", "--show-prefix").decode(errors="surrogateescape").split("\n")[:2]
        self.prefix = self.prefix.rstrip("/")

    def commit(self, revision: str) -> str:
        """The id of the commit that a revision names; raises UnknownRevision."""
        name = revision if revision.startswith(":/") else f"{revision}^{{commit}}"  # a search finds commits only
        try:
            return self._git("rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()
        except UnknownRevision:
            help = "see `git log`"
            if ".." in revision:
                help = "a range A..B is for `diff` and `log`; name one revision"
            elif revision == "HEAD":
                help = "there is no commit yet"
            elif self.is_shallow:
                help = "`git fetch --unshallow` brings what this shallow clone lacks"
            raise UnknownRevision(f"git knows no revision `{revision}` of {shown_path(self.folder)}", help) from None

    @cached_property
    def is_shallow(self) -> bool:
        """Whether older commits were left out when it was cloned."""
        return self._git("rev-parse", "--is-shallow-repository").strip() == b"true"

    def files(self, commit: str) -> list[str]:
        """The paths of all files of a commit, from the top."""
        listing = self._git("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
        return listing.decode(errors="surrogateescape").split("\0")[:-1]

    def folders(self, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Entry]]:
        """What folders hold, by commit and path from the top (empty: the top itself); those that are not there are left out."""
        wanted = list(dict.fromkeys(places))
        found = self._objects([f"{commit}:{path}" for commit, path in wanted])
        return {
            place: dict(_entries(data, len(oid) // 2))
            for place, (oid, kind, data) in zip(wanted, found, strict=True)
            if kind == "tree"
        }

    def sizes(self, oids: Iterable[str]) -> dict[str, int]:
        """The sizes of blobs in bytes, by id; those that git lacks are left out."""
        output = self._git("cat-file", "--batch-check", given="\n".join(oids).encode()).decode().splitlines()
        described = (line.split() for line in output)
        return {words[0]: int(words[2]) for words in described if words[1] == "blob"}

    def blobs(self, oids: Iterable[str]) -> dict[str, bytes]:
        """The contents of blobs, by id; those that git lacks are left out."""
        return {oid: data for oid, kind, data in self._objects(dict.fromkeys(oids)) if kind == "blob"}

    def behind_links(self, commit: str, paths: Sequence[str]) -> dict[str, str]:
        """The ids of the files that links in a commit lead to, by path; those that lead out of it are left out."""
        asked = [path for path in paths if "\n" not in path]  # which cannot be asked for
        given = "\n".join(f"{commit}:{path}" for path in asked).encode(errors="surrogateescape")
        output, found = self._git("cat-file", "--batch-check", "--follow-symlinks", given=given), dict[str, str]()
        for path in asked:
            line, _, output = output.partition(b"\n")
            match line.split(b" "):
                case [oid, b"blob", _] if b":" not in oid:
                    found[path] = oid.decode()
                case [b"dangling" | b"symlink" | b"loop" | b"notdir", size]:
                    output = output[int(size) + 1 :]  # a text of that size
        return found

    def log(self, newest: str, paths: Sequence[str], older: str | None = None) -> list[Commit]:
        """The commits that changed what lies under paths, newest first, up to one commit and without those before an older one.

        Parents are the nearest that changed it too, as `git log --parents` tells them.
        """
        words = [
            *_AS_IT_IS,
            "log",
            "--date-order",
            "--parents",
            "--no-show-signature",
            "--encoding=UTF-8",
            "-z",
            f"--format={_FIELDS}",
            newest,
        ]
        words += [f"^{older}"] if older else []
        words += ["--", *(f":(top,literal){path}" for path in paths if "" not in paths)]
        fields = self._git(*words).decode(errors="replace").split("\0")
        each = zip(*[iter(fields)] * 6, strict=False)
        return [
            Commit(id, tuple(parents.split()), int(time), day, author, subject, id in self._cut)
            for id, parents, time, day, author, subject in each
        ]

    def merges(self, newest: str) -> dict[str, tuple[str, ...]]:
        """The commits up to one that merge others, and all of those."""
        lines = self._git("log", "--merges", "--no-show-signature", "--format=%H %P", newest).decode().splitlines()
        return {commit: tuple(parents) for commit, *parents in map(str.split, lines)}

    def parents(self, commit: str) -> list[str]:
        """The ids of a commit's parents."""
        return self._git("rev-parse", f"{commit}^@").decode().split()

    def renamed(self, before: str, after: str) -> dict[str, str]:
        """The paths of files that were renamed between two commits, by what they are called after it."""
        output = self._git(*_AS_IT_IS, "diff-tree", "-r", "-z", "-M", "-l0", "--diff-filter=R", "--name-status", before, after)
        fields = output.decode(errors="surrogateescape").split("\0")
        return {new: old for _, old, new in zip(*[iter(fields)] * 3, strict=False)}

    @cached_property
    def _cut(self) -> frozenset[str]:
        """The commits whose parents a shallow clone lacks."""
        if not self.is_shallow:
            return frozenset()
        path = self._git("rev-parse", "--git-path", "shallow").decode(errors="surrogateescape").rstrip("\n")
        return frozenset((self.folder / path).read_text("ascii").split())

    def _objects(self, names: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
        """The id, the kind and the contents of objects; what git lacks is of the kind `missing`, or `ambiguous`.

        `git cat-file --batch` tells of each `ID KIND SIZE`, then SIZE bytes and a line end, or `NAME missing`.
        """
        asked = list(names)
        for name in asked:
            if "\n" in name:
                raise UnknownRevision(f"a path with a line end in it cannot be asked of git: {name}", "rename the folder")
        output, place = self._git("cat-file", "--batch", given="\n".join(asked).encode(errors="surrogateescape")), 0
        for name in asked:
            end = output.index(b"\n", place)
            line = output[place:end]
            place = end + 1
            if line == name.encode(errors="surrogateescape") + b" missing" or line.endswith(b" ambiguous"):
                yield name, "missing", b""
            else:
                oid, kind, size = line.decode().split()
                yield oid, kind, output[place : place + int(size)]
                place += int(size) + 1

    def _git(self, *words: str, given: bytes = b"") -> bytes:
        left_out = (*_OF_ANOTHER_REPOSITORY, *_OTHER_PATHS)
        here = {name: value for name, value in os.environ.items() if name not in left_out} | _FETCH_NOTHING | _IN_ENGLISH
        try:
            done = subprocess.run(
                ["git", "-C", str(self.folder), *words], input=given, capture_output=True, check=False, env=here
            )
        except OSError:
            raise UnknownRevision("git is not installed", "install it to use revisions") from None
        if done.returncode:
            raise _refusal(done.stderr.decode(errors="replace"))
        return done.stdout


def _refusal(said: str) -> UnknownRevision:
    """What git said, in one line, and what to do about it."""
    reason = said.rpartition("fatal: ")[2].strip()
    if "safe.directory" in reason:
        first, *_, way = reason.splitlines()
        return UnknownRevision(f"git: {first}", f"`{way.strip()}` allows it, if you trust who it belongs to")
    if "promisor remote" in reason:
        return UnknownRevision("this clone lacks files of that revision", "`git fetch --refetch --no-filter` brings them")
    help = "revisions need a registry that is kept in git" if "not a git repository" in reason else "see `git fsck`"
    return UnknownRevision(f"git: {' '.join(reason.split())}", help)


def _entries(tree: bytes, width: int) -> Iterator[tuple[str, Entry]]:
    """What a tree object lists: each name behind its mode and a blank, then a zero and the `width` bytes of an id."""
    place = 0
    while place < len(tree):
        blank, zero = tree.index(b" ", place), tree.index(b"\0", place)
        end = zero + 1 + width
        yield tree[blank + 1 : zero].decode(errors="replace"), Entry(tree[place:blank], tree[zero + 1 : end].hex())
        place = end
