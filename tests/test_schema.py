"""JSON Schema for editors: it takes what the reader takes, refuses what it can see, and explains the rest."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, get_args

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as some
from jsonschema import Draft202012Validator, ValidationError

from building import FOLDER, WORDS, statements_of
from running import stancectl
from shell import REGISTRY
from stancectl.model.dates import PartialDate
from stancectl.model.statements import ATTRIBUTIONS
from stancectl.model.vocabulary import Contribution, Precondition, Stance, Vocabulary
from stancectl.registry import build, schema
from stancectl.registry import shapes as forms
from stancectl.registry.document import Document
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.json_schema import ATTRIBUTIONS as MEANT_ATTRIBUTIONS
from stancectl.registry.json_schema import KINDS, MEANINGS, json_schema
from stancectl.registry.read import check_files
from stancectl.registry.readings import known_ids
from stancectl.registry.strict_yaml import parse

ERRORS = Path(__file__).parent / "errors"
Plain = dict[str, Any]


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Core(LOADER):  # type: ignore[misc]
    """YAML 1.2 as other tools read it: the core schema. Keys are text, as in JSON."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Plain:
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


for tag, form, first in (
    ("null", r"~|null|Null|NULL|", [*"~nN", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        [*"-+.0123456789"],
    ),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), first)


def number(_: Core, node: yaml.ScalarNode) -> int:
    text = str(node.value)
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


Core.add_constructor("tag:yaml.org,2002:int", number)


def as_others_read(text: str) -> Any:
    return yaml.load(text, Core)


def vocabulary(folder: Path) -> Vocabulary:
    file = File(VOCABULARY, VOCABULARY, (folder / VOCABULARY).read_bytes())
    return build.vocabulary(check_files([file])[VOCABULARY])


def kind_of(name: str) -> str:
    return {VOCABULARY: "registry", EVENTS: "events"}.get(name, "country")


def validator(kind: str, words: Vocabulary | None) -> Draft202012Validator:
    return Draft202012Validator(json_schema(kind, words))


def nodes(schema: Any, beyond: str = "") -> Iterator[Plain]:
    """Every mapping in a schema, but for those beyond a keyword."""
    if isinstance(schema, dict):
        yield schema
        for key, each in schema.items():
            yield from nodes(each, beyond) if key != beyond else ()
    elif isinstance(schema, list):
        for each in schema:
            yield from nodes(each, beyond)


# What is generated.

NOTHING_YET = Vocabulary(topic="x", stances={"yes": Stance("Yes")})
VOCABULARIES = {"shipped": vocabulary(FOLDER), "of the tests": vocabulary(REGISTRY), "small": NOTHING_YET, "none": None}
every_vocabulary = pytest.mark.parametrize("words", VOCABULARIES.values(), ids=VOCABULARIES)
every_kind = pytest.mark.parametrize("kind", KINDS)


@every_kind
@every_vocabulary
def test_it_is_valid_2020_12(kind: str, words: Vocabulary | None) -> None:
    made = json_schema(kind, words)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(made)
    json.dumps(made, allow_nan=False)


@every_kind
@every_vocabulary
def test_every_reference_leads_somewhere(kind: str, words: Vocabulary | None) -> None:
    made = json_schema(kind, words)
    for each in nodes(made):
        if isinstance(each.get("$ref"), str):
            assert each["$ref"].removeprefix("#/$defs/") in made["$defs"]


@every_kind
@every_vocabulary
def test_each_value_of_an_enum_is_explained_and_each_key_too(kind: str, words: Vocabulary | None) -> None:
    for each in nodes(json_schema(kind, words)):
        if isinstance(each.get("enum"), list):
            assert len(each["enum"]) == len(each["enumDescriptions"]) == len({*each["enum"]})
        if each.get("type") == "object" and "properties" in each:
            assert each["additionalProperties"] is False
            assert all(value["description"].endswith(".") for value in each["properties"].values())


def test_an_id_is_explained_by_label_meaning_and_who_grants_it() -> None:
    words = Vocabulary(
        topic="x",
        stances={"yes": Stance("Yes", "It\n would.")},
        preconditions={
            "a": Precondition("First"),
            "b": Precondition("Second", "It is  so.", granted_by="US"),
            "c": Precondition("Third", granted_by="RU"),
        },
        contributions={"ships": Contribution("Ships", "They float.")},
    )
    defs = json_schema("country", words)["$defs"]
    shown = {
        name: dict(zip(each["enum"], each["enumDescriptions"], strict=True)) for name, each in defs.items() if "enum" in each
    }
    assert shown.pop("attribution") == MEANT_ATTRIBUTIONS
    assert shown == {
        "stance-id": {"yes": "Yes: It would."},
        "precondition-id": {"a": "First", "b": "Second: It is so. (granted by US)", "c": "Third (granted by RU)"},
        "contribution-id": {"ships": "Ships: They float."},
    }


def test_every_field_of_the_model_has_a_meaning_and_every_meaning_a_field() -> None:
    assert {shape.__name__: [*told] for shape, told in MEANINGS.items()} == {
        shape.__name__: [name for name, _ in forms.hints_of(shape)] for shape in shapes()
    }
    assert tuple(MEANT_ATTRIBUTIONS) == ATTRIBUTIONS


def shapes() -> list[Any]:
    """Every named tuple that is written in a file, and is no value."""
    found: list[Any] = []
    waiting: list[Any] = list(KINDS.values())
    while waiting:
        hint = waiting.pop()
        if forms.is_shape(hint) and hint not in (*found, PartialDate):
            found.append(hint)
            waiting += [each for _, each in forms.hints_of(hint)]
        waiting += get_args(hint)
    return found


@every_kind
def test_an_editor_offers_values_for_enums_and_flags_alone(kind: str) -> None:
    """A type offers what it allows, and so does an enum."""
    for each in nodes(json_schema(kind, WORDS), beyond="not"):
        assert "null" not in each.get("type", ())
        assert None not in each.get("enum", ())
        assert "boolean" not in each.get("type", ()) or each["pattern"] == "^(?:true|false)$"


# Real files.

FILES = sorted([*FOLDER.glob("*.yaml"), *REGISTRY.glob("*.yaml")])


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.name}" for path in FILES])
def test_a_whole_file_is_accepted(path: Path) -> None:
    words = VOCABULARIES["shipped" if path.parent == FOLDER else "of the tests"]
    value = as_others_read(path.read_text(encoding="utf-8"))
    for given_words in (words, None):
        assert list(validator(kind_of(path.name), given_words).iter_errors(value)) == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.name)
def test_the_first_line_of_a_shipped_file_leads_to_its_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == f"# yaml-language-server: $schema=schema/{kind_of(path.name)}.json"
    assert (path.parent / first.partition("=")[2]).is_file()


@every_kind
def test_the_shipped_schema_is_that_of_the_vocabulary(kind: str) -> None:
    said = stancectl("schema", kind, "--registry", FOLDER, cwd=FOLDER)
    assert (said.stderr, said.returncode) == ("", 0)
    assert (FOLDER / "schema" / f"{kind}.json").read_bytes().decode() == said.stdout


# Broken files: what the reader tells of in one of these words, the schema refuses in the same line.

SEEN = {
    *(f"unknown-{kind}" for kind in ("key", "stance", "precondition", "contribution", "attribution", "format")),
    *(f"invalid-{kind}" for kind in ("date", "url", "code", "id", "flag", "number", "reference")),
    *("missing-key", "empty-list", "wrong-type"),
}
BEYOND = re.compile("no date of the calendar|`min` is greater than `max`|`True` is neither|`1e3` is no number of people")
"""What takes a calendar, arithmetic, or the spelling: other tools read True as true, and 1e3 as 1000."""
TOLD = re.compile(r"^positions/(\S+?):(\d+):\d+: error\[(\S+)\]: (.*)$", re.MULTILINE)


def cases() -> Iterator[tuple[str, str, set[int]]]:
    """Each file of a case and the lines in which something is told that a schema can see."""
    for case in sorted(folder for folder in ERRORS.iterdir() if folder.is_dir()):
        found: dict[str, set[int]] = {}
        text = (case / "expected.txt").read_text(encoding="utf-8")
        if "yaml-" in case.name or "invalid-key" in text:
            continue  # no value that another tool would read
        for name, line, code, message in TOLD.findall(text):
            if code in SEEN and not BEYOND.search(message):
                found.setdefault(name, set()).add(int(line))
        broken = set(re.findall(r"positions/(\S+?):\d+:\d+: error\[yaml-", text))
        yield from ((case.name, name, lines) for name, lines in found.items() if name not in broken)


CASES = list(cases())


@pytest.mark.parametrize(("case", "name", "lines"), CASES, ids=[f"{case}/{name}" for case, name, _ in CASES])
def test_a_broken_file_is_refused_where_it_is_broken(case: str, name: str, lines: set[int]) -> None:
    folder = ERRORS / case if (ERRORS / case / VOCABULARY).exists() else ERRORS
    data = (ERRORS / case / name).read_bytes()
    errors = validator(kind_of(name), made_out(folder)).iter_errors(as_others_read(data.decode()))
    assert lines <= set(refused_lines(parse(File(name, name, data)), errors))


def made_out(folder: Path) -> Vocabulary:
    """A vocabulary of the ids that the reader makes out, of a broken one too."""
    known = known_ids(parse(File(VOCABULARY, VOCABULARY, (folder / VOCABULARY).read_bytes())).value)
    return Vocabulary(
        topic="x",
        stances={id: Stance(id) for id in known.get("stance", ())},
        preconditions={id: Precondition(id) for id in known.get("precondition", ())},
        contributions={id: Contribution(id) for id in known.get("contribution", ())},
    )


def refused_lines(document: Document, errors: Any) -> Iterator[int]:
    """The lines that schema errors are about, each alternative's included."""
    for error in errors:
        path = tuple(error.absolute_path)
        yield document.problem(path, "", "").line
        keys = error.instance if error.validator == "additionalProperties" else ()
        for key in (error.instance,) if "propertyNames" in error.absolute_schema_path else keys:
            yield document.problem((*path, key), "", "", at_key=True).line
        yield from refused_lines(document, error.context)


def test_the_cases_hold_every_kind_of_error_that_a_schema_sees() -> None:
    told = {code for case, *_ in CASES for *_, code, _ in TOLD.findall((ERRORS / case / "expected.txt").read_text("utf-8"))}
    assert told >= SEEN


# Single values: another tool has read them before the schema sees them.

ENTRY = "id: a\ndate: 2025\nspeaker: x\nsummary: x\nsources: [{url: https://example.org/1}]\n"


def complaints(line: str, words: Vocabulary = WORDS) -> tuple[list[str], list[ValidationError]]:
    """What the reader and the schema say of a statement with these lines (instead of the one with the same key)."""
    key = line.partition(":")[0]
    kept = "".join(each for each in ENTRY.splitlines(keepends=True) if not each.startswith(f"{key}:"))
    body = "".join(f"    {each}\n" for each in f"{kept}{line}".splitlines())
    text = f"country: LA\nname: Land\nstatements:\n  -\n{body}"
    document = parse(File("land.yaml", "land.yaml", text.encode()))
    schema.check(document, forms.CountryFile, known_ids(vars_of(words)))
    return [each.code for each in document.problems], list(validator("country", words).iter_errors(as_others_read(text)))


def vars_of(words: Vocabulary) -> Plain:
    return {"stances": words.stances, "preconditions": words.preconditions, "contributions": words.contributions}


@pytest.mark.parametrize(
    "line",
    [
        *("date: 2025", "date: 2025-03", "date: 2025-03-27", "date: 2025?", "date: 2025-03~", "date: '2025'", "date: 0999"),
        *("id: 2025", "id: 1e5", "id: true", "id: 2025-11-27-mod", "id: 0x1f", "id: 12e-3"),
        *("speaker: 1984", "speaker: 1.5", "speaker: true", "speaker: No", "speaker: .inf", "speaker: 2025-01-01"),
        *("note:", "note: ''", "note: ' '", "note: null", "note: ~", "note: 12", "note: false", "note: |-\n  two\n  lines"),
        *("stance:", "stance: ''", "stance: willing", "stance: 'willing'", "attribution:", "attribution: reported"),
        *("requires:", "requires: ''", "requires: []", "requires: [mandate]", "requires: [{condition: mandate}]"),
        "requires: [{condition: mandate, after: [ceasefire], note: 5}, ceasefire]",
        "requires: [{condition: mandate, after: , note: }]",
        *("offers: [air]", "offers: [{kind: air, personnel: 600}]", "offers: [{kind: air, personnel: '0600'}]"),
        *("offers: [{kind: air, personnel: {min: 1, max: 0002}}]", "offers: [{kind: air, personnel: {}}]"),
        *("offers: [{kind: air, personnel: }]", "offers: [{kind: air, personnel: {min: }}]"),
        *("responds_to: [land/a]", "responds_to: [land/2025]", "drops: [ceasefire]", "withdraws: [air]"),
        "sources: [{url: http://x.example, publisher: 7, title: true, date: 2024, lang: no, archived: ''}]",
    ],
)
def test_what_both_accept(line: str) -> None:
    assert complaints(line) == ([], [])


@pytest.mark.parametrize(
    "line",
    [
        *("date: 27 November 2025", "date: 2025-3", "date: 20251", "date: [2025]", "date:", "date: ''"),
        *("id: A", "id: a--b", "id:", "id: [a]", "speaker:", "speaker: ' '", "speaker: [x]", "speaker: {a: b}"),
        *("note: [x]", "note: {a: b}", "stance: Willing", "stance: 5", "stance: [willing]", "attribution: offical"),
        *("requires: mandate", "requires: [mandat]", "requires: {condition: mandate}", "requires: [{condition: mandat}]"),
        *("requires: [{after: [mandate]}]", "requires: [{condition: mandate, after: ceasefire}]", "requires: [[mandate]]"),
        *("requires: ['']", "requires: [{condition: mandate, unless: x}]", "drops: [{condition: mandate}]"),
        *("offers: [land]", "offers: [{kind: air, personnel: -1}]", "offers: [{kind: air, personnel: 1234567890}]"),
        *("offers: [{kind: air, personnel: some}]", "offers: [{kind: air, personnel: {least: 1}}]", "offers: [{}]"),
        *("responds_to: [a]", "responds_to: land/a", "sources: []", "sources:", "sources: [{publisher: x}]"),
        *("sources: [{url: example.org}]", "sources: [{url: 'https://example.org/two words'}]", "sources: https://x"),
        *("sources: [{url: https://x, archived: x}]", "sources: [{url: https://x, lang: [en]}]", "unknown: x", "country: land"),
    ],
)
def test_what_both_refuse(line: str) -> None:
    by_reader, by_schema = complaints(line)
    assert by_reader
    assert by_schema


@pytest.mark.parametrize("line", ["speaker: null", "speaker: ~", "drops: [null]"])
def test_what_others_cannot_tell_from_nothing(line: str) -> None:
    words = Vocabulary(topic="x", stances=WORDS.stances, preconditions={"null": Precondition("Null")})
    by_reader, by_schema = complaints(line, words)
    assert by_reader == []
    assert by_schema


@pytest.mark.parametrize("id", ["2025", "007", "1e5", "1e-5", "0x1f", "0o17", "true"])
def test_ids_that_others_read_as_numbers(id: str) -> None:
    words = Vocabulary(
        topic="x",
        stances={id: Stance(id)},
        preconditions={id: Precondition(id)},
        contributions={id: Contribution(id)},
    )
    lines = f"stance: {id}\nrequires: [{id}, {{condition: {id}}}]\ndrops: [{id}]\noffers: [{id}, {{kind: {id}}}]\n"
    assert complaints(lines, words) == ([], [])


WORDS_FILE = """\
format: 1
topic: x
stances: {willing: {label: Willing}}
preconditions:
  ceasefire: {label: Ceasefire}
"""


def complaints_of_words(old: str, new: str) -> tuple[list[str], list[ValidationError]]:
    """What the reader and the schema say of a vocabulary with `new` for `old`."""
    text = WORDS_FILE.replace(old, new)
    document = parse(File(VOCABULARY, VOCABULARY, text.encode()))
    schema.check(document, Vocabulary, {"precondition": {"ceasefire": None}})
    words = Vocabulary(topic="x", stances={}, preconditions={"ceasefire": Precondition("Ceasefire")})
    return [each.code for each in document.problems], list(validator("registry", words).iter_errors(as_others_read(text)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *(("", ""), ("format: 1", "format: '1'"), ("topic: x", "topic: 1984"), ("preconditions", "contributions")),
        *(("Willing}", f"Willing, takes_part: {flag}, refuses: }}") for flag in ("true", "false", "'true'", "")),
        *(("Ceasefire}", f"true, {key}: {value}}}") for key in ("implied_by", "excludes") for value in ("[ceasefire]", "", "[]")),
        *(("Ceasefire}", "no, granted_by: NO, question: 5, meaning: }"), ("topic", "groups: {g7: [FR, NO], none: []}\ntopic")),
        *(("topic", "synonyms: [1, true, x]\ntopic"), ("  ceasefire: {label: Ceasefire}\n", ""), ("willing", "'2025'")),
    ],
)
def test_what_both_accept_of_a_vocabulary(old: str, new: str) -> None:
    assert complaints_of_words(old, new) == ([], [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *(("format: 1", "format: 2"), ("format: 1\n", ""), ("topic: x", "topic:"), ("topic: x", "topic: [x]")),
        *(("{willing: {label: Willing}}", value) for value in ("{}", "", "[willing]", "{willing: }", "{Willing: {label: x}}")),
        *(("Willing}", f"Willing, takes_part: {flag}}}") for flag in ("yes", "'True'", "1", "[true]")),
        *(("Ceasefire}", f"x, {key}: [peace]}}") for key in ("implied_by", "excludes")),
        *(("Ceasefire}", "x, granted_by: us}"), ("topic", "groups: {g7: FR}\ntopic"), ("topic", "groups: {G7: [FR]}\ntopic")),
        *(("{label: Ceasefire}", "Ceasefire"), ("ceasefire:", "cease_fire:"), ("topic", "synonyms: x\ntopic")),
    ],
)
def test_what_both_refuse_of_a_vocabulary(old: str, new: str) -> None:
    by_reader, by_schema = complaints_of_words(old, new)
    assert by_reader
    assert by_schema


# Whatever the reader takes.


class Bare(str):
    """A text that is written without quotes, where YAML allows it."""

    __slots__ = ()


class Writer(yaml.SafeDumper):
    """Writes texts bare, so that other tools take them for what they look like."""


def bare(writer: Any, text: str) -> yaml.Node:
    node: yaml.Node = writer.represent_scalar(writer.resolve(yaml.ScalarNode, text, (True, False)), text)
    return node


Writer.add_representer(Bare, bare)
Writer.add_representer(int, lambda writer, number: bare(writer, str(number)))

LOOK_ALIKE = ["x", "1984", "007", "1.5", "1e3", "-1", "true", "False", "yes", "NO", "0x1f", ".nan", "2025-03", "12:30", "a b"]
ABSENT = ["", "null", "~", "Null", " "]
looks = some.sampled_from(LOOK_ALIKE)
odd = some.one_of(looks, some.sampled_from(ABSENT), some.lists(looks, max_size=2), some.fixed_dictionaries({"note": looks}))
texts: some.SearchStrategy[Plain] = some.fixed_dictionaries({"id": looks, "speaker": looks, "summary": looks}) | some.just({})
optional = some.dictionaries(some.sampled_from(["office", "quote", "note", "stance", "requires", "responds_to", "date"]), odd)


def barely(value: Any) -> Any:
    """The same with all texts bare."""
    if isinstance(value, dict):
        return {key: barely(each) for key, each in value.items()}
    if isinstance(value, list):
        return [barely(each) for each in value]
    return Bare(value) if isinstance(value, str) else value


REST = {"id": "a", "speaker": "x", "summary": "x", "sources": [{"url": "https://example.org/"}]}
VALIDATOR = validator("country", WORDS)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(said=statements_of([*ATTRIBUTIONS]), text=texts, more=optional, plain=some.booleans())
@example(said={"date": "2025"}, text={"speaker": "true"}, more={"note": "", "stance": "", "requires": ""}, plain=True)
def test_what_the_reader_takes_the_schema_takes(said: Plain, text: Plain, more: Plain, plain: bool) -> None:
    value = {"country": "LA", "name": "1984", "statements": [REST | said | text | more]}
    written = yaml.dump(barely(value) if plain else value, Dumper=Writer, allow_unicode=True)
    document = parse(File("land.yaml", "land.yaml", written.encode()))
    if schema.check(document, forms.CountryFile, known_ids(vars_of(WORDS))) is not None:
        assert list(VALIDATOR.iter_errors(as_others_read(written))) == []


# The command.


@pytest.fixture
def positions(tmp_path: Path) -> Path:
    """A registry to write to."""
    folder = tmp_path / "positions"
    shutil.copytree(REGISTRY, folder)
    return folder


def test_it_is_the_country_s_without_a_kind(tmp_path: Path) -> None:
    said = stancectl("schema", "--registry", REGISTRY, cwd=tmp_path)
    assert (said.stderr, said.returncode) == ("", 0)
    assert json.loads(said.stdout) == json_schema("country", VOCABULARIES["of the tests"])
    assert said.stdout.startswith('{\n  "$schema": ')


@every_kind
def test_each_kind(kind: str, tmp_path: Path) -> None:
    said = stancectl("schema", kind, "--registry", REGISTRY, cwd=tmp_path)
    assert json.loads(said.stdout) == json_schema(kind, VOCABULARIES["of the tests"])


def test_an_unknown_kind(tmp_path: Path) -> None:
    said = stancectl("schema", "event", "--registry", REGISTRY, cwd=tmp_path)
    assert (said.stdout, said.returncode) == ("", 2)
    assert said.stderr == (
        "stancectl: error[unknown-kind-of-file]: `event` is no kind of file here; "
        "did you mean `events`? Known: country, registry, events\n"
    )


def test_broken_countries_do_not_matter(positions: Path) -> None:
    (positions / "lilliput.yaml").write_text("country: [", encoding="utf-8")
    (positions / EVENTS).write_bytes(b"\xff")
    said = stancectl("schema", "--registry", positions, cwd=positions)
    assert (said.stderr, said.returncode) == ("", 0)


def test_a_broken_vocabulary_does(positions: Path) -> None:
    (positions / VOCABULARY).write_text("format: 1\ntopic: x\nstanses: {}\n", encoding="utf-8")
    said = stancectl("schema", "--write", "--registry", "positions", cwd=positions.parent)
    assert (said.stdout, said.returncode) == ("", 2)
    assert "positions/_registry.yaml:3:1: error[unknown-key]: `stanses` is no key here" in said.stderr
    assert not (positions / "schema").exists()


def test_hostile_text_is_escaped(positions: Path) -> None:
    text = 'format: 1\ntopic: "x\\e[31m\\u202e"\nstances: {a: {label: "a\\u202e", meaning: Türkiye}}\n'
    (positions / VOCABULARY).write_text(text, encoding="utf-8")
    said = stancectl("schema", "--registry", positions, cwd=positions)
    assert "\x1b" not in said.stdout
    assert "\u202e" not in said.stdout
    assert "Türkiye" in said.stdout
    assert json.loads(said.stdout)["title"].endswith("x\x1b[31m\u202e")


def test_writing(positions: Path) -> None:
    words = ("schema", "--write", "--registry", "positions")
    said = stancectl(*words, cwd=positions.parent)
    assert (said.stdout, said.returncode) == ("", 0)
    assert said.stderr == "".join(f"stancectl: wrote positions/schema/{kind}.json\n" for kind in KINDS)
    for kind in KINDS:
        shown = stancectl("schema", kind, "--registry", positions, cwd=positions).stdout
        assert (positions / "schema" / f"{kind}.json").read_bytes().decode() == shown

    said = stancectl(*words, cwd=positions.parent)
    assert (said.stdout, said.stderr, said.returncode) == ("", "", 0)

    (positions / "schema" / "events.json").write_text("{}", encoding="utf-8")
    said = stancectl(*words, cwd=positions.parent)
    assert said.stderr == "stancectl: wrote positions/schema/events.json\n"
    assert sorted(each.name for each in (positions / "schema").iterdir()) == ["country.json", "events.json", "registry.json"]


def test_writing_one(positions: Path) -> None:
    said = stancectl("schema", "events", "--write", "--registry", "positions", cwd=positions.parent)
    assert said.stderr == "stancectl: wrote positions/schema/events.json\n"
    assert [each.name for each in (positions / "schema").iterdir()] == ["events.json"]


def test_a_new_precondition_makes_the_files_stale(positions: Path) -> None:
    words = ("schema", "--write", "--registry", "positions")
    stancectl(*words, cwd=positions.parent)
    text = (positions / VOCABULARY).read_text(encoding="utf-8")
    new = text.replace("preconditions:\n", "preconditions:\n  a-new-one: {label: A new one}\n", 1)
    (positions / VOCABULARY).write_text(new, encoding="utf-8")
    assert stancectl(*words, cwd=positions.parent).stderr.count("wrote") == 3
    assert "a-new-one" in (positions / "schema" / "country.json").read_text(encoding="utf-8")


def test_the_reader_leaves_the_folder_alone(positions: Path) -> None:
    stancectl("schema", "--write", "--registry", positions, cwd=positions)
    said = stancectl("list", "--registry", positions, cwd=positions)
    assert (said.stderr, said.returncode) == ("", 0)


def test_a_folder_that_cannot_be_made_is_one_clear_error(positions: Path) -> None:
    (positions / "schema").write_text("", encoding="utf-8")
    said = stancectl("schema", "--write", "--registry", "positions", cwd=positions.parent)
    assert (said.stdout, said.returncode) == ("", 2)
    assert said.stderr == (
        "stancectl: error[output]: cannot write positions/schema/country.json: File exists; "
        "name a registry that you may write to with --registry DIR\n"
    )
