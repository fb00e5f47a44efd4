"""The one form in which `fmt` writes a registry's files, and `add` its statements.

Keys in the order of the documentation, dated entries oldest first, two columns a level; a text plain where it can be, else in
double quotes, else in single ones, and folded where it does not fit its line; a list of words in brackets where it fits, any
other an entry a line.
"""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, get_origin

from yaml.emitter import Emitter
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from stancectl.model.dates import InvalidDate, PartialDate
from stancectl.model.registry import Event
from stancectl.model.statements import Personnel, Statement
from stancectl.model.vocabulary import Vocabulary
from stancectl.registry.layout import Block, Entry, Text, block_of
from stancectl.registry.shapes import SHORT_FOR, CountryFile, is_shape, keys_of, type_behind, type_of_entries

WIDTH = 120
"""How many columns a line may take, but for a word that takes more."""

KEYS: dict[Any, tuple[str, ...]] = {
    Statement: (
        *("id", "date", "speaker", "office", "occasion", "attribution", "stance", "summary", "quote"),
        *("requires", "drops", "offers", "withdraws", "rules_out", "reopens", "responds_to", "sources", "note"),
    ),
    CountryFile: ("country", "name", "aliases", "statements"),
    Vocabulary: ("format", "topic", "question", "synonyms", "stances", "preconditions", "contributions", "groups"),
}
"""The order of keys, where it is not the model's."""

DATED = (Statement, Event)
"""The types of entries that stand in the order of their dates."""

_TEXT = "tag:yaml.org,2002:str"
_OTHER_YAML = re.compile(r"[-+]?([0-9][0-9_]*(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?|0o[0-7]+|[yYnN]")
"""What is no text to YAML 1.2, or to some that read 1.1, besides what is none to PyYAML."""
_ODD = re.compile("[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffd]")
"""What stands in no file as it is: control characters, and what ends a line or begins a file to YAML and to nobody else."""


def statement_lines(plain: Mapping[str, Any], indent: int) -> list[str]:
    """The lines of a statement in a list whose hyphens stand in column `indent` (from 0); what is None is left out."""
    writer = _Writer()
    writer.entry(Entry(None, block_of(dict(plain))), Statement, indent, in_item=True)
    return writer.lines


def file_lines(header: list[str], value: Text | Block, shape: Any) -> list[str]:
    """The lines of a whole file of that shape (None: of no known one), laid out as `registry.layout` gives it."""
    writer = _Writer()
    writer.comments(header, 0, keep_blank=True)
    if isinstance(value, Text):
        writer.lines += [_in_line(value.value, str)] if value.value.strip() else []
    elif value.entries:
        writer.block(value, shape, 0, in_item=False)
    else:
        writer.comments(value.below, 0, keep_blank=True)
        writer.lines.append("[]" if value.is_list else "{}")
    return writer.lines


def text_in_line(text: str) -> str:
    """A text as it stands behind a key or in brackets."""
    return _in_line(text, str, in_brackets=True)


class _Writer:
    """Lines in canonical form."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def comments(self, comments: list[str], indent: int, *, keep_blank: bool) -> None:
        """Comments in lines of their own; one blank line for any number of them, if it is kept at all."""
        for comment in comments:
            if comment:
                self.lines.append(" " * indent + comment)
            elif keep_blank:
                self._blank()

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def block(self, block: Block, shape: Any, indent: int, *, in_item: bool) -> None:
        """A list or mapping, its entries in lines of their own. Blank lines stand between statements, not in them."""
        inner = type_of_entries(shape) if block.is_list else None
        for number, entry in enumerate(_in_order(block, shape)):
            above = entry.above
            if inner is Statement and number:
                self._blank()
            elif number == 0 and indent > 0:
                above = above[_leading_blanks(above) :]
            self.comments(above, indent, keep_blank=not in_item and inner is not Statement)
            self.entry(entry, inner if block.is_list else type_behind(shape, entry.key), indent, in_item=in_item or block.is_list)
        self.comments(block.below, indent, keep_blank=not in_item)

    def entry(self, entry: Entry, shape: Any, indent: int, *, in_item: bool) -> None:
        """An entry of a list or a mapping, without the comments above it."""
        start = " " * indent + ("-" if entry.key is None else f"{_in_line(entry.key, str)}:")
        beside = f"  {entry.beside}" if entry.beside else ""
        value = _shortened(entry.value, shape)
        if isinstance(value, Text):
            self._text(start, value, shape, indent, beside)
        elif (told := _in_brackets(value, shape)) and len(start) + 1 + len(told) <= WIDTH:
            self.lines.append(f"{start} {told}{beside}")
        elif not value.entries:
            self.comments(value.below, indent, keep_blank=False)
            self.lines.append(f"{start} {'[]' if value.is_list else '{}'}{beside}")
        elif entry.key is not None:
            self.lines.append(start + beside)
            self.block(value, shape, indent + 2, in_item=in_item)
        else:
            self.comments([beside.strip()], indent, keep_blank=False)
            begun = len(self.lines)
            self.block(value, shape, indent + 2, in_item=True)
            first = begun
            while self.lines[first].lstrip().startswith("#"):
                self.lines[first] = self.lines[first][2:]
                first += 1
            self.lines[first] = start + self.lines[first][indent + 1 :]

    def _text(self, start: str, text: Text, shape: Any, indent: int, beside: str) -> None:
        if not text.value.strip():
            self.lines.append(f"{start}{beside}")
            return
        told = _in_line(text.value, shape)
        is_long = len(start) + 1 + len(told) > WIDTH and " " in text.value
        body = _body(text, WIDTH - indent - 2) if is_long or "\n" in text.value else None
        if body is None:
            self.lines.append(f"{start} {told}{beside}")
        else:
            self.lines.append(f"{start} {body[0]}{beside}")
            self.lines += [f"{' ' * (indent + 2)}{line}" if line else "" for line in body[1]]


# Texts.


@lru_cache(maxsize=4096)  # keys, ids, dates and publishers come again and again
def _in_line(text: str, shape: Any, *, in_brackets: bool = False) -> str:
    """A text on one line: plain where no reader of YAML could take it for anything else, else in quotes."""
    analysis = Emitter(io.StringIO(), allow_unicode=True).analyze_scalar(text)
    is_safe = analysis.allow_flow_plain if in_brackets else analysis.allow_block_plain
    if is_safe and not analysis.multiline and (_is_typed(shape) or not _is_other(text)):
        return text
    if _ODD.search(text) or not ('"' in text or "\\" in text):
        return '"' + _ODD.sub(_escaped, text.replace("\\", r"\\").replace('"', r"\"")) + '"'
    return "'" + text.replace("'", "''") + "'"


def _is_typed(shape: Any) -> bool:
    """Whether a value of this type is meant to be read as a date, a number or a word of the format."""
    return shape in (PartialDate, Personnel, int, bool) or get_origin(shape) is Literal


def _is_other(text: str) -> bool:
    """Whether other readers of YAML take a plain text for a number, a date, a truth value or nothing."""
    resolve: Any = _resolver().resolve
    return resolve(ScalarNode, text, (True, False)) != _TEXT or _OTHER_YAML.fullmatch(text) is not None


@cache
def _resolver() -> Resolver:
    return Resolver()


def _escaped(odd: re.Match[str]) -> str:
    code = ord(odd[0])
    named = {"\n": r"\n", "\t": r"\t"}
    return named.get(odd[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def _body(text: Text, width: int) -> tuple[str, list[str]] | None:
    """A text in lines of its own, and what stands before them; None where that would change it."""
    body = text.value.removesuffix("\n")
    lines = body.split("\n")
    if _ODD.search(body.replace("\n", "")) or not (lines[0].strip() and lines[-1].strip()) or lines[0].startswith(" "):
        return None
    chomp = "-" if body == text.value else ""
    if text.is_literal and len(lines) > 1:
        return f"|{chomp}", lines
    if any(line != line.strip(" ") for line in lines):
        return None
    folded = list[str]()
    for number, line in enumerate(lines):
        folded += ([""] if number else []) + (_wrapped(line, width) if line else [])
    return f">{chomp}", folded


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines that end at single spaces, each as long as the width lets it be."""
    words = re.split("(?<! ) (?! )", text)
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


# Lists and mappings.


def _in_brackets(block: Block, shape: Any) -> str | None:
    """A list of words, or a mapping that was written so, on one line; None where that cannot be, or would lose a comment."""
    if not (block.is_list or block.in_brackets or shape is Personnel) or not block.entries or any(block.below):
        return None
    told = list[str]()
    for entry in block.entries if block.is_list else _in_order(block, shape):
        inner = type_of_entries(shape) if block.is_list else type_behind(shape, entry.key)
        value = _shortened(entry.value, inner)
        if any(entry.above) or entry.beside or (block.is_list and isinstance(value, Block)):
            return None
        if isinstance(value, Block):
            text = _in_brackets(value, inner)
        else:
            is_short = value.value.strip() and "\n" not in value.value
            text = _in_line(value.value, inner, in_brackets=True) if is_short else None
        if text is None:
            return None
        told.append(text if entry.key is None else f"{_in_line(entry.key, str, in_brackets=True)}: {text}")
    return f"[{', '.join(told)}]" if block.is_list else f"{{{', '.join(told)}}}"


def _shortened(value: Text | Block, shape: Any) -> Text | Block:
    """The one text that says as much as a mapping, where there is one and no comment in it."""
    if shape not in SHORT_FOR or isinstance(value, Text) or value.is_list or any(value.below):
        return value
    texts = {
        entry.key: entry.value.value
        for entry in value.entries
        if isinstance(entry.value, Text) and not (any(entry.above) or entry.beside)
    }
    (text, *others) = {*texts.values()} or {""}
    is_all = len(texts) == len(value.entries) and set(texts) == set(SHORT_FOR[shape])
    return Text(text) if is_all and not others and text.strip() else value


def _in_order(block: Block, shape: Any) -> list[Entry]:
    """The entries in canonical order: keys by the format, then others; dated entries by their earliest day."""
    if not block.is_list and is_shape(shape):
        known = KEYS.get(shape) or keys_of(shape)
        return sorted(block.entries, key=lambda entry: known.index(entry.key) if entry.key in known else len(known))
    if block.is_list and type_of_entries(shape) in DATED:
        return by_day(block.entries, [_day(entry) for entry in block.entries])
    return block.entries


def by_day(entries: list[Any], days: Sequence[date | None]) -> list[Any]:
    """Entries in the order of their days, those of one day in their own; as they are, where one has none."""
    if None in days:
        return entries
    return [entries[place] for _, place in sorted(zip(days, range(len(entries)), strict=True))]


def _day(dated: Entry) -> date | None:
    """The earliest day of a statement or an event; None where it tells none."""
    dates = [entry.value for entry in dated.value.entries if entry.key == "date"] if isinstance(dated.value, Block) else []
    return earliest_day(dates[0].value) if dates and isinstance(dates[0], Text) else None


def earliest_day(text: object) -> date | None:
    """The first day that a date can mean; None for what is none."""
    try:
        return PartialDate.parse(text).earliest if isinstance(text, str) else None
    except InvalidDate:
        return None


def _leading_blanks(comments: list[str]) -> int:
    return next((place for place, comment in enumerate(comments) if comment), len(comments))
