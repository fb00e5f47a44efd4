"""YAML without surprises: every scalar is text, every value knows its place, and what could mislead is an error.

Reads libyaml's events and builds the values itself, which keeps the marks and takes less time than its loader needs
without them (see `benchmarks/`). Refused: duplicate keys, keys that are no text, anchors and aliases, tags, several
documents, text that is not UTF-8, and nesting beyond MAX_DEPTH. An empty value is None.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import yaml

from stancectl.model.errors import shorten
from stancectl.registry.files import File
from stancectl.registry.problems import MAX_PROBLEMS, Finding, Problem, Step

MAX_DEPTH = 20
_TOP = re.compile(
    "(country|name|aliases|statements|events|format|topic|question|synonyms|stances|preconditions|contributions|groups):( |$)"
)
_ITEM = re.compile(" {0,3}- ")
_ENTRY = re.compile(rf"{_TOP.pattern}|{_ITEM.pattern}|  ?[\w-]+:( |$)")  # where a statement or an entry of a vocabulary begins
_ATTEMPTS, _BYTES_AGAIN = 100, 20_000_000  # how often a broken file is read again, and how much of it altogether
_FIRST_KEYS = ("id", "url", "condition", "kind")
_YAML_TAGS = "tag:yaml.org,2002:"

_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what libyaml counts as one
_RARE_LINE_ENDS = "\r\x85\u2028\u2029"
_ILLEGAL = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # YAML 1.1, 5.1
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Plain = dict[str, Any]
Spots = dict[Step, tuple[Any, Any]]
"""For each entry of a list or mapping, libyaml's events for its key and its value: where they stand is asked only rarely."""


class _Unusable(Exception):
    """The rest of the file cannot be read."""


@dataclass(slots=True)
class Document:
    """What a file holds.

    `value` is text, list, dict or None (nothing, or nothing that could be made out), `problems` what is wrong with it,
    `text` and `lines` its text; `spots` tells for each list and dict (by identity) where its entries stand. `unread` are the
    lines (from 0) of entries that were left out because their syntax is wrong.
    """

    file: File
    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    text: str = ""
    lines: list[str] = field(default_factory=list)
    spots: dict[int, Spots] = field(default_factory=dict)
    unread: tuple[range, ...] = ()

    def problem(
        self, path: tuple[Step, ...], code: str, message: str, help: str | None = None, *, at_key: bool = False
    ) -> Problem:
        """A problem with the value at `path` (keys and indices from the top), or with its key."""
        event: Any = None
        container: Any = self.value
        for step in path:
            spots = self.spots[id(container)] if isinstance(container, dict | list) else {}
            if step not in spots:
                break
            key, value = spots[step]
            event = key if at_key and step == path[-1] else value
            container = container[step]
        return self._at(event, code, message, help)

    def located(self, finding: Finding) -> Problem:
        """The finding as a problem with its place."""
        problem = self.problem(finding.path, finding.code, finding.message, finding.help, at_key=finding.at_key)
        return replace(problem, severity=finding.severity)

    def names(self, path: tuple[Step, ...]) -> bool:
        """Whether the key at `path` is written, even with nothing behind it."""
        container = self.value
        for step in path[:-1]:
            container = container[step]
        return path[-1] in container

    def scalars(self) -> Iterator[tuple[tuple[Step, ...], Any]]:
        """Every text in it: its path, and libyaml's event for it (`value`, `style`, marks)."""
        return ((path, event) for path, _, event in self._entries(self.value, ()) if type(event) is yaml.ScalarEvent)

    def key_events(self) -> Iterator[tuple[tuple[Step, ...], Any]]:
        """Every key in it: the path of what stands behind it, and libyaml's event for it."""
        return ((path, key) for path, key, _ in self._entries(self.value, ()) if isinstance(path[-1], str))

    def _entries(self, container: Any, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Any, Any]]:
        for step, (key, event) in self.spots.get(id(container), {}).items():
            yield (*path, step), key, event
            if type(event) is not yaml.ScalarEvent:
                yield from self._entries(container[step], (*path, step))

    def report(self, event: Any, code: str, message: str, help: str) -> None:
        """Add a problem with what one of libyaml's events stands for, while there are not more than anyone is told of."""
        if len(self.problems) <= MAX_PROBLEMS:
            self.problems.append(self._at(event, code, message, help))

    def problem_at(self, line: int, column: int, code: str, message: str, help: str | None, width: int = 1) -> Problem:
        """A problem at a place in the text, line and column counted from 0."""
        excerpt = self.lines[line] if line < len(self.lines) else ""
        return Problem(self.file.path, line + 1, column + 1, code, message, help, excerpt, width)

    def _at(self, event: Any, code: str, message: str, help: str | None) -> Problem:
        if event is None:
            return self.problem_at(0, 0, code, message, help)
        start, end = event.start_mark, event.end_mark
        width = max(1, end.column - start.column) if end.line == start.line else 1
        return self.problem_at(start.line, start.column, code, message, help, width)


def parse(file: File) -> Document:
    """Read one file. Never raises for what is in it: look at `problems`.

    An entry whose syntax is wrong is left out and the rest is read, so that one reading tells of everything.
    """
    document = Document(file)
    text, misread = _decoded(file.data.removeprefix(codecs.BOM_UTF8), document)
    is_utf_8, unread = not misread, _conflicts(document)
    lines = document.lines
    if unread:
        text = _without(lines, unread)
    for _ in range(max(2, min(_ATTEMPTS, _BYTES_AGAIN // (len(text) + 1)))):
        document.value, document.spots, document.problems = None, {}, []
        try:
            _build(text, document)
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
            problem, begun, ended = _syntax_error(document, text, error)
            if not ended:  # it made nonsense of what follows
                unread = {entry: each for entry, each in unread.items() if entry.start < begun}
            if _TOP.fullmatch(f"{lines[begun].rstrip()}:"):  # all that is wrong with it is that its colon is missing
                lines = [*lines[:begun], f"{lines[begun].rstrip()}:", *lines[begun + 1 :]]
                unread[range(begun, begun)] = problem
            else:
                entry = _entry(document.lines, begun)
                unread[entry or range(len(lines))] = problem
        text = _without(lines, unread)
    else:
        document.value = None
    document.unread = tuple(unread)
    document.problems[:0] = [*misread, *dict.fromkeys(unread.values())]
    return document


def _without(lines: list[str], unread: Iterable[range]) -> str:
    """The text with nothing in the lines that are left out."""
    left_out = {number for entry in unread for number in entry}
    return "\n".join("" if number in left_out else line for number, line in enumerate(lines))


def _conflicts(document: Document) -> dict[range, Problem]:
    """What a merge left behind: of each conflict the lines but the first side's, and the problem."""
    unread, begun = dict[range, Problem](), None
    for number, line in enumerate(document.lines) if "<<<<<<< " in document.text else ():
        if line.startswith("<<<<<<< "):
            message, help = "a merge conflict was left here", "keep one side, and remove the marks"
            unread[range(number, number + 1)] = document.problem_at(number, 0, "yaml-syntax", message, help, 7)
            begun = None
        elif line.rstrip() == "=======" and unread:
            begun = number
        elif line.startswith(">>>>>>> ") and begun is not None:
            unread[range(begun, number + 1)] = next(reversed(unread.values()))
            begun = None
    return unread


def _decoded(data: bytes, document: Document) -> tuple[str, list[Problem]]:
    """The text, a replacement character for each byte that is no UTF-8, and the problem of the first such byte."""
    try:
        document.text = text = data.decode()
        problems = list[Problem]()
        document.lines = _LINE_END.split(text) if any(map(text.__contains__, _RARE_LINE_ENDS)) else text.split("\n")
    except UnicodeDecodeError as error:
        document.text = text = data.decode(errors="replace")
        document.lines = _LINE_END.split(text)
        line, column = _place(data[: error.start].decode())
        problems = [document.problem_at(line, column, "not-utf-8", "this file is not UTF-8", "save it as UTF-8")]
    return text, problems


def _illegal(document: Document, message: str) -> list[Problem]:
    """The characters that YAML does not allow, as many of them as are told of a file."""
    places = ((number, found.start()) for number, line in enumerate(document.lines) for found in _ILLEGAL.finditer(line))
    return [
        document.problem_at(line, column, "control-character", message, "remove the invisible character")
        for line, column in islice(places, MAX_PROBLEMS + 1)
    ]


def _syntax_error(document: Document, text: str, error: yaml.MarkedYAMLError) -> tuple[Problem, int, bool]:
    """What libyaml stumbled over in the text, the line where that begins, and whether it ends before the file does.

    The place of the problem is where something was begun, if it was not ended in its line.
    """
    mark = error.problem_mark or error.context_mark
    ended = mark is None or any(line.strip() for line in document.lines[mark.line :])
    quotation = _last_scalar(text)
    if mark is not None and ended and _is_long_quotation(quotation) and quotation.end_mark.line == mark.line:
        message = f"this quotation ends in line {mark.line + 1} only, and more text follows it there"
        start = quotation.start_mark
        return document.problem_at(start.line, start.column, "yaml-syntax", message, _CLOSE), start.line, ended
    begun = mark.line if mark else 0
    if error.context_mark is not None and (not ended or re.search("flow|quoted|simple key", str(error.context))):
        begun = error.context_mark.line
        if mark is None or begun != mark.line:
            mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    message = " ".join(filter(None, (error.problem, error.context)))
    help = _help(message, document.lines[line] if line < len(document.lines) else "", column)
    return document.problem_at(line, column, "yaml-syntax", message, help), min(begun, len(document.lines) - 1), ended


_CLOSE = "close the quote where the quotation ends"
_HELPS = {
    "mapping values are not allowed": "quote the text if its `: ` belongs to it; else indent this line like the key above it",
    "tab character|cannot start any token.*\t": "indent with spaces",
    "cannot start any token": "quote the text: it may not begin with this character",
    "end of stream|document indicator.*quoted": _CLOSE,
    "',' or '[]}]'": "close the bracket, and put commas between entries",
    "unknown escape|expected hexdecimal": "in double quotes a backslash begins an escape: write two, or use single quotes",
    "'-' indicator": "indent it like the entries before it, or begin it with `- `",
    "expected ':'": "put a colon and a space behind the key, or indent the line if it goes on with the text above it",
    "expected key": "indent this line like the keys above it",
    "alias|anchor": "quote the text: it may not begin with `*` or `&`",
}
"""What to do about libyaml's complaints, by a pattern for the complaint and the character it is about."""


def _help(complaint: str, line: str, column: int) -> str:
    """What to do about a complaint about a place in a line."""
    if "expected key" in complaint and re.search(r": [\[{]", line[:column]):
        return "quote a text that begins with a bracket"
    if "expected key" in complaint and re.search(": [\"']", line[:column]):
        return "inside a quotation, use the other kind of quotes"
    if re.match(r" *(- )?[a-z_]+:[^\s/]", line):
        return "put a space behind the colon"
    rest = line[column:]
    told = (help for pattern, help in _HELPS.items() if re.search(pattern, complaint + rest[:1]))
    return next(told, "check indentation, quotes and brackets")


def _last_scalar(text: str) -> Any:
    """The event of the last value that libyaml read before it stumbled."""
    last = None
    try:
        for event in yaml.parse(text, _Loader):
            last = event if type(event) is yaml.ScalarEvent else last
    except yaml.YAMLError:
        return last
    return last


def _is_long_quotation(event: Any) -> bool:
    """Whether a value is a text in quotes that goes over several lines."""
    return event is not None and event.style in ("'", '"') and bool(event.start_mark.line < event.end_mark.line)


def _entry(lines: list[str], line: int) -> range | None:
    """The lines of the statement, precondition or key that a line belongs to; None where others hang on it."""
    start = next((number for number in range(line, -1, -1) if _ENTRY.match(lines[number])), 0)
    own, is_item = depth(lines[start]), lines[start].lstrip().startswith("-")
    for end in range(start + 1, len(lines)):
        if _ENTRY.match(lines[end]):
            if own == 0 and not is_item and not _TOP.match(lines[end]):
                return None
            if depth(lines[end]) <= own or _ITEM.match(lines[end]) or _TOP.match(lines[end]):
                return range(start, end)
    return range(start, len(lines))


def depth(line: str) -> int:
    """By how many columns a line is indented; an empty one and a comment more than any."""
    text = line.lstrip()
    return len(line) - len(text) if text and not text.startswith("#") else len(line) + MAX_DEPTH


def _place(before: str) -> tuple[int, int]:
    """The line and column, from 0, of what comes after this text."""
    lines = _LINE_END.split(before)
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
    parser = _Loader(text)
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
            document.value = value
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
