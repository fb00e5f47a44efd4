"""Which commits moved a country's position, and how."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from stancectl.analysis.changes import QUIET, Change, ChangeKind, changes
from stancectl.analysis.edits import cause, edits
from stancectl.analysis.matching import match
from stancectl.analysis.recordings import pair
from stancectl.model.recordings import Recording
from stancectl.model.registry import Registry


class Made(NamedTuple):
    """What a row of `log` begins with: a commit, the day it was made (ISO), its author and the first line of its message."""

    commit: str
    recorded: str
    author: str
    subject: str


class Cause(NamedTuple):
    """What it ends with: `entry-added`, `entry-corrected` or `entry-removed`. It tells a turn of policy from one of our notes."""

    cause: ChangeKind | None


Record = tuple[Made, Change, Cause]
"""One row of `log`: a commit, one change of a position as `diff` has it, and its cause."""


def log(recordings: Iterable[Recording], day: date, slugs: Collection[str] = ()) -> list[Record]:
    """The changes that each recording made to where countries stand at the end of a day, the newest first.

    Of the countries that it calls by one of the slugs, or of all. What a merge brings together was told by the commits that
    it merges. Of the oldest recording in a shallow clone nothing is known.
    """
    rows = list[Record]()
    for recording in sorted(recordings, key=lambda each: -each.commit.time if each.commit else 0):
        commit = recording.commit
        if commit is not None and not commit.is_cut:
            made = Made(commit.id, commit.day, commit.author, commit.subject)
            rows += [(made, change, Cause(why)) for change, why in _moved(recording, day, slugs)]
    return rows


_Moves = list[tuple[Change, ChangeKind | None]]


def _moved(recording: Recording, day: date, slugs: Collection[str]) -> _Moves:
    """What differs from every recording that came right before, and why it does."""
    after = recording.registry
    nothing = Registry(after.vocabulary, {}, (), {})
    first, *others = (
        _by_country(before, after, day, slugs) for before in [each.registry for each in recording.before] or [nothing]
    )
    elsewhere = [{(country, move.change, move.item) for country, own in other.items() for move, _ in own} for other in others]
    return [
        (move, why)
        for country, own in first.items()
        for move, why in own
        if all((country, move.change, move.item) in other for other in elsewhere)
    ]


def _by_country(before: Registry, after: Registry, day: date, slugs: Collection[str]) -> dict[str, _Moves]:
    """What moved between two registries, by the countries that did."""
    found = dict[str, _Moves]()
    for each in match(before, after):
        if each.before is not each.after and (not slugs or not each.slugs.isdisjoint(slugs)):
            was, now, known = pair(each, before.vocabulary, after.vocabulary, day)
            if moved := [change for change in changes(was, now, known) if change.change not in QUIET]:
                recorded = edits([each])
                found[now.country.slug] = [(change, cause(change, recorded)) for change in moved]
    return found
