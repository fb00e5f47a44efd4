"""Errors a user can act on. Each has a code, says what is wrong in one line, and what to do next."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice


class StanceError(Exception):
    """What is wrong (`message`) and what to do about it (`help`), under a stable `code`."""

    code = "error"

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.message}; {self.help}" if self.help else self.message


class Several(ExceptionGroup[StanceError]):
    """More than one thing that is wrong, each to be told."""


def refuse(errors: Sequence[StanceError]) -> None:
    """Raise all of the errors at once (Several), if there are any."""
    if errors:
        raise Several("; ".join(error.message for error in errors), errors)


class UnknownName(StanceError, KeyError):
    """A name that nothing here bears; its help names the nearest valid ones."""

    def __init__(
        self, kind: str, text: str, known: Iterable[str], keys: Mapping[str, str] | None = None, key: str | None = None
    ) -> None:
        """`kind` is what was asked for (`country`, `stance` …), `known` the valid names in their own order.

        `keys` maps other spellings to valid names, so that the nearest may be found by any of them, and `key` is how they
        would spell what was asked for.
        """
        self.code = f"unknown-{kind.replace(' ', '-')}"
        super().__init__(f"`{shorten(text)}` is no {kind} here", suggestion(key or text, list(known), keys))

    __str__ = StanceError.__str__


_MANY = 2000
"""More names than are compared with every letter of what was typed."""

_FEW = 14
"""As many names as can be listed in a line."""


def suggestion(text: str, known: list[str], keys: Mapping[str, str] | None = None) -> str:
    """Name the nearest of the `known` names, or all where they are few or none is near."""
    import difflib

    spellings = {name.casefold(): name for name in known} | dict(keys or {})
    wanted = text.casefold()
    if len(spellings) > _MANY:
        spellings = dict(islice(((key, name) for key, name in spellings.items() if key[:2] == wanted[:2]), _MANY))
    near = difflib.get_close_matches(wanted, spellings, n=4, cutoff=0.6)
    if len(wanted) > 1:
        near += [key for key in spellings if key.startswith(wanted)]
    names = list(dict.fromkeys(spellings[key] for key in near))[:3]
    if not names and len(known) > _FEW:
        nearest = difflib.get_close_matches(wanted, spellings, n=5, cutoff=0.0)
        return f"the nearest are {', '.join(dict.fromkeys(f'`{spellings[key]}`' for key in nearest))}"
    if names:
        hint = f"did you mean {' or '.join(f'`{name}`' for name in names)}?"
        return f"{hint} Known: {', '.join(known)}" if len(names) < len(known) <= _FEW else hint
    return f"known: {', '.join(known)}" if known else "none is defined"


def shorten(text: str, width: int = 60) -> str:
    """The text in one line of at most `width` characters, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
