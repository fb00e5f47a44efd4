"""A statement as somebody typed it, by flags or by answers, to one in the form of a file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from stancectl.cli import short_forms
from stancectl.cli.desk import Desk
from stancectl.cli.options import Usage
from stancectl.model.errors import StanceError, refuse, shorten
from stancectl.registry.document import Plain
from stancectl.registry.drafts import check_draft

_REQUIRED = ("date", "speaker", "summary", "url")
_FLAGS = {"url": "--source", "date": "--source-date", "lang": "--lang"}
"""The flags of a source's keys, where they are not called like them."""


_NOTHING, _NOWHERE = {"date": "2000", "speaker": "-", "summary": "-"}, "https://example.org/"
"""What is needed, so that the rest can be looked at without it."""


class Typed(NamedTuple):
    """What was typed: the texts of a statement by key, its lists by key, and its sources' keys, the n-th for the n-th source."""

    texts: Mapping[str, str | None]
    lists: Mapping[str, Sequence[str] | None]
    sources: Mapping[str, Sequence[str] | None]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return all(each is None for part in self for each in part.values())

    def every_text(self) -> Iterator[str]:
        """All that was typed."""
        yield from filter(None, self.texts.values())
        for typed in (*self.lists.values(), *self.sources.values()):
            yield from typed or ()

    @property
    def lacking(self) -> list[str]:
        """The flags of what a statement needs and this has not."""
        told = {**self.texts, "url": "".join(self.sources["url"] or ())}
        return [_FLAGS[name] if name == "url" else f"--{name}" for name in _REQUIRED if not (told[name] or "").strip()]


def statement(typed: Typed, desk: Desk) -> Plain:
    """The statement, without an id unless one was typed; raise Several errors, everything that is wrong with it."""
    garbled = [text for text in typed.every_text() if text.encode(errors="replace").decode() != text]
    if garbled:
        raise Usage(f"`{shorten(garbled[0])}` is not UTF-8", "type it again")
    errors = list[StanceError]()

    def read(reader: Callable[..., Any], *values: Any) -> Any:
        try:
            return reader(*values)
        except StanceError as error:
            errors.append(error)
            return None

    made: Plain = {name: text.strip() for name, text in typed.texts.items() if text and text.strip()}
    if "date" in made:
        made["date"] = read(short_forms.statement_date, made["date"], desk.today)
    if "stance" in made:
        made["stance"] = read(short_forms.known_id, "stance", made["stance"], desk.vocabulary)
    for name, entries in typed.lists.items():
        if entries:
            read_entries = [read(short_forms.entry, name, each, desk.vocabulary) for each in entries]
            made[name] = [each for each in read_entries if each is not None]
    made["sources"] = read(_sources, typed.sources)
    if typed.lacking:
        errors.append(Usage(f"a statement needs {', '.join(typed.lacking)} too", "see `stancectl add --help`"))
    made = {name: each for name, each in made.items() if each}
    errors += check_draft({**_NOTHING, "sources": [{"url": _NOWHERE}], **made}, desk.known)
    refuse(errors)
    return made


def of_what_is_not_asked(typed: Typed, desk: Desk) -> Plain:
    """A statement of no importance with the id and the answers that were typed: no question asks for them."""
    told = Typed(
        {**dict.fromkeys(typed.texts), **_NOTHING, "id": typed.texts["id"]},
        {"responds_to": typed.lists["responds_to"]},
        {**dict.fromkeys(typed.sources), "url": [_NOWHERE]},
    )
    return statement(told, desk)


def _sources(keys: Mapping[str, Sequence[str] | None]) -> list[Plain]:
    """The sources: the n-th of each key belongs to the n-th address."""
    count = len(keys["url"] or ())
    for name, typed in keys.items():
        if len(typed or ()) > count:
            raise Usage(f"there are more {_FLAGS.get(name, f'--{name}')} than --source", "give a --source for each")
    filled = {name: [*(typed or ()), *[""] * count] for name, typed in keys.items()}
    return [{name: typed[place].strip() for name, typed in filled.items() if typed[place].strip()} for place in range(count)]
