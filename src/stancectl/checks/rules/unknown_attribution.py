"""An attribution that is none of the five."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="unknown-attribution",
    finds="`attribution` is none of the five",
    reason="""
        It decides whether a statement counts: were an unknown one passed over, the statement would count as official. Write
        `official`, `document`, `dissenting`, `anonymous` or `reported`; when in doubt, the weaker one.
    """,
    failing="""
        speaker: a Turkish defence official
        attribution: unnamed
    """,
    passing="""
        speaker: a Turkish defence official
        attribution: anonymous
    """,
)
