"""A code that is no country's."""

from stancectl.checks.rule import CheckedFile, Findings, Path, Rule
from stancectl.model.iso import is_country
from stancectl.registry.problems import Finding

_MEANT = {"UK": "GB", "EN": "GB", "EL": "GR"}


def _find(file: CheckedFile) -> Findings:
    named: list[tuple[Path, str]] = [(("country",), file.plain.get("country", ""))]
    for name, precondition in file.plain.get("preconditions", {}).items():
        named.append((("preconditions", name, "granted_by"), precondition.get("granted_by", "")))
    for name, codes in file.plain.get("groups", {}).items():
        named += [(("groups", name, place), code or "") for place, code in enumerate(codes)]
    for path, code in named:
        if code and not is_country(code):
            help = (
                f"did you mean `{_MEANT[code]}`?"
                if code in _MEANT
                else "look it up in ISO 3166-1; for what has none there, take one of XA to XZ"
            )
            yield Finding(path, f"`{code}` is no country's code", help)


RULE = Rule(
    code="unknown-code",
    finds="a country code is not in ISO 3166-1",
    reason="""
        Codes join this registry to other data, where a wrong one is another country or none. What has no code in ISO 3166-1 may
        take EU or one of XA to XZ (XK is commonly Kosovo), but not XX, which stands for an unknown country.
    """,
    failing={
        "united-kingdom.yaml": """
            country: UK
            name: United Kingdom
        """,
    },
    passing={
        "united-kingdom.yaml": """
            country: GB
            name: United Kingdom
        """,
    },
    in_file=_find,
)
