"""Two recordings of one world compared: what moved in positions, and what was recorded differently."""

from collections.abc import Collection
from datetime import date

from stancectl.analysis.changes import Compared, Pair
from stancectl.analysis.edits import edits, edits_around
from stancectl.analysis.fold import silent
from stancectl.analysis.matching import Match, match
from stancectl.analysis.positions import Position
from stancectl.model.registry import Registry
from stancectl.model.vocabulary import Vocabulary


def compare(what: str | tuple[str, str], before: Registry, after: Registry, day: date, slugs: Collection[str] = ()) -> Compared:
    """What two registries tell of the same day: of the countries that either calls by one of the slugs, or of everything."""
    matches = [each for each in match(before, after) if not slugs or not each.slugs.isdisjoint(slugs)]
    pairs = [pair(each, before.vocabulary, after.vocabulary, day) for each in matches]
    return Compared(what, after.vocabulary, pairs, [*edits(matches), *(() if slugs else edits_around(before, after))])


def pair(match: Match, before: Vocabulary, after: Vocabulary, day: date) -> Pair:
    """Where a country stands in two recordings; one that does not have it has it say nothing."""
    earlier, later = match.before, match.after
    known = earlier or later
    assert known is not None
    return (
        Position(earlier or silent(known, before), before, day),
        Position(later or silent(known, after), after, day),
        match.known,
    )
