"""`stancectl whatif`: who would be clear if some preconditions were met, and what would clear the others."""

from typing import TYPE_CHECKING, Annotated

import typer

from stancectl import views
from stancectl.analysis.contradictions import Contradiction, contradictions
from stancectl.analysis.hypotheses import Hypothesis, suppose
from stancectl.analysis.listing import row
from stancectl.analysis.whatif import Choice, Outlook, Unlock, choices, holders, outlooks, takes_part, unlocks
from stancectl.cli import completion
from stancectl.cli.answer import answer, is_page
from stancectl.cli.options import Asking, Usage, asks
from stancectl.cli.streams import note
from stancectl.model.names import find_id
from stancectl.model.vocabulary import Vocabulary
from stancectl.report.report import field_names, report

if TYPE_CHECKING:
    from stancectl.report.page import Page


@asks
def command(
    asking: Asking,
    precondition: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PRECONDITION]...",
            help="Taken to be met, with what this implies.  [default: what events have met]",
            autocompletion=completion.preconditions,
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="PRECONDITION", help="Taken never to be met.", autocompletion=completion.preconditions),
    ] = None,
    clear: Annotated[
        int | None, typer.Option("--clear", metavar="N", min=0, help="The smallest sets that clear N.  [default: all]")
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Countries that would not take part too.")] = False,
    show_next: Annotated[bool, typer.Option("--next", help="A row a precondition: whom it alone would clear.")] = False,
    sets: Annotated[bool, typer.Option("--sets", help="A row a smallest set of preconditions.")] = False,
    show_contradictions: Annotated[bool, typer.Option("--contradictions", help="A row a contradiction.")] = False,
) -> None:
    """What it would take: who is clear if this were met, who waits for what, and what unlocks most next.

    A country is clear when its stance is one that takes part and all its preconditions are met.
    """
    if show_next + sets + show_contradictions > 1:
        raise Usage("--next, --sets and --contradictions are different tables", "ask for one of them")
    registry, day = asking.registry, asking.day
    words = registry.vocabulary
    hypothesis = _hypothesis(asking, precondition, without)
    standings = [row(country, words, day) for country in registry.countries.values()]
    rows = outlooks([each for each in standings if show_all or takes_part(words, each.stance)], registry, hypothesis)

    hands = asking.positions(holders(registry))

    def against() -> list[Contradiction]:
        taking = [registry.countries[row.country] for row in rows if takes_part(words, row.stance)]
        return contradictions(asking.positions(taking), hands, registry, hypothesis)

    def page() -> "Page":
        found = unlocks(rows, registry, hypothesis, hands), choices(rows, words, hypothesis, clear), against()
        return views.whatif.page(rows, *found, hands, hypothesis, registry, day)

    tells_of_sets = sets or (is_page(asking) and not (show_next or show_contradictions))
    if clear is not None and not tells_of_sets:
        note("stancectl: --clear tells of sets of preconditions, and these rows are others: add --sets")
    if show_next:
        alone = unlocks(rows, registry, hypothesis, hands)
        table = report(Unlock, alone, lambda: views.whatif.unlocks_page(alone, rows, hypothesis, registry, day))
        answer(asking, table, "no precondition is left that could be met")
    elif sets:
        smallest = choices(rows, words, hypothesis, clear)
        if smallest.more:
            note(f"stancectl: there are more sets than these {len(smallest.sets):,}")
        if smallest.wanted > smallest.most and not is_page(asking):
            note(f"stancectl: no set clears {smallest.wanted}; as many as can be at once are {smallest.most}")
        table = report(Choice, smallest.sets, lambda: views.whatif.sets_page(smallest, rows, hands, hypothesis, registry, day))
        answer(asking, table, "")
    elif show_contradictions:
        named = against()
        table = report(Contradiction, named, lambda: views.whatif.contradictions_page(named, hands, hypothesis, registry, day))
        answer(asking, table, "nothing contradicts itself")
    else:
        answer(asking, report(Outlook, rows, page), "no country would take part")


def _hypothesis(asking: Asking, assumed: list[str] | None, without: list[str] | None) -> Hypothesis:
    """What the words at the prompt suppose. Raises UnknownName, and Impossible where they contradict each other."""
    registry = asking.registry
    met, never = (_ids(registry.vocabulary, typed) for typed in (assumed, without))
    return suppose(registry.vocabulary, registry.events, asking.day, met, never)


def _ids(vocabulary: Vocabulary, typed: list[str] | None) -> list[str]:
    """The preconditions as typed, by ids or labels; commas stand between them, unless a label has one itself."""
    labels = vocabulary.labels("precondition")
    whole = set(labels.values())
    names = [name for each in typed or () for name in ([each] if each in whole else each.split(","))]
    return [find_id("precondition", labels, name) for name in names]


def columns() -> tuple[str, ...]:
    """What --fields may name."""
    return field_names(Outlook, Unlock, Choice, Contradiction)
