"""Which codes stand for a country, and which for a language."""

import pytest

from stancectl.model.iso import is_country, is_language


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
