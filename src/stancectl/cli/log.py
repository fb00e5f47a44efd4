"""`stancectl log`: the commits that moved a position."""

from stancectl import views
from stancectl.analysis.changes import Change
from stancectl.analysis.log import Cause, Made, log
from stancectl.cli.answer import answer
from stancectl.cli.history import recordings
from stancectl.cli.options import Asking, Countries, asks, names
from stancectl.model.names import find_country, key
from stancectl.model.recordings import Recording
from stancectl.report.report import field_names, joined


@asks
def command(asking: Asking, country: Countries = None) -> None:
    """The commits that moved a country's position, newest first, and how.

    Not those that changed its text alone. --rev A..B chooses commits as git does, --as-of the day to tell positions of.
    """
    found = recordings(asking)
    slugs = {slug for name in names(country or []) for slug in _slugs(found, name)}
    rows = log(found, asking.day, slugs)
    answer(asking, joined((Made, Change, Cause), rows, lambda: views.log.page(rows, found)), "no commit moved a position")


def _slugs(recordings: tuple[Recording, ...], name: str) -> set[str]:
    """What the country of that name was called in any recording; raises UnknownName where none knows it."""
    named = {(slug, each.registry.countries[slug].code) for each in recordings if (slug := each.registry.names.get(key(name)))}
    if not named and recordings:
        find_country(recordings[0].registry, name)
    slugs, codes = {slug for slug, _ in named}, {code for _, code in named}
    return slugs | {slug for each in recordings for slug, country in each.registry.countries.items() if country.code in codes}


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return field_names(Made, Change, Cause)
