"""Preconditions that bring each other with them."""

from stancectl.analysis.circles import chain, circles
from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding


def _find(file: CheckedFile) -> Findings:
    words = file.plain.get("preconditions", {})
    implied = {id: tuple(filter(None, entry.get("implied_by", ()))) for id, entry in words.items()}
    for circle in circles(implied):
        message = f"`{circle[0]}` implies itself: {chain(circle, 'implied by')}"
        yield Finding(("preconditions", circle[0], "implied_by"), message, "make one precondition of them, or cut the circle")


RULE = Rule(
    code="circular-implication",
    finds="preconditions imply each other in a circle",
    reason="""
        If each of two preconditions brings the other with it, they are met together always, and are one precondition under
        two names.
    """,
    failing={
        "_registry.yaml": """
            preconditions:
              mandate: {label: Mandate, implied_by: [un-mandate]}
              un-mandate: {label: UN mandate, implied_by: [mandate]}
        """,
    },
    passing={
        "_registry.yaml": """
            preconditions:
              mandate: {label: Mandate, implied_by: [un-mandate]}
              un-mandate: {label: UN mandate}
        """,
    },
    in_file=_find,
)
