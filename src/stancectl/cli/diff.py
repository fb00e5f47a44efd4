"""`stancectl diff`: what changed, and the statement that changed it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

import typer

from stancectl import views
from stancectl.analysis.changes import QUIET, Change, Total, changes, total
from stancectl.analysis.positions import Position, position
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Countries, Since, Until, Usage, asks
from stancectl.model.registry import Registry
from stancectl.report.report import field_names, report

FIELDS = tuple(dict.fromkeys((*field_names(Change), *field_names(Total))))


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
    """What moved between two dates (--since, --until), or between two states of the registry (--rev A..B).

    --since D compares the end of the day before D with the end of --until, or today: what D brought is in it.
    """
    if asking.rev and ".." in asking.rev:
        if since or until:
            raise Usage("--rev A..B compares what was recorded, --since and --until what was said", "ask for one of them")
        before, after, registry = _recorded(asking, asking.rev)
        span = asking.rev
    elif since:
        before, after, span = _said(asking, since, until)
        registry = asking.registry
    else:
        raise Usage("diff compares two dates or two revisions", "add --since DATE or --rev A..B")
    chosen = [each.slug for each in asking.countries(country)] if country else sorted({*before, *after})
    pairs = list(_pairs(chosen, before, after))
    every = [change for pair in pairs for change in changes(*pair)]
    moved = [change for change in every if change.change not in QUIET]
    rows = every if show_all else moved
    by = {each.ref: each for pair in pairs for position in pair for each in position.statements}

    nothing = "nothing moved" + (f"; --all shows {len(every)} restatements and signals" if every and not rows else "")
    if stat:
        totals = [
            total(*pair) for pair in pairs if {change.change for change in changes(*pair)} - (frozenset() if show_all else QUIET)
        ]
        answer(asking, report(Total, totals, lambda: views.changes.stat_page(totals, span, registry)), nothing)
    else:
        restated = sum(change.change == "precondition-restated" for change in every)
        counts = (restated, len(every) - len(rows))
        answer(asking, report(Change, rows, lambda: views.changes.page(rows, span, registry, by, *counts)), nothing)
    return 1 if exit_code and moved else 0


Positions = dict[str, Position]


def _said(asking: Asking, since: str, until: str | None) -> tuple[Positions, Positions, str]:
    """Positions at the end of the day before `since`, and at the end of `until`."""
    first, last = asking.within(since, until)
    assert first is not None
    eve = first - timedelta(days=1) if first > date.min else first
    return _folded(asking.registry, eve), _folded(asking.registry, last), f"{eve} → {last}"


def _recorded(asking: Asking, revisions: str) -> tuple[Positions, Positions, Registry]:
    """Positions as recorded at revision A and at B (empty: as the files stand); and a registry with every country."""
    old, new = revisions.split("..", 1)
    if not old:
        raise Usage(f"--rev {revisions} does not say what to compare with", "write --rev A..B, or --rev A.. for A and now")
    earlier, later = asking.at(old), asking.at(new or None)
    return _folded(earlier, asking.day), _folded(later, asking.day), later


def _folded(registry: Registry, as_of: date) -> Positions:
    return {slug: position(country, registry.vocabulary, as_of) for slug, country in registry.countries.items()}


def _pairs(slugs: list[str], before: Positions, after: Positions) -> Iterator[tuple[Position, Position]]:
    """Each country's two positions; one that was not there yet, or is there no more, had said nothing."""
    for slug in slugs:
        old, new = before.get(slug), after.get(slug)
        if old and new:
            yield old, new
        elif new:
            yield _silent(new), new
        elif old:
            yield old, _silent(old)


def _silent(position: Position) -> Position:
    return Position(position.country, position.as_of, (), (), ())
