"""The recordings of a registry as a command asks for them, with notes of what is not known."""

from stancectl.cli.options import Asking, Usage
from stancectl.cli.streams import note
from stancectl.model.recordings import Recording
from stancectl.registry.recordings import chronicle
from stancectl.registry.revisions import find, split


def recordings(asking: Asking) -> tuple[Recording, ...]:
    """All recordings up to a revision (none: the last commit), or of a range `A..B`, newest first.

    On stderr are named the commits that cannot be read, and where a shallow clone ends. Raises UnknownRevision and Usage.
    """
    older, newer = asking.range or (None, asking.rev)
    if older == "":
        raise Usage(f"--rev {asking.rev} does not name two revisions", "write --rev A..B, or --rev A.. for what came after A")
    newest = "HEAD" if newer is None or (older and not newer) else newer
    place = find(asking.registry_folder, newest)
    found = chronicle(place, place.repository.commit(split(older)[0]) if older else None)
    for commit in found.unreadable:
        note(f"stancectl: {commit.id[:10]} cannot be read and is left out; see `stancectl list --rev {commit.id[:10]}`")
    for each in found.recordings:
        if each.commit and each.commit.is_cut:
            short = each.commit.id[:10]
            note(f"stancectl: this clone is shallow: what was recorded before {short} is not known; see `git fetch --unshallow`")
    return found.recordings
