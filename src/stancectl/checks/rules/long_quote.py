"""A quotation that goes on and on."""

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.registry.problems import Finding

WORDS, CHARACTERS = 40, 300


def _find(file: CheckedFile) -> Findings:
    for index, said in file.statements:
        quote = said.get("quote", "")
        if len(quote) > CHARACTERS or len(quote.split()) > WORDS:
            message = f"a quotation of {len(quote.split())} words and {len(quote)} characters"
            help = f"keep the words that carry the position: {WORDS} words, {CHARACTERS} characters at most"
            yield Finding(("statements", index, "quote"), message, help)


RULE = Rule(
    code="long-quote",
    severity="warning",
    finds=f"a quotation is longer than {WORDS} words or {CHARACTERS} characters",
    reason="""
        A short quotation is evidence, a long one somebody else's text: it hides what matters and may infringe a right. The
        limit in characters is for languages without spaces.
    """,
    failing="""
        quote: >-
          First of all a ceasefire must be established between Russia and Ukraine, and after that a mission framework with a
          clear mandate must be laid down, and when that has been done the extent to which each country will contribute has to
          be settled.
    """,
    passing="""
        quote: First of all a ceasefire must be established between Russia and Ukraine.
    """,
    in_file=_find,
)
