"""Errors of a whole registry: it cannot be found, or not be read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from stancectl.model.errors import StanceError

if TYPE_CHECKING:
    from stancectl.registry.problems import Problem


class InvalidRegistry(StanceError):
    """A registry that cannot be read; `problems` are all that were found, by file and line."""

    code = "invalid-registry"

    def __init__(self, problems: "Iterable[Problem]") -> None:
        from stancectl.registry.problems import in_order

        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


class NoRegistry(StanceError):
    """There is no registry where one was looked for."""

    code = "no-registry"


class UnknownRevision(StanceError):
    """Git has no such revision of the registry, or there is no git to ask."""

    code = "unknown-revision"
