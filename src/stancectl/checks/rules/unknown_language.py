"""A language that has no such code."""

from stancectl.checks.rule import CheckedFile, Findings, Rule
from stancectl.model.errors import shorten
from stancectl.model.iso import is_language
from stancectl.registry.problems import Finding

_MEANT = {"ua": "uk", "gr": "el", "cz": "cs", "jp": "ja", "dk": "da", "cn": "zh", "eng": "en", "ger": "de", "deu": "de"}


def _find(file: CheckedFile) -> Findings:
    for path, source in file.sources():
        language = source.get("lang")
        if language and not is_language(language):
            folded = language.casefold()
            near = (_MEANT.get(folded, folded), folded.replace("_", "-"), language.replace("_", "-"))
            meant = next(filter(is_language, near), None)
            help = f"did you mean `{meant}`?" if meant else "write the code of ISO 639-1, as in `en` or `pt-BR`"
            yield Finding((*path, "lang"), f"`{shorten(language)}` is no language's code", help)


RULE = Rule(
    code="unknown-language",
    finds="the language of a source is no code of ISO 639",
    reason="""
        Reference managers and readers take the language from this code. A country's code is not its language's: Ukrainian is
        `uk`, Greek `el`, Czech `cs`. A script and a region may follow, as in `sr-Latn` or `pt-BR`.
    """,
    failing="""
        sources:
          - {url: https://example.org/1, lang: ua}
          - {url: https://example.org/2, lang: en}
    """,
    passing="""
        sources:
          - {url: https://example.org/1, lang: uk}
          - {url: https://example.org/2, lang: en}
    """,
    in_file=_find,
)
