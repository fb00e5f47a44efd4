"""Words behind a `#` that YAML takes for a comment."""

import re

from stancectl.checks.rule import CheckedFile, Findings, Rule

_COMMENT = re.compile(r"\s#\w")


def _find(file: CheckedFile) -> Findings:
    document = file.document
    for _, event in document.scalars() if _COMMENT.search(document.text) else ():
        line, column = event.end_mark.line, event.end_mark.column
        rest = document.lines[line][column:] if not event.style and line < len(document.lines) else ""
        if re.match(r"\s+#\w", rest):
            message = f"`{rest.strip()}` is a comment to YAML, and no part of the text"
            yield document.problem_at(
                line,
                column + rest.index("#"),
                "",
                message,
                "quote the text, or write `# ` if a comment is meant",
                len(rest.strip()),
            )


RULE = Rule(
    code="lost-text",
    severity="warning",
    finds="a `#` in an unquoted text makes its rest a comment",
    reason="""
        Behind a space, `#` begins a comment in YAML: what follows is lost without a word. Numbers and hashtags end so. A comment
        that is meant begins with `# ` and a space.
    """,
    failing="""
        occasion: answer to question #4 in parliament
    """,
    passing="""
        occasion: "answer to question #4 in parliament"
    """,
    in_file=_find,
)
