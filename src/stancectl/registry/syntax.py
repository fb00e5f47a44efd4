"""Slips of syntax: what is wrong, what to do about it, and which lines to leave out so that the rest can be read."""

import re
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

import yaml

from stancectl.model.vocabulary import Vocabulary
from stancectl.registry.document import LOADER, MAX_DEPTH, Document
from stancectl.registry.problems import Problem
from stancectl.registry.shapes import CountryFile, EventsFile, hints_of

_KEYS = "|".join(name for shape in (CountryFile, EventsFile, Vocabulary) for name, _ in hints_of(shape))
_TOP = re.compile(rf"({_KEYS}):( |$)")
_ITEM = re.compile(" {0,3}- ")
_ENTRY = re.compile(rf"{_TOP.pattern}|{_ITEM.pattern}|  ?[\w-]+:( |$)")  # where a statement or an entry of a vocabulary begins
_VALUE = re.compile(r" +[\w-]+: +\S")
_IN_VALUE = re.compile("mapping values|cannot start any token|alias|anchor|escape|expected (alphabetic|key|the tag)|tag")

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


class Slip(NamedTuple):
    """What libyaml stumbled over: the problem, the line (from 0) where that begins, and whether it ends before the file does."""

    problem: Problem
    line: int
    is_ended: bool


def slip_at(document: Document, text: str, error: yaml.MarkedYAMLError) -> Slip:
    """What libyaml stumbled over in the text. The problem is where it begins, if it was not ended in its line."""
    mark = error.problem_mark or error.context_mark
    is_ended = mark is None or any(line.strip() for line in document.lines[mark.line :])
    quotation = _last_scalar(text)
    if mark is not None and is_ended and _is_long_quotation(quotation) and quotation.end_mark.line == mark.line:
        message = f"this quotation ends in line {mark.line + 1} only, and more text follows it there"
        start = quotation.start_mark
        return Slip(document.problem_at(start.line, start.column, "yaml-syntax", message, _CLOSE), start.line, is_ended)
    begun = mark.line if mark else 0
    if error.context_mark is not None and (not is_ended or re.search("flow|quoted|simple key", str(error.context))):
        begun = error.context_mark.line
        if mark is None or begun != mark.line:
            mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    message = " ".join(filter(None, (error.problem, error.context)))
    help = _help(message, document.lines[line] if line < len(document.lines) else "", column)
    problem = document.problem_at(line, column, "yaml-syntax", message, help)
    return Slip(problem, min(begun, len(document.lines) - 1), is_ended)


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
        for event in yaml.parse(text, LOADER):
            last = event if type(event) is yaml.ScalarEvent else last
    except yaml.YAMLError:
        return last
    return last


def _is_long_quotation(event: Any) -> bool:
    """Whether a value is a text in quotes that goes over several lines."""
    return event is not None and event.style in ("'", '"') and bool(event.start_mark.line < event.end_mark.line)


def entry_of(lines: list[str], slip: Slip, before: Collection[range]) -> range:
    """The lines to leave out so that what a slip makes unreadable can be read on; no line where a colon behind it mends it.

    For a slip in a value these are the key and its value; else the statement or the like that it is in, or the whole file where
    other entries hang on it. `before` is what was left out already.
    """
    line = slip.line
    if _TOP.fullmatch(f"{lines[line].rstrip()}:"):
        return range(line, line)
    if _VALUE.match(lines[line]) and _IN_VALUE.search(slip.problem.message) and not any(line in each for each in before):
        own = depth(lines[line])
        end = next((number for number in range(line + 1, len(lines)) if depth(lines[number]) <= own), len(lines))
        return range(line, end)
    start = next((number for number in range(line, -1, -1) if _ENTRY.match(lines[number])), 0)
    own, is_item = depth(lines[start]), lines[start].lstrip().startswith("-")
    for end in range(start + 1, len(lines)):
        if _ENTRY.match(lines[end]):
            if own == 0 and not is_item and not _TOP.match(lines[end]):
                return range(len(lines))
            if depth(lines[end]) <= own or _ITEM.match(lines[end]) or _TOP.match(lines[end]):
                return range(start, end)
    return range(start, len(lines))


def depth(line: str) -> int:
    """By how many columns a line is indented; an empty one and a comment more than any."""
    text = line.lstrip()
    return len(line) - len(text) if text and not text.startswith("#") else len(line) + MAX_DEPTH


def conflicts(document: Document) -> dict[range, Problem]:
    """What a merge left behind: of each conflict the lines but the first side's, and the problem."""
    unread, begun = dict[range, Problem](), None
    for number, line in enumerate(document.lines) if "<<<<<<< " in document.text else ():
        if line.startswith("<<<<<<< "):
            message, help = "a merge conflict was left here", "keep one side, and remove the marks"
            unread[range(number, number + 1)] = document.problem_at(number, 0, "yaml-syntax", message, help, 7)
            begun = None
        elif begun is None and unread and (line.rstrip() == "=======" or line.startswith("||||||| ")):
            begun = number
        elif line.startswith(">>>>>>> ") and begun is not None:
            unread[range(begun, number + 1)] = next(reversed(unread.values()))
            begun = None
    return unread


def without(lines: list[str], unread: Iterable[range]) -> str:
    """The text with nothing in the lines that are left out."""
    skipped = {number for entry in unread for number in entry}
    return "\n".join("" if number in skipped else line for number, line in enumerate(lines))
