"""Whether an answer is right, so that no tool is timed on an error: what it has to hold, whatever it looks like."""

import re
from collections.abc import Callable, Iterable, Mapping

Right = Callable[[str], bool]

ID = re.compile(r"country-\d+/\d{4}-\d\d-\d\d-\d+")


def anything(_: str) -> bool:
    """The exit code alone tells."""
    return True


def texts(*expected: str) -> Right:
    """These stand in it."""
    return lambda answer: all(text in answer for text in expected)


def statements(ids: Iterable[str]) -> Right:
    """It tells of these statements, by their ids, and of no other."""
    expected = frozenset(ids)
    return lambda answer: set(ID.findall(answer)) == expected


def stances(expected: Mapping[str, str]) -> Right:
    """A line a country tells its stance."""
    line = re.compile(rf"(country-\d+)\b.*?\b({'|'.join(set(expected.values()))})\b")
    return lambda answer: dict(line.findall(answer.lower())) == expected


def both(first: Right, second: Right) -> Right:
    """The one and the other are right."""
    return lambda answer: first(answer) and second(answer)
