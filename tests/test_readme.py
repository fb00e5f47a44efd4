"""The documentation tells the truth: every command in a ```console block says exactly what stands below it."""

import difflib
import re
import shutil
from pathlib import Path

import pytest

from shell import ROOT, commands, run

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks() -> list[tuple[str, str]]:
    """Where each block stands, and what is in it."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            line = text.count("\n", 0, match.start(1)) + 1
            found.append((f"{page.relative_to(ROOT)}:{line}", match[1]))
    return found


@pytest.mark.parametrize(("place", "block"), blocks(), ids=[place for place, _ in blocks()])
def test_what_the_documentation_shows(place: str, block: str) -> None:
    if "| jq " in block and shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    assert block.startswith("$ "), f"{place} does not begin with a command"
    now = ""
    for line in commands(block.splitlines()):
        said = run(line)
        now += f"$ {line}\n{said.stdout}{said.stderr}"
    if now != block:
        diff = difflib.unified_diff(block.splitlines(keepends=True), now.splitlines(keepends=True), place, "now")
        pytest.fail("".join(diff), pytrace=False)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?://)([^)#\s]*)(?:#[^)\s]*)?\)", text):
        assert (page.parent / target).exists(), target
