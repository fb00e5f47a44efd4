"""The fold a second time, slow and plain: what `analysis.fold` must agree with.

Where `analysis.fold` goes through the statements once and keeps a state, this writes down every act of every
statement in a log and then asks, of each part: what set it since it was last ended?
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from stancectl.model.statements import Statement

Act = tuple[str, Any, Statement]
"""What was done, to what, and by which statement."""

# What sets a part and what ends it. "refuses" is done to everything at once.
SETS = {"precondition": "requires", "offer": "offers", "rule-out": "rules_out"}
ENDS = {
    "precondition": ("drops", "refuses"),
    "offer": ("withdraws", "rules_out", "refuses"),
    "rule-out": ("reopens", "offers"),
}


def naive_position(
    statements: Iterable[Statement], refusing: Collection[str], day: date
) -> dict[tuple[str, str], dict[str, Any]]:
    """Every part of the position at the end of `day`, by kind and name."""
    log = acts(counted(statements, day), refusing)
    parts = {}
    stances = [(name, statement) for verb, name, statement in log if verb == "stance"]
    if stances:
        present = stances[-1][0]
        run: list[tuple[Any, Statement]] = []
        for name, statement in stances:
            run = [*run, (None, statement)] if name == present else []
        parts["stance", present] = described(run)
    for kind, sets in SETS.items():
        for name in {name_of(thing) for verb, thing, _ in log if verb == sets}:
            run = []
            for verb, thing, statement in log:
                if verb in ENDS[kind] and (verb == "refuses" or name_of(thing) == name):
                    run = []
                if verb == sets and name_of(thing) == name:
                    run = [*run, (thing, statement)]
            if run:
                parts[kind, name] = described(run)
    return parts


def counted(statements: Iterable[Statement], day: date) -> list[Statement]:
    """Those that count at `day`, in the order they were made."""
    known = [each for each in statements if each.date.earliest <= day and each.attribution in {"official", "document"}]
    return sorted(known, key=lambda each: each.date.earliest)  # those of one day stay as in the file


def acts(statements: Iterable[Statement], refusing: Collection[str]) -> list[Act]:
    """All that the statements do, one after the other."""
    log: list[Act] = []
    stance = None
    for each in statements:
        if each.stance is not None:
            if each.stance in refusing and stance not in refusing:
                log.append(("refuses", "", each))
            stance = each.stance
            log.append(("stance", each.stance, each))
        for verb in ("requires", "drops", "offers", "withdraws", "rules_out", "reopens"):
            log += [(verb, thing, each) for thing in getattr(each, verb)]
    return log


def name_of(thing: Any) -> str:
    """The id of what a statement requires or offers, which may come with terms."""
    return str(getattr(thing, "condition", getattr(thing, "kind", thing)))


def described(run: list[tuple[Any, Statement]]) -> dict[str, Any]:
    """A part from all that stated it since it was last ended: the first set it, the last one's terms are in force."""
    terms = run[-1][0]
    personnel = getattr(terms, "personnel", None)
    first, *again = [statement for _, statement in run]
    return {
        "by": first.ref,
        "since": str(first.date),
        "last_stated": str(run[-1][1].date),
        "restated_by": [each.ref for each in again],
        "after": getattr(terms, "after", ()),
        "note": getattr(terms, "note", None),
        "people": (personnel.min, personnel.max) if personnel else (None, None),
    }
