"""Where a country stands on a day, part by part, as the fold has it (see `analysis.fold`)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, overload

from stancectl.model.dates import PartialDate
from stancectl.model.history import ACTIONS, PART_KINDS, Action, PartKind
from stancectl.model.registry import Country
from stancectl.model.statements import Offer, Personnel, Requirement, Statement
from stancectl.model.vocabulary import Vocabulary


class Run(Sequence[Statement]):
    """Some of a country's statements, by their `places` among all of them; looked up when they are asked for."""

    def __init__(self, statements: Sequence[Statement], places: Sequence[int]) -> None:
        self.places = places
        self._statements = statements

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> Statement: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Statement, ...]: ...
    def __getitem__(self, index: int | slice) -> Statement | tuple[Statement, ...]:
        if isinstance(index, slice):
            return tuple(self._statements[place] for place in self.places[index])
        return self._statements[self.places[index]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Run) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<Run {', '.join(statement.ref for statement in self)}>"


class Part(NamedTuple):
    """One part of a position, held without a break by the statements in `run`, oldest first.

    `item` is the id of the stance, precondition or contribution.
    """

    kind: PartKind
    item: str
    run: Run

    @property
    def by(self) -> Statement:
        """The statement that set it."""
        return self.run[0]

    @property
    def since(self) -> PartialDate:
        """When it was set."""
        return self.by.date

    @property
    def last_by(self) -> Statement:
        """The statement that said it last."""
        return self.run[-1]

    @property
    def last_stated(self) -> PartialDate:
        """When it was last said."""
        return self.last_by.date

    @property
    def restated_by(self) -> tuple[Statement, ...]:
        """The statements that said it again."""
        return self.run[1:]

    @property
    def terms(self) -> Requirement | Offer | None:
        """What was last said of it; None for a stance or an exclusion."""
        return self._terms(self.last_by)

    @property
    def worded_by(self) -> Statement:
        """The statement from which on the present terms hold."""
        found, terms = self.last_by, self.terms
        for statement in reversed(self.run):
            if self._terms(statement) != terms:
                break
            found = statement
        return found

    @property
    def note(self) -> str | None:
        """In what sense, as last said."""
        terms = self.terms
        return terms.note if terms else None

    @property
    def after(self) -> tuple[str, ...]:
        """The preconditions that have to come first, as last said."""
        terms = self.terms
        return terms.after if isinstance(terms, Requirement) else ()

    @property
    def personnel(self) -> Personnel:
        """How many people are offered, as last said."""
        terms = self.terms
        return (terms.personnel if isinstance(terms, Offer) else None) or Personnel()

    def _terms(self, statement: Statement) -> Requirement | Offer | None:
        """What a statement says of it: the last word, where it says two things."""
        if self.kind == "precondition":
            return next((each for each in reversed(statement.requires) if each.condition == self.item), None)
        if self.kind == "offer":
            return next((each for each in reversed(statement.offers) if each.kind == self.item), None)
        return None


class Move(NamedTuple):
    """What one statement did to one part: set it, said it again, or ended it."""

    statement: Statement
    kind: PartKind
    item: str
    action: Action


class Position:
    """Where a country stands at the end of the day `as_of`, and how it came there.

    `parts` are in force: the stance, preconditions by age, offers and exclusions in the vocabulary's order. Of the country's
    statements the first `made` were made by then.
    """

    def __init__(self, country: Country, vocabulary: Vocabulary, as_of: date) -> None:
        self.country = country
        self.as_of = as_of
        self._balance = country.history.balance(as_of)
        self.parts = tuple(
            sorted(
                (Part(kind, item, Run(country.statements, places)) for kind, item, places in self._balance.parts),
                key=_order(vocabulary),
            )
        )

    def __repr__(self) -> str:
        return f"<Position {self.country.slug}, {self.as_of}: {self.stance}>"

    @property
    def made(self) -> int:
        """How many statements were made by then."""
        return self._balance.made

    @property
    def signalled(self) -> int:
        """How many of them are signals."""
        return self._balance.signals

    @property
    def last_place(self) -> int | None:
        """The place among the statements of the last that counts."""
        return self._balance.last

    @property
    def last_counted(self) -> Statement | None:
        """The last statement that counts."""
        return None if self.last_place is None else self.country.statements[self.last_place]

    @property
    def statements(self) -> Sequence[Statement]:
        """All statements made by then, oldest first, signals included."""
        return self.country.statements[: self.made]

    @property
    def signal_places(self) -> Sequence[int]:
        """The places of the signals among the statements."""
        return self.country.history.record.signals[: self.signalled]

    @property
    def signals(self) -> tuple[Statement, ...]:
        """The statements that are shown, not counted."""
        return tuple(Run(self.country.statements, self.signal_places))

    @property
    def counted(self) -> tuple[Statement, ...]:
        """The statements that count."""
        return tuple(statement for statement in self.statements if not statement.is_signal)

    @property
    def moves(self) -> tuple[Move, ...]:
        """All that the counted statements did, oldest first."""
        record, statements = self.country.history.record, self.statements
        return tuple(
            Move(statements[place], *record.parts[part], ACTIONS[action])
            for place, part, action in record.moves
            if place < self.made
        )

    def ended(self, kind: PartKind, item: str) -> Statement | None:
        """The statement that last ended a part; None where none did."""
        record = self.country.history.record
        for place, part, action in reversed(record.moves):
            if place < self.made and ACTIONS[action] == "dropped" and record.parts[part] == (kind, item):
                return self.country.statements[place]
        return None

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
        order = steps(held) if self.country.history.ordered else {}
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
    def uncertain(self) -> bool:
        """Whether a part in force was set by a statement whose date leaves doubt."""
        return any(part.since.uncertain_at(self.as_of) for part in self.parts)


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


def _order(vocabulary: Vocabulary) -> Callable[[Part], tuple[int, int]]:
    """What sorts parts by kind: preconditions stay by age, offers and exclusions come in the vocabulary's order."""
    kinds = {kind: place for place, kind in enumerate(PART_KINDS)}
    items = {item: place for place, item in enumerate(vocabulary.contributions)}
    return lambda part: (kinds[part.kind], items[part.item] if part.kind in ("offer", "rule-out") else 0)
