"""`stancectl diff`: what changed, and the statement that changed it."""

from datetime import date, timedelta
from typing import Annotated, NamedTuple

import typer

from stancectl import views
from stancectl.analysis.changes import QUIET, Change, Total, changes, total
from stancectl.analysis.fold import fold
from stancectl.analysis.positions import Position
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Countries, Since, Until, Usage, asks, names
from stancectl.model.names import find_country, key
from stancectl.model.registry import Registry
from stancectl.report.report import field_names, report


@asks
def command(
    asking: Asking,
    country: Countries = None,
    since: Since = None,
    until: Until = None,
    show_all: Annotated[bool, typer.Option("--all", help="Restatements and signals too.")] = False,
    stat: Annotated[bool, typer.Option("--stat", help="A row a country: how much came, went and was said again.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if anything moved, 0 if nothing did.")] = False,
) -> int:
    """What moved, and what moved it.

    Between two dates (--since, --until), or between two states of the registry (--rev A..B). --since D compares the end of
    the day before D with the end of --until, or today: what D brought is in it.
    """
    if asking.rev and ".." in asking.rev:
        if since or until:
            raise Usage("--rev A..B compares what was recorded, --since and --until what was said", "ask for one of them")
        before, after = _recorded(asking, asking.rev)
        span: str | tuple[date, date] = asking.rev
    elif since is not None:
        before, after = _said(asking, since, until)
        span = (before.day, after.day)
    else:
        raise Usage("diff compares two dates or two revisions", "add --since DATE or --rev A..B")
    slugs = _slugs(country, before.registry, after.registry)
    pairs = [(before.position(slug, after), after.position(slug, before)) for slug in slugs]
    every = [change for pair in pairs for change in changes(*pair)]
    moved = [change for change in every if change.change not in QUIET]
    rows = every if show_all else moved
    words = after.registry.vocabulary
    nothing = "nothing moved" + (f"; --all shows {len(every)} restatements and signals" if every and not rows else "")
    if stat:
        totals = [each for pair in pairs if (each := total(*pair)).moved or (show_all and each.quiet)]
        answer(asking, report(Total, totals, lambda: views.changes.stat_page(totals, span, words, pairs)), nothing)
    else:
        answer(
            asking, report(Change, rows, lambda: views.changes.page(rows, span, words, pairs, len(every) - len(rows))), nothing
        )
    return 1 if exit_code and moved else 0


class Side(NamedTuple):
    """One side of a comparison: a registry as it was recorded, and a day."""

    registry: Registry
    day: date

    def position(self, slug: str, other: "Side") -> Position:
        """Where the country stands here; one that only the other side knows has said nothing."""
        country = self.registry.countries.get(slug)
        if country is None:
            country = other.registry.countries[slug]._replace(statements=(), history=fold((), self.registry.vocabulary))
        return Position(country, self.registry.vocabulary, self.day)


def _said(asking: Asking, since: str, until: str | None) -> tuple[Side, Side]:
    """The end of the day before `since`, and the end of `until`."""
    first, last = asking.within(since, until)
    assert first is not None
    eve = first - timedelta(days=1) if first > date.min else first
    return Side(asking.registry, eve), Side(asking.registry, last)


def _recorded(asking: Asking, revisions: str) -> tuple[Side, Side]:
    """What was recorded at revision A and at B (empty: as the files stand)."""
    old, new = revisions.split("..", 1)
    if not old or new.startswith("."):
        raise Usage(f"--rev {revisions} does not name two revisions", "write --rev A..B, or --rev A.. for A and now")
    return Side(asking.at(old), asking.day), Side(asking.at(new or None), asking.day)


def _slugs(typed: list[str] | None, before: Registry, after: Registry) -> list[str]:
    """The slugs of the countries named, by the names of either registry; of all of them, for none."""
    if not typed:
        return sorted({*before.countries, *after.countries})
    return list(dict.fromkeys(before.names.get(key(name)) or find_country(after, name).slug for name in names(typed)))


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return tuple(dict.fromkeys((*field_names(Change), *field_names(Total))))
