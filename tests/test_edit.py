"""`stancectl edit`: the editor at the right line, and nothing invalid, lost or overwritten afterwards."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from running import environment, stancectl
from shell import Said, here
from terminal import LAPUTA, TURKEY, VOCABULARY, Terminal, tree

WRONG = "s/stance: undecided/stance: undecidd/"
"""What `sed` does to make a mistake in line 9 of Turkey's file."""
RIGHT = "s/Nothing is decided/All is open/"
SAID = TURKEY + "    responds_to: [laputa/2025-01-01-king]\n"
DAY = ("--today", "2025-11-30")


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    folder = tmp_path / "cod"
    folder.mkdir()
    for name, text in {"_registry": VOCABULARY, "_events": "events: []\n", "turkey": SAID, "laputa": LAPUTA}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def program(path: Path, text: str) -> Path:
    """An executable file."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def edit(
    folder: Path, editor: str, *words: str, cwd: Path | None = None, visual: str = "", path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `stancectl edit WORDS` with that $EDITOR, in a pipe; `path` comes first on $PATH."""
    env = {"EDITOR": editor, "VISUAL": visual}
    if path is not None:
        env["PATH"] = f"{path}{os.pathsep}{os.environ['PATH']}"
    return stancectl("edit", *words, *DAY, cwd=cwd or folder, env=env)


def drafts(folder: Path) -> list[Path]:
    return sorted(folder.glob(".*"))


def kept(said: subprocess.CompletedProcess[str], folder: Path) -> str:
    """The text of the one draft that is left, which was named."""
    (draft,) = drafts(folder)
    assert draft.name in said.stderr
    return draft.read_text(encoding="utf-8")


# What the user saved


def test_a_valid_change_takes_the_files_place(registry: Path) -> None:
    said = edit(registry, f"sed -i '{RIGHT}'", "turkey")
    assert (said.stdout, said.stderr, said.returncode) == ("", "stancectl: wrote turkey.yaml\n", 0)
    assert (registry / "turkey.yaml").read_text(encoding="utf-8") == SAID.replace("Nothing is decided", "All is open")
    assert drafts(registry) == []


@pytest.mark.parametrize("editor", ["true", "touch", f"sed -i '{RIGHT};s/All is open/Nothing is decided/'"])
def test_an_unchanged_file_stays(editor: str, registry: Path) -> None:
    before = (registry / "turkey.yaml").stat()
    said = edit(registry, editor, "turkey")
    assert (said.stdout, said.stderr, said.returncode) == ("", "stancectl: turkey.yaml is as it was\n", 0)
    after = (registry / "turkey.yaml").stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_mode) == (before.st_ino, before.st_mtime_ns, before.st_mode)
    assert drafts(registry) == []


def test_every_byte_is_the_users(registry: Path, tmp_path: Path) -> None:
    odd = b"\xef\xbb\xbf# mine\r\n" + SAID.replace("\n", "\r\n").encode() + b"\r\n\r\n# the end, without a line's"
    (tmp_path / "odd.yaml").write_bytes(odd)
    assert edit(registry, f"cp '{tmp_path}/odd.yaml'", "turkey").returncode == 0
    assert (registry / "turkey.yaml").read_bytes() == odd


@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_permissions_stay(mode: int, registry: Path) -> None:
    (registry / "turkey.yaml").chmod(mode)
    assert edit(registry, f"sed -i '{RIGHT}'", "turkey").returncode == 0
    assert stat.S_IMODE((registry / "turkey.yaml").stat().st_mode) == mode


def test_a_link_stays_a_link(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (registry / "turkey.yaml").rename(tmp_path / "elsewhere/tr.yaml")
    (registry / "turkey.yaml").symlink_to("../elsewhere/tr.yaml")
    assert edit(registry, f"sed -i '{RIGHT}'", "turkey").returncode == 0
    assert (registry / "turkey.yaml").readlink() == Path("../elsewhere/tr.yaml")
    assert "All is open" in (tmp_path / "elsewhere/tr.yaml").read_text(encoding="utf-8")
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["tr.yaml"]


def test_a_warning_is_told_and_no_hindrance(registry: Path) -> None:
    said = edit(registry, "sed -i s/question-time/question-time#\u00adx/", "turkey")
    assert said.returncode == 0
    assert "warning[invisible-character]" in said.stderr
    assert "error" not in said.stderr
    assert said.stderr.endswith("stancectl: wrote turkey.yaml\n")


# Errors


INVALID = {
    # what an editor does, and the code that is told
    "a mistake": (f"sed -i '{WRONG}'", "unknown-stance"),
    "no YAML": ("sed -i 's/name: Turkey/name: [Turkey/'", "yaml-syntax"),
    "no UTF-8": ('sh -c \'printf "\\377" >> "$0"\'', "not-utf-8"),
    "nothing": ("sh -c ': > \"$0\"'", "empty-file"),
    "a name that another has": ("sed -i 's/name: Turkey/name: Laputa/'", "duplicate-name"),
    "an answer to nobody": ("sed -i s/2025-01-01-king/2025-01-01-queen/", "unknown-reference"),
}


@pytest.mark.parametrize(("editor", "code"), INVALID.values(), ids=INVALID)
def test_what_is_invalid_replaces_nothing_and_is_not_lost(editor: str, code: str, registry: Path) -> None:
    before = tree(registry)
    said = edit(registry, editor, "turkey")
    assert (said.stdout, said.returncode) == ("", 2)
    assert re.search(r"^turkey\.yaml:[0-9]+:[0-9]+: error\[", said.stderr)
    assert "--force" in said.stderr
    (draft,) = drafts(registry)
    assert draft.name in said.stderr
    assert {name: text for name, text in tree(registry).items() if name != draft.name} == before
    (registry / "turkey.yaml").write_bytes(draft.read_bytes())
    assert f"error[{code}]" in stancectl("check", *DAY, cwd=registry).stdout


def test_force_writes_what_is_invalid(registry: Path) -> None:
    said = edit(registry, f"sed -i '{WRONG}'", "turkey", "--force")
    assert said.returncode == 0
    assert "turkey.yaml:9:13: error[unknown-stance]" in said.stderr
    assert said.stderr.endswith("stancectl: wrote turkey.yaml\n")
    assert "undecidd" in (registry / "turkey.yaml").read_text(encoding="utf-8")
    assert drafts(registry) == []


BREAKS_OTHERS = {
    # a file, what is done to it, and the code of the error it makes in another
    "a stance that a country takes": ("_registry", "s/^  undecided:/  open:/", "unknown-stance"),
    "a precondition that a country names": ("_registry", "s/^  compensation:/  payment:/", "unknown-precondition"),
    "a contribution that a country offers": ("_registry", "s/^  patrols:/  boats:/", "unknown-contribution"),
}


@pytest.mark.parametrize(("name", "change", "code"), BREAKS_OTHERS.values(), ids=BREAKS_OTHERS)
def test_what_makes_other_files_invalid_replaces_nothing(name: str, change: str, code: str, registry: Path) -> None:
    before = tree(registry)
    said = edit(registry, f"sed -i '{change}'", name)
    assert said.returncode == 2
    assert f"error[{code}]" in said.stderr
    assert {path: text for path, text in tree(registry).items() if not path.startswith(".")} == before


def test_an_id_that_another_country_answers_to_cannot_be_changed_alone(registry: Path) -> None:
    before = tree(registry)
    said = edit(registry, "sed -i 's/id: 2025-01-01-king/id: 2025-01-01-rex/'", "laputa")
    assert said.returncode == 2
    assert "error[unknown-reference]" in said.stderr
    assert {path: text for path, text in tree(registry).items() if not path.startswith(".")} == before


def test_others_errors_are_no_hindrance(registry: Path) -> None:
    (registry / "laputa.yaml").write_text("country: XL\nname: [", encoding="utf-8")
    said = edit(registry, "sed -i s/responds_to:.*//", "turkey")
    assert (said.stderr.endswith("stancectl: wrote turkey.yaml\n"), said.returncode) == (True, 0)


@pytest.mark.parametrize(
    ("name", "broken", "mended"),
    [
        ("turkey", "country: TR\nname: [", SAID),
        ("turkey", SAID.replace("undecided", "undecidd"), SAID),
        ("_registry", "format: 1\ntopic: [", VOCABULARY),
        ("_registry", VOCABULARY.replace("undecided:", "undecidd:"), VOCABULARY),
        ("_events", "events: {", "events: []\n"),
        ("turkey", "", SAID),
    ],
)
def test_a_broken_registry_can_be_mended(name: str, broken: str, mended: str, registry: Path, tmp_path: Path) -> None:
    (registry / f"{name}.yaml").write_text(broken, encoding="utf-8")
    (tmp_path / "mended").write_text(mended, encoding="utf-8")
    said = edit(registry, f"cp '{tmp_path}/mended'", name)
    assert said.returncode == 0
    assert "error" not in said.stderr
    assert said.stderr.endswith(f"stancectl: wrote {name}.yaml\n")
    assert stancectl("check", *DAY, cwd=registry).returncode == 0


def test_the_same_mistake_at_another_line_is_still_one(registry: Path) -> None:
    (registry / "turkey.yaml").write_text(SAID.replace("undecided", "undecidd"), encoding="utf-8")
    said = edit(registry, "sed -i '1i # mine'", "turkey")
    assert said.returncode == 2
    assert "turkey.yaml:10:13: error[unknown-stance]" in said.stderr
    assert kept(said, registry).startswith("# mine\n")


# Editors that fail


FAILING = {
    # an editor, what is said of it, and whether it changed the draft
    "ended with an error": ("false", "false ended with 1", False),
    "ended with an error after a change": (f'sh -c \'sed -i "{RIGHT}" "$0"; exit 3\'', "sh ended with 3", True),
    "was killed": ("sh -c 'kill -9 $$'", "sh ended with", False),
    "is not there": ("no-such-editor --wait", "cannot run no-such-editor: No such file or directory", False),
    "is no program": ("/dev/null", "cannot run /dev/null: Permission denied", False),
    "has an open quote": ("vi 'x", "$EDITOR is no command: vi 'x", False),
}


@pytest.mark.parametrize(("editor", "told", "changed"), FAILING.values(), ids=FAILING)
def test_an_editor_that_fails_is_one_error_and_changes_nothing(editor: str, told: str, changed: bool, registry: Path) -> None:
    before = (registry / "turkey.yaml").read_bytes()
    said = edit(registry, editor, "turkey")
    assert (said.stdout, said.returncode) == ("", 2)
    assert re.fullmatch(rf"stancectl: error\[editor\]: {re.escape(told)}[^\n]*\n", said.stderr)
    assert (registry / "turkey.yaml").read_bytes() == before
    if changed:
        assert "All is open" in kept(said, registry)
    else:
        assert drafts(registry) == []


@pytest.mark.parametrize("editor", ["rm", 'sh -c \'rm "$0"; mkdir "$0"\''])
def test_a_draft_that_is_gone_is_told_as_such(editor: str, registry: Path) -> None:
    said = edit(registry, editor, "turkey")
    assert (said.stdout, said.returncode) == ("", 2)
    assert (registry / "turkey.yaml").read_text(encoding="utf-8") == SAID
    assert "make room" not in said.stderr


INTERRUPT = "kill -INT $PPID; exec sleep 0.5"
"""What an editor sees where somebody presses Ctrl-C in the terminal that it was started from, and it goes on."""


def test_a_text_is_not_lost_where_the_wait_for_the_editor_is_cut_off(registry: Path) -> None:
    said = edit(registry, f'sh -c \'sed -i "{RIGHT}" "$0"; {INTERRUPT}\'', "turkey")
    text = kept(said, registry) if drafts(registry) else (registry / "turkey.yaml").read_text(encoding="utf-8")
    assert "All is open" in text


def test_no_draft_is_left_where_the_wait_is_cut_off_and_nothing_was_typed(registry: Path) -> None:
    edit(registry, f"sh -c '{INTERRUPT}'", "turkey")
    assert drafts(registry) == []


def test_there_may_be_no_editor_at_all(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = stancectl("edit", "turkey", cwd=registry, env={"EDITOR": "", "VISUAL": " ", "PATH": str(tmp_path / "empty")})
    assert said.stderr == "stancectl: error[editor]: there is no editor; set $VISUAL or $EDITOR to one\n"
    assert (said.returncode, drafts(registry)) == (2, [])


# Which editor, and at which line


@pytest.fixture(scope="module")
def editors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of editors that write down what they are called with, a word a line, into $CALLED."""
    folder = tmp_path_factory.mktemp("editors")
    names = [
        "vi",
        "vim",
        "nvim",
        "nano",
        "emacs",
        "emacsclient",
        "micro",
        "kak",
        "gedit",
        "code",
        "codium",
        "cursor",
        "subl",
        "zed",
    ]
    for name in [*names, "hx", "helix", "kate", "mate", "ed", "my-editor"]:
        program(folder / name, '#!/bin/sh\nprintf "%s\\n" "${0##*/}" "$@" > "$CALLED"\n')
    return folder


def in_this_process(folder: Path, *words: str, **env: str) -> Said:
    """What `stancectl edit WORDS` says in a pipe, for tables of cases that would start a hundred processes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, value in ({"EDITOR": "", "VISUAL": ""} | env).items():
            patch.setenv(name, value)
        return here("edit", *words, *DAY)


def called(folder: Path, editors: Path, *words: str, **env: str) -> str:
    """How the editor was called; the draft is FILE."""
    path = f"{editors}{os.pathsep}{os.environ['PATH']}"
    said = in_this_process(folder, *words, PATH=path, CALLED=str(folder.parent / "called"), **env)
    assert said.code == 0, said.stderr
    told = (folder.parent / "called").read_text(encoding="utf-8").replace("\n", " ").strip()
    return re.sub(rf"{re.escape(str(folder.resolve()))}/\.(\w+)\.\w+\.draft\.yaml", "FILE", told)


PLACES = {
    "vi": "vi +5 FILE",
    "vim": "vim +5 FILE",
    "nvim": "nvim +5 FILE",
    "nano": "nano +5 FILE",
    "emacs -nw": "emacs -nw +5 FILE",
    "emacsclient": "emacsclient +5 FILE",
    "micro": "micro +5 FILE",
    "kak": "kak +5 FILE",
    "gedit": "gedit +5 FILE",
    "code": "code --wait --goto FILE:5",
    "code --wait": "code --wait --goto FILE:5",
    "code -w -n": "code -w -n --goto FILE:5",
    "codium": "codium --wait --goto FILE:5",
    "subl": "subl --wait FILE:5",
    "zed -w": "zed -w FILE:5",
    "hx": "hx FILE:5",
    "kate": "kate -l 5 FILE",
    "mate": "mate --wait -l 5 FILE",
    "ed": "ed FILE",
    "my-editor --flag 'two words' \"$x\"": "my-editor --flag two words $x FILE",
}


@pytest.mark.parametrize(("editor", "expected"), PLACES.items(), ids=PLACES)
def test_an_editor_is_opened_at_the_line(editor: str, expected: str, registry: Path, editors: Path) -> None:
    assert called(registry, editors, "turkey", "2025-03-02-kaya", EDITOR=editor) == expected


@pytest.mark.parametrize("spelling", ["{}/nano", "{}/code"])
def test_an_editor_may_be_named_with_its_folder(spelling: str, registry: Path, editors: Path) -> None:
    told = called(registry, editors, "turkey", "2025-03-02-kaya", EDITOR=spelling.format(editors))
    assert told == PLACES[spelling.removeprefix("{}/")]


@pytest.mark.parametrize(
    ("visual", "editor", "expected"),
    [("hx", "vi", "hx FILE:1"), ("", "vi", "vi +1 FILE"), ("  ", "hx", "hx FILE:1"), ("", "", "nano +1 FILE")],
)
def test_visual_goes_before_editor_and_both_before_the_usual(
    visual: str, editor: str, expected: str, registry: Path, editors: Path
) -> None:
    assert called(registry, editors, "turkey", VISUAL=visual, EDITOR=editor) == expected


MORE = """\
  - {id: 2025-05-01-flow, date: 2025-05-01, speaker: X, summary: x, sources: [{url: "https://example.org/"}]}
  - date: 2025-06-01
    speaker: X
    id: "2025-06-01-late" # behind
    summary: |
      id: 2025-05-01-flow
    sources: [{url: "https://example.org/"}]
  -
    id:   '2025-07-01'
    date: 2025-07-01
    speaker: X
    summary: x
    sources: [{url: "https://example.org/"}]
"""
LINES = len(SAID.splitlines())
REFERENCES = {
    "turkey 2025-03-02-kaya": 5,
    "turkey turkey/2025-03-02-kaya": 5,
    "turkey/2025-03-02-kaya": 5,
    "TR/2025-03-02-kaya": 5,
    "türkiye 2025-03-02-kaya": 5,
    "turkey 2025-06-01-late": LINES + 4,
    "turkey 2025-07-01": LINES + 9,
    "turkey": 1,
    "turkey.yaml": 1,
    "_registry": 1,
    "_events": 1,
    "_events.yaml": 1,
    "laputa": 1,
    "the laputa": 1,
    "XL": 1,
}


@pytest.mark.parametrize(("typed", "line"), REFERENCES.items(), ids=REFERENCES)
def test_names_and_references_lead_to_their_line(typed: str, line: int, registry: Path, editors: Path) -> None:
    (registry / "turkey.yaml").write_text(SAID + MORE, encoding="utf-8")
    words = typed.rsplit(" ", 1) if re.search(r" \S*2025", typed) else [typed]
    assert called(registry, editors, *words, EDITOR="vi") == f"vi +{line} FILE"


def test_a_statement_in_braces_is_found(registry: Path, editors: Path) -> None:
    (registry / "turkey.yaml").write_text(SAID + MORE.replace("      id: 2025-05-01-flow\n", "      x\n"), encoding="utf-8")
    assert called(registry, editors, "turkey", "2025-05-01-flow", EDITOR="vi") == f"vi +{LINES + 1} FILE"


UNKNOWN = {
    "a statement": (["turkey", "2025-03-02-kay"], "error[unknown-statement]", "2025-03-02-kaya"),
    "a statement behind a stroke": (["turkey/nothing"], "error[unknown-statement]", "2025-03-02-kaya"),
    "another's statement": (["turkey", "2025-01-01-king"], "error[unknown-statement]", "2025-03-02-kaya"),
    "a country": (["turky"], "error[unknown-country]", "did you mean `turkey`"),
    "a country of the world": (["france"], "error[unknown-country]", "turkey"),
    "a folder above": (["../cod/turkey"], "error[unknown-country]", "turkey"),
    "nothing": ([""], "error[unknown-country]", "turkey"),
}


@pytest.mark.parametrize(("words", "code", "told"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_there_is_one_error_and_opens_nothing(words: list[str], code: str, told: str, registry: Path) -> None:
    said = in_this_process(registry, *words, EDITOR="touch opened")
    assert (said.stdout, said.code) == ("", 2)
    assert said.stderr.startswith(f"stancectl: {code}: ")
    assert told in said.stderr
    assert said.stderr.count("\n") == 1
    assert not (registry / "opened").exists()
    assert drafts(registry) == []


def test_a_hidden_file_is_none_of_the_registry(registry: Path) -> None:
    (registry / ".notes.yaml").write_text("mine", encoding="utf-8")
    assert edit(registry, "true", ".notes").returncode == 2


# Whose registry


def test_another_registry_by_flag_or_variable(registry: Path, tmp_path: Path) -> None:
    said = edit(registry, f"sed -i '{RIGHT}'", "turkey", "--registry", "cod", cwd=tmp_path)
    assert (said.stderr, said.returncode) == ("stancectl: wrote cod/turkey.yaml\n", 0)
    said = stancectl(
        "edit", "laputa", cwd=tmp_path, env={"EDITOR": "sed -i s/coast/beach/", "VISUAL": "", "STANCECTL_REGISTRY": str(registry)}
    )
    assert said.returncode == 0
    assert "has no beach" in (registry / "laputa.yaml").read_text(encoding="utf-8")


def test_the_shipped_registry_is_not_edited(tmp_path: Path) -> None:
    said = edit(tmp_path, "touch opened", "turkey")
    assert (said.stdout, said.returncode) == ("", 2)
    assert said.stderr.startswith("stancectl: error[no-registry]: there is no registry here; ")
    assert list(tmp_path.iterdir()) == []


# Somebody else meanwhile


def test_a_file_that_somebody_changed_meanwhile_stays_as_they_left_it(registry: Path) -> None:
    said = edit(registry, f'sh -c \'sed -i "{RIGHT}" "$0"; echo "# theirs" >> turkey.yaml\'', "turkey")
    assert said.returncode == 2
    assert "error[changed-meanwhile]: turkey.yaml was changed" in said.stderr
    assert (registry / "turkey.yaml").read_text(encoding="utf-8") == SAID + "# theirs\n"
    assert "All is open" in kept(said, registry)


def test_a_file_that_somebody_removed_meanwhile_stays_removed(registry: Path) -> None:
    said = edit(registry, f'sh -c \'sed -i "{RIGHT}" "$0"; rm turkey.yaml\'', "turkey")
    assert said.returncode == 2
    assert not (registry / "turkey.yaml").exists()
    assert "All is open" in kept(said, registry)


def test_what_add_wrote_meanwhile_is_not_lost(registry: Path) -> None:
    flags = "--date today --speaker Other --summary x --source https://example.org/x"
    said = edit(registry, f'sh -c \'sed -i "{RIGHT}" "$0"; {sys.executable} -m stancectl add turkey {flags}\'', "turkey")
    assert "changed-meanwhile" in said.stderr
    text = (registry / "turkey.yaml").read_text(encoding="utf-8")
    assert "speaker: Other" in text
    assert "Nothing is decided" in text


def test_somebody_who_changes_what_is_left_unchanged_is_left_alone(registry: Path) -> None:
    said = edit(registry, "sh -c 'echo \"# theirs\" >> turkey.yaml'", "turkey")
    assert (said.stderr, said.returncode) == ("stancectl: turkey.yaml is as it was\n", 0)
    assert (registry / "turkey.yaml").read_text(encoding="utf-8") == SAID + "# theirs\n"


def test_the_draft_lies_beside_the_file_and_is_no_part_of_the_registry(registry: Path) -> None:
    assert edit(registry, f"sh -c '{sys.executable} -m stancectl check --today 2025-11-30 > ../told; ls -A > ../there'", "turkey")
    assert (registry.parent / "told").read_text(encoding="utf-8").count("error") == 0
    assert re.search(r"^\.turkey\.\w+\.draft\.yaml$", (registry.parent / "there").read_text(), re.MULTILINE)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_registry_that_may_not_be_written_to_is_one_error(registry: Path) -> None:
    registry.chmod(0o500)
    said = edit(registry, "touch opened", "turkey")
    registry.chmod(0o700)
    assert (said.stdout, said.returncode) == ("", 2)
    assert said.stderr.startswith("stancectl: error[output]: cannot write to ")


# On a terminal


STEPS = """\
#!/usr/bin/env python3
import os, sys
from pathlib import Path

folder = Path(__file__).parent
with (folder / "called").open("a") as stream:
    print(sys.argv[1], file=stream)
steps = (folder / "steps").read_text().splitlines()
(folder / "steps").write_text("".join(f"{step}\\n" for step in steps[1:]))
old, _, new = steps[0].partition(" -> ")
draft = Path(sys.argv[2])
draft.write_text(draft.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
"""
CHOICE = "[EDIT/write/quit]"


def asks(terminal: Terminal, answer: str = "") -> None:
    """Wait for the question what is to become of the text, with that answer behind it."""
    terminal.until(lambda screen: re.fullmatch(rf".*{re.escape(CHOICE)} *{answer}", screen.here))


@pytest.fixture
def stepwise(tmp_path: Path) -> Path:
    """An editor like vi that makes the changes in the file `steps` beside it, one each time, and notes where it was opened."""
    (tmp_path / "bin").mkdir()
    return program(tmp_path / "bin" / "vi", STEPS)


def editing(folder: Path, editor: Path, steps: list[str], *words: str) -> Terminal:
    (editor.parent / "steps").write_text("".join(f"{step}\n" for step in steps))
    return Terminal("edit", *words, *DAY, cwd=folder, env={"EDITOR": str(editor), "VISUAL": ""})


def opened_at(editor: Path) -> list[str]:
    return (editor.parent / "called").read_text().split()


BAD, GOOD = "stance: undecided -> stance: undecidd", "stance: undecidd -> stance: refuses"


@pytest.mark.parametrize("typed", ["edit", "e", ""])
def test_edit_opens_the_editor_again_at_the_error(typed: str, registry: Path, stepwise: Path) -> None:
    with editing(registry, stepwise, [BAD, GOOD], "turkey") as terminal:
        asks(terminal)
        assert "turkey.yaml:9:13: error[unknown-stance]" in terminal.screen.text
        assert (registry / "turkey.yaml").read_text(encoding="utf-8") == SAID
        terminal.type(f"{typed}\r")
        assert terminal.end() == 0
        assert "wrote turkey.yaml" in terminal.screen.text
    assert opened_at(stepwise) == ["+1", "+9"]
    assert "stance: refuses" in (registry / "turkey.yaml").read_text(encoding="utf-8")
    assert drafts(registry) == []


def test_it_asks_until_nothing_is_wrong(registry: Path, stepwise: Path) -> None:
    steps = [BAD, "undecidd -> undecide", "speaker: Ayşe Kaya -> speaker:", GOOD.replace("undecidd", "undecide")]
    with editing(registry, stepwise, [*steps, "speaker: -> speaker: A. Kaya"], "turkey") as terminal:
        for told in ("undecidd", "undecide`", "2 errors", "`speaker` is empty"):
            terminal.until_text(told)
            asks(terminal)
            assert (registry / "turkey.yaml").read_text(encoding="utf-8") == SAID
            terminal.type("e")
            asks(terminal, "e")
            terminal.type("\r")
        assert terminal.end() == 0
    assert opened_at(stepwise) == ["+1", "+9", "+9", "+7", "+7"]
    text = (registry / "turkey.yaml").read_text(encoding="utf-8")
    assert "speaker: A. Kaya" in text
    assert "stance: refuses" in text


def test_changes_that_were_taken_back_leave_the_file(registry: Path, stepwise: Path) -> None:
    with editing(registry, stepwise, [BAD, "undecidd -> undecided"], "turkey") as terminal:
        asks(terminal)
        terminal.type("\r")
        assert terminal.end() == 0
        assert "turkey.yaml is as it was" in terminal.screen.text
    assert (registry / "turkey.yaml").read_text(encoding="utf-8") == SAID
    assert drafts(registry) == []


@pytest.mark.parametrize("typed", ["write", "w"])
def test_write_writes_it_as_it_is(typed: str, registry: Path, stepwise: Path) -> None:
    with editing(registry, stepwise, [BAD], "turkey") as terminal:
        asks(terminal)
        terminal.type(f"{typed}\r")
        assert terminal.end() == 0
    assert (registry / "turkey.yaml").read_text(encoding="utf-8") == SAID.replace("undecided", "undecidd")
    assert drafts(registry) == []


def test_quit_leaves_the_file_and_keeps_the_text(registry: Path, stepwise: Path) -> None:
    with editing(registry, stepwise, [BAD], "turkey") as terminal:
        asks(terminal)
        terminal.type("x")
        asks(terminal, "x")
        terminal.type("\r")
        terminal.until_text("answer ")
        terminal.type("\x15quit")
        asks(terminal, "quit")
        terminal.type("\r")
        assert terminal.end() == 1
        (draft,) = drafts(registry)
        assert draft.name in terminal.screen.text.replace("\n", "")
    assert draft.read_text(encoding="utf-8") == SAID.replace("undecided", "undecidd")
    assert (registry / "turkey.yaml").read_text(encoding="utf-8") == SAID


@pytest.mark.parametrize("keys", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_leaving_keeps_the_file_and_the_text(keys: str, registry: Path, stepwise: Path) -> None:
    with editing(registry, stepwise, [BAD], "turkey") as terminal:
        asks(terminal)
        terminal.type(keys)
        assert terminal.end() == 130
    (draft,) = drafts(registry)
    assert draft.read_text(encoding="utf-8") == SAID.replace("undecided", "undecidd")
    assert (registry / "turkey.yaml").read_text(encoding="utf-8") == SAID


def test_leaving_tells_where_the_text_is(registry: Path, stepwise: Path) -> None:
    with editing(registry, stepwise, [BAD], "turkey") as terminal:
        asks(terminal)
        terminal.type("\x03")
        assert terminal.end() == 130
        (draft,) = drafts(registry)
        assert draft.name in terminal.screen.text.replace("\n", "")


def test_force_asks_nothing(registry: Path, stepwise: Path) -> None:
    with editing(registry, stepwise, [BAD], "turkey", "--force") as terminal:
        assert terminal.end() == 0
        assert CHOICE not in terminal.screen.text
    assert "undecidd" in (registry / "turkey.yaml").read_text(encoding="utf-8")


def test_an_editor_has_the_terminal(registry: Path, tmp_path: Path) -> None:
    asking = program(tmp_path / "asking", '#!/bin/sh\nprintf "what? "\nread -r text\nprintf "# %s\\n" "$text" >> "$1"\n')
    with Terminal("edit", "turkey", *DAY, cwd=registry, env={"EDITOR": str(asking), "VISUAL": ""}) as terminal:
        terminal.until(lambda screen: screen.here == "what?")
        terminal.type("mine\n")
        assert terminal.end() == 0
    assert (registry / "turkey.yaml").read_text(encoding="utf-8") == SAID + "# mine\n"


def test_what_an_error_shows_never_steers_the_terminal(registry: Path, stepwise: Path) -> None:
    with editing(registry, stepwise, [r'stance: undecided -> stance: "\e]0;x\a\u202E"'], "turkey") as terminal:
        asks(terminal)
        terminal.type("q\r")
        assert terminal.end() == 1
        assert not re.search("\u202e|\x1b\\]|\x07", terminal.sent)


def test_completion_of_names_is_that_of_the_registry(registry: Path) -> None:
    env = environment({"_STANCECTL_COMPLETE": "complete_bash", "COMP_WORDS": "stancectl edit tu", "COMP_CWORD": "2"})
    stancectl_command = shutil.which("stancectl", path=str(Path(sys.executable).parent))
    if stancectl_command is None:
        pytest.skip("the command is not installed")
    done = subprocess.run([stancectl_command], cwd=registry, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["turkey"]


# Drafts that are too large, and registries that are broken


def test_a_text_too_large_to_be_read_again_is_refused(registry: Path) -> None:
    before = (registry / "turkey.yaml").read_bytes()
    said = edit(registry, 'sh -c \'head -c 5000000 /dev/zero | tr "\\0" "#" >>"$0"\'', "turkey")
    assert ("error[file-too-large]" in said.stderr, said.returncode) == (True, 2)
    assert (registry / "turkey.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["turkey", "Turkey", "TR", "türkiye"])
def test_a_broken_registry_is_mended_by_any_name(name: str, registry: Path) -> None:
    path = registry / "turkey.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("undecided", "undecidd"), encoding="utf-8")
    said = edit(registry, "sed -i s/undecidd/undecided/", name)
    assert (said.stderr.endswith("stancectl: wrote turkey.yaml\n"), said.returncode) == (True, 0)


def test_a_reference_to_another_countrys_statement_is_refused(registry: Path) -> None:
    said = edit(registry, "true", "turkey", "laputa/2025-01-01-king")
    assert ("error[usage]: laputa/2025-01-01-king is no statement in turkey.yaml" in said.stderr, said.returncode) == (True, 2)
