"""An address that is no web address."""

from stancectl.checks.rule import Rule

RULE = Rule(
    code="invalid-url",
    finds="an address does not begin with `https://` or `http://`, has no host, or holds a space",
    reason="""
        A source is there for others to open it, and a part of an address or a path on your own disk opens nothing for them.
        Copy the whole address from the browser's address bar.
    """,
    failing="""
        sources:
          - url: www.example.org/1
          - url: https://example.org/2
    """,
    passing="""
        sources:
          - url: https://www.example.org/1
          - url: https://example.org/2
    """,
)
