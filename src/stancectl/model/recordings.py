"""The registry's own clock: what it held when, commit by commit."""

from dataclasses import dataclass
from typing import NamedTuple

from stancectl.model.registry import Registry


class Commit(NamedTuple):
    """A commit: its id, those that came right before it, when it was made, its author, the first line of its message.

    `time` is in seconds since 1970, `day` in ISO. `is_cut` where the clone is shallow and lacks what came before.
    """

    id: str
    parents: tuple[str, ...]
    time: int = 0
    day: str = ""
    author: str = ""
    subject: str = ""
    is_cut: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A registry as a commit recorded it (None: as its files are), and the recordings that came right before."""

    commit: Commit | None
    registry: Registry
    before: tuple["Recording", ...]
