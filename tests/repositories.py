"""What tests of git repositories share: a small registry, commits of it, and questions asked of it without a process."""

import contextlib
import io
import os
import subprocess
from pathlib import Path

import pytest

from running import environment
from stancectl.cli.main import run

WORDS = """\
format: 1
topic: A force for Ukraine
stances:
  conditional: {label: Conditional}
  undecided: {label: Undecided}
  declined: {label: Declined, refuses: true}
preconditions:
  ceasefire: {label: Ceasefire}
"""
TURKEY = """\
country: TR
name: Turkey
statements:
  - id: mod
    date: 2025-03-06
    speaker: Ministry of National Defence
    stance: undecided
    summary: It would be weighed.
    sources: [{url: "https://example.org/1"}]
"""
FRANCE = """\
country: FR
name: France
statements:
  - id: macron
    date: 2025-11-25
    speaker: Emmanuel Macron
    stance: conditional
    summary: After a ceasefire.
    requires: [ceasefire]
    sources: [{url: "https://example.org/2"}]
"""
ALONE = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
AUTHOR = ("-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "init.defaultBranch=main")
QUICK = ("-c", "init.templateDir=", "-c", "maintenance.auto=false", "-c", "gc.auto=0", "-c", "core.fsync=none")


def git(folder: Path, *words: str, day: str = "2026-01-01", given: bytes | None = None) -> str:
    """What git says, as if it were noon of a day."""
    noon = f"{day}T12:00:00Z"
    env = environment({**ALONE, "GIT_AUTHOR_DATE": noon, "GIT_COMMITTER_DATE": noon})
    done = subprocess.run(["git", *AUTHOR, *QUICK, *words], cwd=folder, env=env, input=given, capture_output=True, check=True)
    return done.stdout.decode(errors="surrogateescape").strip()


def record(folder: Path, tag: str, *words: str, day: str = "2026-01-01") -> None:
    """Commit everything, and tag it; the words go to git."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", tag, *words, day=day)
    git(folder, "tag", tag)


def write(folder: Path, **files: str) -> None:
    """Write the registry's files in `folder`: by slug, and its vocabulary."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"_registry": WORDS, **files}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def ask(folder: Path, *words: str, env: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the command line in `folder`. It is run in this process; git is not."""
    wanted = environment({**ALONE, **(env or {})})
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        for name in os.environ.keys() - wanted.keys():
            patch.delenv(name)
        for name, value in wanted.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        code = run([*words, "--today", "2026-06-01"])
    out.seek(0)
    return code, out.read(), err.getvalue()
