"""The files that a new registry begins with: a vocabulary to change, a country that is made up, what contributors need."""

import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template

from stancectl.model.errors import StanceError, shorten
from stancectl.model.names import slug
from stancectl.registry.canonical import text_in_line
from stancectl.registry.files import EVENTS, VOCABULARY, File
from stancectl.registry.formatting import formatted

STANCES = ("For", "Conditional", "Undecided", "Against")
"""The stances of a registry that names none, most engaged first."""

WORKFLOW = ".github/workflows/check.yaml"
"""Where the step for continuous integration goes, in the repository's own folder."""

FILES = {"ruritania.yaml": "ruritania.yaml", EVENTS: "events.yaml", VOCABULARY: "registry.yaml"}
"""The files of the registry itself, and what each is made of; the vocabulary, which makes a folder a registry, comes last."""

_LONGEST = 60
_TEMPLATES = Path(__file__).parent / "templates"
_MEANINGS = {
    "For": "The government says that it agrees, or will take part.",
    "Conditional": "The government would agree once preconditions that it names are met.",
    "Undecided": "The government says that it has not decided.",
    "Against": "The government says that it does not agree, or will not take part.",
}


class UnusableStances(StanceError):
    """Stances that no vocabulary can be made of."""

    code = "usage"


def stance_ids(labels: Sequence[str]) -> dict[str, str]:
    """The ids of stances, and their labels. Raises UnusableStances where there are none, or two of one id."""
    if not labels:
        raise UnusableStances("there is no stance", "write --stances 'for, undecided, against'")
    ids = {slug(label): label[:1].upper() + label[1:] for label in labels}
    for odd in (label for label in labels if not 0 < len(slug(label)) <= _LONGEST):
        message = f"`{shorten(odd)}` is no name for a stance: it needs Latin letters or digits, {_LONGEST} at most"
        raise UnusableStances(message, "write --stances 'for, undecided, against'; the labels in the file may be anything")
    if len(ids) < len(labels):
        raise UnusableStances("two stances would have one id", "name each of them once")
    return ids


def starter(topic: str, question: str, stances: Sequence[str], codes: Sequence[str], today: date) -> dict[str, str]:
    """The texts of the files by name, but for schemas and the CI step.

    `stances` are labels, most engaged first: the first takes part, the last refuses, where there are several. `codes` are ISO
    codes of the countries that the registry is to cover. Raises UnusableStances.
    """
    ids = stance_ids(stances)
    told = {
        "topic": text_in_line(topic),
        "question": text_in_line(question or f"Where does this country stand on {topic}?"),
        "stances": "\n".join(_stance(id, label, place, len(ids)) for place, (id, label) in enumerate(ids.items())),
        "codes": ", ".join(map(text_in_line, codes)),
        "stance": text_in_line([*ids][(len(ids) - 1) // 2]),
        "today": today.isoformat(),
    }
    return {name: _in_form(name, _filled(source, told)) for name, source in FILES.items()}


def readme(topic: str, question: str, *, folder: str, has_workflow: bool) -> str:
    """What contributors have to know.

    `folder` is the registry's in its repository; the step for continuous integration stands here, if it has no file of its own.
    """
    step = "" if has_workflow else f"\nFor GitHub Actions, as `{WORKFLOW}`:\n\n```yaml\n{workflow(folder)}```\n"
    asked = question or f"Where countries stand on {topic}."
    told = {"title": _in_markdown(topic), "asked": _in_markdown(asked), "ci": step}
    return _filled("README.md", told).rstrip("\n") + "\n"


def workflow(folder: str) -> str:
    """The step for continuous integration."""
    runs = {command: text_in_line(f"stancectl {command} {shlex.quote(folder)}") for command in ("check", "fmt --check")}
    return _filled("check.yaml", {"check": runs["check"], "form": runs["fmt --check"]})


def ignored() -> str:
    """What git is to leave alone."""
    return _filled("gitignore", {})


def _in_form(name: str, text: str) -> str:
    data = formatted(File(name, name, text.encode())).data
    assert data is not None
    return data.decode()


def _filled(template: str, told: Mapping[str, str]) -> str:
    return Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(told)


def _stance(id: str, label: str, place: int, count: int) -> str:
    lines = [f"  {text_in_line(id)}:", f"    label: {text_in_line(label)}"]
    lines += [f"    meaning: {_MEANINGS[label]}"] if label in _MEANINGS else []
    lines += ["    takes_part: true"] if place == 0 or label == "Conditional" else []
    lines += ["    refuses: true"] if 0 < place == count - 1 else []
    return "\n".join(lines)


def _in_markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
