"""Where an answer goes: terminals, pipes, files, and what happens when they are full, closed or gone."""

import fcntl
import os
import re
import select
import stat
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.cells import cell_len

from running import environment, stancectl
from shell import REGISTRY, ROOT, Said, answer, run

ENV = {"STANCECTL_REGISTRY": str(REGISTRY), "TERM": "xterm-256color"}
LIST = ("list", "ql", "qp", "--as-of", "2025-12-01")
TSV = (
    "lilliput\tQL\tLilliput\tsigned\t2025-10-01~\tlilliput/2025-10-treaty\ttruce,mandate,cost-sharing\tships,observers,command"
    "\t\t530\t530\t2025-10-01~\t6\t2\n"
    "laputa\tQP\tLaputa\topen\t2025-07-04\tlaputa/2025-07-04-king\tpilots,cost-sharing\tballoons\t\t\t40\t2025-07-04\t3\t1\n"
)
SGR = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b\]8;[^\x1b\x07;]*;[^\x1b\x07]*(?:\x1b\\|\x07)")
DEADLINE = 30


class Screen(NamedTuple):
    """What a terminal was sent, and how the command ended."""

    text: str
    stderr: str
    code: int

    @property
    def plain(self) -> str:
        """The text that shows."""
        return LINK.sub("", SGR.sub("", self.text))


def on_terminal(*words: str, env: Mapping[str, str] | None = None, columns: int = 80) -> Screen:
    """Run `stancectl WORDS` with stdin and stdout on a terminal of that width."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", "stancectl", *words],
        cwd=ROOT,
        env=environment({**ENV, **(env or {})}),
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        sent = _drained(ours)
        assert process.stderr is not None
        stderr = process.stderr.read().decode()
        process.wait(DEADLINE)
    os.close(ours)
    return Screen(sent.decode().replace("\r\n", "\n"), stderr, process.returncode)


def _drained(terminal: int) -> bytes:
    """All that comes until the other side is closed."""
    chunks, end = list[bytes](), time.monotonic() + DEADLINE
    while select.select([terminal], [], [], max(end - time.monotonic(), 0))[0]:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # how Linux tells that nobody holds the other side
            return b"".join(chunks)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
    raise TimeoutError(b"".join(chunks).decode(errors="replace"))


# What is told where nobody says how


def test_a_terminal_gets_a_table_in_colour() -> None:
    screen = on_terminal(*LIST)
    assert (screen.code, screen.stderr) == (0, "")
    assert screen.text.startswith("\x1b[1mJoint patrol of the Channel\x1b[0m")
    assert "\n  ● Lilliput  signed  2025-10-01~  Truce, " in screen.plain


def test_a_pipe_gets_tsv_without_header_and_colour() -> None:
    said = stancectl(*LIST, cwd=ROOT, env=ENV)
    assert (said.stdout, said.stderr, said.returncode) == (TSV, "", 0)


def test_force_color_makes_no_terminal_of_a_pipe() -> None:
    assert stancectl(*LIST, cwd=ROOT, env=ENV | {"FORCE_COLOR": "1", "COLUMNS": "30"}).stdout == TSV


COLOUR = [
    # options, environment, colour on a terminal, colour in a pipe
    ("", "", True, False),
    ("", "NO_COLOR=1", False, False),
    ("", "NO_COLOR=", True, False),
    ("", "FORCE_COLOR=1", True, True),
    ("", "FORCE_COLOR=1 NO_COLOR=1", False, False),
    ("", "TERM=dumb", False, False),
    ("", "TERM=dumb FORCE_COLOR=1", True, True),
    ("--color=always", "", True, True),
    ("--color=always", "NO_COLOR=1 TERM=dumb", True, True),
    ("--color=never", "FORCE_COLOR=1", False, False),
    ("-fplain --color=always", "FORCE_COLOR=1", False, False),
]


@pytest.mark.parametrize(("options", "variables", "terminal", "pipe"), COLOUR, ids=[f"{case[0]} {case[1]}" for case in COLOUR])
def test_colour(options: str, variables: str, terminal: bool, pipe: bool) -> None:
    env = dict(each.split("=", 1) for each in variables.split())
    words = ("list", "ql", "--as-of", "2025-12-01", "-ftable", *options.split())
    screen, said = on_terminal(*words, env=env), stancectl(*words, cwd=ROOT, env=ENV | env)
    assert (SGR.search(screen.text) is not None) == terminal
    assert (SGR.search(said.stdout) is not None) == pipe
    assert screen.plain == SGR.sub("", said.stdout)


# Width and links on a terminal


@pytest.mark.parametrize("columns", [40, 120])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    screens = [
        on_terminal("show", "lilliput", "--as-of", "2025-12-01", columns=columns),
        on_terminal("timeline", "--chart", "--as-of", "2025-12-01", columns=columns),
    ]
    widths = [cell_len(line) for screen in screens for line in screen.plain.split("\n")]
    assert columns * 9 // 10 <= max(widths) <= columns


def test_a_terminal_that_does_not_tell_its_width_is_taken_for_80_columns() -> None:
    assert on_terminal(*LIST, columns=0).text == on_terminal(*LIST, columns=80).text


def test_columns_go_before_the_width_of_the_terminal() -> None:
    assert on_terminal(*LIST, env={"COLUMNS": "40"}, columns=120).text == on_terminal(*LIST, columns=40).text


def test_sources_are_links_where_there_is_colour() -> None:
    words = ("sources", "blefuscu", "--as-of", "2025-12-01")
    linked = on_terminal(*words).text
    addresses = re.findall(r"\x1b\]8;[^;]*;([^\x1b\x07]+)", linked)
    assert addresses == ["https://blefuscu.example/act-of-war", "https://blefuscu.example/encore"]
    assert linked.count("\x1b]8;;\x1b\\") == len(addresses)
    assert "\x1b" not in on_terminal(*words, "--color=never").text


def test_a_minus_on_a_terminal_does_not_wait_for_typing() -> None:
    screen = on_terminal("show", "-")
    assert (screen.text, screen.code) == ("", 2)
    told = "stancectl: error[usage]: `-` reads names from stdin, which is a terminal here; pipe them in, one a line\n"
    assert screen.stderr == told


# Pipes and streams that are closed, full or gone


GONE = [
    ("list",),
    ("timeline", "--json", "--registry", "positions"),
    ("--help",),
    ("--version",),
    ("list", "-f", "json", "-o", "/dev/stdout"),
]


@pytest.mark.parametrize("words", GONE, ids=" ".join)
def test_a_reader_that_is_gone_is_no_error(words: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "stancectl", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment(ENV), stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writer)
    assert (done.stderr.decode(), done.returncode) == ("", 0)


def test_a_reader_that_has_enough_is_no_error() -> None:
    said = run("stancectl timeline --json --as-of 2026-06-01 | head -1; echo ${PIPESTATUS[0]}")
    assert said == Said("[\n0\n", "", 0)


full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
NO_SPACE = "stancectl: error[output]: cannot write: No space left on device; make room, or write elsewhere\n"


@full
@pytest.mark.parametrize("words", ["list", "timeline --json --registry positions", "--help", "--version"])
def test_a_full_disk_is_an_error(words: str) -> None:
    assert run(f"stancectl {words} >/dev/full", env=ENV) == Said("", NO_SPACE, 2)


@full
def test_a_file_on_a_full_device_is_an_error() -> None:
    said = run("stancectl list -f tsv -o /dev/full", env=ENV)
    told = "stancectl: error[output]: cannot write /dev/full: No space left on device; choose another file with -o\n"
    assert said == Said("", told, 2)


CLOSED = [
    # a line, what it says (with stderr on stdout), its exit code
    ("stancectl list >&-", "stancectl: error[output]: cannot write: stdout is closed; make room, or write elsewhere\n", 2),
    ("stancectl list --stance open 2>&- | wc -l", "1\n", 0),
    ("stancectl list nobody 2>&-", "", 2),
    ("stancectl list --as-of 2020 --stance open 2>&-", "", 0),
    ("stancectl list >&- 2>&-", "", 2),
    ("stancectl list ql <&- | wc -l", "1\n", 0),
]


@pytest.mark.parametrize(("line", "told", "code"), CLOSED, ids=[case[0] for case in CLOSED])
def test_a_closed_stream(line: str, told: str, code: int) -> None:
    said = run(line, env=ENV)
    assert (said.stdout + said.stderr, said.code) == (told, code)


def test_a_minus_where_stdin_is_closed_is_an_error() -> None:
    said = run("stancectl list - <&-", env=ENV)
    assert (said.stdout, said.code) == ("", 2)
    assert said.stderr.startswith("stancectl: error[usage]: `-` reads names from stdin, ")
    assert "terminal" not in said.stderr


def test_errors_and_notes_go_to_stderr_and_answers_to_stdout() -> None:
    said = stancectl("list", "--stance", "ready", "--as-of", "2025-12-01", "--json", cwd=ROOT, env=ENV)
    assert (said.stdout, said.stderr) == ("[]\n", "stancectl: no country is like that\n")


# Files


ENDINGS = {
    "a.txt": "Joint patrol of the Channel ",
    "a.tsv": "lilliput\tQL\t",
    "a.csv": "country,code,",
    "a.json": '[\n  {\n    "country": "lilliput",',
    "a.jsonl": '{"country": "lilliput",',
    "a.ndjson": '{"country": "lilliput",',
    "a.yaml": "- country: lilliput\n",
    "a.yml": "- country: lilliput\n",
    "a.md": "# Joint patrol of the Channel\n",
    "a.markdown": "# Joint patrol of the Channel\n",
    "a.html": "<!doctype html>\n",
    "a.htm": "<!doctype html>\n",
    "a.svg": "<svg ",
    "A.JSON": "[\n",
    "a.b.csv": "country,code,",
}


@pytest.mark.parametrize(("name", "begins"), ENDINGS.items())
def test_the_ending_of_a_file_tells_the_format(name: str, begins: str, tmp_path: Path) -> None:
    assert answer(*LIST, "-o", str(tmp_path / name)) == ""
    assert (tmp_path / name).read_bytes().decode().startswith(begins)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_bib_is_an_ending_of_sources_alone(tmp_path: Path) -> None:
    assert stancectl("sources", "ql", "-o", "a.bib", cwd=tmp_path, env=ENV).returncode == 0
    assert (tmp_path / "a.bib").read_text(encoding="utf-8").startswith("@online{mildendogazette2025,\n")
    assert "`.bib` is no file ending here" in stancectl("list", "-o", "a.bib", cwd=tmp_path, env=ENV).stderr


def test_a_format_goes_before_the_ending(tmp_path: Path) -> None:
    stancectl(*LIST, "-f", "tsv", "-o", "a.json", cwd=tmp_path, env=ENV)
    assert (tmp_path / "a.json").read_bytes().decode() == TSV


def test_a_file_has_no_colour_unless_asked_for(tmp_path: Path) -> None:
    assert on_terminal(*LIST, "-ftable", "-o", str(tmp_path / "a")).text == ""
    assert "\x1b" not in (tmp_path / "a").read_text(encoding="utf-8")
    stancectl(*LIST, "-ftable", "-o", "a", "--color=always", cwd=tmp_path, env=ENV)
    assert "\x1b[1m" in (tmp_path / "a").read_text(encoding="utf-8")


def test_a_new_file_may_be_read_as_the_umask_has_it(tmp_path: Path) -> None:
    assert run(f"umask 027; stancectl list -o {tmp_path}/new.json", env=ENV).code == 0
    assert mode(tmp_path / "new.json") == 0o640


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    file.write_text("old")
    file.chmod(0o604)
    assert stancectl(*LIST, "-o", file, cwd=ROOT, env=ENV).returncode == 0
    assert file.read_text(encoding="utf-8").startswith("[")
    assert mode(file) == 0o604


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed(there: bool, tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "folder" / "link.json"
    link.parent.mkdir()
    link.symlink_to("../target.json")
    if there:
        target.write_text("old")
    assert stancectl(*LIST, "-o", link, cwd=ROOT, env=ENV).returncode == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("[")
    assert [path.name for path in link.parent.iterdir()] == ["link.json"]


UNWRITABLE = ["missing/a.json", "folder.json", "old.json/a.json", "circle.json", f"{'x' * 300}.json"]


@pytest.mark.parametrize("name", UNWRITABLE, ids=[name[:20] for name in UNWRITABLE])
def test_what_cannot_be_written_is_an_error_and_changes_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text("old")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "circle.json").symlink_to("circle.json")
    said = stancectl(*LIST, "-o", name, cwd=tmp_path, env=ENV)
    assert (said.stdout, said.returncode) == ("", 2)
    told = rf"stancectl: error\[output\]: cannot write {re.escape(name)}: [^;\n]+; choose another file with -o\n"
    assert re.fullmatch(told, said.stderr)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["circle.json", "folder.json", "old.json"]
    assert (tmp_path / "old.json").read_text() == "old"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old")
    tmp_path.chmod(0o500)
    said = stancectl(*LIST, "-o", "a.json", cwd=tmp_path, env=ENV)
    tmp_path.chmod(0o700)
    assert (said.returncode, (tmp_path / "a.json").read_text()) == (2, "old")


@pytest.mark.parametrize("words", [("list", "nobody"), ("list", "--fields", "nothing"), ("show", "-"), ("list", "--as-of", "x")])
def test_a_question_without_an_answer_leaves_the_file_alone(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old")
    stancectl(*words, "-o", "a.json", cwd=tmp_path, env=ENV, stdin="nobody")
    assert (tmp_path / "a.json").read_text() == "old"


def test_a_minus_is_stdout() -> None:
    assert stancectl(*LIST, "-o", "-", cwd=ROOT, env=ENV).stdout == TSV


def test_a_device_is_written_to_as_it_is() -> None:
    assert run(f"stancectl {' '.join(LIST)} -f tsv -o /dev/stdout | cat", env=ENV) == Said(TSV, "", 0)


def test_a_named_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.tsv")
    assert run(f"cat pipe.tsv & stancectl {' '.join(LIST)} -o pipe.tsv; wait", tmp_path, env=ENV) == Said(TSV, "", 0)
    assert stat.S_ISFIFO((tmp_path / "pipe.tsv").stat().st_mode)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
