"""What is measured: the commands of stancectl and of its peers, on the shipped registry and on those made up for it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import answers
import check
import peers
from answers import Right
from edits import Edit
from made import Made
from measure import Command, Key
from registries import RARE
from stancectl.registry.locate import shipped

OURS = "stancectl"
TOOL = str(Path(sys.executable).with_name(OURS))
NOTHING, PYTHON, TYPER, RICH = "true", "pass", "import typer", "import typer, rich.console, rich.table"
COMPLETING = {"_STANCECTL_COMPLETE": "complete_bash", "COMP_WORDS": "stancectl show tu", "COMP_CWORD": "2"}

LOADER = "CSafeLoader"
LOAD = f"import sys, yaml; print(sum(len(yaml.load(open(n, 'rb'), yaml.{LOADER})['statements']) for n in sys.argv[1:]))"
WHATIF = {
    "whatif": ["whatif"],
    "whatif, page": ["whatif", "-f", "plain"],
    "whatif, fifty": ["whatif", "-f", "plain", "--clear", "50"],
}
"""What it would take: into a pipe; with what unlocks next, all smallest sets and all contradictions; for fifty countries."""

MOST_CHECKED = 10_000
"""The largest registry that is checked: with more, the other checkers take minutes."""


def floors() -> Iterator[Command]:
    """What no command of ours can be faster than, and a command that needs no memory."""
    yield Command(Key(NOTHING, "floor"), [NOTHING], answers.anything)
    for code in (PYTHON, TYPER, RICH):
        yield Command(Key(code, "floor"), [sys.executable, "-c", code], answers.anything, terminal=code == RICH)


def on_shipped(folder: Path) -> Iterator[Command]:
    """Our commands on the shipped registry, and on a copy of it in `folder` that is edited."""
    asked = {
        "show": ["show", "turkey"],
        "list": ["list"],
        "diff": ["diff", "--since", "2025-11"],
        "search": ["search", "backstop"],
    }
    for task, words in asked.items():
        yield Command(Key(OURS, task), [TOOL, *words], answers.texts("united-kingdom" if task == "search" else "turkey"))
    for task in ("show", "list"):
        yield Command(Key(OURS, f"{task}, terminal"), [TOOL, *asked[task]], answers.texts("Turkey"), terminal=True)
    yield Command(Key(OURS, "complete"), [TOOL], answers.texts("turkey"), environment=COMPLETING)
    right = dict.fromkeys(("show", "list"), answers.texts("turkey"))
    yield from _edited(0, shutil.copytree(shipped(), folder / "edited"), "turkey", right)


def on_made(made: Made, folder: Path) -> Iterator[Command]:
    """Our commands on a registry that was made up, and on a copy of it in `folder` that is edited."""
    registry = ["--registry", str(made.folder)]
    asked = {
        "show": ["show", made.country],
        "list": ["list"],
        "diff": ["diff", "--since", "2022-02"],
        "search": ["search", RARE],
        **WHATIF,
    }
    taking = made.taking_part
    right = {
        "show": answers.texts(f"{made.country}\tstance\t{made.stances[made.country]}\t"),
        "list": answers.stances(made.stances),
        "diff": answers.texts("country-"),
        "search": answers.statements(made.with_word()),
        "whatif": answers.stances(taking),
        "whatif, page": answers.texts(f" of {len(taking)} that would take part"),
        "whatif, fifty": answers.texts(f" of {len(taking)} that would take part"),
    }
    for task, words in asked.items():
        yield Command(Key(OURS, task, made.size), [TOOL, *words, *registry], right[task])
    cache = folder / "cold"
    yield Command(
        Key(OURS, "cold", made.size),
        [TOOL, "list", *registry],
        right["list"],
        before=lambda: shutil.rmtree(cache, ignore_errors=True),
        environment={"XDG_CACHE_HOME": str(cache)},
    )
    yield from _edited(made.size, shutil.copytree(made.folder, folder / "edited"), made.country, right)


def of_peers(made: Made, folder: Path) -> Iterator[Command]:
    """What the peers that are installed are asked about the same statements, which are put into `folder` in their formats."""
    right = {
        "show": answers.statements(made.of_country()),
        "list": answers.stances(made.stances),
        "search": answers.statements(made.with_word()),
    }
    for peer in filter(peers.installed, peers.PEERS):
        file = folder / peer.file
        peer.write(made.statements, file)
        for task in peer.tasks:
            words = peers.words(peer, task, file, made.country, RARE)
            yield Command(Key(str(peer), task, made.size), words, right[task])
        if peer.uncached:
            alone = folder / f"cold-{peer.file}"  # without its cache, a tool may delete what it kept of a file
            peer.write(made.statements, alone)
            words = peers.words(peer, "list", alone, made.country, RARE)
            yield Command(Key(str(peer), "cold", made.size), words, right["list"], environment=peer.uncached)
    size = made.size
    load = [sys.executable, "-c", LOAD, *map(str, made.files)]
    yield Command(Key(LOADER, "cold", size), load, lambda answer: int(answer) == size)


def checks(made: Made) -> Iterator[Command]:
    """What checks the registry, ours and the peers that are installed; none of them finds anything."""
    for tool, words in check.commands(made.folder).items():
        yield Command(Key(tool, "check", made.size), words, answers.anything)


def _edited(size: int, registry: Path, country: str, right: Mapping[str, Right]) -> Iterator[Command]:
    """The first command after a file of a registry was edited."""
    edit = Edit(registry / f"{country}.yaml")
    asked = {"show": ["show", country], "list": ["list"]}
    for task, words in asked.items():
        yield Command(
            Key(OURS, f"{task}, edited", size),
            [TOOL, *words, "--registry", str(registry)],
            answers.both(right[task], lambda _: _is_seen(edit, registry, country)),
            before=edit,
        )


def _is_seen(edit: Edit, registry: Path, country: str) -> bool:
    """Whether the first command after one more edit knows of it."""
    edit()
    told = subprocess.run(
        [TOOL, "show", country, "--statements", "--json", "--registry", registry], capture_output=True, text=True, check=True
    )
    return edit.line in told.stdout
