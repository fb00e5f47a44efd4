"""Which codes stand for a country, and which for a language."""

import pytest

from building import real_registry
from stancectl.model.iso import COUNTRIES, country_named, is_country, is_language


@pytest.mark.parametrize("code", ["TR", "GB", "NO", "UA", "TW", "AX", "XK", "XA", "XZ", "EU"])
def test_a_country(code: str) -> None:
    assert is_country(code)


@pytest.mark.parametrize("code", ["UK", "EL", "XX", "ZZ", "AA", "QQ", "SU", "YU", "AN", "tr", "TUR", "", "T", "T R", "TR\n"])
def test_no_country(code: str) -> None:
    assert not is_country(code)


@pytest.mark.parametrize("tag", ["en", "uk", "cnr", "pt-BR", "sr-Latn", "zh-Hant-TW", "es-419", "no", "nb"])
def test_a_language(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["ua", "eng", "xx", "EN", "pt_BR", "pt-br", "en-", "-", "", "english", "en-GB-oed", "en "])
def test_no_language(tag: str) -> None:
    assert not is_language(tag)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NO", ("NO", "Norway")),
        ("no", ("NO", "Norway")),
        ("the Netherlands", ("NL", "Netherlands")),
        ("turkiye", ("TR", "Turkey")),
        ("Türkiye", ("TR", "Turkey")),
        ("Cote d'Ivoire", ("CI", "Côte d'Ivoire")),
        ("ivory coast", ("CI", "Côte d'Ivoire")),
        ("UK", ("GB", "United Kingdom")),
        ("united states of america", ("US", "United States")),
        ("eu", ("EU", "European Union")),
        ("Kosovo", ("XK", "Kosovo")),
        ("Korea", None),  # which?
        ("Ruritania", None),
        ("", None),
    ],
)
def test_countries_by_any_name(text: str, found: tuple[str, str] | None) -> None:
    assert country_named(text) == found


def test_every_country_is_found_by_its_code_and_its_name() -> None:
    assert len(COUNTRIES) == 249
    for code, name in COUNTRIES.items():
        assert country_named(code) == country_named(name) == (code, name)


def test_the_shipped_countries_are_called_what_they_are_called_here() -> None:
    registry = real_registry()
    assert all(COUNTRIES[country.code] == country.name for country in registry.countries.values())
