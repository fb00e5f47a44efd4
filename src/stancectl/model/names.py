"""Names as people type them: any case, with or without accents, slug, name, alias or ISO code."""

import re
from collections.abc import Iterable, Mapping

from stancectl.model.errors import UnknownName
from stancectl.model.registry import Country, Registry

_UNDECOMPOSED = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})


def plain(text: str) -> str:
    """The text in lower case and without accents: `Türkiye` and `TÜRKİYE` are `turkiye`."""
    if text.isascii():
        return text.lower()
    import unicodedata

    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).translate(_UNDECOMPOSED)


def key(text: str) -> str:
    """What two spellings of one name have in common: plain letters and digits, no article."""
    return "".join(filter(str.isalnum, plain(text).strip().removeprefix("the ")))


def slug(text: str) -> str:
    """The text as an id: plain letters and digits, hyphens between; nothing where it has none."""
    return "-".join(re.findall("[a-z0-9]+", plain(text)))


def spellings(country: Country) -> Iterable[str]:
    """Everything the country is called: slug, name, code, aliases."""
    return (country.slug, country.name, country.code, *country.aliases)


def find_country(registry: Registry, text: str) -> Country:
    """The country of that name; raise UnknownName, which suggests the nearest, where there is none."""
    slug = registry.names.get(key(text))
    if slug is None:
        raise UnknownName("country", text, sorted(registry.countries), registry.names, key(text))
    return registry.countries[slug]


def find_id(kind: str, labels: Mapping[str, str], text: str) -> str:
    """The id of that name: `labels` maps ids to labels; both are names, ids before labels.

    Raises UnknownName as `find_country` does.
    """
    by_key = {key(label): id for id, label in labels.items()} | {key(id): id for id in labels}
    found = by_key.get(key(text))
    if found is None:
        raise UnknownName(kind, text, labels, by_key, key(text))
    return found
