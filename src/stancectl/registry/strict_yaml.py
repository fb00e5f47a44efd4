"""YAML without surprises: every scalar is text, every value knows its place, and what could mislead is an error.

Reads libyaml's events and builds the values itself, which keeps the marks and takes less time than its loader needs
without them. Refused: duplicate keys, keys that are no text, anchors and aliases, tags, several
documents, text that is not UTF-8, and nesting beyond MAX_DEPTH. An empty value is None.
"""

import codecs
import re
from itertools import islice
from typing import Any

import yaml

from stancectl.model.errors import shorten
from stancectl.registry.document import LOADER, MAX_DEPTH, Document, Plain, Spots
from stancectl.registry.files import File
from stancectl.registry.problems import MAX_PROBLEMS, Problem, Step
from stancectl.registry.syntax import conflicts, entry_of, slip_at, without

_ATTEMPTS, _BYTES_AGAIN = 100, 20_000_000  # how often a broken file is read again, and how much of it altogether
_FIRST_KEYS = ("id", "url", "condition", "kind")
_YAML_TAGS = "tag:yaml.org,2002:"

LINE_END = re.compile("\r\n|[\r\n]")
_HIDDEN_LINE_ENDS = str.maketrans(
    "\x85\u2028\u2029", "\U0010fff0\U0010fff1\U0010fff2"
)  # to libyaml they end a line, to editors not
_SHOWN_AGAIN = {stand_in: mark for mark, stand_in in _HIDDEN_LINE_ENDS.items()}
_ILLEGAL = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # YAML 1.1, 5.1


class _Unusable(Exception):
    """The rest of the file cannot be read."""


def parse(file: File) -> Document:
    """Read one file. Never raises for what is in it: look at `problems`.

    An entry whose syntax is wrong is left out and the rest is read, so that one reading tells of everything.
    """
    document = Document(file)
    misread = _decode(file.data.removeprefix(codecs.BOM_UTF8), document)
    is_utf_8, unread = not misread, conflicts(document)
    lines = document.lines
    text = without(lines, unread) if unread else document.text
    for _ in range(max(2, min(_ATTEMPTS, _BYTES_AGAIN // (len(text) + 1)))):
        document.value, document.spots, document.problems = None, {}, []
        try:
            _build(parsable(text), document)
            break
        except _Unusable:
            document.value = None
            break
        except yaml.reader.ReaderError as error:
            if not is_utf_8:
                document.value = None
                break
            misread += _illegal(document, str(error.reason))
            lines = [_ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", line) for line in document.lines]
        except yaml.MarkedYAMLError as error:
            slip = slip_at(document, parsable(text), error)
            if not slip.is_ended:  # it made nonsense of what follows
                unread = {entry: each for entry, each in unread.items() if entry.start < slip.line}
            entry = entry_of(document.lines, slip, unread)
            if not entry:
                lines = [*lines[: slip.line], f"{lines[slip.line].rstrip()}:", *lines[slip.line + 1 :]]
            unread[entry] = slip.problem
        text = without(lines, unread)
    else:
        document.value = None
        here = max((*unread.values(), *misread), key=lambda each: each.line)
        more = document.problem_at(
            here.line - 1, 0, "too-many-problems", "there are more problems from here on", "mend these first"
        )
        misread.append(more)
    if isinstance(document.value, dict | list) and any(chr(mark) in document.text for mark in _HIDDEN_LINE_ENDS):
        _restore(document.value)
    document.unread = tuple(unread)
    document.problems[:0] = [*misread, *dict.fromkeys(unread.values())]
    return document


def _decode(data: bytes, document: Document) -> list[Problem]:
    """Give the document its text, with a replacement character for each byte that is no UTF-8; tell of the first such byte."""
    try:
        document.text = data.decode()
    except UnicodeDecodeError as error:
        document.text = data.decode(errors="replace")
        document.lines = LINE_END.split(document.text)
        line, column = _place(data[: error.start].decode())
        return [document.problem_at(line, column, "not-utf-8", "this file is not UTF-8", "save it as UTF-8")]
    document.lines = LINE_END.split(document.text) if "\r" in document.text else document.text.split("\n")
    return []


def parsable(text: str) -> str:
    """The text with stand-ins, as long, for what ends a line to libyaml and to no editor."""
    return text.translate(_HIDDEN_LINE_ENDS) if any(chr(mark) in text for mark in _HIDDEN_LINE_ENDS) else text


def as_written(text: str) -> str:
    """The text with what the stand-ins stand for."""
    return text.translate(_SHOWN_AGAIN)


def _restore(container: Any) -> None:
    """Put what the stand-ins stand for into the values of a list or mapping."""
    entries: Any = enumerate(container) if isinstance(container, list) else list(container.items())
    for step, value in entries:
        if isinstance(value, str):
            container[step] = as_written(value)
        elif value is not None:
            _restore(value)


def _illegal(document: Document, message: str) -> list[Problem]:
    """The characters that YAML does not allow, as many of them as are told of a file."""
    places = ((number, found.start()) for number, line in enumerate(document.lines) for found in _ILLEGAL.finditer(line))
    return [
        document.problem_at(line, column, "control-character", message, "remove the invisible character")
        for line, column in islice(places, MAX_PROBLEMS + 1)
    ]


def _place(before: str) -> tuple[int, int]:
    """The line and column, from 0, of what comes after this text."""
    lines = LINE_END.split(before)
    return len(lines) - 1, len(lines[-1])


def _build(text: str, document: Document) -> None:  # noqa: PLR0912
    """Make the document's value of libyaml's events.

    One loop that calls little, because it runs for every word of a registry.
    """
    stack: list[tuple[Any, Any, Any]] = []
    container: Any = None  # the open list or mapping
    key: Any = None  # the event of the key whose value comes next, in a mapping
    spots: dict[Step, tuple[Any, Any]] = {}  # those of the container
    documents = 0
    parser = LOADER(text)
    next_event = parser.get_event
    while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
        if kind is yaml.ScalarEvent:
            value = event.value
        elif kind is yaml.MappingStartEvent:
            value = {}
        elif kind is yaml.SequenceStartEvent:
            value = []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            container, key, spots = stack.pop()
            continue
        elif kind is yaml.AliasEvent:
            document.report(event, "yaml-alias", f"`*{shorten(event.anchor)}` refers to another place", "write the value out")
            value = f"*{event.anchor}"
        else:
            documents += kind is yaml.DocumentStartEvent
            if documents > 1:
                document.report(event, "several-documents", "a second document begins here", "keep one document a file")
                return
            continue
        if kind is not yaml.AliasEvent and (event.anchor is not None or event.tag is not None):
            _refuse_properties(event, document)

        opened = spots
        if container is None:
            document.value = value if kind is not yaml.ScalarEvent or value.strip() else None
        elif type(container) is list:
            spots[len(container)] = (event, event)
            container.append(value if kind is not yaml.ScalarEvent or value.strip() else None)
        elif key is None:
            key = event
            if kind is not yaml.ScalarEvent:
                document.report(event, "invalid-key", "a key must be text", "write `key: value`")
        else:
            _enter(container, spots, key, event, value, document)
            key = None

        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if len(stack) == MAX_DEPTH:
                document.report(event, "too-deep", f"nested deeper than {MAX_DEPTH} levels", "a registry needs no more than six")
                raise _Unusable
            stack.append((container, key, opened))
            container, key = value, None
            spots = document.spots[id(value)] = {}


def _enter(container: Plain, spots: Spots, key: Any, event: Any, value: Any, document: Document) -> None:
    """Put a value behind its key, unless the key is no key or was there before."""
    if type(key) is not yaml.ScalarEvent:
        return
    name = key.value
    if name in spots:
        first = spots[name][0].start_mark.line + 1
        help = f"keep one; the first is in line {first}"
        if name in _FIRST_KEYS:
            help += ", or put `- ` before this one, if a new entry begins here"
        document.report(key, "duplicate-key", f"`{shorten(name)}` stands here twice", help)
        return
    spots[name] = (key, event)
    container[name] = value if type(value) is not str or value.strip() else None


def _refuse_properties(event: Any, document: Document) -> None:
    if event.anchor is not None:
        document.report(
            event, "yaml-anchor", f"`&{shorten(event.anchor)}` is an anchor", "write the value out where it is needed"
        )
    if event.tag is not None:
        document.report(
            event,
            "yaml-tag",
            f"`{shorten(event.tag.replace(_YAML_TAGS, '!!'))}` is a tag",
            "remove it, or quote the text: every value is text",
        )
