"""The YAML that registries are mostly written in, read line by line, without the time that importing PyYAML takes.

Blocks of mappings and lists, texts on one line, plain or quoted, folded and literal texts, short lists and mappings in
brackets. Of a file that holds nothing else this gives the value that `registry.strict_yaml` does; anything more, and
anything amiss, is left to that module, which knows all of YAML and where every word stands.
"""

import re
from typing import Any

_KEY = "([A-Za-z0-9_][A-Za-z0-9_-]{0,99}):"
_PLAIN = r"""[^-\s!&*%@`|>#,[\]{}"'?:][^:#]*(?:(?::(?=[^ ])|(?<=[^ ])#)[^:#]*)*"""  # as most values are
_ENTRY = re.compile(f"{_KEY}(?: +(?:({_PLAIN})|(.*)))?$")  # of a mapping, from its key on
_QUOTED = re.compile(r'"((?:[^"\\]|\\["\\])*)"' + "|'((?:[^']|'')*)'")
_BRACKETED_KEY = re.compile(f"{_KEY} +")
_BRACKETED = re.compile(r"[\w.](?:[\w. /()+'-]*[\w./()+'-])?")
_PLAIN_LIST = re.compile(r"\[(\w[\w-]*(?:, \w[\w-]*)*)\]")
_COMMENT = re.compile(" +#.*")
_NOT_PLAIN = frozenset("!&*%@`|>#,[]{}\"'?:")
# What YAML does not allow, and what would end a line or begin a file to it and to nobody else.
_ODD = "[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"

_DEEPEST, _DEEPEST_BRACKETS = 8, 3  # together less than `document.MAX_DEPTH`


class Amiss(Exception):
    """A file that is more than plain."""


def value_of(data: bytes) -> Any:
    """The value of a file: lists and mappings of text, and None for what is empty; raise Amiss."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Amiss from None
    if not text.replace("\n", "").isprintable() and re.search(_ODD, text):
        raise Amiss
    reader = _Reader(text.split("\n"))
    value = reader.block(reader.column())
    if reader.column() >= 0:
        raise Amiss
    return value


class _Reader:
    """The lines of a file, and which is next of those that hold more than a comment."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._rows = [
            (number, len(line) - len(text), text)
            for number, line in enumerate(lines)
            if (text := line.lstrip(" ")) and text[0] != "#"
        ]
        self._rows.append((len(lines), -1, ""))
        self._next = 0
        self._depth = 0

    def column(self) -> int:
        """Where the next line begins; -1 at the end."""
        return self._rows[self._next][1]

    def block(self, column: int) -> Any:
        """The list or mapping whose entries begin at a column, from the next line on."""
        self._depth += 1
        if column < 0 or self._depth > _DEEPEST:
            raise Amiss
        text = self._rows[self._next][2]
        value = self._list(column) if text.startswith("- ") or text == "-" else self._mapping(column)
        self._depth -= 1
        if self.column() > column:
            raise Amiss
        return value

    def _mapping(self, column: int) -> dict[str, Any]:
        found = dict[str, Any]()
        rows = self._rows
        while (row := rows[self._next])[1] == column:
            entry = _ENTRY.match(row[2])
            if entry is None:
                raise Amiss
            key, plain, text = entry.groups()
            if key in found:
                raise Amiss
            self._next += 1
            if plain is not None:
                found[key] = plain.rstrip(" ")
            elif text and text[0] != "#":
                found[key] = self._scalar(text.rstrip(" "), row[0], column)
            else:
                found[key] = self._below(column)
        return found

    def _below(self, column: int) -> Any:
        """What stands in the lines below a key at a column."""
        _, indent, text = self._rows[self._next]
        if indent > column or (indent == column and text.startswith("- ")):
            return self.block(indent)
        return None

    def _list(self, column: int) -> list[Any]:
        found = list[Any]()
        while (row := self._rows[self._next])[1] == column and row[2][0] == "-":
            number, _, line = row
            text = line[1:].lstrip(" ")
            if text and line[1] != " ":
                raise Amiss
            if _ENTRY.match(text):
                self._rows[self._next] = (number, column + len(line) - len(text), text)
                found.append(self.block(column + len(line) - len(text)))
                continue
            self._next += 1
            if text:
                found.append(self._scalar(text.rstrip(" "), number, column))
            else:
                found.append(self.block(self.column()) if self.column() > column else None)
        return found

    def _scalar(self, text: str, number: int, column: int) -> Any:
        """The value that a text stands for, or begins, in the line of that number and the block at a column."""
        head = text[0]
        if head in ">|":
            return self._indented(text, number + 1, column)
        if head in "\"'[{":
            value, end = _quoted(text, 0) if head in "\"'" else _in_brackets(text)
            if end < len(text) and not _COMMENT.fullmatch(text, end):
                raise Amiss
            return value
        if " #" in text:
            text = text[: text.index(" #")].rstrip(" ")
        if head in _NOT_PLAIN or head.isspace() or text == "-" or text.startswith("- ") or text[-1] == ":" or ": " in text:
            raise Amiss
        return text

    def _indented(self, header: str, first: int, column: int) -> str | None:
        """A folded or literal text from a line on, without the last line's end."""
        lines, number = self._lines, first
        line = lines[first] if first < len(lines) else ""
        inner = len(line) - len(line.lstrip(" "))
        if header not in (">-", "|-") or inner <= column or inner == len(line):
            raise Amiss
        indent, found = " " * inner, list[str]()
        while number < len(lines):
            line = lines[number]
            if line.startswith(indent):
                text = line[inner:]
                if text[:1] == " ":  # which is not folded
                    raise Amiss
                found.append(text)
            elif line.strip(" "):
                break
            else:
                found.append("")
            number += 1
        while not found[-1]:
            found.pop()
        while self._rows[self._next][0] < number:
            self._next += 1
        value = "\n".join(found) if header == "|-" else " ".join(found) if "" not in found else _folded(found)
        return value if value and not value.isspace() else None


def _folded(lines: list[str]) -> str:
    """The lines with a space between two of them, or as many line ends as there are empty ones."""
    return re.sub("\n(\n*)", lambda ends: ends[1] or " ", "\n".join(lines))


def _quoted(text: str, place: int) -> tuple[str | None, int]:
    """What stands in the quotes that begin at a place, and the place behind them."""
    quoted = _QUOTED.match(text, place)
    if quoted is None:
        raise Amiss
    double, single = quoted.groups()
    value: str = double if single is None else single.replace("''", "'")
    if single is None and "\\" in value:
        value = re.sub(r"\\(.)", r"\1", value)
    return value if value and not value.isspace() else None, quoted.end()


def _in_brackets(text: str) -> tuple[Any, int]:
    """The list or mapping in the brackets that a text begins with, and the place behind them."""
    if plain := _PLAIN_LIST.match(text):
        return plain[1].split(", "), plain.end()
    try:
        return _bracket(text, 0, 1)
    except IndexError:  # they are not closed
        raise Amiss from None


def _bracket(text: str, place: int, depth: int) -> tuple[Any, int]:
    """The list or mapping whose bracket is at a place, and the place behind it."""
    if depth > _DEEPEST_BRACKETS:
        raise Amiss
    found: dict[str, Any] = {}
    entries, key = list[Any](), ""
    closing = "]" if text[place] == "[" else "}"
    place = _after_spaces(text, place + 1)
    while text[place] != closing:
        if closing == "}":
            named = _BRACKETED_KEY.match(text, place)
            if named is None or (key := named[1]) in found:
                raise Amiss
            place = named.end()
        if text[place] in "[{":
            value, place = _bracket(text, place, depth + 1)
        elif text[place] in "\"'":
            value, place = _quoted(text, place)
        elif word := _BRACKETED.match(text, place):
            value, place = word[0], word.end()
        else:
            raise Amiss
        if closing == "}":
            found[key] = value
        else:
            entries.append(value)
        place = _after_spaces(text, place)
        if text[place] == ",":
            place = _after_spaces(text, place + 1)
        elif text[place] != closing:
            raise Amiss
    return found if closing == "}" else entries, place + 1


def _after_spaces(text: str, place: int) -> int:
    while text[place] == " ":
        place += 1
    return place
