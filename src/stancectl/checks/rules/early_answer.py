"""An answer to what was said later."""

from collections.abc import Iterator, Mapping

from stancectl.checks.rule import Plain, Rule
from stancectl.model.dates import PartialDate
from stancectl.registry import readings
from stancectl.registry.problems import Finding


def _find(files: Mapping[str, Plain]) -> Iterator[tuple[str, Finding]]:
    dated = {reference: entry for reference, entry in readings.by_reference(files).items() if entry[2]["date"]}
    for name, index, said in dated.values():
        own = PartialDate.parse(said["date"])
        for place, reference in enumerate(said.get("responds_to", ())):
            answered = PartialDate.parse(dated[reference][2]["date"]) if reference in dated else None
            if answered is not None and own.latest < answered.earliest:
                message = f"this was said on {own}, and what it answers on {answered}"
                path = ("statements", index, "responds_to", place)
                help, others = "check both dates, and which statement is meant", (dated[reference][0],)
                yield name, Finding(path, message, help, others=others)


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
