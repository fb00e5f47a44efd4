"""Writing to a registry: whole or not at all, one at a time, and never over what was not seen."""

import fcntl
import json
import os
import re
import select
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from building import Plain
from running import environment, stancectl
from shell import Said, run
from stancectl.registry.files import File
from stancectl.registry.insert import inserted
from stancectl.registry.load import load
from stancectl.registry.parallel import _processors
from stancectl.registry.writing import ChangedMeanwhile, Unwritable, Writing, locked, write
from turkey import ADDED, NEEDED
from turkey import TURKEY as PLAIN_TURKEY

FULL = os.environ.get("FULL") == "1"
PROCESSES = 200 if FULL else 40
"""How many add to one country at once."""
WAVE = 100
"""As many of them as are alive together."""
KILLS = 200 if FULL else 20
"""How many `add` are killed."""
WRITERS_KILLED = 3000 if FULL else 300
"""How many are killed that do nothing but write."""
DEADLINE = 60
ROOT = os.geteuid() == 0

VOCABULARY = """\
format: 1
topic: a force
stances:
  willing: {label: Willing, takes_part: true}
"""
TURKEY = f"# yaml-language-server: $schema=schema/country.json\n{PLAIN_TURKEY}"
HELP = "see that you may write to it and to its folder; nothing was changed"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small registry."""
    return made(tmp_path / "positions")


def made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "_registry.yaml").write_text(VOCABULARY)
    (folder / "turkey.yaml").write_text(TURKEY)
    (folder / "france.yaml").write_text(TURKEY.replace("TR", "FR").replace("Turkey", "France").replace("Türkiye", "Frankreich"))
    return folder


def held(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, hidden ones too, and what it holds."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def is_free(folder: Path) -> bool:
    """Whether nobody holds the lock of a registry."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(handle)


def gone(process: int, seconds: float) -> bool:
    """Whether a process ends within that time; it is not waited for longer."""
    handle = os.pidfd_open(process)
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)


# Several at once

TOGETHER = """
import sys
from stancectl.cli import add, edit, fmt
from stancectl.cli.main import main
print("ready", file=sys.stderr, flush=True)
sys.stdin.read()
main()
"""


def at_once(commands: Sequence[Sequence[str]], env: Mapping[str, str]) -> list[tuple[int, str, str]]:
    """How each of these commands ends, and what it says; they wait for each other before they begin."""
    reader, writer = os.pipe()
    started = [
        subprocess.Popen(
            [sys.executable, "-c", TOGETHER, *words],
            env=environment({**env, "NUMBER": str(number)}),
            stdin=reader,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, words in enumerate(commands)
    ]
    os.close(reader)
    for process in started:
        assert process.stderr is not None
        assert process.stderr.readline() == "ready\n"
    os.close(writer)
    said = [process.communicate(timeout=10 * DEADLINE) for process in started]
    return [(process.returncode, *each) for process, each in zip(started, said, strict=True)]


def in_waves(commands: Sequence[Sequence[str]], env: Mapping[str, str]) -> list[tuple[int, str, str]]:
    return [each for place in range(0, len(commands), WAVE) for each in at_once(commands[place : place + WAVE], env)]


def is_sound(folder: Path) -> bool:
    """Whether the registry passes `check`."""
    return stancectl("check", "--registry", folder, cwd=folder).returncode == 0


def test_all_that_add_at_once_land(folder: Path) -> None:
    words = [["add", "turkey", *NEEDED, "--note", f"number {number}", "--registry", str(folder)] for number in range(PROCESSES)]
    said = in_waves(words, {})
    assert {(code, stderr) for code, _, stderr in said} == {(0, "")}
    ids = ["2025-11-27-guler", *(f"2025-11-27-guler-{number}" for number in range(2, PROCESSES + 1))]
    assert sorted(stdout for _, stdout, _ in said) == sorted(f"turkey/{id}\n" for id in ids)
    statements = load(folder, cache=False).countries["turkey"].statements
    assert [each.id for each in statements] == ["2025-03-06-mod", *ids]
    assert {each.note for each in statements} == {None, *(f"number {number}" for number in range(PROCESSES))}
    assert (folder / "turkey.yaml").read_text().startswith(TURKEY)
    assert is_sound(folder)
    assert len(held(folder)) == 3


def test_all_that_begin_a_country_at_once_land_in_one_file(folder: Path) -> None:
    names = ["Spain", "ES", "spain", "Portugal"]
    said = in_waves([["add", name, "--new", *NEEDED, "--registry", str(folder)] for name in names * 4], {})
    assert {(code, stderr) for code, _, stderr in said} == {(0, "")}
    countries = load(folder, cache=False).countries
    assert [(slug, len(each.statements)) for slug, each in countries.items()] == [
        ("france", 1),
        ("portugal", 4),
        ("spain", 12),
        ("turkey", 1),
    ]
    assert is_sound(folder)


def test_add_fmt_and_edit_at_once_lose_nothing(folder: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "# edited $NUMBER" >>"$1"\n')
    editor.chmod(0o755)
    here = ("--registry", str(folder))
    kinds: list[Callable[[int], list[str]]] = [
        lambda number: ["add", "turkey", *NEEDED, "--note", f"number {number}", *here],
        lambda _: ["fmt", *here],
        lambda number: ["add", "turkey", *NEEDED, "--note", f"number {number}", *here],
        lambda _: ["edit", "turkey", *here],
    ]
    commands = [kinds[number % 4](number) for number in range(PROCESSES * 2 // 3)]
    said = in_waves(commands, {"EDITOR": str(editor)})
    text = (folder / "turkey.yaml").read_text()
    refused = 0
    for number, ((code, _, stderr), words) in enumerate(zip(said, commands, strict=True)):
        if words[0] == "edit" and code:
            refused += 1
            assert (code, "error[changed-meanwhile]" in stderr) == (2, True)
        else:
            assert (code, "error" in stderr) == (0, False)
            assert words[0] != "edit" or f"# edited {number % WAVE}\n" in text
    statements = load(folder, cache=False).countries["turkey"].statements
    added = [words[words.index("--note") + 1] for words in commands if words[0] == "add"]
    assert sorted(each.note or "" for each in statements) == sorted(["", *added])
    assert text.count("# edited") == sum(words[0] == "edit" for words in commands) - refused
    left = {path.name for path in folder.iterdir()} - {"_registry.yaml", "turkey.yaml", "france.yaml"}
    assert all(name.endswith(".draft.yaml") for name in left)  # what the refused edits keep
    assert len(left) == refused
    assert is_sound(folder)


# The lock

HOLDS = """
import sys
from pathlib import Path
from stancectl.registry.writing import locked
print("asks", flush=True)
with locked(Path(sys.argv[1])):
    print("holds", flush=True)
    sys.stdin.read()
    print("gives it back", flush=True)
"""


@contextmanager
def holder(folder: Path, *expected: str) -> Iterator[subprocess.Popen[str]]:
    """A process that asks for the lock, then holds it until its stdin is closed; it has said what is expected of it."""
    words = [sys.executable, "-c", HOLDS, str(folder)]
    with subprocess.Popen(words, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert [line_of(process) for _ in expected] == [*expected]
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def until_it_waits(process: subprocess.Popen[str]) -> None:
    """Come back when a process waits for a lock that another holds."""
    end = time.monotonic() + DEADLINE
    while not re.search(rf"-> FLOCK +ADVISORY +WRITE {process.pid} ", Path("/proc/locks").read_text()):
        assert process.poll() is None
        assert time.monotonic() < end


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="the system does not tell who waits for a lock")
@pytest.mark.parametrize("way", ["given back", "killed"])
def test_a_second_waits_while_the_first_holds_the_lock(folder: Path, way: str) -> None:
    with holder(folder, "asks\n", "holds\n") as first, holder(folder, "asks\n") as second:
        until_it_waits(second)
        assert second.stdout is not None
        assert select.select([second.stdout], [], [], 0)[0] == []
        if way == "killed":
            first.kill()
        else:
            assert first.stdin is not None
            first.stdin.close()
        assert line_of(second) == "holds\n"


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="the system does not tell who waits for a lock")
def test_a_registry_by_another_path_has_the_same_lock(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("positions")
    with holder(folder, "asks\n", "holds\n"), holder(tmp_path / "link", "asks\n") as second:
        until_it_waits(second)


def test_the_lock_leaves_nothing_behind(folder: Path) -> None:
    before = held(folder)
    with locked(folder):
        assert not is_free(folder)
    assert is_free(folder)
    with suppress(ZeroDivisionError), locked(folder):
        raise ZeroDivisionError
    assert is_free(folder)
    assert held(folder) == before


ORPHANS = """
import multiprocessing, os, signal, sys
from pathlib import Path
from stancectl.registry import parallel
from stancectl.registry.files import File
from stancectl.registry.writing import locked

with locked(Path(sys.argv[1])):
    for _ in parallel.each_file(repr, [File(f"{number}", "", b"x" * 1_000_000) for number in range(8)]):
        print(*(each.pid for each in multiprocessing.active_children()), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(_processors() < 2, reason="with one processor nothing is read by others")
def test_a_lock_does_not_outlive_the_one_that_is_killed_while_others_read_for_it(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHANS, str(folder)], env=environment(), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        workers = [int(word) for word in process.stdout.readline().split()]
    try:
        assert (len(workers) > 1, process.returncode) == (True, -signal.SIGKILL)
        words = [sys.executable, "-m", "stancectl", "add", "turkey", *NEEDED, "--registry", str(folder)]
        subprocess.run(words, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=5, check=True)
    finally:
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)


# Killed


def test_a_killed_add_leaves_the_old_file_or_the_new(folder: Path) -> None:
    random, path = Random(4), folder / "turkey.yaml"
    said: Plain = {"speaker": "Yaşar Güler", "summary": "word " * 99 + "end", "sources": [{"url": "https://example.org/"}]}
    spent = list[float]()
    landed = 0
    for number in range(KILLS + 5):
        new = {"id": f"s{number}", "date": f"2025-{number % 12 + 1:02}-11", **said}
        old = path.read_bytes()
        expected = inserted(File("turkey.yaml", "", old), [new])
        words = [sys.executable, "-m", "stancectl", "add", "turkey", "--registry", str(folder)]
        begun = time.monotonic()
        with subprocess.Popen(words, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
            assert process.stdin is not None
            process.stdin.write(json.dumps(new).encode())
            process.stdin.close()
            if number < 5:  # to learn how long it takes
                assert process.wait(DEADLINE) == 0
                spent.append(time.monotonic() - begun)
                assert path.read_bytes() == expected
                continue
            usual = sorted(spent)[2]
            late = random.uniform(0, 1.1) if number % 2 else random.uniform(0.8, 1.15)
            gone(process.pid, max(0.0, usual * late - (time.monotonic() - begun)))
            process.kill()
        now = path.read_bytes()
        assert now in (old, expected)
        landed += now == expected
        assert is_free(folder)
        assert {*held(folder)} <= {"_registry.yaml", "turkey.yaml", "france.yaml", *left_over(folder)}
        assert len(left_over(folder)) <= 1
    assert stancectl("add", "turkey", *NEEDED, "--registry", folder, cwd=folder).stdout == "turkey/2025-11-27-guler\n"
    assert len(load(folder, cache=False).countries["turkey"].statements) == 1 + 5 + landed + 1
    assert left_over(folder) == []
    assert is_sound(folder)


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".unfinished")]


KILLER = """
import os, random, signal, sys, time, fcntl
from pathlib import Path
from stancectl.registry.writing import Writing, locked, write

folder, kills = Path(sys.argv[1]), int(sys.argv[2])
one, other = folder / "turkey.yaml", folder / "france.yaml"

def text(number):
    return b"%08d\\n" % number * 20000

def step():
    with locked(folder):
        before = one.read_bytes(), other.read_bytes()
        number = max(int(each[:8]) for each in before) + 1
        write([Writing(one, text(number), before[0]), Writing(other, text(number), before[1])])

for path in (one, other):
    path.write_bytes(text(0))
begun = time.perf_counter()
for _ in range(10):
    step()
usual = (time.perf_counter() - begun) / 10
left, apart, chance = 0, 0, random.Random(5)
for kill in range(kills):
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, b"x")
        while True:
            step()
    os.read(reader, 1)
    end = time.perf_counter() + chance.uniform(0, 2.5) * usual
    while time.perf_counter() < end:
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reader)
    os.close(writer)
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # nobody holds it
    os.close(handle)
    numbers = []
    for path in (one, other):
        data = path.read_bytes()
        numbers.append(int(data[:8]))
        assert data == text(numbers[-1]), f"half a file after {kill} kills"
    assert numbers[0] >= numbers[1], numbers
    apart += numbers[0] != numbers[1]
    unfinished = [each for each in os.listdir(folder) if each.endswith(".unfinished")]
    assert len(unfinished) <= 2, unfinished
    left += bool(unfinished)
step()
print(left, apart, *sorted(os.listdir(folder)))
"""


def test_a_killed_writer_leaves_whole_files_and_no_lock(folder: Path) -> None:
    words = [sys.executable, "-c", KILLER, str(folder), str(WRITERS_KILLED)]
    done = subprocess.run(words, env=environment(), capture_output=True, text=True, timeout=10 * DEADLINE, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    left, _, *names = done.stdout.split()
    assert names == ["_registry.yaml", "france.yaml", "turkey.yaml"]
    assert int(left) > WRITERS_KILLED // 20  # so many were killed between laying down and replacing


# No room, or no leave

MOUNTS = "unshare --map-root-user --mount"


@cache
def may_mount() -> bool:
    return run(f"{MOUNTS} mount -t tmpfs none /mnt").code == 0


mounting = pytest.mark.skipif(not may_mount(), reason="no file system may be mounted here")
FULL_DISKS = {
    "no room for the data": ("size=64k", "cat /dev/zero >full/fill 2>/dev/null"),
    "no room for a part of the data": ("size=64k", "cat /dev/zero >full/fill 2>/dev/null; truncate -s -4096 full/fill"),
    "no room for a name": ("size=1m,nr_inodes=3", ":"),
}


@mounting
@pytest.mark.parametrize(("options", "fill"), FULL_DISKS.values(), ids=FULL_DISKS)
def test_on_a_full_disk_one_error_and_the_old_file(folder: Path, options: str, fill: str) -> None:
    add = f"stancectl add turkey {shlex.join(NEEDED)} --note '{'word ' * 2000}' --registry full"
    script = (
        f"mkdir full && mount -t tmpfs -o {options} none full && cp positions/_registry.yaml positions/turkey.yaml full;"
        f"{fill};"
        f"{add}; echo $?; cmp positions/turkey.yaml full/turkey.yaml && ls -A full;"
        f"rm -f full/fill; mount -o remount,size=1m,nr_inodes=100 full; {add}; ls -A full"
    )
    said = run(f"{MOUNTS} sh -c {shlex.quote(script)}", folder.parent)
    told = "cannot write full/turkey.yaml: No space left on device; make room; nothing was changed"
    assert said.stderr == f"stancectl: error[output]: {told}\n"
    names = "_registry.yaml\n{}turkey.yaml\n"
    fillers = names.format("fill\n" if "fill" in fill else "")
    assert said.stdout == f"2\n{fillers}turkey/2025-11-27-guler\n{names.format('')}"


def test_beyond_the_largest_file_that_is_allowed_one_error_and_the_old_file(folder: Path) -> None:
    (folder / "turkey.yaml").write_text(f"{TURKEY}# {'x' * 5000}\n")
    before = held(folder)
    said = run(f"(ulimit -f 4; stancectl add turkey {shlex.join(NEEDED)})", folder)
    assert (said.stdout, said.code) == ("", 2)
    assert said.stderr == f"stancectl: error[output]: cannot write turkey.yaml: File too large; {HELP}\n"
    assert held(folder) == before


WITHOUT_PRIVILEGES = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if ROOT else ()
"""What goes before a command so that permissions hold for it, whoever runs it."""


@cache
def permissions_hold() -> bool:
    """Whether a command can be run for which a read-only folder is one."""
    script = "mkdir d && chmod 555 d && ! touch d/f"
    with TemporaryDirectory() as folder:
        return run(f"{shlex.join(WITHOUT_PRIVILEGES)} sh -c '{script} 2>/dev/null'", Path(folder)).code == 0


unprivileged = pytest.mark.skipif(not permissions_hold(), reason="root may write anywhere")


def held_back(line: str, folder: Path) -> Said:
    """Run a line of `stancectl` for which permissions hold, in a folder that may be written to again afterwards."""
    try:
        return run(f"{shlex.join(WITHOUT_PRIVILEGES)} {line}", folder)
    finally:
        folder.chmod(0o755)


FORBIDDEN = {"the folder": {".": 0o555}, "the file": {"turkey.yaml": 0o444}, "both": {"turkey.yaml": 0o444, ".": 0o555}}


@unprivileged
@pytest.mark.parametrize("modes", FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_may_not_be_written_is_one_error_and_stays(folder: Path, modes: dict[str, int]) -> None:
    before = held(folder)
    for name, mode in modes.items():
        (folder / name).chmod(mode)
    said = held_back(f"stancectl add turkey {shlex.join(NEEDED)}", folder)
    assert said == Said("", f"stancectl: error[output]: cannot write turkey.yaml: Permission denied; {HELP}\n", 2)
    assert held(folder) == before


@unprivileged
def test_a_new_country_in_a_folder_that_may_not_be_written_to(folder: Path) -> None:
    before = held(folder)
    folder.chmod(0o555)
    said = held_back(f"stancectl add Spain --new {shlex.join(NEEDED)}", folder)
    assert said == Said("", f"stancectl: error[output]: cannot write spain.yaml: Permission denied; {HELP}\n", 2)
    assert held(folder) == before


SAID = {"date": "2025", "speaker": "A", "summary": "x", "sources": [{"url": "https://a.example"}]}
TWO = json.dumps([{"country": each, **SAID} for each in ("turkey", "france")])
"""The same statement, for two countries."""


@unprivileged
def test_a_second_country_that_may_not_be_written_keeps_the_first_from_being(folder: Path) -> None:
    before = held(folder)
    (folder / "france.yaml").chmod(0o444)
    (folder.parent / "in").write_text(TWO)
    said = held_back("stancectl add <../in", folder)
    assert said == Said("", f"stancectl: error[output]: cannot write france.yaml: Permission denied; {HELP}\n", 2)
    assert held(folder) == before


@unprivileged
def test_a_rehearsal_needs_no_leave_to_write(folder: Path) -> None:
    folder.chmod(0o555)
    said = held_back(f"stancectl add turkey {shlex.join(NEEDED)} -n", folder)
    assert said == Said(ADDED[1:], "", 0)


def test_a_folder_that_has_vanished_is_an_error(folder: Path) -> None:
    shutil.rmtree(folder)
    with pytest.raises(Unwritable, match=r"cannot write .*: No such file .*; nothing was changed"), locked(folder):
        pass
    with pytest.raises(Unwritable, match="No such file or directory"):
        write([Writing(folder / "turkey.yaml", b"new", b"old")])
    assert not folder.exists()


# What stays


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o604, 0o755])
def test_permissions_stay(folder: Path, mode: int) -> None:
    path = folder / "turkey.yaml"
    path.chmod(mode)
    said = run(f"umask 077; stancectl add turkey {shlex.join(NEEDED)}", folder)
    assert (said.code, stat.S_IMODE(path.stat().st_mode)) == (0, mode)
    assert path.read_text() == TURKEY + ADDED


@pytest.mark.parametrize(("umask", "mode"), [("022", 0o644), ("027", 0o640), ("077", 0o600), ("002", 0o664)])
def test_a_new_file_may_be_read_as_the_umask_has_it(folder: Path, umask: str, mode: int) -> None:
    assert run(f"umask {umask}; stancectl add Spain --new {shlex.join(NEEDED)}", folder).code == 0
    assert stat.S_IMODE((folder / "spain.yaml").stat().st_mode) == mode


@pytest.mark.skipif(not ROOT, reason="only root may give a file away")
def test_the_owner_stays(folder: Path) -> None:
    path = folder / "turkey.yaml"
    os.chown(path, 12345, 54321)
    path.chmod(0o640)
    write([Writing(path, b"new", path.read_bytes())])
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode), path.read_bytes()) == (12345, 54321, 0o640, b"new")


LINKS = {"beside": "other.yaml", "elsewhere": "../elsewhere/turkey.yaml", "by way of another": "../by-way", "from the root": ""}


@pytest.mark.parametrize("leads", LINKS.values(), ids=LINKS)
def test_a_link_stays_one_and_its_target_is_written(folder: Path, leads: str) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (folder.parent / "by-way").symlink_to("elsewhere/turkey.yaml")
    link = folder / "turkey.yaml"
    target = (folder / leads).resolve() if leads else elsewhere / "turkey.yaml"
    link.rename(target.with_name(".other.yaml") if leads == "other.yaml" else target)
    target = target.with_name(".other.yaml") if leads == "other.yaml" else target
    link.symlink_to(".other.yaml" if leads == "other.yaml" else leads or target)
    led = link.readlink()
    inode = target.stat().st_ino
    assert stancectl("add", "turkey", *NEEDED, cwd=folder).stdout == "turkey/2025-11-27-guler\n"
    assert (link.is_symlink() and link.readlink()) == led
    assert target.read_text() == TURKEY + ADDED
    assert target.stat().st_ino != inode
    assert not target.is_symlink()
    assert left_over(folder) + left_over(elsewhere) == []


def test_a_link_to_itself_is_an_error(folder: Path) -> None:
    (folder / "turkey.yaml").unlink()
    (folder / "turkey.yaml").symlink_to("turkey.yaml")
    with pytest.raises(Unwritable, match="Too many levels of symbolic links"):
        write([Writing(folder / "turkey.yaml", b"new", None)])
    assert (folder / "turkey.yaml").readlink() == Path("turkey.yaml")


def test_a_name_that_another_file_also_has_is_parted_from_it(folder: Path) -> None:
    os.link(folder / "turkey.yaml", folder.parent / "kept")
    write([Writing(folder / "turkey.yaml", b"new", TURKEY.encode())])
    assert ((folder / "turkey.yaml").read_bytes(), (folder.parent / "kept").read_text()) == (b"new", TURKEY)


# What was changed meanwhile


def _relink(path: Path) -> None:
    path.unlink()
    path.symlink_to("france.yaml")


MEANWHILE: dict[str, tuple[bytes | None, Callable[[Path], object]]] = {
    "changed": (TURKEY.encode(), lambda path: path.write_text("changed")),
    "as long as before": (TURKEY.encode(), lambda path: path.write_text(TURKEY.replace("TR", "TX"))),
    "emptied": (TURKEY.encode(), lambda path: path.write_text("")),
    "gone": (TURKEY.encode(), lambda path: path.unlink()),
    "come": (None, lambda _: None),
    "replaced by a link": (TURKEY.encode(), _relink),
}


@pytest.mark.parametrize(("before", "change"), MEANWHILE.values(), ids=MEANWHILE)
@pytest.mark.parametrize("first", [False, True])
def test_a_file_that_was_changed_is_not_written(
    folder: Path, before: bytes | None, change: Callable[[Path], object], first: bool
) -> None:
    path, other = folder / "turkey.yaml", folder / "france.yaml"
    own = other.read_bytes()
    change(path)
    now = held(folder)
    files = [Writing(path, b"new", before), Writing(other, b"newer", own)]
    with pytest.raises(ChangedMeanwhile, match=r"turkey.yaml was changed while this ran; nothing was written"):
        write(files if first else files[::-1])
    assert held(folder) == now


def test_a_file_that_an_editor_changes_between_reading_and_writing_is_not_overwritten(folder: Path) -> None:
    editor = folder.parent / "editor"
    editor.write_text('#!/bin/sh\necho "# mine" >>"$1"; echo "# another\'s" >>turkey.yaml\n')
    editor.chmod(0o755)
    said = stancectl("edit", "turkey", cwd=folder, env={"EDITOR": str(editor)})
    assert (said.returncode, "error[changed-meanwhile]: turkey.yaml was changed while this ran; " in said.stderr) == (2, True)
    assert (folder / "turkey.yaml").read_text() == f"{TURKEY}# another's\n"


# Several files

SECOND: dict[str, Callable[[Path], Writing]] = {
    "whose folder is missing": lambda folder: Writing(folder / "missing" / "spain.yaml", b"new", None),
    "that is a folder": lambda folder: Writing(folder / "schema", b"new", None),
    "whose name is too long": lambda folder: Writing(folder / f"{'x' * 300}.yaml", b"new", None),
    "in a file": lambda folder: Writing(folder / "_registry.yaml" / "spain.yaml", b"new", None),
    "that leads to itself": lambda folder: Writing(folder / "circle.yaml", b"new", None),
    "that was changed": lambda folder: Writing(folder / "france.yaml", b"new", b"old"),
}


@pytest.mark.parametrize("second", SECOND.values(), ids=SECOND)
def test_no_file_is_replaced_unless_all_can_be(folder: Path, second: Callable[[Path], Writing]) -> None:
    (folder / "schema").mkdir()
    (folder / "circle.yaml").symlink_to("circle.yaml")
    before = {name: (folder / name).read_bytes() for name in ("_registry.yaml", "france.yaml", "turkey.yaml")}
    names = sorted(path.name for path in folder.iterdir())
    with pytest.raises((Unwritable, ChangedMeanwhile), match=r"nothing was (changed|written)"):
        write([Writing(folder / "turkey.yaml", b"new", before["turkey.yaml"]), second(folder)])
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert sorted(path.name for path in folder.iterdir()) == names


@mounting
def test_a_file_that_cannot_be_replaced_after_another_was_is_told(folder: Path) -> None:
    (folder.parent / "in").write_text(TWO)
    script = "mount --bind positions/france.yaml positions/france.yaml && stancectl add <in; echo $?"
    said = run(f"{MOUNTS} sh -c {shlex.quote(script)}", folder.parent)
    told = "cannot write positions/france.yaml: Device or resource busy; see that you may write to it and to its folder"
    assert said.stderr == f"stancectl: error[output]: {told}; positions/turkey.yaml was written before\n"
    assert said.stdout == "2\n"
    assert len(load(folder, cache=False).countries["turkey"].statements) == 2
    assert len(load(folder, cache=False).countries["france"].statements) == 1
    assert left_over(folder) == []


def test_several_files_are_written(folder: Path) -> None:
    before = held(folder)
    write([Writing(folder / name, data + b"#\n", data) for name, data in before.items()] + [Writing(folder / "new", b"", None)])
    assert held(folder) == {name: data + b"#\n" for name, data in before.items()} | {"new": b""}


def test_nothing_is_written_for_no_files() -> None:
    write([])


def test_what_others_left_unfinished_is_swept_away_and_nothing_else(folder: Path) -> None:
    left = [".turkey.yaml.abc.unfinished", ".turkey.yaml.unfinished"]
    kept = [".france.yaml.abc.unfinished", ".turkey.yaml.abc.draft.yaml", "turkey.yaml.unfinished", ".turkey.yaml.swp"]
    for name in (*left, *kept):
        (folder / name).write_text("half")
    write([Writing(folder / "turkey.yaml", b"new", TURKEY.encode())])
    assert not (folder / left[0]).exists()
    assert all((folder / name).read_text() == "half" for name in kept)


# Streams that are closed or full


def test_what_was_written_stays_where_the_answer_has_nowhere_to_go(folder: Path) -> None:
    add = f"stancectl add turkey {shlex.join(NEEDED)}"
    for line, why in ((f"{add} >/dev/full", "No space left on device"), (f"{add} >&-", "stdout is closed")):
        (folder / "turkey.yaml").write_text(TURKEY)
        if why.startswith("No") and not Path("/dev/full").exists():
            continue
        said = run(line, folder)
        assert said.stderr.startswith(f"stancectl: error[output]: cannot write the answer: {why}; ")
        assert (said.stdout, said.code, (folder / "turkey.yaml").read_text()) == ("", 2, TURKEY + ADDED)


def test_an_answer_that_has_nowhere_to_go_is_told_as_that(folder: Path) -> None:
    said = run(f"stancectl add turkey {shlex.join(NEEDED)} >&-", folder)
    assert "turkey/2025-11-27-guler" in said.stderr


@pytest.mark.parametrize("line", ["{} <&-", "{} 2>&-", "{} <&- 2>&-", "{} </dev/null"])
def test_streams_that_are_not_needed_may_be_closed(folder: Path, line: str) -> None:
    said = run(line.format(f"stancectl add turkey {shlex.join(NEEDED)}"), folder)
    assert (said.stdout, said.stderr, said.code) == ("turkey/2025-11-27-guler\n", "", 0)
    assert (folder / "turkey.yaml").read_text() == TURKEY + ADDED


def test_a_reader_that_is_gone_is_no_error(folder: Path) -> None:
    said = run(f"stancectl add turkey {shlex.join(NEEDED)} | true", folder)
    assert (said.stderr, said.code) == ("", 0)
    assert (folder / "turkey.yaml").read_text() == TURKEY + ADDED
