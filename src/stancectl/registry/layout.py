"""How a file is laid out: its entries in their order, and the comments and blank lines that belong to each."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from stancectl.registry.document import LOADER, Document
from stancectl.registry.strict_yaml import LINE_END, as_written, parsable

_OPENS = re.compile(r"---\s*|(?:.*[\[{])?[-?:\s]*")
"""What may stand before a comment that is about what follows it."""


@dataclass(slots=True)
class Text:
    """One text; `is_literal` if it was written line by line, behind a `|`."""

    value: str
    is_literal: bool = False


@dataclass(slots=True)
class Entry:
    """An entry of a list (`key` is None) or of a mapping, and what is written around it.

    `above` are the comments in the lines before it, with an empty text for each blank line; `beside` is the comment behind it, or
    behind its key.
    """

    key: str | None
    value: "Text | Block"
    above: list[str] = field(default_factory=list)
    beside: str | None = None


@dataclass(slots=True)
class Block:
    """A list or a mapping; `below` are the comments behind its last entry. `in_brackets` if it was written so."""

    is_list: bool
    entries: list[Entry] = field(default_factory=list)
    in_brackets: bool = False
    below: list[str] = field(default_factory=list)


def block_of(value: dict[str, Any] | list[Any]) -> Block:
    """The layout of a value that was not read from a file; what is None is left out."""
    pairs: Iterable[tuple[str | None, Any]] = value.items() if isinstance(value, dict) else ((None, each) for each in value)
    entries = [
        Entry(key, block_of(each) if isinstance(each, dict | list) else Text(str(each)))
        for key, each in pairs
        if each is not None
    ]
    return Block(isinstance(value, list), entries)


def layout(document: Document) -> tuple[list[str], Text | Block]:
    """The comments before the first entry of a file, and what it holds; its syntax must be right."""
    return _Reader(document).read()


def comments(document: Document) -> list[str]:
    """Every comment in a file."""
    return _Reader(document).comments()


@dataclass(slots=True)
class _Place:
    """Where an entry stands: the index of its first character and its column, the block it is in, and the blocks around that."""

    start: int
    column: int
    entry: Entry
    blocks: tuple[tuple[int, Block], ...]  # from the outermost, each with the column of its entries


class _Reader:
    def __init__(self, document: Document) -> None:
        self._text = parsable(document.text)
        self._lines = document.lines
        self._line_starts = [0, *(end.end() for end in LINE_END.finditer(self._text))]
        self._places: list[_Place] = []
        self._texts: list[tuple[int, int]] = []  # from where to where there is no comment: those of texts and keys
        self._ends: list[tuple[int, Entry]] = []  # where a key, a text or a bracketed block ends
        self._brackets: list[tuple[int, int, Block]] = []

    def read(self) -> tuple[list[str], Text | Block]:
        root: Any = yaml.compose(self._text, LOADER)
        value = self._value(root, None, ()) if root else Text("")
        self._ends.sort(key=lambda end: end[0])
        header = self._attach(value)
        for place in self._places:
            if self._is_below_blank(place.start) and not self._before(place.start).strip(" -?"):
                place.entry.above.append("")
        return header, value

    def comments(self) -> list[str]:
        self.read()
        return [comment for _, comment in self._comments()]

    def _value(self, node: Any, owner: Entry | None, blocks: tuple[tuple[int, Block], ...]) -> Text | Block:
        if isinstance(node, yaml.ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            if node.style in ("|", ">"):
                header = re.match(r"[^\r\n#]*", self._text[start:])
                start += header.end() if header else 0
                found = re.match(r"#[^\r\n]*", self._text[start:])
                if found and owner is not None:
                    self._beside(owner, found[0])
                    start += found.end()
            self._texts.append((start, end))
            if owner is not None:
                self._ends.append((end, owner))
            return Text(as_written(node.value), is_literal=node.style == "|")
        is_list = isinstance(node, yaml.SequenceNode)
        block = Block(is_list, in_brackets=bool(node.flow_style))
        around = (*blocks, (node.start_mark.column, block))
        for child in node.value:
            key, value = (None, child) if is_list else child
            entry = Entry(as_written(key.value) if key is not None else None, Text(""))
            first = value if key is None else key
            column = (node if key is None else key).start_mark.column
            self._places.append(_Place(first.start_mark.index, column, entry, around))
            block.entries.append(entry)
            if key is not None:
                self._texts.append((key.start_mark.index, key.end_mark.index))
                self._ends.append((key.end_mark.index, entry))
            entry.value = self._value(value, entry, around)
        if block.in_brackets:
            self._brackets.append((node.start_mark.index, node.end_mark.index, block))
            if owner is not None:
                self._ends.append((node.end_mark.index, owner))
        return block

    # Comments.

    def _attach(self, value: Text | Block) -> list[str]:
        """Give every comment to what it belongs to; give back those before the first entry."""
        header = list[str]()
        starts = [place.start for place in self._places]
        for start, comment in list(self._comments()):
            before = self._before(start)
            after = bisect_left(starts, start)
            following = self._places[after] if after < len(self._places) else None
            told = ["", comment] if self._is_below_blank(start) else [comment]
            if _OPENS.fullmatch(before):
                inside = self._innermost_brackets(start)
                if inside is not None and (following is None or all(block is not inside for _, block in following.blocks)):
                    inside.below.append(comment)
                elif not after or not isinstance(value, Block):
                    header += told
                else:
                    self._above(len(before), following, self._places[after - 1], told)
            else:
                owner = self._ends[bisect_right(self._ends, start, key=lambda end: end[0]) - 1][1] if self._ends else None
                if owner is None:
                    header += [comment]
                else:
                    self._beside(owner, comment)
        return header

    def _above(self, column: int, following: _Place | None, preceding: _Place, comment: list[str]) -> None:
        """Give a comment in a line of its own to the entry that follows, or to the end of the block it is indented like."""
        blocks = preceding.blocks
        if following is None or column > following.column:
            fitting = [block for own, block in blocks if own <= column and not block.in_brackets] or [blocks[0][1]]
            if following is None or all(block is not fitting[-1] for _, block in following.blocks):
                fitting[-1].below += comment
                return
        following.entry.above += comment

    @staticmethod
    def _beside(entry: Entry, comment: str) -> None:
        if entry.beside is None:
            entry.beside = comment
        else:
            entry.above.append(comment)

    def _innermost_brackets(self, start: int) -> Block | None:
        around = [(begin, block) for begin, end, block in self._brackets if begin < start < end]
        return max(around, key=lambda each: each[0])[1] if around else None

    def _comments(self) -> Iterator[tuple[int, str]]:
        """Each comment, and where it begins."""
        behind = 0
        for start, end in [*sorted(self._texts), (len(self._text), len(self._text))]:
            for found in re.finditer(r"#[^\r\n]*", self._text[behind:start]):
                yield behind + found.start(), found[0].rstrip()
            behind = max(behind, end)

    def _before(self, index: int) -> str:
        """What stands before a place in its line."""
        return self._text[self._line_starts[self._line(index)] : index]

    def _is_below_blank(self, index: int) -> bool:
        line = self._line(index)
        return line > 0 and not self._lines[line - 1].strip()

    def _line(self, index: int) -> int:
        return bisect_right(self._line_starts, index) - 1
