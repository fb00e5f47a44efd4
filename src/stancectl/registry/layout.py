"""How a file is laid out: its entries in their order, and the comments and blank lines that belong to each."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from stancectl.registry.document import LOADER, Document
from stancectl.registry.strict_yaml import LINE_END, as_written, parsable


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


class Layout(NamedTuple):
    """The comments before the first entry of a file, what it holds, and every comment in it."""

    header: list[str]
    value: Text | Block
    comments: list[str]


def layout(document: Document) -> Layout:
    """How a file is laid out; its syntax must be right."""
    return _Reader(document).read()


@dataclass(slots=True)
class _Place:
    """Where an entry stands: the index of its first character and its column, the block it is in, and the blocks around that."""

    start: int
    column: int
    entry: Entry
    blocks: tuple[tuple[int, Block], ...]  # from the outermost, each with the column of its entries

    def is_in(self, block: Block) -> bool:
        """Whether it stands in a block, however deep."""
        return any(each is block for _, each in self.blocks)

    def is_first_of(self, entry: Entry) -> bool:
        """Whether it is the first in the block that an entry holds."""
        block = self.blocks[-1][1]
        return entry.value is block and block.entries[0] is self.entry


class _Reader:
    def __init__(self, document: Document) -> None:
        self._text = parsable(document.text)
        self._lines = document.lines
        self._line_starts = [0, *(end.end() for end in LINE_END.finditer(self._text))]
        self._places: list[_Place] = []
        self._texts: list[tuple[int, int]] = []  # from where to where there is no comment: those of texts and keys
        self._ends: list[tuple[int, Entry | None]] = []  # where a key or a value ends that a comment can be beside
        self._brackets: list[tuple[int, int, Block]] = []

    def read(self) -> Layout:
        root: Any = yaml.compose(self._text, LOADER)
        value = self._value(root, None, ()) if root else Text("")
        self._ends.sort(key=lambda end: end[0])
        header = self._attach(value)
        for place in self._places:
            if self._is_below_blank(place.start) and not self._before(place.start).strip(" -?"):
                place.entry.above.append("")
        first = self._places[0].entry.above if self._places else []
        while first[:1] == [""]:
            header += first[:1] if header else []
            del first[0]
        return Layout(header, value, [comment for _, comment in self._comments()])

    def _value(self, node: Any, owner: Entry | None, blocks: tuple[tuple[int, Block], ...]) -> Text | Block:
        if isinstance(node, yaml.ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            if node.style in ("|", ">"):
                header = re.compile(r"[^\r\n#]*(#[^\r\n]*)?").match(self._text, start)
                self._ends.append((start, owner))
                start = header.end() if header else start
            else:
                self._ends.append((end, owner))
            self._texts.append((start, end))
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
            self._ends.append((node.end_mark.index, owner))
        return block

    # Comments.

    def _attach(self, value: Text | Block) -> list[str]:
        """Give every comment to what it belongs to; give back those before the first entry."""
        header = list[str]()
        starts = [place.start for place in self._places]
        for start, comment in self._comments():
            after = bisect_left(starts, start)
            following = self._places[after] if after < len(self._places) else None
            told = ["", comment] if self._is_below_blank(start) else [comment]
            owner, inside = self._owner(start), self._innermost_brackets(start)
            if owner is not None:
                self._beside(owner, comment)
            elif inside is not None and (following is None or not following.is_in(inside)):
                inside.below.append(comment)
            elif not after or not isinstance(value, Block):
                header += told
            elif following is not None and self._is_in_item(start, following):
                self._opening(after).above += told
            else:
                self._above(len(self._before(start)), following, self._places[after - 1], told)
        return header

    def _owner(self, index: int) -> Entry | None:
        """The entry that a comment is beside: of which something ends before it in its line, and nothing in brackets begins."""
        last = bisect_right(self._ends, index, key=lambda end: end[0]) - 1
        end, owner = self._ends[last] if last >= 0 else (-1, None)
        is_in_line = end >= self._line_starts[self._line(index)]
        return owner if is_in_line and not any(end <= begin < index for begin, _, _ in self._brackets) else None

    def _is_in_item(self, index: int, following: _Place) -> bool:
        """Whether a comment stands between what opens an entry (a hyphen, a bracket) and the entry."""
        if following.blocks[-1][1].in_brackets:
            return True
        between = re.sub(r"#[^\r\n]*", "", self._text[index : following.start])
        return following.entry.key is None and "-" not in between

    def _opening(self, place: int) -> Entry:
        """The entry at a place, or the list's entry that begins with it."""
        while (
            place and self._places[place - 1].entry.key is None and self._places[place].is_first_of(self._places[place - 1].entry)
        ):
            place -= 1
        return self._places[place].entry

    def _above(self, column: int, following: _Place | None, preceding: _Place, comment: list[str]) -> None:
        """Give a comment in a line of its own to the entry that follows, or to the end of the block it is indented like."""
        if following is None or column > following.column:
            fitting = [block for own, block in preceding.blocks if own <= column and not block.in_brackets]
            own = fitting[-1] if fitting else preceding.blocks[0][1]
            if following is None or not following.is_in(own):
                own.below += comment
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
                yield behind + found.start(), as_written(found[0].rstrip())
            behind = max(behind, end)

    def _before(self, index: int) -> str:
        """What stands before a place in its line."""
        return self._text[self._line_starts[self._line(index)] : index]

    def _is_below_blank(self, index: int) -> bool:
        line = self._line(index)
        return line > 0 and not self._lines[line - 1].strip()

    def _line(self, index: int) -> int:
        return bisect_right(self._line_starts, index) - 1
