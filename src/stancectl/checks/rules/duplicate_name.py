"""A name that two countries share."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="duplicate-name",
    finds="a code, name or alias belongs to another country too",
    reason="""
        A name on the command line must lead to one country, and case, accents, punctuation and a leading "the" make no
        difference there. Keep the name where readers would expect it. Where the code is the same, one file is often a copy of
        the other: correct its code.
    """,
    failing={
        "north-korea.yaml": """
            country: KP
            name: North Korea
            aliases: [Korea]
        """,
        "south-korea.yaml": """
            country: KR
            name: South Korea
            aliases: [Korea]
        """,
    },
    passing={
        "north-korea.yaml": """
            country: KP
            name: North Korea
        """,
        "south-korea.yaml": """
            country: KR
            name: South Korea
            aliases: [Korea]
        """,
    },
)
