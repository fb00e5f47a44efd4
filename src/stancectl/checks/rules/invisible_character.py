"""Characters that nobody sees."""

import re
import unicodedata

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding

# Category Cf, what is drawn as nothing, and private use. Source: Unicode 15, DerivedCoreProperties
# (Default_Ignorable_Code_Point). Joiners (U+200C, U+200D) and variation selectors are wanted in some scripts and in emoji.
_HIDDEN = re.compile(
    "[\x85\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\U000f0000-\U0010ffff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_ESCAPED = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f]|{_HIDDEN.pattern}")  # a control character can be there no other way
_ESCAPE = re.compile(r"\\[xuU0abevfNLP_]")
_HELP = "remove it"


def _find(file: CheckedFile) -> Findings:
    lines = file.document.lines
    for number, line in enumerate(lines):
        for found in _HIDDEN.finditer(line) if not line.isascii() else ():
            yield file.document.problem_at(number, found.start(), "", f"{_name(found[0])} is invisible", _HELP)
    if _ESCAPE.search(file.document.text):
        for path, event in file.document.scalars():
            written = "".join(lines[event.start_mark.line : event.end_mark.line + 1])
            for mark in dict.fromkeys(_ESCAPED.findall(event.value)) if event.style == '"' else ():
                if mark not in written:
                    yield Finding(path, f"{_name(mark)} is invisible", _HELP)


def _name(mark: str) -> str:
    name = unicodedata.name(mark, "")
    return f"U+{ord(mark):04X}" + (f" ({name.lower()})" if name else "")


RULE = Rule(
    code="invisible-character",
    severity="warning",
    finds="the text holds invisible, control or bidirectional characters",
    reason="""
        What cannot be seen was pasted by accident or put there to mislead: it turns text round, breaks searches, and makes
        two equal names differ. Written as an escape in a quoted text it is found too.
    """,
    failing="""
        speaker: Hakan\u200b Fidan
    """,
    passing="""
        speaker: Hakan Fidan
    """,
    in_file=_find,
)
