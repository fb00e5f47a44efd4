"""`stancectl why`: the chain of statements behind a part of a position."""

from collections.abc import Sequence
from typing import Annotated

import typer

from stancectl import views
from stancectl.analysis.blame import Blame, blames
from stancectl.analysis.reasons import Reason, reasons
from stancectl.cli import completion
from stancectl.cli.answer import answer
from stancectl.cli.options import Asking, asks
from stancectl.model.names import find_id
from stancectl.model.recordings import Recording
from stancectl.report.report import field_names, joined, report

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
    show_blame: Annotated[bool, typer.Option("--blame", help="The commits that recorded and corrected each statement.")] = False,
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
    if show_blame:
        found = _blames(asking, rows)
        told = [(reason, found[reason.ref]) for reason in rows]
        answer(asking, joined((Reason, Blame), told, lambda: views.reasons.page(chains, vocabulary, found)), nothing)
    else:
        answer(asking, report(Reason, rows, lambda: views.reasons.page(chains, vocabulary)), nothing)


def _blames(asking: Asking, rows: Sequence[Reason]) -> dict[str, Blame]:
    """Who recorded the statements behind the reasons, by reference: in the files as they are, or up to --rev."""
    from stancectl.cli.history import recordings

    latest = recordings(asking)[:1]
    now = latest[0] if latest and asking.rev else Recording(None, asking.checked_out, latest)
    statements = {each.ref: each for slug in {row.country for row in rows} for each in now.registry.countries[slug].statements}
    return blames((statements[ref] for ref in {row.ref for row in rows}), now)


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return field_names(Reason, Blame)
