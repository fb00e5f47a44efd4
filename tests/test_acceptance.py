"""The quick way to read a file accepts nothing that the careful way complains of, and reads the same."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from stancectl.registry import read
from stancectl.registry.acceptance import accepted
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.plain_yaml import value_of
from stancectl.registry.readings import Reading, known_ids

SHIPPED = Path(__file__).parents[1] / "positions"
NAMES = sorted(path.name for path in SHIPPED.glob("*.yaml"))
KNOWN = known_ids(value_of((SHIPPED / VOCABULARY).read_bytes()))


def shipped(name: str) -> File:
    return File(name, name, (SHIPPED / name).read_bytes())


def carefully(file: File) -> Reading:
    """The file as it is read with all that may be wrong in mind."""
    return read.read_file(file, KNOWN, look=lambda _document, _value: ())


def agree(file: File) -> bool:
    """Whether the quick way accepts the file; the careful way must then read the same, without a word."""
    value = accepted(file, KNOWN)
    assert value is None or carefully(file) == Reading(file.name, value, ())
    return value is not None


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_file_is_accepted(name: str) -> None:
    assert agree(shipped(name))


ODD = """
~   null   no   ''   ""   []   {}   [[]]   [{}]   -   - a   x y   X   Tr   a/b   a/b/c   https://   #   &a b
2025   2025-13   2025-02-30   2025-02-03?   20250203   -1   +1   1.5   0x1   1e3   １   1000000000   true   True   yes
conditional   wiling   ceasefire   [ceasefire]   [ceasefire, ]   [ceasefire, ceasefire]   [{condition: ceasefire}]
{min: 3}   {max: 3, min: 4}   {min: 4, max: 4}   {kind: naval}   [{kind: naval, personnel: 5}]   [{url: a}]   {a: }
|   >   |-   >-   >+   'it''s'   "\\x41"   "\\""   'a' b   a: b   a #b   a # b   “x”   https://example.org/a   official
"""
VALUES = ["", "\u00a0", *re.split(r"\n| {3}", ODD.strip())]


def replace(lines: list[str], random: Random) -> None:
    """Another value behind a key."""
    place = random.choice([number for number, line in enumerate(lines) if ": " in line])
    lines[place] = f"{lines[place].partition(': ')[0]}: {random.choice(VALUES)}"


def swap_keys(lines: list[str], random: Random) -> None:
    first, second = random.sample([number for number, line in enumerate(lines) if ":" in line], 2)
    keys = [lines[place].strip(" -").partition(":")[0] for place in (first, second)]
    lines[first] = lines[first].replace(keys[0], keys[1], 1)
    lines[second] = lines[second].replace(keys[1], keys[0], 1)


def leave_out(lines: list[str], random: Random) -> None:
    del lines[random.randrange(len(lines))]


def repeat(lines: list[str], random: Random) -> None:
    place = random.randrange(len(lines))
    lines.insert(random.choice((place, random.randrange(len(lines)))), lines[place])


def indent(lines: list[str], random: Random) -> None:
    place = random.randrange(len(lines))
    lines[place] = (
        " " * random.randrange(1, 4) + lines[place] if random.random() < 0.5 else lines[place][random.randrange(1, 4) :]
    )


def empty(lines: list[str], random: Random) -> None:
    """Nothing behind a key."""
    place = random.choice([number for number, line in enumerate(lines) if ":" in line])
    lines[place] = lines[place].partition(":")[0] + ":"


def remark(lines: list[str], random: Random) -> None:
    place = random.randrange(len(lines))
    if random.random() < 0.5:
        lines[place] += " # remark"
    else:
        lines.insert(place, " " * random.randrange(8) + "# remark")


def blank(lines: list[str], random: Random) -> None:
    lines.insert(random.randrange(len(lines)), " " * random.randrange(9))


CHANGES: list[Callable[[list[str], Random], None]] = [replace, swap_keys, leave_out, repeat, indent, empty, remark, blank]
SHORT = [name for name in NAMES if (SHIPPED / name).stat().st_size < 6000 or name in (VOCABULARY, EVENTS)]


@settings(max_examples=600, deadline=None)
@given(
    some.sampled_from(SHORT), some.lists(some.sampled_from(CHANGES), min_size=1, max_size=3), some.randoms(use_true_random=False)
)
@example("brazil.yaml", [], Random(0))
def test_what_is_accepted_is_read_alike(name: str, changes: list[Callable[[list[str], Random], None]], random: Random) -> None:
    lines = (SHIPPED / name).read_text(encoding="utf-8").split("\n")
    for change in changes:
        change(lines, random)
    agree(File(name, name, "\n".join(lines).encode()))


@pytest.mark.parametrize("name", ["_other.yaml", "Turkey.yaml", "turkey.yml", "north korea.yaml"])
def test_a_file_of_another_name_is_looked_at_closely(name: str) -> None:
    assert accepted(File(name, name, (SHIPPED / "brazil.yaml").read_bytes()), KNOWN) is None
