"""Words that other YAML tools take for true, false or nothing."""

import re

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding

# YAML 1.1, types bool and null, as PyYAML reads them.
_WORD = "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|~|null|Null|NULL"
# Two patterns, not one: what begins with one kind of character is found much faster.
_MAYBE_VALUE = re.compile(rf"[-:,\[{{] *(?:{_WORD}) *(?:[]:,}}]|\s#|$)", re.MULTILINE)
_MAYBE_KEY = re.compile(rf"\n *(?:{_WORD}) *:")
_IS_WORD = re.compile(_WORD).fullmatch
_FLAGS = {"takes_part", "refuses"}


def _find(file: CheckedFile) -> Findings:
    text = file.document.text
    if not (_MAYBE_VALUE.search(text) or _MAYBE_KEY.search(text)):
        return
    for path, event in file.document.scalars():
        if not event.style and path[-1] not in _FLAGS and _IS_WORD(event.value):
            yield Finding(path, f"other YAML tools do not read `{event.value}` as text", f'write "{event.value}"')
    for path, key in file.document.key_events():
        if not key.style and _IS_WORD(key.value):
            message = f"other YAML tools do not read the key `{key.value}` as text"
            yield Finding(path, message, f'write "{key.value}"', at_key=True)


RULE = Rule(
    code="yaml-boolean",
    severity="warning",
    finds="an unquoted word means true, false or nothing to other YAML tools",
    reason="""
        To this tool `country: NO` is Norway and `lang: no` Norwegian. To most others both are false, and editors, converters
        and scripts read these files too. In quotes the word is a word to all of them.
    """,
    failing={
        "norway.yaml": """
            country: NO
            name: Norway
        """,
    },
    passing={
        "norway.yaml": """
            country: "NO"
            name: Norway
        """,
    },
    in_file=_find,
)
