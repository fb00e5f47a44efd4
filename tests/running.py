"""What tests share: run the real command in a clean environment, and compare what it says with a file."""

import atexit
import difflib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

_CACHE = TemporaryDirectory(prefix="stancectl-tests-", ignore_cleanup_errors=True)
atexit.register(_CACHE.cleanup)

_LEFT_OUT = ("STANCECTL_", "GIT_", "GITHUB_", "XDG_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "LC_", "PYTHONWARNINGS")


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without what would change an answer, and with `more`. The cache is a temporary folder."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_LEFT_OUT)}
    return clean | {"LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": _CACHE.name} | dict(more or {})


def stancectl(
    *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `stancectl WORDS` in the folder `cwd`, with `env` on top of a clean environment. Line ends stay as written."""
    done = subprocess.run(
        [sys.executable, "-m", "stancectl", *map(str, words)],
        cwd=cwd,
        env=environment(env),
        input=(stdin or "").encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def check_golden(path: Path, actual: str) -> None:
    """Fail with a diff unless `actual` is what the file at `path` holds.

    `REWRITE=1 python -m pytest ...` writes the file instead; look at what `git diff` then says before you keep it.
    """
    if os.environ.get("REWRITE") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(actual.encode())
        return
    if not path.is_file():
        raise AssertionError(f"{path} is missing: write it with REWRITE=1, then read it\n{actual}")
    expected = path.read_bytes().decode()
    if actual != expected:
        lines = expected.splitlines(keepends=True), actual.splitlines(keepends=True)
        raise AssertionError("".join(["it differs (REWRITE=1 accepts it)\n", *difflib.unified_diff(*lines, str(path), "now")]))
