"""The registry's own clock: what git recorded, at one revision or between two, whatever the dates of the statements."""

import json
import os
from pathlib import Path

import pytest

from repositories import FRANCE, TURKEY, WORDS, ask, git, record, write
from shell import here
from stancectl.registry.files import MAX_BYTES


def stances(folder: Path, *words: str) -> str:
    """Slugs and stances that `list` answers with."""
    code, out, err = ask(folder, "list", "--fields", "country,stance", *words)
    assert (code, err) == (0, "")
    return out.replace("\t", " ").replace("\n", "; ").removesuffix("; ")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in which the registry came, a statement was coded anew, a country came, and a slip was recorded.

    Its files have a change that is not recorded yet. Read only.
    """
    folder = tmp_path_factory.mktemp("desk")
    git(folder, "init", "--quiet")
    (folder / "README.md").write_text("Positions, to come.\n", encoding="utf-8")
    record(folder, "v0-none")
    write(folder / "positions", turkey=TURKEY)
    record(folder, "v1-first")
    write(folder / "positions", turkey=TURKEY.replace("undecided", "conditional"))
    record(folder, "v2-coded-anew")
    write(folder / "positions", turkey=TURKEY.replace("undecided", "conditional"), france=FRANCE)
    record(folder, "v3-france")
    git(folder, "checkout", "--quiet", "-b", "slips")
    write(folder / "positions", turkey=TURKEY.replace("undecided", "conditonal"))
    record(folder, "v4-slip")
    git(folder, "checkout", "--quiet", "main")
    write(folder / "positions", turkey=TURKEY.replace("undecided", "declined"))
    return folder


@pytest.mark.parametrize(
    ("revision", "answer"),
    [
        (None, "france conditional; turkey declined"),
        ("HEAD", "france conditional; turkey conditional"),
        ("refs/tags/v3-france", "france conditional; turkey conditional"),
        ("v2-coded-anew", "turkey conditional"),
        ("HEAD~1", "turkey conditional"),
        ("HEAD~2", "turkey undecided"),
        ("HEAD^{/coded}", "turkey conditional"),
    ],
)
def test_as_recorded(desk: Path, revision: str | None, answer: str) -> None:
    assert stances(desk, *(["--rev", revision] if revision else [])) == answer


def test_as_recorded_by_a_commit_name_whole_or_short(desk: Path) -> None:
    name = git(desk, "rev-parse", "v1-first")
    assert stances(desk, "--rev", name) == stances(desk, "--rev", name[:8]) == "turkey undecided"


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        ("nowhere", "git knows no revision `nowhere` of positions; see `git log`"),
        ("HEAD~9", "git knows no revision `HEAD~9` of positions; see `git log`"),
        ("v1..v2", "git knows no revision `v1..v2` of positions; a range A..B is for `diff` and `log`; name one revision"),
        ("nowhere:positions", "git knows no revision `nowhere` of positions; see `git log`"),
        ("v1-first:notes", "revision `v1-first` holds no registry in notes; it holds one elsewhere: --rev v1-first:positions"),
        (
            "v1-first:",
            "revision `v1-first` holds no registry in its top folder; it holds one elsewhere: --rev v1-first:positions",
        ),
        ("", "git knows no revision `` of positions; see `git log`"),
        ("-1", "git knows no revision `-1` of positions; see `git log`"),
        ("--all", "git knows no revision `--all` of positions; see `git log`"),
        ("--output=stolen", "git knows no revision `--output=stolen` of positions; see `git log`"),
        ("a\x1b[31mb\nc", "git knows no revision `a\\u001b[31mb c` of positions; see `git log`"),
        ("v0-none", "revision `v0-none` holds no registry in positions; name a later one"),
    ],
)
def test_no_such_revision(desk: Path, revision: str, told: str) -> None:
    answer = ask(desk, "list", "--registry", "positions", "--rev", revision)
    assert answer == (2, "", f"stancectl: error[unknown-revision]: {told}\n")
    assert not (desk / "positions" / "stolen").exists()


def test_an_error_at_a_revision_is_shown_there(desk: Path) -> None:
    slip = """\
v4-slip:positions/turkey.yaml:7:13: error[unknown-stance]: `conditonal` is no stance of this registry
  |
7 |     stance: conditonal
  |             ^^^^^^^^^^
  = help: did you mean `conditional`? Known: conditional, undecided, declined
stancectl: error[invalid-registry]: 1 problem in 1 file; nothing was answered
"""
    assert ask(desk, "list", "--rev", "v4-slip") == (2, "", slip)
    assert ask(desk, "diff", "--rev", "v3-france..v4-slip") == (2, "", slip)


# Two clocks.


def moves(folder: Path, *words: str) -> list[list[str]]:
    """What moved in positions; for the rest of what was recorded differently, see test_recordings."""
    code, out, err = ask(folder, "diff", "--json", "--fields", "country,change,item,before,after,date,by", *words)
    assert (code, err) == (0, "" if out != "[]\n" else "stancectl: nothing moved\n")
    return [list(row.values()) for row in json.loads(out) if not row["change"].startswith("entry-")]


CODED_ANEW = ["turkey", "stance", "stance", "undecided", "conditional", "2025-03-06", "turkey/mod"]
REVISED = ["turkey", "stance", "stance", "conditional", "declined", "2025-03-06", "turkey/mod"]
FRANCE_CAME = [
    ["france", "stance", "stance", None, "conditional", "2025-11-25", "france/macron"],
    ["france", "precondition-added", "ceasefire", None, None, "2025-11-25", "france/macron"],
]
FRANCE_WENT = [
    ["france", "stance", "stance", "conditional", None, "2025-11-25", "france/macron"],
    ["france", "precondition-dropped", "ceasefire", None, None, "2025-11-25", "france/macron"],
]


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        # What was recorded: a statement of March 2025, coded anew in 2026.
        (["--rev", "v1-first..v2-coded-anew"], [CODED_ANEW]),
        (["--rev", "v2-coded-anew..v1-first"], [[*CODED_ANEW[:3], "conditional", "undecided", *CODED_ANEW[5:]]]),
        (["--rev", "v1-first..v1-first"], []),
        (["--rev", "v2-coded-anew..v3-france"], FRANCE_CAME),
        (["--rev", "v1-first..v3-france", "turkey"], [CODED_ANEW]),
        (["--rev", "v3-france..v2-coded-anew"], FRANCE_WENT),
        (["--rev", "v3-france..v2-coded-anew", "france"], FRANCE_WENT),
        (["--rev", "HEAD.."], [REVISED]),
        # Before France spoke there was nothing of hers to record.
        (["--rev", "v2-coded-anew..v3-france", "--as-of", "2025-06"], []),
        # What was said: nobody said anything when the note was corrected, and what was said has one coding at a time.
        (["--since", "2026", "--rev", "v2-coded-anew"], []),
        (["--since", "2025-04", "--rev", "v2-coded-anew"], []),
        (["--since", "2025", "--rev", "v1-first"], [[*CODED_ANEW[:3], None, "undecided", *CODED_ANEW[5:]]]),
        (["--since", "2025", "--rev", "v2-coded-anew"], [[*CODED_ANEW[:3], None, "conditional", *CODED_ANEW[5:]]]),
        (["--since", "2025-04", "--rev", "v3-france"], FRANCE_CAME),
        (["--since", "2025-04", "--until", "2025-10", "--rev", "v3-france"], []),
    ],
    ids=lambda each: " ".join(each) if each and isinstance(each[0], str) else None,
)
def test_what_moved(desk: Path, words: list[str], moved: list[list[str]]) -> None:
    assert moves(desk, *words) == moved


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--rev", "v1-first..v2-coded-anew", "--since", "2025"],
            "error[usage]: --since and --until compare what was said, not what was recorded; leave them out, or the recordings",
        ),
        (
            ["--rev", "v1-first"],
            "error[usage]: diff compares two dates, two revisions or two registries; add --since DATE, --rev A..B or a folder",
        ),
        (
            ["--rev", "..HEAD"],
            "error[usage]: --rev ..HEAD does not name two revisions; write --rev A..B, or --rev A.. for A and now",
        ),
        (
            ["--rev", "v1-first..nowhere", "--registry", "positions"],
            "error[unknown-revision]: git knows no revision `nowhere` of positions; see `git log`",
        ),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_what_cannot_be_compared(desk: Path, words: list[str], told: str) -> None:
    assert ask(desk, "diff", *words) == (2, "", f"stancectl: {told}\n")


PAGES = [["-f", "plain"], ["-f", "plain", "--stat"]]


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_a_country_that_went_is_told_in_words(desk: Path, words: list[str]) -> None:
    code, out, err = ask(desk, "diff", "--rev", "v3-france..v2-coded-anew", *words)
    assert (code, err) == (0, "")
    assert "France" in out


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_a_word_that_left_the_vocabulary_is_told_by_its_id(tmp_path: Path, words: list[str]) -> None:
    """Ids change as a registry grows; what was recorded under the old ones is told all the same."""
    git(tmp_path, "init", "--quiet")
    write(tmp_path / "positions", france=FRANCE)
    record(tmp_path, "v1")
    renamed = {"conditional": "on-terms", "Conditional": "On terms", "ceasefire": "truce", "Ceasefire": "Truce"}
    for file in (tmp_path / "positions").iterdir():
        text = file.read_text(encoding="utf-8")
        for old, new in renamed.items():
            text = text.replace(f" {old}", f" {new}").replace(f"[{old}", f"[{new}")
        file.write_text(text, encoding="utf-8")
    record(tmp_path, "v2")
    code, out, err = ask(tmp_path, "diff", "--rev", "v1..v2", *words)
    assert (code, err) == (0, "")
    assert "France" in out
    assert "--stat" in words or ("ceasefire" in out.casefold() and "Truce" in out)


# Where the registry lies.


def test_from_any_folder_of_the_repository_or_outside(desk: Path, tmp_path: Path) -> None:
    words = ("--rev", "v1-first")
    assert stances(desk / "positions", *words) == "turkey undecided"
    assert stances(desk / "positions", "--registry", ".", *words) == "turkey undecided"
    assert stances(tmp_path, "--registry", str(desk / "positions"), *words) == "turkey undecided"
    (tmp_path / "link").symlink_to(desk / "positions")
    assert stances(tmp_path, "--registry", "link", *words) == "turkey undecided"


def test_in_a_bare_repository(desk: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(desk), "desk.git")
    assert stances(tmp_path / "desk.git", "--rev", "v1-first") == "turkey undecided"
    assert stances(tmp_path / "desk.git", "--rev", "v1-first:positions") == "turkey undecided"
    assert stances(tmp_path, "--registry", "desk.git", "--rev", "v1-first") == "turkey undecided"
    assert moves(tmp_path / "desk.git", "--rev", "v1-first..v2-coded-anew") == [CODED_ANEW]


def test_in_another_work_tree(desk: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(desk), "desk")
    git(tmp_path / "desk", "worktree", "add", "--quiet", "../first", "v1-first")
    assert stances(tmp_path / "first") == "turkey undecided"
    assert stances(tmp_path / "first", "--rev", "v2-coded-anew") == "turkey conditional"


def test_in_a_shallow_clone(desk: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=2", "--branch=main", desk.as_uri(), "desk")
    assert stances(tmp_path / "desk", "--rev", "HEAD~1") == "turkey conditional"
    told = "git knows no revision `HEAD~2` of positions; `git fetch --unshallow` brings what this shallow clone lacks"
    answer = ask(tmp_path / "desk", "list", "--registry", "positions", "--rev", "HEAD~2")
    assert answer == (2, "", f"stancectl: error[unknown-revision]: {told}\n")


def test_from_a_folder_below_the_registry_or_beside_it(desk: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(desk), ".")
    for folder in ("notes/drafts", "positions/drafts"):
        (tmp_path / folder).mkdir(parents=True)
        assert stances(tmp_path / folder, "--rev", "v1-first") == "turkey undecided"
        assert stances(tmp_path / folder, "--rev", "v1-first:positions") == "turkey undecided"
        up = "../" * len(Path(folder).parts)
        assert stances(tmp_path / folder, "--rev", f"v1-first:{up}positions") == "turkey undecided"


def test_a_registry_that_is_gone_or_was_moved(desk: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(desk), ".")
    git(tmp_path, "mv", "positions", "registry")
    record(tmp_path, "moved")
    assert stances(tmp_path, "--rev", "v1-first") == "turkey undecided"  # where it lay then, since there is none near here now
    assert stances(tmp_path, "--registry", "positions", "--rev", "v1-first") == "turkey undecided"
    assert stances(tmp_path, "--rev", "moved:registry") == stances(tmp_path / "registry", "--rev", "moved")
    told = "revision `v1-first` holds no registry in registry; it holds one elsewhere: --rev v1-first:positions"
    answer = ask(tmp_path, "list", "--registry", "registry", "--rev", "v1-first")
    assert answer == (2, "", f"stancectl: error[unknown-revision]: {told}\n")


@pytest.mark.parametrize("revision", ["HEAD^{/coded: anew}", ":/coded: anew", "HEAD^{/coded: anew}:positions"])
def test_a_colon_may_be_part_of_a_revision(tmp_path: Path, revision: str) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path / "positions", turkey=TURKEY)
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "coded: anew")
    assert stances(tmp_path, "--rev", revision) == "turkey undecided"


@pytest.mark.parametrize("place", [".", "odd name ü/[a]*"])
def test_the_registry_may_lie_anywhere_in_the_repository(tmp_path: Path, place: str) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path / place, turkey=TURKEY)
    record(tmp_path, "v1")
    write(tmp_path / place, turkey=TURKEY.replace("undecided", "conditonal"))
    record(tmp_path, "v2")
    assert stances(tmp_path, "--registry", place, "--rev", "v1") == "turkey undecided"
    shown = os.path.relpath(tmp_path / place / "turkey.yaml", tmp_path)
    assert ask(tmp_path, "list", "--registry", place, "--rev", "v2")[2].startswith(f"v2:{shown}:7:13: error[unknown-stance]")


def test_a_hook_of_another_work_tree_asks_of_this_one(desk: Path) -> None:
    """Git tells its hooks with GIT_DIR where they were called, and then takes the folder for the top of the work tree."""
    code, out, err = ask(desk, "list", "--rev", "v1-first", "--fields", "stance", env={"GIT_DIR": str(desk / ".git")})
    assert (code, out, err) == (0, "undecided\n", "")


def test_not_in_git(tmp_path: Path) -> None:
    write(tmp_path / "positions", turkey=TURKEY)
    env = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    for words in (["list", "--rev", "HEAD"], ["diff", "--rev", "HEAD.."]):
        code, out, err = ask(tmp_path, *words, env=env)
        assert (code, out) == (2, "")
        assert err.startswith("stancectl: error[unknown-revision]: git: not a git repository")
        assert err.endswith("; revisions need a registry that is kept in git\n")


def test_before_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path / "positions", turkey=TURKEY)
    told = "stancectl: error[unknown-revision]: git knows no revision `HEAD` of positions; there is no commit yet\n"
    assert ask(tmp_path, "list", "--registry", "positions", "--rev", "HEAD") == (2, "", told)


def test_where_git_is_not_installed(desk: Path, tmp_path: Path) -> None:
    told = "stancectl: error[unknown-revision]: git is not installed; install it to use revisions\n"
    assert ask(desk, "list", "--rev", "HEAD", env={"PATH": str(tmp_path)}) == (2, "", told)


# What else may lie in a folder that git keeps.


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    positions = tmp_path / "positions"
    write(positions, turkey=TURKEY)
    for name in (".hidden.yaml", "README.md", "turkey.yaml~", "turkey.json", "notes/france.yaml", "folder.yaml/france.yaml"):
        (positions / name).parent.mkdir(exist_ok=True)
        (positions / name).write_text("no: registry", encoding="utf-8")
    record(tmp_path, "v1")
    assert stances(tmp_path, "--rev", "v1") == "turkey undecided"


def test_links_are_followed_within_what_git_keeps(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path / "positions", turkey=TURKEY)
    (tmp_path / "words.yaml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "elsewhere.yaml").write_text(FRANCE, encoding="utf-8")
    (tmp_path / "positions" / "_registry.yaml").unlink()
    (tmp_path / "positions" / "_registry.yaml").symlink_to("../words.yaml")
    (tmp_path / "positions" / "france.yaml").symlink_to("../elsewhere.yaml")
    record(tmp_path, "v1")
    assert stances(tmp_path, "--rev", "v1") == "france conditional; turkey undecided"


@pytest.mark.parametrize("target", ["/etc/hosts", "../../outside.yaml", "nothing.yaml", "france.yaml", "turkey.yaml/x"])
def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path, target: str) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    (tmp_path / "outside.yaml").write_text(FRANCE, encoding="utf-8")
    git(repository, "init", "--quiet")
    write(repository / "positions", turkey=TURKEY)
    (repository / "positions" / "france.yaml").symlink_to(target)
    record(repository, "v1")
    code, out, err = ask(repository, "list", "--rev", "v1")
    assert (code, out) == (2, "")
    told = "v1:positions/france.yaml:1:1: error[unreadable-file]: this link leads to no file that git keeps here\n"
    assert err.startswith(told)


ODD_NAMES = {
    "\x1b[31mred.yaml": "\\u001b[31mred.yaml",
    "-rf.yaml": "-rf.yaml",
    "france.yml": "france.yml",
    'quoted "ü".yaml': 'quoted "ü".yaml',
    "tab\tend.yaml": "tab end.yaml",
    "two\nlines.yaml": "two lines.yaml",
    os.fsdecode(b"t\xfcrkiye.yaml"): "t\N{REPLACEMENT CHARACTER}rkiye.yaml",
}


def test_files_of_odd_names_are_named(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path / "positions", turkey=TURKEY)
    for number, name in enumerate(ODD_NAMES):
        text = FRANCE.replace("FR", f"F{chr(65 + number)}").replace("France", f"Land {number}")
        try:
            (tmp_path / "positions" / name).write_text(text, encoding="utf-8")
        except OSError:
            pytest.skip("this file system has no such names")
    record(tmp_path, "v1")
    code, out, err = ask(tmp_path, "list", "--rev", "v1")
    assert (code, out) == (2, "")
    told = [line for line in err.splitlines() if line.startswith("v1:")]
    assert sorted(told) == sorted(
        f"v1:positions/{shown}:1:1: error[invalid-file-name]: `{shown}` names no country" for shown in ODD_NAMES.values()
    )


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path / "positions", turkey=TURKEY + "#" * MAX_BYTES)
    record(tmp_path, "v1")
    code, out, err = ask(tmp_path, "list", "--rev", "v1")
    assert (code, out) == (2, "")
    assert err.startswith("v1:positions/turkey.yaml:1:1: error[file-too-large]: larger than 4 MiB\n")


def test_asking_changes_nothing_in_the_repository(desk: Path) -> None:
    def state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(desk.rglob("*")) if path.is_file()}

    before = state()
    assert stances(desk, "--rev", "v1-first") == "turkey undecided"
    assert moves(desk, "--rev", "v1-first..v2-coded-anew") == [CODED_ANEW]
    assert state() == before


# The commands that look after a registry.


def test_check_at_a_revision(desk: Path) -> None:
    code, out, err = ask(desk, "check", "--rev", "v4-slip", "--select", "unknown-stance")
    assert (code, err) == (1, "stancectl: 1 error in 1 file\n")
    assert out.startswith("v4-slip:positions/turkey.yaml:7:13: error[unknown-stance]: `conditonal` is no stance")
    assert ask(desk, "check", "--rev", "v3-france", "--select", "unknown-stance") == (0, "", "")
    told = "stancectl: error[usage]: --rev checks a whole registry; name it with --registry DIR, or as REV:PATH\n"
    assert ask(desk, "check", "--rev", "v3-france", "positions/turkey.yaml") == (2, "", told)


def test_the_schema_of_a_revision(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path / "positions", turkey=TURKEY)
    record(tmp_path, "v1")
    (tmp_path / "positions" / "_registry.yaml").write_text(WORDS.replace("undecided", "open"), encoding="utf-8")
    words = ("schema", "--registry", tmp_path / "positions")
    now, then = here(*words), here(*words, "--rev", "v1")
    assert ("undecided" in now.stdout, "undecided" in then.stdout) == (False, True)
    told = "stancectl: error[usage]: --write refreshes the files as they are; drop --rev\n"
    assert here(*words, "--rev", "v1", "--write") == ("", told, 2)
