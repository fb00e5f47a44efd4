"""`log`: under each commit, what it moved."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from stancectl.analysis.log import Record
from stancectl.model.recordings import Recording
from stancectl.report.page import Block, Page, Span, Title, join, text
from stancectl.views.changes import grid

SHORT = 10
"""As much of a commit's id as is told."""


def page(rows: Sequence[Record], recordings: Iterable[Recording]) -> Page:
    """For each commit its id, day, subject and author, then the changes of positions."""
    made = {each.commit.id: each for each in recordings if each.commit}
    blocks = list[Block]()
    for (commit, day, author, subject), own in groupby(rows, key=lambda row: row[0]):
        moved, recording = list(own), made[commit]
        about = join("  ", [Span(commit[:SHORT], "gold"), day, Span(subject, "bold")])
        blocks.append(Title(about, text(Span(author, "dim"))))
        registries = [*(each.registry for each in recording.before), recording.registry]
        countries = [country for registry in registries for country in registry.countries.values()]
        changes, causes = [change for _, change, _ in moved], [why.cause for _, _, why in moved]
        blocks.append(grid(changes, recording.registry.vocabulary, countries, causes))
    return Page(blocks)
