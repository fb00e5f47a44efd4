"""One address that is described in two ways."""

from collections.abc import Iterator, Mapping

from stancectl.checks.rule import Path, Plain, Rule, sources
from stancectl.model.errors import shorten
from stancectl.registry.problems import Finding


def _find(files: Mapping[str, Plain]) -> Iterator[tuple[str, Finding]]:
    first = dict[str, tuple[str, str, Plain]]()
    for name, plain in files.items():
        for path, source in sources(plain):
            owner, where, known = first.setdefault(source["url"], (name, _entry(name, plain, path), source))
            for key in ("publisher", "title", "date"):
                if source["url"] and source.get(key) != known.get(key):
                    told = f"`{shorten(known[key])}`" if key in known else "nothing"
                    help = "describe one page in one way, as the page itself has it"
                    place = (*path, key) if key in source else (*path, "url")
                    yield name, Finding(place, f"as the `{key}` of this page, {where} gives {told}", help, others=(owner,))


def _entry(name: str, plain: Plain, path: Path) -> str:
    kind, index = str(path[0]), int(path[1])
    entry = plain[kind][index]
    return f"{name.removesuffix('.yaml')}/{entry['id']}" if kind == "statements" else f"the event of {entry['date']}"


RULE = Rule(
    code="mismatched-source",
    severity="warning",
    finds="the same address has another publisher, title or date elsewhere",
    reason="""
        A page has one title. Where two entries differ one of them is wrong, and lists of sources show whichever comes first.
        An address that gets a date here and none there is told too.
    """,
    failing="""
        - id: 2025-11-27-mod
          date: 2025-11-27
          sources:
            - {url: https://example.org/1, publisher: RBC-Ukraine}
            - {url: https://example.org/2}
        - id: 2025-11-27-fidan
          date: 2025-11-27
          sources:
            - {url: https://example.org/1, publisher: RBC}
            - {url: https://example.org/2}
    """,
    passing="""
        - id: 2025-11-27-mod
          date: 2025-11-27
          sources:
            - {url: https://example.org/1, publisher: RBC-Ukraine}
            - {url: https://example.org/2}
        - id: 2025-11-27-fidan
          date: 2025-11-27
          sources:
            - {url: https://example.org/1, publisher: RBC-Ukraine}
            - {url: https://example.org/2}
    """,
    in_registry=_find,
)
