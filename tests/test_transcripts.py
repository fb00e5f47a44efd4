"""Transcripts of real commands: what a person types, and every character that comes back.

A file in `transcripts/` is one scenario. Lines that begin with `# ` at its head tell what it is about; `# columns: 40` sets
the width (80 without it), and `# registry: shipped` asks the registry of this repository instead of the small one in
`registry/`. Then, for each command: the line, what it wrote to stdout, each line it wrote to stderr behind `! `, and behind
`? ` its exit code, unless it is 0. REWRITE=1 writes the answers anew.
"""

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
from rich.cells import cell_len

from running import check_golden
from shell import REGISTRY, ROOT, Said, answer, commands, run

FOLDER = Path(__file__).parent / "transcripts"
SCENARIOS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_transcript(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = list(takewhile(lambda line: line.startswith("# "), lines))
    settings = dict(line[2:].split(": ", 1) for line in head if line.startswith(("# columns: ", "# registry: ")))
    env = {"COLUMNS": settings.get("columns", "80")}
    if settings.get("registry") != "shipped":
        env["STANCECTL_REGISTRY"] = str(REGISTRY)
    told = [f"$ {line}\n{''.join(_told(run(line, ROOT, env)))}" for line in commands(lines)]
    assert told
    check_golden(path, "\n".join(["".join(f"{line}\n" for line in head), *told]))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_no_page_is_wider_than_the_screen(path: Path) -> None:
    """Of what the transcript holds, pages that were told at a width."""
    head, *told = path.read_text(encoding="utf-8").split("\n$ ")
    columns = int(head.removeprefix("# columns: ").split("\n")[0]) if head.startswith("# columns: ") else 80
    pages = [page.split("\n")[1:] for page in told if page.split("\n")[0].endswith(" -f plain")]
    assert [line for page in pages for line in page if cell_len(line) > columns and not line.startswith("! ")] == []


@pytest.mark.parametrize(("since", "columns"), [("2024", 40), ("2024", 80), ("2010", 40), ("1990", 80), ("1700", 120)])
def test_the_years_over_a_chart_can_be_read(since: str, columns: int) -> None:
    words = ("timeline", "lilliput", "--chart", "--since", since, "--as-of", "2026-06-01", "-f", "plain")
    years = answer(*words, columns=columns).split("\n\n")[1].split("\n")[0].split()
    assert years[0] == since
    assert [year for year in years if not since <= year <= "2026"] == []
    assert years == sorted(set(years))


def _told(said: Said) -> Iterator[str]:
    assert not said.stdout.startswith("$ ")
    assert "\n$ " not in said.stdout
    yield said.stdout
    if said.stdout and not said.stdout.endswith("\n"):
        yield "\\ no line end\n"
    yield from (f"! {line}\n" for line in said.stderr.splitlines())
    if said.code:
        yield f"? {said.code}\n"


def test_a_chart_may_reach_to_the_end_of_the_calendar() -> None:
    said = run("stancectl timeline --chart --registry tests/registry --until 9999 -f plain")
    assert (said.stderr, said.code) == ("", 0)
