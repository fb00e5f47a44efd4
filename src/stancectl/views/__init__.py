"""Results laid out for a person: one module a command, each from an analysis to a page.

Modules are imported when they are first named, because most answers go to a pipe and need none.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stancectl.views import changes as changes
    from stancectl.views import comparison as comparison
    from stancectl.views import dossier as dossier
    from stancectl.views import graph as graph
    from stancectl.views import lanes as lanes
    from stancectl.views import listing as listing
    from stancectl.views import log as log
    from stancectl.views import preconditions as preconditions
    from stancectl.views import reasons as reasons
    from stancectl.views import search as search
    from stancectl.views import sources as sources
    from stancectl.views import stats as stats
    from stancectl.views import timeline as timeline
    from stancectl.views import whatif as whatif


def __getattr__(name: str) -> Any:
    try:
        return import_module(f"stancectl.views.{name}")
    except ModuleNotFoundError:
        raise AttributeError(f"there is no view called `{name}`") from None
