"""A terminal to run questions on: what it shows and where the cursor is, and a small registry to ask about."""

import codecs
import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from running import environment

COLUMNS, LINES = 100, 40
DEADLINE = 30
CODE = re.compile(
    r"\x1b\[([?<>=]?)([0-9;:]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()].|\x1b[=>78c]|([^\x1b])", re.DOTALL
)
BEGUN = re.compile(r"\x1b(?:\[[0-9;:?<>=]*|\][^\x07\x1b]*\x1b?|[()])?\Z")
"""The beginning of an escape code whose rest is still to come."""
RAW = re.compile("[\x80-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]|\x1b[]_P^]|\x07")
"""What no question has a use for, and a text of the registry could bring to the terminal."""


class Screen:
    """What a terminal shows, as far as questions need one: text, where the cursor is, and what was erased."""

    def __init__(self) -> None:
        self.lines = [""]
        self.row = self.column = 0
        self.wants_position = False

    def show(self, text: str) -> None:
        for match in CODE.finditer(text):
            private, numbers, final, mark = match.groups()
            if mark is not None:
                self._put(mark)
            elif final is not None and not private:
                self._obey(final, int(numbers.split(";")[0] or 0))
            while len(self.lines) <= self.row:
                self.lines.append("")

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def here(self) -> str:
        """The line of the cursor."""
        return self.lines[self.row].rstrip()

    @property
    def below(self) -> str:
        """What shows below that line."""
        return "\n".join(line.rstrip() for line in self.lines[self.row + 1 :])

    @property
    def position(self) -> str:
        """Where the cursor is, as a terminal says it."""
        return f"\x1b[{self.row - max(0, len(self.lines) - LINES) + 1};{self.column + 1}R"

    def _put(self, mark: str) -> None:
        if mark == "\r":
            self.column = 0
        elif mark == "\n":
            self.row += 1
        elif mark == "\b":
            self.column = max(0, self.column - 1)
        elif mark >= " ":
            if self.column >= COLUMNS:
                self.row, self.column = self.row + 1, 0
                self.lines += [""] * (self.row + 1 - len(self.lines))
            line = self.lines[self.row].ljust(self.column)
            self.lines[self.row] = line[: self.column] + mark + line[self.column + 1 :]
            self.column += 1

    def _obey(self, code: str, number: int) -> None:
        if code == "A":
            self.row = max(0, self.row - (number or 1))
        elif code == "B":
            self.row += number or 1
        elif code == "C":
            self.column += number or 1
        elif code == "D":
            self.column = max(0, self.column - (number or 1))
        elif code in "JK":
            self.lines[self.row] = self.lines[self.row][: self.column]
            if code == "J":
                del self.lines[self.row + 1 :]
        elif code == "n":
            self.wants_position = True
        else:
            assert code in "mhl", f"a code that this terminal does not know: {number}{code}"


class Terminal:
    """`stancectl WORDS` on a terminal of 100 columns and 40 lines, and the person in front of it."""

    def __init__(
        self, *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None, stdout: Any = None, stderr: Any = None
    ) -> None:
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "stancectl", *map(str, words)],
            cwd=cwd,
            env=environment({"TERM": "xterm-256color"} | dict(env or {})),
            stdin=theirs,
            stdout=theirs if stdout is None else stdout,
            stderr=theirs if stderr is None else stderr,
        )
        os.close(theirs)
        self.screen = Screen()
        self.sent = ""
        self._pending = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        os.close(self._ours)

    def _read(self, end: float) -> bool:
        """Show what comes next; False where nothing comes any more, or not in time."""
        if not select.select([self._ours], [], [], max(end - time.monotonic(), 0))[0]:
            return False
        try:
            chunk = os.read(self._ours, 65536)
        except OSError:  # how Linux tells that nobody holds the other side
            return False
        self.sent += (text := self._decoder.decode(chunk))
        text = self._pending + text
        begun = BEGUN.search(text)
        self._pending = begun[0] if begun else ""
        self.screen.show(text.removesuffix(self._pending))
        if self.screen.wants_position:
            self.screen.wants_position = False
            self.type(self.screen.position)
        return bool(chunk)

    def until(self, shows: Callable[[Screen], Any]) -> None:
        """Wait until the screen is like that."""
        end = time.monotonic() + DEADLINE
        while not shows(self.screen):
            if not self._read(end):
                raise TimeoutError(f"this never came\n{self.screen.text}\ncursor: {self.screen.here!r}")

    def until_text(self, text: str) -> None:
        """Wait until that shows anywhere."""
        self.until(lambda screen: text in screen.text)

    def until_text_below(self, text: str) -> None:
        """Wait until that shows below the cursor."""
        self.until(lambda screen: text in screen.below)

    def asks(self, question: str, answer: str | None = None) -> None:
        """Wait for a question with the cursor behind it, and that answer, if one is named."""
        wanted = "(  .*)?" if answer is None else f" *{re.escape(answer)}"
        self.until(lambda screen: re.fullmatch(f" *{re.escape(question)}{wanted}", screen.here))

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def clear(self, question: str) -> None:
        """Take away the answer that stands there."""
        self.asks(question)
        self.type("\x05\x15")  # to the end of the line, and away with what is before
        self.asks(question, "")

    def answer(self, question: str, text: str | None = None) -> None:
        """Answer a question: with a text in place of what stands there, or as it stands."""
        self.asks(question)
        if text is not None:
            self.clear(question)
            self.type(text)
            self.asks(question, text)
        self.type("\r")

    def complete(self, question: str, begun: str, offered: str, answer: str) -> None:
        """Answer a question with what Tab makes of the beginning of an answer, once that is offered."""
        self.clear(question)
        self.type(begun)
        self.until_text_below(offered)
        self.type("\t")
        self.asks(question, answer)
        self.type("\r")

    def end(self) -> int:
        """Wait for the end, and give back the exit code."""
        end = time.monotonic() + DEADLINE
        while self._read(end):
            pass
        return self.process.wait(DEADLINE)


# A small registry, in which something is in force that can be taken back.


VOCABULARY = """\
format: 1
topic: Cod moratorium
stances:
  agrees: {label: Agrees, meaning: Says that it will stop., takes_part: true}
  undecided: {label: Undecided, meaning: Has not made up its mind.}
  refuses: {label: Refuses, meaning: Says that it will not stop., refuses: true}
preconditions:
  compensation: {label: Compensation, meaning: Fishers are paid for what they lose.}
  treaty: {label: Treaty, meaning: All neighbours sign.}
contributions:
  patrols: {label: Patrols, meaning: Boats at sea.}
  money: {label: Money}
groups:
  north: ["NO"]
"""
TURKEY = """\
country: TR
name: Turkey
aliases: [Türkiye]
statements:
  - id: 2025-03-02-kaya
    date: 2025-03-02
    speaker: Ayşe Kaya
    office: Minister of Fisheries
    stance: undecided
    summary: Nothing is decided; first the fishers have to be paid.
    requires: [compensation]
    offers: [patrols]
    rules_out: [money]
    sources:
      - url: https://example.org/question-time
        publisher: Fish Gazette
        lang: tr
"""
LAPUTA = """\
country: XL
name: Laputa
statements:
  - id: 2025-01-01-king
    date: 2025-01-01
    speaker: The King
    summary: Laputa has no coast.
    sources:
      - url: https://example.org/coast
"""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and what is in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
