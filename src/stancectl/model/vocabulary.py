"""The question a registry asks, and the words its answers are coded in."""

from dataclasses import dataclass, field
from typing import Literal

from stancectl.model.statements import CountryCode, PreconditionId, Slug

Kind = Literal["stance", "precondition", "contribution", "group"]
"""What an id of the vocabulary can stand for."""


@dataclass(frozen=True, slots=True)
class Stance:
    """An answer to the question. `takes_part`: would join; `refuses`: turning to it ends preconditions and offers."""

    label: str
    meaning: str | None = None
    takes_part: bool = False
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Precondition:
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


@dataclass(frozen=True, slots=True)
class Contribution:
    """A kind of thing a country can offer or rule out."""

    label: str
    meaning: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The file `_registry.yaml`. Stances stand most engaged first; groups list ISO codes."""

    topic: str
    stances: dict[Slug, Stance]
    question: str | None = None
    synonyms: tuple[str, ...] = ()
    preconditions: dict[Slug, Precondition] = field(default_factory=dict)
    contributions: dict[Slug, Contribution] = field(default_factory=dict)
    groups: dict[Slug, tuple[CountryCode, ...]] = field(default_factory=dict)

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
