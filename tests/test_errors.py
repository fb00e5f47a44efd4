"""What the reader says about a broken registry: to the letter, with the place, the line and what to do.

A folder of `tests/errors/` is a case: the files of a registry and `expected.txt`, what the command writes to stderr. The
vocabulary is `tests/errors/_registry.yaml` where the case brings none. `REWRITE=1 python -m pytest tests/test_errors.py`
writes every expected.txt anew; read what `git diff` shows before you keep it.
"""

import ast
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from running import check_golden, stancectl
from stancectl import registry
from stancectl.registry.files import MAX_BYTES
from stancectl.registry.problems import MAX_PROBLEMS

ERRORS = Path(__file__).parent / "errors"
CASES = sorted(folder.name for folder in ERRORS.iterdir() if folder.is_dir())

TURKEY = """\
country: TR
name: Turkey
statements:
  - id: 2025-11-27-mod
    date: 2025-11-27
    speaker: Ministry of National Defence
    summary: It would weigh sending soldiers.
    sources:
      - {url: https://example.org/1}
"""


@pytest.fixture
def positions(tmp_path: Path) -> Path:
    """A registry of one vocabulary and no country yet."""
    folder = tmp_path / "positions"
    folder.mkdir()
    shutil.copy(ERRORS / "_registry.yaml", folder)
    return folder


def complaint(positions: Path) -> str:
    """What is written to stderr about the registry, after the promises that hold for every error."""
    done = stancectl("list", "--registry", "positions", cwd=positions.parent)
    assert "Traceback" not in done.stderr
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, positions: Path) -> None:
    shutil.copytree(ERRORS / case, positions, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    check_golden(ERRORS / case / "expected.txt", complaint(positions))


# Files that no checkout could hold: each with what is said about it, without the closing line.


def in_latin_1(folder: Path) -> None:
    (folder / "turkey.yaml").write_bytes(TURKEY.replace("Turkey", "Türkiye").encode("latin-1"))


def in_utf_16(folder: Path) -> None:
    (folder / "turkey.yaml").write_bytes(b"\xff\xfe" + "na\n".encode("utf-16-le"))


def cut_inside_a_character(folder: Path) -> None:
    (folder / "turkey.yaml").write_bytes("country: TR\nname: T\nü".encode()[:-1])


def with_an_escape(folder: Path) -> None:
    (folder / "turkey.yaml").write_text(TURKEY.replace("Turkey", "Türkiye\x1b[31m"), encoding="utf-8")


def with_a_nul(folder: Path) -> None:
    (folder / "turkey.yaml").write_text(TURKEY + "\0", encoding="utf-8")


def too_large(folder: Path) -> None:
    (folder / "turkey.yaml").write_text(TURKEY, encoding="utf-8")
    os.truncate(folder / "turkey.yaml", MAX_BYTES + 1)


def a_list_without_end(folder: Path) -> None:
    (folder / "turkey.yaml").write_text(TURKEY + f"    drops: [{'ceasefire, ' * 10_001}]\n", encoding="utf-8")


def vocabulary_too_large(folder: Path) -> None:
    (folder / "turkey.yaml").write_text(TURKEY + "    stance: undecided\n", encoding="utf-8")
    os.truncate(folder / "_registry.yaml", MAX_BYTES + 1)


def a_folder(folder: Path) -> None:
    (folder / "turkey.yaml").mkdir()


def a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "turkey.yaml")


def a_link_to_nothing(folder: Path) -> None:
    (folder / "turkey.yaml").symlink_to("nothing.yaml")


def a_link_to_itself(folder: Path) -> None:
    (folder / "turkey.yaml").symlink_to("turkey.yaml")


def forbidden(folder: Path) -> None:
    file = folder / "turkey.yaml"
    file.write_text(TURKEY, encoding="utf-8")
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("this user may read everything")


def a_statement_to_answer(folder: Path) -> None:
    forbidden_or_gone = folder / "france.yaml"
    forbidden_or_gone.symlink_to("nothing.yaml")
    answer = TURKEY.replace("    sources:", "    responds_to: [france/2025-11-25-macron]\n    sources:")
    (folder / "turkey.yaml").write_text(answer, encoding="utf-8")


def a_name_in_latin_1(folder: Path) -> None:
    try:
        (folder / os.fsdecode(b"t\xfcrkiye.yaml")).write_text(TURKEY, encoding="utf-8")
    except OSError:
        pytest.skip("this file system has names in UTF-8 alone")


def a_name_of_two_lines(folder: Path) -> None:
    (folder / "tur\nkey\x1b[31m.yaml").write_text(TURKEY, encoding="utf-8")


NO_FILE = """\
positions/turkey.yaml:1:1: error[not-a-file]: this is no plain file
  = help: replace it with a YAML file or remove it
"""
UNREADABLE = """\
positions/{}.yaml:1:1: error[unreadable-file]: cannot be read: {}
  = help: check that it exists and may be read
"""
TOO_LARGE = """\
positions/{}.yaml:1:1: error[file-too-large]: larger than 4 MiB
  = help: remove what is no part of a registry
"""
NOT_UTF_8 = """\
positions/turkey.yaml:{0}:{1}: error[not-utf-8]: this file is not UTF-8
  |
{0} | {2}
  | {3}
  = help: save it as UTF-8
"""
MADE: list[tuple[Callable[[Path], None], str]] = [
    (in_latin_1, NOT_UTF_8.format(2, 8, "name: T\N{REPLACEMENT CHARACTER}rkiye", "       ^")),
    (in_utf_16, NOT_UTF_8.format(1, 1, "\N{REPLACEMENT CHARACTER}" * 2 + "n\\u0000a\\u0000", "^")),
    (cut_inside_a_character, NOT_UTF_8.format(3, 1, "\N{REPLACEMENT CHARACTER}", "^")),
    (
        with_an_escape,
        """\
positions/turkey.yaml:2:14: error[control-character]: control characters are not allowed
  |
2 | name: Türkiye\\u001b[31m
  |              ^^^^^^
  = help: remove the invisible character
""",
    ),
    (
        with_a_nul,
        """\
positions/turkey.yaml:10:1: error[control-character]: control characters are not allowed
   |
10 | \\u0000
   | ^^^^^^
   = help: remove the invisible character
""",
    ),
    (too_large, TOO_LARGE.format("turkey")),
    (
        a_list_without_end,
        f"""\
positions/turkey.yaml:10:5: error[too-many-entries]: `drops` has more than 10000 entries
   |
10 |     drops: [{"ceasefire, " * 7}ceasefire,
   |     ^^^^^
   = help: a registry needs no more than some hundred
""",
    ),
    (vocabulary_too_large, TOO_LARGE.format("_registry")),
    (a_folder, NO_FILE),
    (a_pipe, NO_FILE),
    (a_link_to_nothing, UNREADABLE.format("turkey", "No such file or directory")),
    (a_link_to_itself, UNREADABLE.format("turkey", "Too many levels of symbolic links")),
    (forbidden, UNREADABLE.format("turkey", "Permission denied")),
    (a_statement_to_answer, UNREADABLE.format("france", "No such file or directory")),
    (
        a_name_in_latin_1,
        """\
positions/t\\udcfcrkiye.yaml:1:1: error[invalid-file-name]: `t\\udcfcrkiye.yaml` names no country
  |
1 | country: TR
  | ^
  = help: name it like new-zealand.yaml
""",
    ),
    (
        a_name_of_two_lines,
        """\
positions/tur key\\u001b[31m.yaml:1:1: error[invalid-file-name]: `tur key\\u001b[31m.yaml` names no country
  |
1 | country: TR
  | ^
  = help: name it like new-zealand.yaml
""",
    ),
]
ONE = "stancectl: error[invalid-registry]: 1 problem in 1 file; nothing was answered\n"


@pytest.mark.parametrize(("make", "expected"), [pytest.param(*row, id=row[0].__name__) for row in MADE])
def test_made(make: Callable[[Path], None], expected: str, positions: Path) -> None:
    make(positions)
    assert complaint(positions) == expected + ONE


# Promises that hold whatever the words.


def test_every_missing_key_is_named(positions: Path) -> None:
    (positions / "turkey.yaml").write_text("statements:\n  - id: 2025-11-27-mod\n", encoding="utf-8")
    missing = re.findall(r"turkey.yaml:(\d+:\d+): error\[missing-key\]: `(\w+)`", complaint(positions))
    assert sorted(missing) == [
        ("1:1", "country"),
        ("1:1", "name"),
        ("2:5", "date"),
        ("2:5", "sources"),
        ("2:5", "speaker"),
        ("2:5", "summary"),
    ]


def test_a_wrong_file_name_is_told_whatever_its_first_line_lacks(positions: Path) -> None:
    (positions / "Turkey.yaml").write_text("name: Turkey\n", encoding="utf-8")
    assert "positions/Turkey.yaml:1:1: error[invalid-file-name]" in complaint(positions)


def test_a_key_without_a_value_is_shown_where_it_stands(positions: Path) -> None:
    blanks = {"nothing": "", "quotes": " ''", "spaces": ' "  "', "comment": " # not known yet"}
    for name, blank in blanks.items():
        text = TURKEY.replace("TR", name[:2].upper()).replace("Turkey", name)
        (positions / f"{name}.yaml").write_text(text.replace(" Ministry of National Defence", blank), encoding="utf-8")
    shown = re.findall(r"positions/(\w+).yaml:(\d+:\d+): error\[missing-key\]", complaint(positions))
    assert shown == [(name, "6:5") for name in sorted(blanks)]


ENTRY = TURKEY.split("\n", 3)[3]
WORDS, WORD = "word " * 1000, "x" * 1000
LONG_TEXTS = {
    "invalid-date": TURKEY.replace("date: 2025-11-27", f"date: {WORDS}"),
    "invalid-id": TURKEY.replace("id: 2025-11-27-mod", f"id: {WORDS}"),
    "invalid-url": TURKEY.replace("https://example.org/1", WORDS),
    "invalid-code": TURKEY.replace("country: TR", f"country: {WORDS}"),
    "invalid-reference": TURKEY + f"    responds_to: [{WORDS}]\n",
    "invalid-number": TURKEY + f"    offers: [{{kind: air, personnel: {WORDS}}}]\n",
    "unknown-stance": TURKEY + f"    stance: {WORDS}\n",
    "unknown-precondition": TURKEY + f"    requires: [{WORDS}]\n",
    "unknown-contribution": TURKEY + f"    offers: [{WORDS}]\n",
    "unknown-attribution": TURKEY + f"    attribution: {WORDS}\n",
    "unknown-key": TURKEY + f"    {WORD}: x\n",
    "unknown-reference": TURKEY + f"    responds_to: [{WORD}/{WORD}]\n",
    "duplicate-key": TURKEY + f'    ? "{WORD}"\n    : x\n' * 2,
    "duplicate-id": (TURKEY + ENTRY).replace("2025-11-27-mod", WORD),
    "duplicate-name": TURKEY.replace("Turkey", WORD),
    "yaml-anchor": TURKEY + f"    note: &{WORD} x\n",
    "yaml-alias": TURKEY + f"    note: *{WORD}\n",
    "yaml-tag": TURKEY + f"    note: !{WORD} x\n",
}


def test_a_long_text_makes_no_long_message(positions: Path) -> None:
    (positions / "first.yaml").write_text(TURKEY.replace("TR", "XX").replace("Turkey", WORD), encoding="utf-8")
    for number, (code, text) in enumerate(LONG_TEXTS.items()):
        own = text.replace("TR", f"A{chr(65 + number)}").replace("Turkey", code)
        (positions / f"in-{code}.yaml").write_text(own, encoding="utf-8")
    told = complaint(positions)
    assert {*re.findall(r"in-([a-z-]+)\.yaml:\S+ error\[\1\]", told)} == {*LONG_TEXTS}
    assert [line[:100] for line in told.splitlines() if len(line) > 300] == []


def test_a_reference_like_no_other_lists_no_hundred_others(positions: Path) -> None:
    many = TURKEY + "".join(ENTRY.replace("-mod", f"-mod-{number}") for number in range(100))
    (positions / "turkey.yaml").write_text(f"{many}    responds_to: [nowhere/zzz]\n", encoding="utf-8")
    told = complaint(positions)
    assert "there is no statement `nowhere/zzz`" in told
    assert [line[:100] for line in told.splitlines() if len(line) > 300] == []


def wrong_dates(number: int) -> str:
    return TURKEY + "".join(
        ENTRY.replace("-mod", f"-mod-{each}").replace("date: 2025-11-27", "date: x") for each in range(number)
    )


def ids_again(number: int) -> str:
    return TURKEY + ENTRY * number


def keys_again(number: int) -> str:
    return TURKEY + "    note: x\n" * (number + 1)


def test_two_files_that_one_name_would_find(positions: Path) -> None:
    for name, code in (("new-land", "NA"), ("newland", "NB")):
        text = TURKEY.replace("TR", code).replace("Turkey", f"Country {code}")
        (positions / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert "newland.yaml:1:1: error[duplicate-name]: `newland` is the country in new-land.yaml too" in complaint(positions)


@pytest.mark.parametrize("make", [wrong_dates, ids_again, keys_again])
def test_beyond_a_thousand_problems_in_a_file_there_are_only_said_to_be_more(make: Callable[[int], str], positions: Path) -> None:
    (positions / "turkey.yaml").write_text(make(MAX_PROBLEMS + 2), encoding="utf-8")
    told = complaint(positions)
    assert told.count("error[") == MAX_PROBLEMS + 2
    assert "error[too-many-problems]: there are more problems from here on\n" in told
    assert "= help: mend these first\n" in told


# No error without a case.

VARIABLE_CODES = {
    f"unknown-{kind}" for kind in ("stance", "precondition", "contribution", "attribution", "format")
}  # put together by registry/schema.py and wording.py from the model
CODES_ELSEWHERE = {"too-many-problems"}  # in a test of its own, above


def codes_in_the_source() -> Iterator[str]:
    """Every code handed to what makes a problem, anywhere in `stancectl.registry`."""
    makers = {"Problem", "_problem", "problem", "problem_at", "report", "Finding", "PydanticCustomError", "_pattern"}
    for module in Path(registry.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in makers:
                words = [*node.args, *(each.value for each in node.keywords)]
                texts = (word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str))
                yield from filter(re.compile("[a-z]+(?:-[a-z0-9]+)+").fullmatch, texts)


def test_every_code_has_a_case() -> None:
    told = [(ERRORS / case / "expected.txt").read_text(encoding="utf-8") for case in CASES] + [text for _, text in MADE]
    shown = set(re.findall(r"error\[([a-z0-9-]+)\]", "".join(told))) - {"invalid-registry"}
    assert shown | CODES_ELSEWHERE == {*codes_in_the_source(), *VARIABLE_CODES}


def test_every_case_is_called_after_a_code_it_shows() -> None:
    for case in CASES:
        told = (ERRORS / case / "expected.txt").read_text(encoding="utf-8")
        codes = re.findall(r"error\[([a-z0-9-]+)\]", told)
        assert case == "several" or any(case == code or case.startswith(f"{code}-") for code in codes), case
