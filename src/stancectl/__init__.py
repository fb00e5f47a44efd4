"""Plain-text accounting, for political positions: who stands where, since when, on what conditions, and who said so.

>>> import stancectl
>>> registry = stancectl.load()
>>> registry["turkey"].position(as_of="2025-12-01").stance
'conditional'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stancectl.analysis.hypotheses import Impossible
    from stancectl.analysis.positions import Part, Position
    from stancectl.api import Country, Registry, load
    from stancectl.model.dates import InvalidDate, PartialDate
    from stancectl.model.errors import StanceError, UnknownName
    from stancectl.model.statements import Statement
    from stancectl.registry.errors import InvalidRegistry, NoRegistry, UnknownRevision

from stancectl.version import __version__ as __version__

_HOMES = {
    "load": "api",
    "Registry": "api",
    "Country": "api",
    "Position": "analysis.positions",
    "Part": "analysis.positions",
    "Statement": "model.statements",
    "PartialDate": "model.dates",
    "StanceError": "model.errors",
    "UnknownName": "model.errors",
    "InvalidDate": "model.dates",
    "Impossible": "analysis.hypotheses",
    "InvalidRegistry": "registry.errors",
    "NoRegistry": "registry.errors",
    "UnknownRevision": "registry.errors",
}
__all__ = [
    "Country",
    "Impossible",
    "InvalidDate",
    "InvalidRegistry",
    "NoRegistry",
    "Part",
    "PartialDate",
    "Position",
    "Registry",
    "StanceError",
    "Statement",
    "UnknownName",
    "UnknownRevision",
    "load",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the command line, which needs few, starts faster for it."""
    if name not in _HOMES:
        raise AttributeError(f"module `stancectl` has no attribute `{name}`")
    return getattr(import_module(f"stancectl.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
