"""`stancectl diff`: what changed, and the statement that changed it; between two recordings, what was recorded differently."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from stancectl import views
from stancectl.analysis.changes import QUIET, Change, Compared, Total, changes, total
from stancectl.cli import completion
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, Since, Until, Usage, asks, names
from stancectl.model.names import find_country, key
from stancectl.registry.files import VOCABULARY, shown_path
from stancectl.registry.load import load
from stancectl.registry.locate import locate
from stancectl.report.report import field_names, report


@asks
def command(
    asking: Asking,
    country: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[OTHER_REGISTRY] [COUNTRY]...",
            help="A folder to compare with; names, ISO codes or slugs; - reads them from stdin.",
            autocompletion=completion.countries,
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    show_all: Annotated[bool, typer.Option("--all", help="Restatements and signals too.")] = False,
    stat: Annotated[bool, typer.Option("--stat", help="A row a country: how much came, went and was said again.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if a position moved, 0 if none did.")] = False,
) -> int:
    """What moved, and what moved it.

    Between two dates (--since, --until), two recordings of the registry (--rev A..B, with nothing behind the dots for the
    files as they are), or this registry and another (OTHER_REGISTRY). --since D compares the end of the day before D with the
    end of --until, or today: what D brought is in it. Between recordings, what was recorded differently is told too.
    """
    other, typed = _other(country or [])
    if other is not None or asking.range is not None:
        if since or until:
            raise Usage("--since and --until compare what was said, not what was recorded", "leave them out, or the recordings")
        compared = _recorded(asking, other, typed)
    elif since is not None:
        compared = _said(asking, typed, since, until)
    else:
        raise Usage("diff compares two dates, two revisions or two registries", "add --since DATE, --rev A..B or a folder")
    every = [change for pair in compared.pairs for change in changes(*pair)]
    moved = [change for change in every if change.change not in QUIET]
    rows, hidden = (every, 0) if show_all else (moved, len(every) - len(moved))
    nothing = "nothing moved" + (f"; --all shows {hidden} restatements and signals" if hidden and not rows else "")
    nothing += f"; {len(compared.edits)} entries and words were recorded differently" if compared.edits else ""
    if stat:
        totals = [each for pair in compared.pairs if (each := total(*pair)).moved or (show_all and each.quiet)]
        answer(asking, report(Total, totals, lambda: views.changes.stat_page(totals, compared)), nothing)
    else:
        told = [*rows, *compared.edits]
        answer(asking, report(Change, told, lambda: views.changes.page(rows, compared, hidden)), nothing)
    return 1 if exit_code and moved else 0


def _said(asking: Asking, typed: list[str], since: str, until: str | None) -> Compared:
    """The end of the day before `since`, and the end of `until`."""
    first, last = asking.within(since, until)
    assert first is not None
    eve = first - timedelta(days=1) if first > date.min else first
    countries = asking.countries(typed)
    pairs = zip(asking.positions(countries, eve), asking.positions(countries, last), strict=True)
    return Compared((eve, last), asking.registry.vocabulary, [(before, after, None) for before, after in pairs], ())


def _recorded(asking: Asking, other: Path | None, typed: list[str]) -> Compared:
    """What is recorded at two revisions (with nothing behind the dots, in the files as they are), or in two registries."""
    from stancectl.analysis.recordings import compare

    rev = asking.rev or ""
    what: str | tuple[str, str] = rev
    if other is None:
        old, new = asking.range or ("", "")
        if not old:
            raise Usage(f"--rev {rev} does not name two revisions", "write --rev A..B, or --rev A.. for A and now")
        before, after = asking.at(old), asking.at(new) if new else asking.checked_out
    elif asking.range is not None:
        raise Usage(f"--rev {rev} names two recordings, and {other} is a third", "compare two of them")
    else:
        what = (rev or shown_path(locate(asking.registry_folder)), shown_path(other))
        before, after = asking.registry, load(other, cache=not asking.no_cache)
    slugs = {before.names.get(key(name)) or find_country(after, name).slug for name in names(typed)}
    return compare(what, before, after, asking.day, slugs)


def _other(typed: list[str]) -> tuple[Path | None, list[str]]:
    """The other registry among the words (a path with a slash in it, or a folder that is a registry), and the rest."""
    folders = [each for each in typed if os.sep in each or _is_registry(each)]
    if len(folders) > 1:
        raise Usage("diff compares one other registry", f"drop all but one of {', '.join(folders)}")
    return (locate(Path(folders[0])), [each for each in typed if each not in folders]) if folders else (None, typed)


def _is_registry(name: str) -> bool:
    try:
        return (Path(name) / VOCABULARY).is_file()
    except OSError:  # too long for a folder, or in a folder that may not be read
        return False


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return field_names(Change, Total)
