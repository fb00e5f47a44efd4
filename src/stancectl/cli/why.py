"""`stancectl why`: the chain of statements behind a part of a position."""

from collections.abc import Sequence
from typing import Annotated

import typer

from stancectl import views
from stancectl.analysis.blame import BlamedReason
from stancectl.analysis.reasons import Reason, reasons
from stancectl.cli import completion
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, asks
from stancectl.model.names import find_id
from stancectl.model.recordings import Recording
from stancectl.report.report import field_names, report

_KINDS = {"stance": "stances", "precondition": "preconditions", "offer": "offers", "rule-out": "rules out"}
"""Each kind of part, and how one asks for all of them."""


@asks
def command(
    asking: Asking,
    country: Annotated[
        str,
        typer.Argument(
            metavar="COUNTRY", help="A name, ISO code or slug; - reads them from stdin.", autocompletion=completion.countries
        ),
    ],
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHAT]",
            help="A stance, precondition or contribution; or `stance`, `preconditions`, `offers` or `rules-out` for all of"
            " a kind.  [default: all in force]",
            autocompletion=completion.parts,
        ),
    ] = None,
    blame: Annotated[bool, typer.Option("--blame", help="The commits that recorded and corrected each statement.")] = False,
) -> None:
    """The statements behind a position.

    Or behind one part of it: who set it, who said it again, who ended it.
    """
    positions = asking.positions(asking.countries([country]))
    vocabulary = asking.registry.vocabulary
    labels = dict(_KINDS)
    labels |= vocabulary.labels("contribution") | vocabulary.labels("precondition") | vocabulary.labels("stance")
    item = find_id("part", labels, what) if what is not None else None
    chains = [(position, reasons(position, item)) for position in positions]
    rows = [reason for _, chain in chains for reason in chain]
    names = " or ".join(position.country.name for position in positions)
    nothing = f"by then, no statement of {names} {f'sets or ends `{what}`' if what else 'sets anything'}"
    if blame:
        found = _blamed(asking, rows)
        answer(asking, report(BlamedReason, found, lambda: views.reasons.page(chains, vocabulary, found)), nothing)
    else:
        answer(asking, report(Reason, rows, lambda: views.reasons.page(chains, vocabulary)), nothing)


def _blamed(asking: Asking, rows: Sequence[Reason]) -> list[BlamedReason]:
    """The reasons with the commits behind their statements, from the files as they are or from --rev."""
    from stancectl.analysis.blame import blame, blamed
    from stancectl.cli.history import recordings

    latest = recordings(asking)[:1]
    now = latest[0] if latest and asking.rev else Recording(None, asking.registry, latest)
    statements = {each.ref: each for slug in {row.country for row in rows} for each in now.registry.countries[slug].statements}
    blames = {ref: blame(statements[ref], now) for ref in {row.ref for row in rows}}
    return [blamed(row, blames[row.ref]) for row in rows]


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return field_names(BlamedReason)
