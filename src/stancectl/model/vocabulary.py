"""The question a registry asks, and the words its answers are coded in."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from stancectl.model.statements import CountryCode, PreconditionId, Slug

Kind = Literal["stance", "precondition", "contribution", "group"]
"""What an id of the vocabulary can stand for."""


class Stance(NamedTuple):
    """An answer to the question. `takes_part`: would join; `refuses`: turning to it ends preconditions and offers."""

    label: str
    meaning: str | None = None
    takes_part: bool = False
    refuses: bool = False


class Precondition(NamedTuple):
    """Something that has to be so first.

    `implied_by` names preconditions that bring it with them, `excludes` those it cannot stand beside, and `granted_by`
    the country (ISO code) in whose hand it lies. `question` is how a reader would ask for it.
    """

    label: str
    meaning: str | None = None
    question: str | None = None
    implied_by: tuple[PreconditionId, ...] = ()
    excludes: tuple[PreconditionId, ...] = ()
    granted_by: CountryCode | None = None


class Contribution(NamedTuple):
    """A kind of thing a country can offer or rule out."""

    label: str
    meaning: str | None = None


class Vocabulary(NamedTuple):
    """The file `_registry.yaml`. Stances stand most engaged first; groups list ISO codes."""

    topic: str
    stances: Mapping[Slug, Stance]
    question: str | None = None
    synonyms: tuple[str, ...] = ()
    preconditions: Mapping[Slug, Precondition] = MappingProxyType({})
    contributions: Mapping[Slug, Contribution] = MappingProxyType({})
    groups: Mapping[Slug, tuple[CountryCode, ...]] = MappingProxyType({})

    def labels(self, kind: Kind) -> dict[str, str]:
        """The ids of one kind and what they are called; a group is called by its id."""
        if kind == "group":
            return {id: id for id in self.groups}
        if kind == "stance":
            return {id: stance.label for id, stance in self.stances.items()}
        entries = self.preconditions if kind == "precondition" else self.contributions
        return {id: entry.label for id, entry in entries.items()}

    def refuses(self, stance: str | None) -> bool:
        """Whether `stance` is one that refuses; no stance does not."""
        return stance is not None and self.stances[stance].refuses

    def rank(self, stance: str | None) -> int:
        """The stance's place from the most engaged (0) on; no stance comes last."""
        return len(self.stances) if stance is None else list(self.stances).index(stance)
