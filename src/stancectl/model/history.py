"""A country's ledger: the moves its statements made, and the balance of them after any day."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args

PartKind = Literal["stance", "precondition", "offer", "rule-out"]
PART_KINDS: tuple[PartKind, ...] = get_args(PartKind)

Action = Literal["set", "restated", "dropped"]
ACTIONS: tuple[Action, ...] = get_args(Action)
_SET, _RESTATED, _DROPPED = range(3)


class Balance(NamedTuple):
    """What holds after the first `made` statements of a country, of which `signals` do not count.

    `last` is the place (from 0) of the last that counts. `parts` are kind, item, and the places of the statements that hold
    it without a break, in the order they were set.
    """

    made: int
    signals: int
    last: int | None
    parts: Sequence[tuple[PartKind, str, Sequence[int]]]


class History:
    """What a country's statements did.

    `days` are their earliest days (as `date.toordinal` counts them) in order, `signals` the places of those that do not
    count, `parts` every part that was ever held, and `moves` what was done: place of the statement, index in `parts`, index
    in ACTIONS. Of a stance, the next one that is set is the end. `ordered` tells whether a precondition was ever said to come
    after another.
    """

    def __init__(
        self,
        days: Sequence[int],
        signals: Sequence[int],
        parts: Sequence[tuple[PartKind, str]],
        moves: Sequence[tuple[int, int, int]],
        *,
        ordered: bool,
    ) -> None:
        self.days = days
        self.signals = signals
        self.parts = parts
        self.moves = moves
        self.ordered = ordered

    def balance(self, day: date) -> Balance:
        """What holds at the end of a day."""
        made = bisect_right(self.days, day.toordinal())
        signals = bisect_left(self.signals, made)
        return Balance(made, signals, self._last_counted(made, signals), self._held(made))

    def _last_counted(self, made: int, signals: int) -> int | None:
        last = made - 1
        while signals and self.signals[signals - 1] == last:
            last, signals = last - 1, signals - 1
        return last if last >= 0 else None

    def _held(self, made: int) -> list[tuple[PartKind, str, Sequence[int]]]:
        stances = {index for index, (kind, _) in enumerate(self.parts) if kind == "stance"}
        held, stance = dict[int, list[int]](), -1
        for place, part, action in self.moves:
            if place >= made:
                break
            if action == _RESTATED:
                held[part].append(place)
            elif action == _DROPPED:
                del held[part]
            else:
                if part in stances:
                    held.pop(stance, None)
                    stance = part
                held[part] = [place]
        return [(*self.parts[part], run) for part, run in held.items()]


class Ledger:
    """A history while it is written."""

    ordered = False

    def __init__(self) -> None:
        self._days: list[int] = []
        self._signals: list[int] = []
        self._parts: dict[tuple[PartKind, str], int] = {}
        self._moves: list[tuple[int, int, int]] = []

    def statement(self, day: date, *, counts: bool) -> int:
        """Enter a statement of that earliest day, and give its place."""
        place = len(self._days)
        self._days.append(day.toordinal())
        if not counts:
            self._signals.append(place)
        return place

    def move(self, place: int, kind: PartKind, item: str, action: Action) -> None:
        """Enter what the statement at that place did."""
        part = self._parts.setdefault((kind, item), len(self._parts))
        self._moves.append((place, part, ACTIONS.index(action)))

    def history(self) -> History:
        """What was entered."""
        return History(self._days, self._signals, list(self._parts), self._moves, ordered=self.ordered)
