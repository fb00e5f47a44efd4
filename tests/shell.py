"""What the tests of the command line share: lines run by bash with `stancectl` on the path, and answers without a process."""

import atexit
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from running import environment
from stancectl.cli.main import run as command_line

ROOT = Path(__file__).parents[1]
REGISTRY = ROOT / "tests" / "registry"
"""The small registry made for the tests."""

_BIN = TemporaryDirectory(prefix="stancectl-tests-")
atexit.register(_BIN.cleanup)
_COMMAND = Path(_BIN.name) / "stancectl"
_COMMAND.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m stancectl "$@"\n')
_COMMAND.chmod(0o755)


class Said(NamedTuple):
    """What a line that was run said, and how it ended."""

    stdout: str
    stderr: str
    code: int


def run(line: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> Said:
    """Run a line in bash, where a pipe fails if any part of it does."""
    done = subprocess.run(
        ["bash", "--norc", "-o", "pipefail", "-c", line],
        cwd=cwd,
        env=environment({"PATH": f"{_BIN.name}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80"} | dict(env or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Said(done.stdout.decode(), done.stderr.decode(), done.returncode)


@cache
def answer(*words: str, registry: Path = REGISTRY, columns: int = 80) -> str:
    """What `stancectl WORDS` writes into a pipe, from this process: for tables of cases that would start a hundred others."""
    written = BytesIO()
    with TextIOWrapper(written) as stdout, redirect_stdout(stdout), pytest.MonkeyPatch.context() as patch:
        for name in ("NO_COLOR", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        patch.setenv("COLUMNS", str(columns))
        patch.setenv("XDG_CACHE_HOME", environment()["XDG_CACHE_HOME"])
        assert command_line([*words, "--registry", str(registry)]) == 0
        return written.getvalue().decode()


def commands(lines: Iterable[str]) -> list[str]:
    """The commands of a transcript: what follows `$ `."""
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def here(*words: str | Path) -> Said:
    """What `stancectl WORDS` says in a pipe, from this process."""
    out, err = BytesIO(), BytesIO()
    with TextIOWrapper(out, "utf-8") as stdout, TextIOWrapper(err, "utf-8") as stderr:
        with redirect_stdout(stdout), redirect_stderr(stderr):
            code = command_line(list(map(str, words)))
        stdout.flush()
        stderr.flush()
        return Said(out.getvalue().decode(), err.getvalue().decode(), code)
