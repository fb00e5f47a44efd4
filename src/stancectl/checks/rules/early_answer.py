"""An answer to what was said later."""

from collections.abc import Iterator, Mapping

from stancectl.checks.rule import Plain, Rule
from stancectl.model.dates import PartialDate
from stancectl.registry import read
from stancectl.registry.problems import Finding


def _find(files: Mapping[str, Plain]) -> Iterator[tuple[str, Finding]]:
    dates = {
        f"{read.slug_of(name)}/{said['id']}": PartialDate.parse(said["date"])
        for name, plain in files.items()
        for _, said in read.statements(plain)
        if said["date"]
    }
    for name, plain in files.items():
        for index, said in read.statements(plain):
            own = dates.get(f"{read.slug_of(name)}/{said['id']}")
            for place, reference in enumerate(said.get("responds_to", ())):
                answered = dates.get(reference or "")
                if own is not None and answered is not None and own.latest < answered.earliest:
                    message = f"this was said on {own}, and what it answers on {answered}"
                    path = ("statements", index, "responds_to", place)
                    yield name, Finding(path, message, "check both dates, and which statement is meant")


RULE = Rule(
    code="early-answer",
    severity="warning",
    finds="a statement answers one that was made later",
    reason="""
        `responds_to` names what came before. One of the dates is wrong, or another statement is meant. Of partial dates the
        latest day of the answer counts, and the earliest of what it answers.
    """,
    failing="""
        - id: 2025-11-27-mod
          date: 2025-11-27
          responds_to: [turkey/2025-12-04-mod]
        - id: 2025-12-04-mod
          date: 2025-12-04
    """,
    passing="""
        - id: 2025-11-27-mod
          date: 2025-11-27
        - id: 2025-12-04-mod
          date: 2025-12-04
          responds_to: [turkey/2025-11-27-mod]
    """,
    in_registry=_find,
)
