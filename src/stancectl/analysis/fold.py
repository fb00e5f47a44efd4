"""The fold: from what a country said to what that did to its position.

Statements count in date order (by earliest day, then as in the file) when their earliest day is not after the day asked
for and their attribution is `official` or `document`. Within one statement, in this order:

1. `stance` replaces the one before. Turning to one that refuses from one that does not (or from none) first ends all
   preconditions and offers;
2. `requires` adds or restates preconditions, `drops` removes them;
3. `offers` adds or replaces the offer of each kind and lifts an exclusion of it; `withdraws` removes offers;
4. `rules_out` excludes kinds and removes the offers of them; `reopens` lifts exclusions.

A part of a position lasts from the statement that set it until one that ends it. Statements that say the same again
restate it; the terms in force (`after`, `note`, `personnel`) are those of the latest.
"""

from collections.abc import Iterable

from stancectl.model.history import ACTIONS, PART_KINDS, Action, History, PartKind, Record
from stancectl.model.registry import Country
from stancectl.model.statements import Statement
from stancectl.model.vocabulary import Vocabulary


def fold(statements: Iterable[Statement], vocabulary: Vocabulary) -> History:
    """What the statements of one country did, given in date order."""
    folded = _Fold(vocabulary)
    for statement in statements:
        folded.enter(statement)
    return History(folded.record, ordered=folded.ordered)


def silent(country: Country, vocabulary: Vocabulary) -> Country:
    """The country before it said anything."""
    return country._replace(statements=(), history=fold((), vocabulary))


class _Fold:
    """The statements entered so far, what they did, and where each part in force was last said."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.ordered = False
        self._refuses = {id for id, stance in vocabulary.stances.items() if stance.refuses}
        self._days: list[int] = []
        self._signals: list[int] = []
        self._parts: dict[tuple[PartKind, str], int] = {}
        self._moves: list[tuple[int, int, int]] = []
        self._stance: str | None = None
        self._held: dict[PartKind, dict[str, int]] = {kind: {} for kind in PART_KINDS}

    def record(self) -> Record:
        return Record(self._days, self._signals, list(self._parts), self._moves)

    def enter(self, statement: Statement) -> None:
        place = len(self._days)
        self._days.append(statement.date.earliest.toordinal())
        if statement.is_signal:
            self._signals.append(place)
            return
        if statement.stance is not None:
            self._turn(place, statement.stance)
        for requirement in statement.requires:
            self._hold("precondition", requirement.condition, place)
            self.ordered |= bool(requirement.after)
        for item in statement.drops:
            self._end("precondition", item, place)
        for offer in statement.offers:
            self._hold("offer", offer.kind, place)
            self._end("rule-out", offer.kind, place)
        for item in statement.withdraws:
            self._end("offer", item, place)
        for item in statement.rules_out:
            self._hold("rule-out", item, place)
            self._end("offer", item, place)
        for item in statement.reopens:
            self._end("rule-out", item, place)

    def _turn(self, place: int, stance: str) -> None:
        if stance in self._refuses and self._stance not in self._refuses:
            ended: tuple[PartKind, ...] = ("precondition", "offer")
            for kind in ended:
                for item in tuple(self._held[kind]):
                    self._end(kind, item, place)
        if stance != self._stance:
            self._held["stance"].clear()
            self._stance = stance
        self._hold("stance", stance, place)

    def _hold(self, kind: PartKind, item: str, place: int) -> None:
        said = self._held[kind].get(item)
        if said != place:  # else named twice in one statement
            self._move(place, kind, item, "set" if said is None else "restated")
            self._held[kind][item] = place

    def _end(self, kind: PartKind, item: str, place: int) -> None:
        if self._held[kind].pop(item, None) is not None:
            self._move(place, kind, item, "dropped")

    def _move(self, place: int, kind: PartKind, item: str, action: Action) -> None:
        part = self._parts.setdefault((kind, item), len(self._parts))
        self._moves.append((place, part, ACTIONS.index(action)))
