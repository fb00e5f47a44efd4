"""Counts and freshness of a registry."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from stancectl.analysis.positions import Position
from stancectl.analysis.sources import citations
from stancectl.model.statements import ATTRIBUTIONS
from stancectl.model.vocabulary import Vocabulary


class Figure(NamedTuple):
    """One row of `stats`: how many of what."""

    measure: str
    item: str
    value: int


AGES = {"within 30 days": 30, "within 90 days": 90, "within 180 days": 180, "within 365 days": 365}


def figures(positions: Sequence[Position], vocabulary: Vocabulary, as_of: date) -> list[Figure]:
    """Totals, then countries by stance, statements by attribution, and countries by how long ago they last spoke."""
    statements = [statement for position in positions for statement in position.statements]
    cited = citations(statements)
    stances = Counter(position.stance for position in positions)
    attributions = Counter(statement.attribution for statement in statements)
    return [
        Figure("total", "countries", len(positions)),
        Figure("total", "statements", len(statements)),
        Figure("total", "signals", sum(statement.is_signal for statement in statements)),
        Figure("total", "sources", len(cited)),
        Figure("total", "source references", sum(len(statement.sources) for statement in statements)),
        Figure("total", "sources archived", sum(source.archived is not None for source in cited)),
        *(Figure("stance", stance, stances[stance]) for stance in vocabulary.stances),
        Figure("stance", "none", stances[None]),
        *(Figure("attribution", attribution, attributions[attribution]) for attribution in ATTRIBUTIONS),
        *_freshness(positions, as_of),
    ]


def _freshness(positions: Sequence[Position], as_of: date) -> list[Figure]:
    last = [said.date.earliest for position in positions if (said := position.last_counted)]
    rows = [
        Figure("last statement", label, sum(day >= as_of - timedelta(days=days) for day in last)) for label, days in AGES.items()
    ]
    older = sum(day < as_of - timedelta(days=365) for day in last)
    return [*rows, Figure("last statement", "older", older), Figure("last statement", "none", len(positions) - len(last))]
