"""The page of results: Markdown tables of medians, ratios and peaks."""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import machine
import peers
from measure import LONG, LONG_ROUNDS, VERY_LONG, Command, Key
from peers import FLOOR
from targets import Results, Target, targets
from tasks import LOADER, NOTHING, OURS, PYTHON, RICH, TYPER, WHATIF

TOOLS = (OURS, *peers.TOOLS, LOADER)
TASKS = ("show", "list", "diff", "search", *WHATIF, "check", "cold", "show, edited", "list, edited")
COLD = {OURS: "cold", LOADER: "cold", "hledger": "list", "bean-query": "cold", "yamllint": "check"}
"""The task in which each tool reads everything from its source."""

SHIPPED = {
    Key(PYTHON, "floor"): ("`python -c pass`", PYTHON),
    Key(TYPER, "floor"): (f"`python -c '{TYPER}'`", TYPER),
    Key(OURS, "show"): ("`show turkey`", TYPER),
    Key(OURS, "list"): ("`list`", TYPER),
    Key(OURS, "complete"): ("completing `show tu`", TYPER),
    Key(OURS, "diff"): ("`diff --since 2025-11`", TYPER),
    Key(OURS, "search"): ("`search backstop`", TYPER),
    Key(RICH, "floor"): (f"`python -c '{RICH}'`, on a terminal", RICH),
    Key(OURS, "show, terminal"): ("`show turkey`, on a terminal", RICH),
    Key(OURS, "list, terminal"): ("`list`, on a terminal", RICH),
}
"""What runs on the shipped registry: how it is called, and the floor it is set beside."""

PAGE = """\
# Performance

How long the commands take and how much memory, beside floors and other tools. Times are medians of {rounds} rounds, in each
of which every command ran once, in an order of its own. What takes more than {long:.0f} s ran {long_rounds} times at most,
and what takes more than {very_long:.0f} s once. Everything ran once before, and its answer was compared with the right one.
A ratio is to stancectl's median, where nothing else is said.

- Machine: {machine}
- Python: {python}
- Peers: {peers}
- Not installed: {missing}
- Left out, for an error or a wrong answer: {left_out}
- Date: {date}
- Command: `{command}`

## Why it is quick

- A command imports its own modules; with the compiled copy there, neither PyYAML nor pydantic, and Rich for a terminal alone.
  When the answer is written the process ends, without taking its objects apart.
- The compiled copy is one SQLite file. It holds statements one by one, in numbers what they did, and for each country what
  holds after its last statement. An answer for today reads that, and the statements that it names.
- After an edit the changed file alone is read, by a reader of plain YAML that needs none of the large libraries, and is checked
  against the names and ids of the others. Without a copy, a large registry is read by as many processes as there are
  processors.

## Targets

{targets}

## The shipped registry

Into a pipe, where nothing else is said; the compiled copy is there.

{shipped}

## One country

Of registries that were made up, of so many statements each. {floor} finds its rows by an index: it is a floor.

![Medians of showing one country, by the number of statements]({plot})

{show}

## Every country's latest stance

{list}

## What moved

stancectl's `diff --since` tells what moved in every country; the peer only selects one country's statements.

{diff}

## Search for a word

{search}

## What it would take

Of the same registries, which have 32 preconditions and 200 countries at most. A ratio is to `list`.

{whatif}

## Check

{check}

## From nothing

Everything is read from its source: `list` without a compiled copy, {loader} merely loading the same files, and the others
their own formats, or yamllint the same files. In brackets, statements a second.

{cold}

## After an edit

The first command after one letter of a country's file has changed, of the same command when nothing has.

{edited}

## Peak memory

Of the largest process. {nothing} is what is told of a command that needs next to nothing: less cannot be told.

{memory}

## What was asked

```text
{asked}
```
"""


@dataclass(frozen=True)
class Outcome:
    """What was measured, of which commands and how."""

    results: Results
    commands: Sequence[Command]
    sizes: Sequence[int]
    rounds: int
    command: str
    left_out: Sequence[str]


def page(outcome: Outcome, plot: str) -> str:
    """The page, which shows the file `plot`."""
    results, sizes = outcome.results, outcome.sizes
    return PAGE.format(
        rounds=outcome.rounds,
        long=LONG,
        long_rounds=LONG_ROUNDS,
        very_long=VERY_LONG,
        machine=machine.machine(),
        python=machine.python(),
        peers=machine.tools(),
        missing=machine.missing() or "none of them",
        left_out="; ".join(outcome.left_out) or "none",
        date=date.today(),
        command=outcome.command,
        targets=_table(("Target", "Bound", "Measured", "Verdict"), map(_target, targets(results, sizes))),
        shipped=_table(("Command", "Median", "Of its floor", "Peak"), _shipped(results)),
        floor=FLOOR,
        plot=plot,
        show=_by_size(results, sizes, dict.fromkeys(TOOLS, "show")),
        list=_by_size(results, sizes, dict.fromkeys(TOOLS, "list")),
        diff=_by_size(results, sizes, {OURS: "diff", "jq": "show"}),
        search=_by_size(results, sizes, dict.fromkeys(TOOLS, "search")),
        whatif=_table(("Command", *(f"{size:,} statements" for size in sizes)), _whatif(results, sizes)),
        check=_by_size(results, sizes, dict.fromkeys(TOOLS, "check")),
        loader=LOADER,
        cold=_by_size(results, sizes, COLD, a_second=True),
        edited=_table(("Registry", "Command", "Median", "Of the unchanged"), _edited(results, sizes)),
        nothing=_bytes(results[Key(NOTHING, "floor")].peak),
        memory=_memory(results, sizes),
        asked="\n".join(dict.fromkeys(_asked(outcome))),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _target(target: Target) -> tuple[str, ...]:
    figure, bound = f"{target.figure:.2f}×", f"at most {target.bound:.2f}×"
    if target.a_second:
        figure, bound = f"{target.figure:,.0f}", f"at least {target.bound:,.0f}"
    return target.name, bound, figure, "reached" if target.reached else "**not reached**"


def _shipped(results: Results) -> Iterator[tuple[str, ...]]:
    for key, (name, floor) in SHIPPED.items():
        ratio = results[key].median / results[Key(floor, "floor")].median
        yield name, _seconds(results[key].median), f"{ratio:.2f}×", _bytes(results[key].peak)


def _by_size(results: Results, sizes: Sequence[int], tasks: Mapping[str, str], *, a_second: bool = False) -> str:
    """A row a tool, each at its task; a column a size that was measured."""
    columns = [size for size in sizes if Key(OURS, tasks[OURS], size) in results]
    rows = []
    for tool, task in tasks.items():
        keys = [Key(tool, task, size) for size in columns]
        if any(key in results for key in keys):
            rows.append([tool, *(_cell(results, key, Key(OURS, tasks[OURS], key.size), a_second=a_second) for key in keys)])
    return _table(("Tool", *(f"{size:,} statements" for size in columns)), rows)


def _cell(results: Results, key: Key, ours: Key, *, a_second: bool) -> str:
    if key not in results:
        return "–"
    median = results[key].median
    ratio = "" if key.tool == OURS else f", {median / results[ours].median:.2f}×"
    return f"{_seconds(median)}{ratio}" + (f" ({key.size / median:,.0f})" if a_second else "")


def _whatif(results: Results, sizes: Sequence[int]) -> Iterator[tuple[str, ...]]:
    for task, words in WHATIF.items():
        cells = []
        for size in sizes:
            median = results[Key(OURS, task, size)].median
            cells.append(f"{_seconds(median)}, {median / results[Key(OURS, 'list', size)].median:.2f}×")
        yield f"`{' '.join(words)}`", *cells


def _edited(results: Results, sizes: Sequence[int]) -> Iterator[tuple[str, ...]]:
    for size in (0, *sizes):
        for task in ("show", "list"):
            median = results[Key(OURS, f"{task}, edited", size)].median
            ratio = median / results[Key(OURS, task, size)].median
            yield f"{size:,} statements" if size else "shipped", f"`{task}`", _seconds(median), f"{ratio:.2f}×"


def _memory(results: Results, sizes: Sequence[int]) -> str:
    """A row a task of a tool, a column a size."""
    kinds = dict.fromkeys((key.task, key.tool) for key in results if key.size)
    rows = []
    for task, tool in sorted(kinds, key=lambda kind: (TASKS.index(kind[0]), TOOLS.index(kind[1]))):
        peaks = [results.get(Key(tool, task, size)) for size in sizes]
        rows.append((f"{task}: {tool}", *(_bytes(taken.peak) if taken else "–" for taken in peaks)))
    return _table(("Task and tool", *(f"{size:,} statements" for size in sizes)), rows)


def _asked(outcome: Outcome) -> Iterator[str]:
    """The commands on the smallest registry, their paths cut to the last part, and lists of files to the first."""
    for command in outcome.commands:
        if command.key.size == outcome.sizes[0] and "edited" not in command.key.task:
            words = [Path(word).name if word.startswith("/") else word for word in command.words]
            files = [word for word in words if re.fullmatch(r"country-\d+\.yaml", word)]
            yield " ".join(_quoted(word) for word in words if word not in files[1:]) + (" ..." if files else "")


def _quoted(word: str) -> str:
    return f'"{word}"' if "'" in word else shlex.quote(word)


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _bytes(count: int) -> str:
    return f"{count / 2**20:.0f} MiB"
