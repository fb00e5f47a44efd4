"""What a country's statements did: the record of their moves, and the balance of them after any day."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple, get_args

PartKind = Literal["stance", "precondition", "offer", "rule-out"]
PART_KINDS: tuple[PartKind, ...] = get_args(PartKind)

Action = Literal["set", "restated", "dropped"]
ACTIONS: tuple[Action, ...] = get_args(Action)
_RESTATED, _DROPPED = map(ACTIONS.index, ("restated", "dropped"))


class Balance(NamedTuple):
    """What holds after the first `made` statements of a country, of which `signals` do not count.

    `last` is the place (from 0) of the last that counts. `parts` are kind, item, and the places of the statements that hold
    it without a break, in the order they were set.
    """

    made: int
    signals: int
    last: int | None
    parts: Sequence[tuple[PartKind, str, Sequence[int]]]


class Record(NamedTuple):
    """Everything that a country's statements did, in numbers.

    `days` are their earliest days (as `date.toordinal` counts them) in order, `signals` the places of those that do not
    count, `parts` every part that was ever held, and `moves` what was done: place of the statement, index in `parts`, index
    in ACTIONS. Of a stance, the next one that is set is the end.
    """

    days: Sequence[int]
    signals: Sequence[int]
    parts: Sequence[tuple[PartKind, str]]
    moves: Sequence[tuple[int, int, int]]

    def balance(self, day: date) -> Balance:
        """What holds at the end of a day."""
        from bisect import bisect_left, bisect_right

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


class Latest(NamedTuple):
    """What holds from the earliest `day` (see Record) of a country's last statement on.

    `row` is the country's in a list (`analysis.listing.Standing`, packed).
    """

    day: int
    balance: Balance
    row: Sequence[Any]


class History:
    """A country's record, read when it is needed.

    `ordered` tells whether a precondition was ever said to come after another; `latest` is what is known without the record.
    """

    def __init__(self, read: Callable[[], Record], *, ordered: bool, latest: Latest | None = None) -> None:
        self.ordered = ordered
        self._read = read
        self._latest = latest

    @cached_property
    def record(self) -> Record:
        """Everything that the statements did."""
        return self._read()

    def balance(self, day: date) -> Balance:
        """What holds at the end of a day."""
        latest = self.latest(day)
        return latest.balance if latest else self.record.balance(day)

    def latest(self, day: date) -> Latest | None:
        """What is known of the end of a day without the record: nothing before the last statement."""
        return self._latest if self._latest and day.toordinal() >= self._latest.day else None
