"""Names as people type them."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from building import real_registry
from stancectl.model.errors import StanceError, UnknownName, shorten
from stancectl.model.names import find_country, find_id, key, plain, spellings
from stancectl.model.registry import Country

LABELS = {
    "ceasefire": "Ceasefire",
    "us-backstop": "US backstop",
    "parliamentary-approval": "Parliament's approval",
    "non-nato-mission": "Outside NATO",
    "montreux-compliance": "Montreux Convention",
}


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("turkey", "turkey"),
        ("Turkey", "turkey"),
        ("TURKEY", "turkey"),
        ("Türkiye", "turkey"),
        ("TÜRKİYE", "turkey"),
        ("türkıye", "turkey"),  # without the dot of the Turkish i
        ("Tu\u0308rkiye", "turkey"),  # the accent as a character of its own
        ("turkiye", "turkey"),
        ("TR", "turkey"),
        ("tr", "turkey"),
        ("netherlands", "netherlands"),
        ("the Netherlands", "netherlands"),
        ("The Netherlands", "netherlands"),
        ("THE NETHERLANDS", "netherlands"),
        (" the Netherlands ", "netherlands"),
        ("holland", "netherlands"),
        ("United Kingdom", "united-kingdom"),
        ("united-kingdom", "united-kingdom"),
        ("united_kingdom", "united-kingdom"),
        ("unitedkingdom", "united-kingdom"),
        ("the UK", "united-kingdom"),
        ("UK", "united-kingdom"),
        ("U.K.", "united-kingdom"),
        ("gb", "united-kingdom"),
        ("great britain", "united-kingdom"),
        ("new zealand", "new-zealand"),
        ("New  Zealand", "new-zealand"),
        ("new-zealand", "new-zealand"),
        ("NZ", "new-zealand"),
        ("the United States", "united-states"),
        ("America", "united-states"),
        ("U.S.", "united-states"),
        ("no", "norway"),
        ("espana", "spain"),
        ("ESPAÑA", "spain"),
        ("osterreich", "austria"),
        ("island", "iceland"),
        ("eire", "ireland"),
        ("letzebuerg", "luxembourg"),
        ("people’s republic of china", "china"),  # with a typographic apostrophe
    ],
)
def test_a_country_answers_to_slug_name_alias_and_code(typed: str, slug: str) -> None:
    assert find_country(real_registry(), typed).slug == slug


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("turky", "turkey"),
        ("Turky", "turkey"),
        ("TURKEI", "turkey"),
        ("Tur", "turkey"),
        ("Tür", "turkey"),
        ("Öst", "austria"),
        ("the Neth", "netherlands"),
        ("united k", "united-kingdom"),
        ("new z", "new-zealand"),
        ("untied kingdom", "united-kingdom"),
        ("new zeland", "new-zealand"),
        ("the Nethrlands", "netherlands"),
        ("germny", "germany"),
        ("slovak", "slovakia"),
        ("Österreih", "austria"),
        ("swit", "switzerland"),
    ],
)
def test_a_miss_suggests_the_nearest(typed: str, suggested: str) -> None:
    with pytest.raises(UnknownName) as caught:
        find_country(real_registry(), typed)
    assert caught.value.message == f"`{typed}` is no country here"
    help = str(caught.value.help)
    assert help.startswith("did you mean ")
    assert help.endswith("?")  # and not all 44
    assert f"`{suggested}`" in help


@pytest.mark.parametrize("typed", ["", " ", "the", "x", "xyzzyplugh", "?!", "🇹🇷"])
def test_where_nothing_is_near_the_least_far_are_named_and_not_all_44(typed: str) -> None:
    with pytest.raises(UnknownName) as caught:
        find_country(real_registry(), typed)
    named = str(caught.value.help).removeprefix("the nearest are ").split(", ")
    assert 1 <= len(named) <= 5
    assert set(named) <= {f"`{slug}`" for slug in real_registry().countries}


def test_no_more_than_three_are_suggested() -> None:
    with pytest.raises(UnknownName) as caught:
        find_country(real_registry(), "republic")  # as seven aliases begin
    assert str(caught.value.help).count("`") == 6


def test_an_unknown_name_is_an_error_that_a_user_can_act_on() -> None:
    with pytest.raises(StanceError) as caught:
        find_country(real_registry(), "turky")
    assert caught.value.code == "unknown-country"
    assert str(caught.value) == f"{caught.value.message}; {caught.value.help}"
    with pytest.raises(UnknownName) as other:
        find_id("rule-out kind", LABELS, "x")
    assert other.value.code == "unknown-rule-out-kind"


def test_a_name_as_long_as_a_page_is_cut_and_its_lines_are_joined() -> None:
    with pytest.raises(UnknownName) as caught:
        find_country(real_registry(), "a\nb" + "c" * 1000)
    assert caught.value.message == f"`a b{'c' * 56}…` is no country here"


@pytest.mark.parametrize(("text", "short"), [("", ""), ("a  b\n\tc ", "a b c"), ("x" * 60, "x" * 60), ("x" * 61, "x" * 59 + "…")])
def test_a_text_is_shortened_to_one_line(text: str, short: str) -> None:
    assert shorten(text) == short


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("ceasefire", "ceasefire"),
        ("CEASEFIRE", "ceasefire"),
        ("cease-fire", "ceasefire"),
        ("us-backstop", "us-backstop"),
        ("US backstop", "us-backstop"),
        ("the US backstop", "us-backstop"),
        ("usbackstop", "us-backstop"),
        ("parliament's approval", "parliamentary-approval"),
        ("parliaments approval", "parliamentary-approval"),
        ("parliamentary approval", "parliamentary-approval"),
        (" outside nato", "non-nato-mission"),
        ("Montreux Convention", "montreux-compliance"),
        ("montreux-compliance", "montreux-compliance"),
    ],
)
def test_an_id_answers_to_itself_and_to_its_label(typed: str, id: str) -> None:
    assert find_id("precondition", LABELS, typed) == id


@pytest.mark.parametrize(
    ("typed", "help"),
    [
        ("cesefire", "did you mean `ceasefire`?"),
        ("montreux", "did you mean `montreux-compliance`?"),
        ("zzz", "known: "),
        ("", "known: "),
    ],
)
def test_an_unknown_id_is_told_the_nearest_and_all_where_they_are_few(typed: str, help: str) -> None:
    with pytest.raises(UnknownName) as caught:
        find_id("precondition", LABELS, typed)
    assert caught.value.code == "unknown-precondition"
    assert caught.value.message == f"`{typed}` is no precondition here"
    assert str(caught.value.help).startswith(help)
    assert str(caught.value.help).endswith(", ".join(LABELS))


def test_where_there_are_no_ids_it_says_so() -> None:
    with pytest.raises(UnknownName) as caught:
        find_id("group", {}, "eu")
    assert "none" in str(caught.value.help)


def every_name() -> list[tuple[Country, str]]:
    return [(country, name) for country in real_registry().countries.values() for name in spellings(country)]


def test_every_country_answers_to_all_its_names_however_they_are_written() -> None:
    for country, name in every_name():
        for typed in (name, name.lower(), name.upper(), plain(name), f"the {name}", key(name)):
            assert find_country(real_registry(), typed) is country, typed


def test_every_id_of_the_vocabulary_answers_to_itself_and_to_its_label() -> None:
    words = real_registry().vocabulary
    for entries in (words.stances, words.preconditions, words.contributions):
        labels = {id: entry.label for id, entry in entries.items()}
        for id, label in labels.items():
            assert find_id("id", labels, id) == find_id("id", labels, label) == id


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Türkiye", "turkiye"),
        ("TÜRKİYE", "turkiye"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Ísland", "island"),
        ("Þór Æsir", "thor aesir"),
        ("Ørsted", "orsted"),
        ("Đorđe", "dorde"),
        ("Œuvre", "oeuvre"),
        ("Київ", "киів"),
        ("Ｔｕｒｋｅｙ", "turkey"),
    ],
)
def test_plain_text_has_neither_case_nor_accents(text: str, bare: str) -> None:
    assert plain(text) == bare


@settings(deadline=None, max_examples=100)
@given(some.text(max_size=20))
def test_whatever_is_typed_is_a_country_or_an_unknown_name(typed: str) -> None:
    with suppress(UnknownName):
        found = find_country(real_registry(), typed)
        assert key(typed) in map(key, spellings(found))


def test_an_id_comes_before_the_label_of_another() -> None:
    labels = {"ceasefire": "Truce", "truce": "Ceasefire"}
    assert [find_id("precondition", labels, name) for name in ("ceasefire", "truce")] == ["ceasefire", "truce"]
