"""A key that stands twice in one mapping."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="duplicate-key",
    finds="a key stands twice in one mapping",
    reason="Other YAML tools keep one of the two without a word, and not all keep the same one. Keep the one that is right.",
    failing="""
        speaker: Hakan Fidan
        speaker: Yaşar Güler
    """,
    passing="""
        speaker: Hakan Fidan
    """,
)
