"""What moved between two positions, and the statement that moved it."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from stancectl.analysis.matching import coding
from stancectl.analysis.positions import Part, Position
from stancectl.analysis.terms import terms
from stancectl.model.dates import PartialDate
from stancectl.model.history import PartKind
from stancectl.model.statements import Statement
from stancectl.model.vocabulary import Vocabulary

ChangeKind = Literal[
    "stance",
    "precondition-added",
    "precondition-dropped",
    "precondition-restated",
    "offer-added",
    "offer-changed",
    "offer-withdrawn",
    "ruled-out",
    "rule-out-lifted",
    "signal",
    # between two recordings of one world alone:
    "since-changed",
    "order-changed",
    "entry-added",
    "entry-corrected",
    "entry-reworded",
    "entry-renamed",
    "entry-removed",
    "country-renamed",
    "event-added",
    "event-corrected",
    "event-removed",
    "vocabulary-changed",
]
QUIET: frozenset[ChangeKind] = frozenset(("precondition-restated", "signal"))
"""Kinds that leave a position as it was."""

_STARTED: dict[PartKind, ChangeKind] = {"precondition": "precondition-added", "offer": "offer-added", "rule-out": "ruled-out"}
_ENDED: dict[PartKind, ChangeKind] = {
    "precondition": "precondition-dropped",
    "offer": "offer-withdrawn",
    "rule-out": "rule-out-lifted",
}


class Change(NamedTuple):
    """One row of `diff`.

    `before` and `after` are the stance, or the terms (people and note) of a precondition or an offer; None where there
    were none. `date` and `by` name the statement that caused it, and `uncertain` says that its date leaves doubt.

    Between two recordings there are more kinds: when a part is said to hold since (`since-changed`), what has to come before a
    precondition (`order-changed`), and what was recorded (see `analysis.edits`), where `item` is a field, `before` and
    `after` are what it held, and `country`, `date` and `by` are None where it is not that of a statement.
    """

    country: str | None
    change: ChangeKind
    item: str
    before: str | None
    after: str | None
    date: PartialDate | None
    by: str | None
    uncertain: bool


class Total(NamedTuple):
    """One country's row in `diff --stat`: its stance before and after, and how many parts came, went, or were said again."""

    country: str
    stance_before: str | None
    stance_after: str | None
    added: int
    dropped: int
    changed: int
    restated: int
    signals: int

    @property
    def moved(self) -> int:
        """How many changes there are of the position."""
        return self.added + self.dropped + self.changed

    @property
    def quiet(self) -> int:
        """How many restatements and signals there are."""
        return self.restated + self.signals


Known = Mapping[str, Statement]
"""The statements of one recording that another has too, by their references in the other."""

Pair = tuple[Position, Position, Known | None]
"""A country's positions before and after; and of two recordings, the statements that both know (see `changes`)."""


class Compared(NamedTuple):
    """What is compared: two days, the revisions of one registry, or two registries (by what they are called).

    Of which countries, and what was recorded differently; `vocabulary` is the later one.
    """

    what: tuple[date, date] | str | tuple[str, str]
    vocabulary: Vocabulary
    pairs: Sequence[Pair]
    edits: Sequence[Change]


def changes(before: Position, after: Position, known: Known | None = None) -> list[Change]:
    """Everything that differs between two positions of one country; of what began and ended in between, nothing.

    Restatements and signals come last; QUIET names them. Where the positions are of two recordings, `known` are the statements
    of the earlier that the later has too, and a change is put down to one that they do not have in common, or that is coded
    otherwise. Without `known`, statements of one reference are the same.
    """
    made = _Changes(before, after, known)
    rows = [*made.of_stance(), *made.of_parts("precondition"), *made.of_parts("offer"), *made.of_parts("rule-out")]
    if known is not None:
        rows += made.of_records()
    moved = [change for change in rows if change.change not in QUIET]
    return [*moved, *(change for change in rows if change.change in QUIET), *made.signals()]


def total(before: Position, after: Position, known: Known | None = None) -> Total:
    """How much moved in one country; for `known` see `changes`."""
    kinds = [change.change for change in changes(before, after, known)]

    def count(*wanted: ChangeKind) -> int:
        return sum(kinds.count(kind) for kind in wanted)

    return Total(
        country=after.country.slug,
        stance_before=before.stance,
        stance_after=after.stance,
        added=count("precondition-added", "offer-added", "ruled-out"),
        dropped=count("precondition-dropped", "offer-withdrawn", "rule-out-lifted"),
        changed=count("stance", "offer-changed", "since-changed", "order-changed"),
        restated=count("precondition-restated"),
        signals=count("signal"),
    )


class _Changes:
    def __init__(self, before: Position, after: Position, known: Known | None) -> None:
        self.before = before
        self.after = after
        self.known = known

    def of_stance(self) -> Iterator[Change]:
        was, now = self.before.stance_part, self.after.stance_part
        if self.before.stance != self.after.stance:
            yield self._row("stance", "stance", self.before.stance, self.after.stance, now and now.by, was and was.by)

    def of_parts(self, kind: PartKind) -> Iterator[Change]:
        earlier = {part.item: part for part in self.before.of_kind(kind)}
        later = {part.item: part for part in self.after.of_kind(kind)}
        for item, part in later.items():
            if item not in earlier:
                yield self._row(_STARTED[kind], item, None, terms(part), part.by, self.before.ended(kind, item))
            elif kind == "offer" and _offered(was := earlier[item]) != _offered(part):
                yield self._row("offer-changed", item, terms(was), terms(part), part.worded_by, was.worded_by)
            elif kind == "precondition" and self._is_new(part.run.places[-1]):
                yield self._row("precondition-restated", item, terms(earlier[item]), terms(part), part.last_by)
        for item, part in earlier.items():
            if item not in later:
                yield self._row(_ENDED[kind], item, terms(part), None, self.after.ended(kind, item), part.by)

    def of_records(self) -> Iterator[Change]:
        """What another recording tells differently of the parts that both have."""
        for part in self.after.parts:
            was = self.before.part(part.kind, part.item)
            if was is None:
                continue
            item = "stance" if part.kind == "stance" else part.item
            if was.since != part.since:
                yield self._row("since-changed", item, str(was.since), str(part.since), part.by, was.by)
            if was.after != part.after:
                before, after = ",".join(was.after) or None, ",".join(part.after) or None
                yield self._row("order-changed", item, before, after, part.last_by, was.last_by)

    def signals(self) -> Iterator[Change]:
        for place in self.after.signal_places:
            if self._is_new(place):
                statement = self.after.statements[place]
                yield self._row("signal", statement.stance or "signal", None, statement.summary, statement)

    def _is_new(self, place: int) -> bool:
        """Whether the statement at that place afterwards had not been made before."""
        if self.before.country is self.after.country:
            return place >= self.before.made
        return self.after.statements[place].ref not in self._common

    @cached_property
    def _common(self) -> Container[str]:
        """The references afterwards of the statements made before."""
        return {statement.ref for statement in self.before.statements} if self.known is None else self.known

    def _row(
        self,
        change: ChangeKind,
        item: str,
        before: str | None,
        after: str | None,
        now: Statement | None,
        was: Statement | None = None,
    ) -> Change:
        """A change, and what is behind it: a statement of the later position, or else one of the earlier."""
        by = self._behind(now, was)
        uncertain = by.date.uncertain_at(self.after.as_of)
        return Change(self.after.country.slug, change, item, before, after, by.date, by.ref, uncertain)

    def _behind(self, now: Statement | None, was: Statement | None) -> Statement:
        """Of two recordings, the first of the two that the other does not have so; in doubt, the first."""
        successor = self._successors.get(was.ref, was) if was else None
        if self.known is not None and now and was and successor:
            earlier = self.known.get(now.ref)
            if earlier and coding(earlier) == coding(now) and (successor is was or coding(was) != coding(successor)):
                return successor
        found = now or successor
        assert found is not None
        return found

    @cached_property
    def _successors(self) -> Mapping[str, Statement]:
        """What has become of the statements that both recordings have, by their references in the earlier."""
        known = self.known or {}
        return {known[each.ref].ref: each for each in self.after.country.statements if each.ref in known}


def _offered(part: Part) -> tuple[object, ...]:
    return (part.personnel, part.note)
