"""The graph of preconditions: its edges, how it is laid out, and what draws it."""

import html
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some

from building import WORDS, country
from shell import ROOT, answer, here
from stancectl.analysis.graph import Edge, circles_of_order, edges
from stancectl.analysis.layers import layers
from stancectl.analysis.positions import Position
from stancectl.model.registry import Country, Registry
from stancectl.model.vocabulary import Precondition, Vocabulary
from stancectl.report import drawing, graphviz, mermaid, terminal
from stancectl.report.columns import heights
from stancectl.report.diagram import Arrow, Box, Diagram, Stroke
from stancectl.report.layout import WIDTH, layout
from stancectl.report.plain_text import visible
from stancectl.views.graph import diagram, page
from test_hostile_text import RAW, TEXTS

DAY = date(2026, 1, 1)
SHIPPED = ROOT / "positions"


def vocabulary(**implied_by: str) -> Vocabulary:
    """One whose preconditions are implied by those named, and exclude those behind a `/`."""
    known = {}
    for item, words in implied_by.items():
        bring, _, against = words.partition("/")
        known[item] = Precondition(item.title(), implied_by=tuple(bring.split()), excludes=tuple(against.split()))
    return WORDS._replace(preconditions=known)


FOUR = vocabulary(ceasefire="framework", mandate="", framework="", shares="")
EDGES: list[tuple[str, Vocabulary, dict[str, str], list[str]]] = [
    # what it is about, the vocabulary, what each country requires, and the edges
    ("nothing", vocabulary(), {}, []),
    ("nobody speaks", FOUR, {}, ["framework implies ceasefire"]),
    ("nobody tells an order", FOUR, {"land": "2025 requires mandate shares"}, ["framework implies ceasefire"]),
    (
        "those who say the same are counted, in their order",
        vocabulary(ceasefire="", mandate="", framework="", shares=""),
        {
            "b": "2025 requires ceasefire>mandate",
            "a": "2025 requires ceasefire>mandate",
            "c": "2025 requires ceasefire>framework",
        },
        ["ceasefire after mandate b,a", "ceasefire after framework c"],
    ),
    (
        "what more countries say comes first",
        vocabulary(ceasefire="", mandate="", framework="", shares=""),
        {
            "a": "2025 requires ceasefire>mandate ceasefire>shares",
            "b": "2025 requires ceasefire>shares",
            "c": "2025 requires framework>shares",
        },
        ["ceasefire after shares a,b", "ceasefire after mandate a", "framework after shares c"],
    ),
    (
        "several before one, and one that is not required itself",
        vocabulary(ceasefire="", mandate="", framework="", shares=""),
        {"a": "2025 requires ceasefire>mandate>shares"},
        ["ceasefire after shares a", "mandate after shares a"],
    ),
    (
        "what was dropped, or is said later or anonymously, has no edge",
        vocabulary(ceasefire="", mandate="", framework="", shares=""),
        {
            "a": "2024 requires ceasefire>mandate\n2025 drops mandate",
            "b": "2027 requires ceasefire>mandate",
            "c": "2025 anonymous requires ceasefire>mandate",
        },
        [],
    ),
    (
        "the last word on the order counts",
        vocabulary(ceasefire="", mandate="", framework="", shares=""),
        {"a": "2024 requires ceasefire>mandate\n2025 requires shares>mandate"},
        ["shares after mandate a"],
    ),
    (
        "an exclusion is one edge, whoever tells it",
        vocabulary(ceasefire="/ mandate", mandate="/ ceasefire", framework="", shares="/ ceasefire"),
        {},
        ["ceasefire excludes mandate", "shares excludes ceasefire"],
    ),
    (
        "kinds in order, each in the vocabulary's",
        vocabulary(ceasefire="shares mandate", mandate="shares", framework="/ ceasefire", shares=""),
        {"a": "2025 requires ceasefire>framework"},
        [
            "mandate implies ceasefire",
            "shares implies ceasefire",
            "shares implies mandate",
            "ceasefire after framework a",
            "framework excludes ceasefire",
        ],
    ),
]


@pytest.mark.parametrize(("words", "said", "found"), [case[1:] for case in EDGES], ids=[case[0] for case in EDGES])
def test_edges(words: Vocabulary, said: dict[str, str], found: list[str]) -> None:
    assert [told(edge) for edge in edges(words, positions(words, said))] == found


def told(edge: Edge) -> str:
    assert edge.count == len(edge.required_by)
    return " ".join(filter(None, (edge.first, edge.kind, edge.then, ",".join(edge.required_by))))


def positions(words: Vocabulary, said: Mapping[str, str]) -> list[Position]:
    return [Position(each, words, DAY) for each in lands(said).values()]


def lands(said: Mapping[str, str]) -> dict[str, Country]:
    return {slug: country(lines, slug) for slug, lines in said.items()}


CIRCLES: list[tuple[dict[str, str], list[str]]] = [
    ({"a": "2025 requires ceasefire>mandate", "b": "2025 requires mandate>shares"}, []),
    ({"a": "2025 requires ceasefire>mandate", "b": "2025 requires mandate>ceasefire"}, ["ceasefire mandate"]),
    (
        {"a": "2025 requires ceasefire>mandate mandate>framework", "b": "2025 requires framework>ceasefire"},
        ["ceasefire mandate framework"],
    ),
    ({"a": "2025 requires shares>shares"}, ["shares"]),
]


@pytest.mark.parametrize(("said", "found"), CIRCLES, ids=["none", "two countries", "three preconditions", "one with itself"])
def test_circles_of_all_countries_are_named_and_drawn(said: dict[str, str], found: list[str]) -> None:
    registry = registry_of(FOUR, said)
    graph = edges(FOUR, positions(FOUR, said))
    circles = circles_of_order(graph)
    assert [" ".join(circle) for circle in circles] == found
    text = terminal.write(page(graph, registry, DAY), 80, colour=False)
    assert ("Circles\n" in text) == bool(found)
    for circle in circles:
        labels = [FOUR.preconditions[item].label for item in (*circle, circle[0])]
        assert f"↻ {' → '.join(labels)}\n" in text
        ordered = {(edge.first, edge.then) for edge in graph if edge.kind == "after"}
        assert set(pairwise((*circle, circle[0]))) <= ordered
    ET.fromstring(drawing.write(diagram(graph, registry, DAY)))


def registry_of(words: Vocabulary, said: Mapping[str, str]) -> Registry:
    return Registry(words, lands(said), (), {})


names = some.sampled_from("abcdef")
pairs = some.lists(some.tuples(names, names), max_size=12)


def leads(arrows: Iterable[tuple[str, str]], start: str, end: str) -> bool:
    """Whether one comes from the start to the end along the arrows."""
    reached, new = set[str](), {start}
    while new - reached:
        reached |= new
        new = {then for first, then in arrows if first in reached}
    return end in reached


@given(pairs, pairs)
def test_an_arrow_leads_to_a_higher_layer_unless_it_is_part_of_a_circle(
    arrows: list[tuple[str, str]], ties: list[tuple[str, str]]
) -> None:
    layer = layers("abcdef", arrows, ties)
    assert min(layer.values()) == 0
    assert [pair for pair in arrows if not leads(arrows, pair[1], pair[0]) and layer[pair[0]] >= layer[pair[1]]] == []
    assert [(first, then) for first, then in (*arrows, *ties) if first != then and layer[first] == layer[then]] == []


LAYERS: list[tuple[str, str]] = [
    # arrows, and the layers they make
    ("ab bc", "a b c"),
    ("ab ac bd cd", "a bc d"),
    ("ab bc ac", "a b c"),
    ("ab bc dc", "a bd c"),
    ("ab ba", "a b"),
    ("ab bc ca", "a b c"),
    ("aa ab", "a b"),
]


@pytest.mark.parametrize(("arrows", "found"), LAYERS)
def test_layers(arrows: str, found: str) -> None:
    known = sorted(set(arrows) - {" "})
    layer = layers(known, [(arrow[0], arrow[1]) for arrow in arrows.split()])
    numbers = range(max(layer.values()) + 1)
    assert " ".join("".join(name for name in known if layer[name] == number) for number in numbers) == found


def test_a_long_chain_has_as_many_layers() -> None:
    chain = [str(number) for number in range(20_000)]
    assert list(layers(chain[::-1], pairwise(chain)).values()) == list(range(20_000))[::-1]


@given(some.lists(some.lists(some.floats(1, 50), min_size=1, max_size=5), min_size=2, max_size=4), some.data())
def test_things_in_a_column_keep_apart(sizes: list[list[float]], data: some.DataObject) -> None:
    columns = [[(column, place) for place in range(len(each))] for column, each in enumerate(sizes)]
    between = [some.tuples(some.sampled_from(left), some.sampled_from(right)) for left, right in pairwise(columns)]
    links = data.draw(some.lists(some.one_of(between), max_size=12))
    size = {thing: sizes[thing[0]][thing[1]] for column in columns for thing in column}
    middle = heights(columns, links, size)
    assert min(middle[thing] - size[thing] / 2 for thing in size) == pytest.approx(0)
    for column in columns:
        for upper, lower in pairwise(sorted(column, key=middle.__getitem__)):
            assert middle[upper] + size[upper] / 2 <= middle[lower] - size[lower] / 2 + 1e-6


def test_what_is_linked_stands_level_and_nothing_crosses() -> None:
    middle = heights([["a", "b"], ["y", "x"]], [("a", "x"), ("b", "y")], dict.fromkeys("abxy", 10))
    assert middle == pytest.approx({"a": 5, "b": 15, "x": 5, "y": 15})


strokes = some.sampled_from(list[Stroke](["solid", "dashed", "dotted"]))
diagrams = some.lists(some.tuples(strokes, names, names), max_size=12, unique=True).map(
    lambda drawn: Diagram(
        "x", [Box(id, id) for id in "abcdef"], [Arrow(*each, "LA", "x") for each in drawn], {"solid": "x", "dotted": "y"}
    )
)


@given(diagrams)
def test_boxes_stand_apart_and_arrows_lead_from_one_to_the_other(drawn: Diagram) -> None:
    placed = layout(drawn, dict.fromkeys("abcdef", 40))
    frames = placed.frames
    for one, other in combinations(frames.values(), 2):
        assert one.x != other.x or one.y + one.height < other.y or other.y + other.height < one.y
    for frame in frames.values():
        assert 0 <= frame.x <= placed.width - WIDTH
        assert 0 <= frame.y <= placed.height - frame.height
        assert frame.height >= 40
    directed = [(arrow.tail, arrow.head) for arrow in drawn.arrows if arrow.stroke != "dotted"]
    for arrow, route in zip(drawn.arrows, placed.routes, strict=True):
        if arrow.tail == arrow.head:
            assert route == []
            continue
        for end, (x, y) in ((arrow.tail, route[0]), (arrow.head, route[-1])):
            assert x in (frames[end].x, frames[end].x + WIDTH)
            assert frames[end].y < y < frames[end].y + frames[end].height
        assert [x for x, _ in route] in (sorted(x for x, _ in route), sorted((x for x, _ in route), reverse=True))
        if arrow.stroke != "dotted" and not leads(directed, arrow.head, arrow.tail):
            assert frames[arrow.tail].x < frames[arrow.head].x
    assert len(ET.fromstring(drawing.write(drawn)).findall(".//{*}g[@class='box']")) == len(frames)


IDS = ("end", "graph", "subgraph", "o", "x", "node", "strict", "digraph", "style", "class")
HOSTILE = Diagram(
    " ".join(TEXTS.values()),
    [
        Box(id, text)
        for id, text in zip((*IDS, *(f"p{number}" for number in range(len(TEXTS) - len(IDS)))), TEXTS.values(), strict=True)
    ],
    [],
    {"solid": "before", "dotted": 'excludes "'},
)
HOSTILE = HOSTILE._replace(
    arrows=[
        Arrow(stroke, first.id, then.id, label, f"{first.label} before {then.label}")
        for stroke, label, (first, then) in zip(
            list[Stroke](["solid", "dotted"]) * len(TEXTS), ["LA", ""] * len(TEXTS), pairwise(HOSTILE.boxes), strict=False
        )
    ]
)
LABELS = [visible(box.label) for box in HOSTILE.boxes]


def test_dot_holds_every_box_and_arrow_once() -> None:
    text = graphviz.write(HOSTILE)
    assert RAW.findall(text) == []
    string = r'"(?:[^"\\]|\\.)*"'
    attributes = rf"\[\w+={string}(?:, \w+={string})*\];"
    found = [
        re.fullmatch(rf"  (graph|node|edge|{string}(?: -> {string})?) {attributes}", line) for line in text.split("\n")[1:-2]
    ]
    names = [match[1].replace('"', "") for match in found if match]
    arrows = [f"{arrow.tail} -> {arrow.head}" for arrow in HOSTILE.arrows]
    assert names == ["graph", "node", "edge", *(box.id for box in HOSTILE.boxes), *arrows]
    assert (text.split("\n")[0], text.split("\n")[-2:]) == ("digraph {", ["}", ""])


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_every_label_as_it_is() -> None:
    done = subprocess.run(["dot", "-Tsvg"], input=graphviz.write(HOSTILE).encode(), capture_output=True, timeout=60, check=True)
    drawn = ET.fromstring(done.stdout)
    labels = [" ".join("".join(node.itertext()).split()) for node in drawn.findall(".//{*}g[@class='node']/{*}text")]
    assert labels == [" ".join(label.split()) for label in LABELS]
    assert len(drawn.findall(".//{*}g[@class='edge']")) == len(HOSTILE.arrows)


def test_mermaid_holds_every_box_and_arrow_once() -> None:
    text = mermaid.write(HOSTILE)
    assert RAW.findall(text) == []
    head, title, *lines, end = text.split("\n")
    assert (head, title.split(": ")[0], end) == ("flowchart LR", "  accTitle", "")
    number = {box.id: f"n{place}" for place, box in enumerate(HOSTILE.boxes, 1)}
    boxes = [re.fullmatch(r'  (n[0-9]+)\["([^"\[\]{}()<>&;%`*\\]|#[0-9]+;)*"\]', line) for line in lines[: len(number)]]
    assert [match and match[1] for match in boxes] == list(number.values())
    shown = [line.split('"')[1] for line in lines[: len(number)]]
    assert [html.unescape(label.replace("#", "&#")) for label in shown] == [" ".join(label.split()) for label in LABELS]
    ends = [(number[arrow.tail], number[arrow.head]) for arrow in HOSTILE.arrows]
    drawn = [
        re.fullmatch(r'  (n[0-9]+) (?:-->\|"LA"|x-\.-x\|"excludes #34;")\| (n[0-9]+)', line) for line in lines[len(number) :]
    ]
    assert [match and match.groups() for match in drawn] == ends


def test_svg_is_made_of_our_elements_and_says_every_label() -> None:
    text = drawing.write(HOSTILE)
    assert RAW.findall(text) == []
    drawn = ET.fromstring(text)
    assert {each.tag.rpartition("}")[2] for each in drawn.iter()} == {
        *("svg", "title", "desc", "style", "defs", "marker", "path", "rect", "g", "text"),
    }
    assert [each.text for each in drawn.findall(".//{*}g[@class='box']/{*}title")] == LABELS
    assert len(drawn.findall(".//{*}path[@class='line solid']")) == len(HOSTILE.arrows) // 2 + 1  # and the legend
    assert drawn.findall("{*}title")[0].text == visible(HOSTILE.title)
    assert {name for each in drawn.iter() for name in each.attrib if name.startswith("on") or "href" in name} == set()


BARE = "format: 1\ntopic: a force\nstances: {yes: {label: Yes}}\npreconditions: {mandate: {label: Mandate}}\n"


@pytest.mark.parametrize(
    ("format", "ending", "written"),
    [("json", "json", "[]"), ("svg", "svg", ""), ("dot", "gv", "digraph {"), ("mermaid", "mmd", "flowchart LR")],
)
def test_a_graph_without_edges(format: str, ending: str, written: str, tmp_path: Path) -> None:
    (tmp_path / "_registry.yaml").write_text(BARE)
    words = ("preconditions", "--graph", "--registry", tmp_path)
    note = "stancectl: no precondition comes before another\n"
    assert here(*words, "-f", format) == ("[]\n" if format == "json" else "", note, 0)
    assert here(*words, "-o", tmp_path / f"graph.{ending}") == ("", note, 0)
    assert (tmp_path / f"graph.{ending}").read_text().partition("\n")[0] == written


@pytest.mark.parametrize("format", ["dot", "mermaid"])
def test_formats_of_the_graph_alone(format: str) -> None:
    plain = here("preconditions", "-f", format)
    assert (plain.stdout, plain.code) == ("", 2)
    assert f"`{format}` is no format here" in plain.stderr


def test_the_shipped_graph_fits_a_screen_and_nothing_is_cut() -> None:
    words = ("preconditions", "--graph", "--as-of", "2026-11-21")
    drawn = ET.fromstring(answer(*words, "-f", "svg", registry=SHIPPED))
    assert int(drawn.attrib["width"]) < 1280
    assert "…" not in "".join(drawn.itertext())
    rows = answer(*words, registry=SHIPPED).splitlines()
    assert len(drawn.findall("{*}g/{*}g[{*}path]")) == len(rows)
