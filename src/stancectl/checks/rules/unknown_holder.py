"""A precondition in the hand of a country that the registry does not have."""

from collections.abc import Iterator, Mapping

from stancectl.checks.rule import Plain, Rule
from stancectl.model.iso import is_country
from stancectl.registry.files import VOCABULARY
from stancectl.registry.problems import Finding


def _find(files: Mapping[str, Plain]) -> Iterator[tuple[str, Finding]]:
    countries = [plain.get("country") for name, plain in files.items() if not name.startswith("_")]
    if not all(countries):
        return  # a country that cannot be made out may be the one
    for name, precondition in files.get(VOCABULARY, {}).get("preconditions", {}).items():
        holder = precondition.get("granted_by")
        if holder and is_country(holder) and holder not in countries:
            help = f"add the file of {holder}, or leave `granted_by` out"
            yield VOCABULARY, Finding(("preconditions", name, "granted_by"), f"no country here has the code `{holder}`", help)


RULE = Rule(
    code="unknown-holder",
    finds="`granted_by` names no country of the registry",
    reason="""
        Whoever asks what blocks a precondition is shown the position of the country that could grant it. Without that
        country's file there is none to show.
    """,
    failing={
        "_registry.yaml": """
            preconditions:
              russia-consent: {label: Russia's consent, granted_by: RU}
        """,
    },
    passing={
        "_registry.yaml": """
            preconditions:
              russia-consent: {label: Russia's consent}
        """,
    },
    in_registry=_find,
)
