"""The other tools: the format of each, and how it is asked for what stancectl is asked."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import formats
from formats import Statement

FLOOR = "sqlite3"
"""The peer that no Python program can beat: compiled, and led to its rows by an index."""

LATEST = ("then", "head", "-n", "1", "-g", "country")
COLUMNS = ("then", "cut", "-o", "-f", "country,stance")


@dataclass(frozen=True)
class Peer:
    """A tool, the file it reads, how that is written, and its arguments by task, with FILE, COUNTRY and WORD to fill in.

    `name` is what it is called here, where one tool reads more than one format; `uncached` is the environment in which it
    keeps no compiled copy, if it has one.
    """

    program: str
    file: str
    write: Callable[[Iterable[Statement], Path], None]
    tasks: Mapping[str, tuple[str, ...]]
    uncached: Mapping[str, str] = field(default_factory=dict)
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.program


def _miller(format: str, write: Callable[[Iterable[Statement], Path], None]) -> Peer:
    """Miller, reading one of its formats."""
    file, reads = f"statements.{format.lower()}", f"--i{format.lower()}"
    asked = {
        "show": (reads, "--ojsonl", "filter", '$country == "COUNTRY"', "FILE"),
        "list": (reads, "--otsv", "tac", *LATEST, *COLUMNS, "FILE"),
        "search": (reads, "--ojsonl", "filter", '$summary =~ "WORD"', "FILE"),
    }
    return Peer("mlr", file, write, asked, name=f"mlr, {format}")


PEERS = (
    Peer(
        "jq",
        "statements.json",
        formats.write_json,
        {
            "show": ("-c", '.[] | select(.country == "COUNTRY")', "FILE"),
            "list": ("-r", "group_by(.country)[] | last | [.country, .stance] | @tsv", "FILE"),
            "search": ("-c", '.[] | select(.summary | contains("WORD"))', "FILE"),
        },
    ),
    Peer(
        "recsel",
        "statements.rec",
        formats.write_recutils,
        {
            "show": ("-t", "Statement", "-e", "Country = 'COUNTRY'", "FILE"),
            "search": ("-t", "Statement", "-e", "Summary ~ 'WORD'", "FILE"),
        },
    ),
    _miller("CSV", formats.write_csv),
    _miller("JSON", formats.write_json),
    Peer(
        "hledger",
        "statements.journal",
        formats.write_hledger,
        {
            "show": ("-f", "FILE", "print", "acct:position:COUNTRY:"),
            "list": ("-f", "FILE", "balance", "--flat", "--no-total", "position"),
            "search": ("-f", "FILE", "print", "desc:WORD"),
        },
    ),
    Peer(
        "bean-query",
        "statements.beancount",
        formats.write_beancount,
        {
            "show": ("FILE", "PRINT FROM has_account(':COUNTRY:')"),
            "list": (
                "FILE",
                "SELECT account, sum(number) WHERE account ~ '^Position' GROUP BY account HAVING sum(number) = 1",
            ),
            "search": ("FILE", "PRINT FROM narration ~ 'WORD'"),
        },
        {"BEANCOUNT_DISABLE_LOAD_CACHE": "1"},
    ),
    Peer(
        "sqlite3",
        "statements.db",
        formats.write_sqlite,
        {
            "show": ("FILE", "select * from statement where country = 'COUNTRY' order by date"),
            "list": ("FILE", "select country, stance, max(date) from statement group by country"),
            "search": ("FILE", "select * from statement where summary like '%WORD%'"),
        },
    ),
)

TOOLS = (*map(str, PEERS), "check-jsonschema", "yamllint")
"""Every tool that ours is set beside, as it is called here."""

PROGRAMS = tuple(dict.fromkeys((*(peer.program for peer in PEERS), *TOOLS[len(PEERS) :])))
"""Every program that these are."""


def words(peer: Peer, task: str, file: Path, country: str, word: str) -> list[str]:
    """The command with which a peer does a task."""
    filled = [part.replace("FILE", str(file)).replace("COUNTRY", country).replace("WORD", word) for part in peer.tasks[task]]
    return [str(found(peer.program)), *filled]


def found(program: str) -> str | None:
    """Where a program is: beside this Python, or on the path."""
    return shutil.which(program, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))


def installed(peer: Peer) -> bool:
    """Whether it is there to be asked."""
    return found(peer.program) is not None


def version(program: str) -> str:
    """The program's name, with the versions it tells: its own, and that of what it builds on."""
    told = subprocess.run([str(found(program)), "--version"], capture_output=True, text=True, check=False)
    return f"{program} {'/'.join(re.findall(r'[0-9]+(?:[.][0-9]+)+', told.stdout))}"
