"""The fold: from what a country said to where it stands.

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
from datetime import date
from typing import Literal, NamedTuple, get_args

from stancectl.model.dates import PartialDate
from stancectl.model.registry import Country
from stancectl.model.statements import Offer, Personnel, Requirement, Statement
from stancectl.model.vocabulary import Vocabulary

PartKind = Literal["stance", "precondition", "offer", "rule-out"]
PART_KINDS: tuple[PartKind, ...] = get_args(PartKind)
Action = Literal["set", "restated", "dropped"]


class Part(NamedTuple):
    """One part of a position, held without a break by the statements in `run`, oldest first.

    `item` is the id of the stance, precondition or contribution, `terms` what the latest of the statements says of it, and
    `worded` the place in `run` of the one from which on these terms hold.
    """

    kind: PartKind
    item: str
    run: tuple[Statement, ...]
    terms: Requirement | Offer | None = None
    worded: int = 0

    @property
    def by(self) -> Statement:
        """The statement that set it."""
        return self.run[0]

    @property
    def since(self) -> PartialDate:
        """When it was set."""
        return self.run[0].date

    @property
    def last_stated(self) -> PartialDate:
        """When it was last said."""
        return self.run[-1].date

    @property
    def worded_by(self) -> Statement:
        """The statement that gave it its present terms."""
        return self.run[self.worded]

    @property
    def restated_by(self) -> tuple[Statement, ...]:
        """The statements that said it again."""
        return self.run[1:]

    @property
    def note(self) -> str | None:
        """In what sense, as last said."""
        return self.terms.note if self.terms else None

    @property
    def after(self) -> tuple[str, ...]:
        """The preconditions that have to come first, as last said."""
        return self.terms.after if isinstance(self.terms, Requirement) else ()

    @property
    def personnel(self) -> Personnel:
        """How many people are offered, as last said."""
        return (self.terms.personnel if isinstance(self.terms, Offer) else None) or Personnel()


class Move(NamedTuple):
    """What one statement did to one part: set it, said it again, or ended it."""

    statement: Statement
    kind: PartKind
    item: str
    action: Action


class Position(NamedTuple):
    """Where a country stands at the end of the day `as_of`, and how it came there.

    `parts` are in force; `moves` are all that counted statements did, oldest first; `statements` are all made by then,
    signals included.
    """

    country: Country
    as_of: date
    parts: tuple[Part, ...]
    moves: tuple[Move, ...]
    statements: tuple[Statement, ...]

    def of_kind(self, kind: PartKind) -> tuple[Part, ...]:
        """The parts of one kind."""
        return tuple(part for part in self.parts if part.kind == kind)

    def part(self, kind: PartKind, item: str) -> Part | None:
        """One part, or None where it is not in force."""
        return next((part for part in self.parts if part.kind == kind and part.item == item), None)

    @property
    def stance_part(self) -> Part | None:
        """The stance with its statements; None where no counted statement tells one."""
        return next(iter(self.of_kind("stance")), None)

    @property
    def stance(self) -> str | None:
        """The stance's id."""
        return self.stance_part.item if self.stance_part else None

    @property
    def preconditions(self) -> tuple[Part, ...]:
        """The preconditions in force, in the order they have to be met in, then by age."""
        held = self.of_kind("precondition")
        order = steps(held)
        return tuple(sorted(held, key=lambda part: order.get(part.item, len(held) + 1)))

    @property
    def offers(self) -> tuple[Part, ...]:
        """The offers in force."""
        return self.of_kind("offer")

    @property
    def rules_out(self) -> tuple[Part, ...]:
        """The exclusions in force."""
        return self.of_kind("rule-out")

    @property
    def signals(self) -> tuple[Statement, ...]:
        """The statements that do not count."""
        return tuple(statement for statement in self.statements if statement.is_signal)

    @property
    def counted(self) -> tuple[Statement, ...]:
        """The statements that count."""
        return tuple(statement for statement in self.statements if not statement.is_signal)

    @property
    def uncertain(self) -> bool:
        """Whether a part in force was set by a statement whose date leaves doubt."""
        return any(part.since.uncertain_at(self.as_of) for part in self.parts)


def position(country: Country, vocabulary: Vocabulary, as_of: date) -> Position:
    """Fold what the country said by the end of the day `as_of`."""
    made = tuple(statement for statement in country.statements if statement.date.earliest <= as_of)
    fold = _Fold(vocabulary)
    for statement in made:
        if not statement.is_signal:
            fold.count(statement)
    return Position(country, as_of, fold.parts(), tuple(fold.moves), made)


def steps(preconditions: Iterable[Part]) -> dict[str, int]:
    """The step (from 1) at which each precondition comes that has an order; those without one are left out."""
    after = {part.item: part.after for part in preconditions}
    ordered = {item for item, before in after.items() if before}.union(*after.values())
    levels = dict.fromkeys(ordered, 1)
    for _ in ordered:  # a chain is no longer than that, and a circle ends here
        deeper = {item: 1 + max((levels[each] for each in after.get(item, ())), default=0) for item in ordered}
        if deeper == levels:
            break
        levels = deeper
    return {item: levels[item] for item in after if item in ordered}


class _Held:
    """A part while statements are still counted; see Part."""

    __slots__ = ("run", "terms", "worded")

    def __init__(self, run: list[Statement], terms: Requirement | Offer | None) -> None:
        self.run, self.terms, self.worded = run, terms, 0

    def part(self, kind: PartKind, item: str) -> Part:
        return Part(kind, item, tuple(self.run), self.terms, self.worded)


class _Fold:
    """The parts in force after the statements counted so far."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.moves: list[Move] = []
        self._held: dict[PartKind, dict[str, _Held]] = {kind: {} for kind in PART_KINDS}

    def parts(self) -> tuple[Part, ...]:
        """The parts by kind: preconditions by age, offers and exclusions in the vocabulary's order."""
        place = list(self.vocabulary.contributions).index
        held = {kind: [each.part(kind, item) for item, each in parts.items()] for kind, parts in self._held.items()}
        offers, exclusions = (sorted(held[kind], key=lambda part: place(part.item)) for kind in PART_KINDS[2:])
        return (*held["stance"], *held["precondition"], *offers, *exclusions)

    def count(self, statement: Statement) -> None:
        if statement.stance is not None:
            self._turn(statement, statement.stance)
        for requirement in statement.requires:
            self._hold("precondition", requirement.condition, statement, requirement)
        for item in statement.drops:
            self._end("precondition", item, statement)
        for offer in statement.offers:
            self._hold("offer", offer.kind, statement, offer)
            self._end("rule-out", offer.kind, statement)
        for item in statement.withdraws:
            self._end("offer", item, statement)
        for item in statement.rules_out:
            self._hold("rule-out", item, statement)
            self._end("offer", item, statement)
        for item in statement.reopens:
            self._end("rule-out", item, statement)

    def _turn(self, statement: Statement, stance: str) -> None:
        before = next(iter(self._held["stance"]), None)
        if self.vocabulary.refuses(stance) and not self.vocabulary.refuses(before):
            ended: tuple[PartKind, ...] = ("precondition", "offer")
            for kind in ended:
                for item in tuple(self._held[kind]):
                    self._end(kind, item, statement)
        if stance != before:
            self._held["stance"].clear()
        self._hold("stance", stance, statement)

    def _hold(self, kind: PartKind, item: str, statement: Statement, terms: Requirement | Offer | None = None) -> None:
        held = self._held[kind].get(item)
        if held is None:
            self._held[kind][item] = _Held([statement], terms)
            self.moves.append(Move(statement, kind, item, "set"))
            return
        if held.run[-1] is not statement:  # else named twice in one statement: the later terms hold
            held.run.append(statement)
            self.moves.append(Move(statement, kind, item, "restated"))
        if terms != held.terms:
            held.terms, held.worded = terms, len(held.run) - 1

    def _end(self, kind: PartKind, item: str, statement: Statement) -> None:
        if self._held[kind].pop(item, None) is not None:
            self.moves.append(Move(statement, kind, item, "dropped"))
