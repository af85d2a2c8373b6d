"""The screen's own words in every language: ages, dates and times, plain letters, and names that turn nothing."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.wording import LONGEST_AGO
from kiosk.formats.text import clean
from kiosk.profiles import load_words
from kiosk.resources import assets
from tests.countries import COUNTRIES, every_language

LANGUAGES = sorted(path.stem for path in (assets() / "words").glob("*.toml"))
WORDS = {language: load_words(language) for language in LANGUAGES}
FSI, PDI = "\u2068", "\u2069"
NARROW = "\u202f"  # before : ; ? ! in French

languages = st.sampled_from(LANGUAGES)
ages = st.timedeltas(timedelta(), LONGEST_AGO - timedelta.resolution)
moments = st.datetimes(datetime(1971, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def script(character: str) -> str:
    return unicodedata.name(character).split()[0]


SCRIPTS = dict.fromkeys(LANGUAGES, "LATIN") | {"ar": "ARABIC", "zh": "CJK"}

# ---------------------------------------------------------------- ages, dates, times

AGES = {
    "en": ("just now", "1 minute ago", "2 minutes ago", "5 minutes ago", "22 hours ago", "2 days ago"),
    "cy": ("nawr", "1 munud yn ôl", "2 munud yn ôl", "5 munud yn ôl", "22 awr yn ôl", "2 ddiwrnod yn ôl"),
    "fr": (
        "à l\u2019instant",
        "il y a 1 minute",
        "il y a 2 minutes",
        "il y a 5 minutes",
        "il y a 22 heures",
        "il y a 2 jours",
    ),
    "nl": (
        "minder dan een minuut geleden",
        "1 minuut geleden",
        "2 minuten geleden",
        "5 minuten geleden",
        "22 uur geleden",
        "2 dagen geleden",
    ),
    "de": (
        "vor weniger als einer Minute",
        "vor 1 Minute",
        "vor 2 Minuten",
        "vor 5 Minuten",
        "vor 22 Stunden",
        "vor 2 Tagen",
    ),
    "es": (
        "hace un momento",
        "hace 1 minuto",
        "hace 2 minutos",
        "hace 5 minutos",
        "hace 22 horas",
        "hace 2 días",
    ),
    "pl": (
        "przed chwilą",
        "1 minutę temu",
        "2 minuty temu",
        "5 minut temu",
        "22 godziny temu",
        "2 dni temu",
    ),
    "ar": ("قبل لحظات", "قبل دقيقة واحدة", "قبل دقيقتين", "قبل 5 دقائق", "قبل 22 ساعة", "قبل يومين"),
    "sv": (
        "för mindre än en minut sedan",
        "för 1 minut sedan",
        "för 2 minuter sedan",
        "för 5 minuter sedan",
        "för 22 timmar sedan",
        "för 2 dagar sedan",
    ),
    "nb": (
        "for mindre enn ett minutt siden",
        "for 1 minutt siden",
        "for 2 minutter siden",
        "for 5 minutter siden",
        "for 22 timer siden",
        "for 2 døgn siden",
    ),
    "da": (
        "for mindre end et minut siden",
        "for 1 minut siden",
        "for 2 minutter siden",
        "for 5 minutter siden",
        "for 22 timer siden",
        "for 2 dage siden",
    ),
    "zh": ("刚刚", "1分钟前", "2分钟前", "5分钟前", "22小时前", "2天前"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_age_is_told_in_the_numbers_of_the_language(language: str) -> None:
    ages = [timedelta(minutes=minutes) for minutes in (0, 1, 2, 5, 22 * 60, 2 * 24 * 60)]
    assert tuple(WORDS[language].ago(age) for age in ages) == AGES[language]


@pytest.mark.parametrize("age", [-timedelta.resolution, LONGEST_AGO, timedelta.max])
def test_an_age_that_no_sentence_says_is_refused(age: timedelta) -> None:
    with pytest.raises(ValueError, match="can't be told in minutes, hours or days"):
        WORDS["en"].ago(age)


DATES = {
    "en": "1 July 2026",
    "cy": "1 Gorffennaf 2026",
    "fr": "1 juillet 2026",
    "nl": "1 juli 2026",
    "de": "1. Juli 2026",
    "es": "1 de julio de 2026",
    "pl": "1 lipca 2026",
    "ar": "1 يوليو 2026",
    "sv": "1 juli 2026",
    "nb": "1. juli 2026",
    "da": "1. juli 2026",
    "zh": "2026年7月1日",
}
TIMES = {"es": ("0:30", "14:32"), "da": ("00.30", "14.32")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_has_its_month_as_a_word_and_a_time_has_24_hours(language: str) -> None:
    words = WORDS[language]
    assert words.date(date(2026, 7, 1)) == DATES[language]
    moments = (datetime(2026, 7, 1, 0, 30, tzinfo=UTC), datetime(2026, 7, 1, 14, 32, tzinfo=UTC))
    assert tuple(map(words.time, moments)) == TIMES.get(language, ("00:30", "14:32"))


@given(language=languages, moment=moments, age=ages)
def test_no_date_time_or_age_has_an_odd_digit_a_foreign_letter_or_an_invisible_mark(
    language: str, moment: datetime, age: timedelta
) -> None:
    words = WORDS[language]
    for text in (words.date(moment.date()), words.time(moment), words.ago(age)):
        for character in text:
            category = unicodedata.category(character)
            assert category != "Nd" or character.isascii(), text
            assert category in {"Nd", "Po", "Pf"} or character == " " or script(character) == SCRIPTS[language], (
                text
            )


# ---------------------------------------------------------------- letters and signs


@every_language
def test_a_phrase_has_the_letters_of_its_language_and_typographic_signs(name: str, language: str) -> None:
    country = COUNTRIES[name].words[language]
    said = [*country.meaning.values(), *country.heading.values(), country.guidance_heading, country.link.label]
    said += [line for lines in (country.guidance_always, *country.guidance.values()) for line in lines]
    said += [number.label for number in country.numbers]
    said += [re.sub(r"\{\w+\}", "", text) for key, text in WORDS[language].phrases.items() if key != "locale"]
    for text in said:
        assert not set(text) & set("'\"`\u00b4"), text
        assert "..." not in text
        assert unicodedata.is_normalized("NFC", text), text
        letters = [character for character in text if character.isalpha()]
        assert all(script(letter) == SCRIPTS[language] for letter in letters), text
        assert all(character.isspace() or character.isprintable() for character in text), text


def test_french_has_a_narrow_space_before_high_signs_and_no_other_language_has_one() -> None:
    for language, words in WORDS.items():
        for key, phrase in words.phrases.items():
            for sign in ":;?!":
                for before in (part[-1:] for part in phrase.split(sign)[:-1]):
                    if key != "locale":
                        assert (before == NARROW) == (language == "fr"), (language, key)


@every_language
def test_the_words_of_levels_stay_apart_in_capitals_and_in_the_letters_of_their_language(
    name: str, language: str
) -> None:
    country = COUNTRIES[name].words[language]
    words = [word.upper() for word in country.level.values()]
    assert len(set(words)) == len(COUNTRIES[name].scale)
    assert all(script(letter) == SCRIPTS[language] for word in words for letter in word if letter != " ")
    assert len(set(country.meaning.values())) == len(words)


# ---------------------------------------------------------------- names in the other direction


def test_only_arabic_is_written_from_right_to_left() -> None:
    assert [language for language, words in WORDS.items() if words.right_to_left] == ["ar"]


@pytest.mark.parametrize(
    ("language", "name", "told"),
    [
        ("en", "Head office", "Source Head office"),
        ("en", "5 / 6", "Source 5 / 6"),
        ("en", "Źródło", "Source Źródło"),
        ("en", "المكتب", f"Source {FSI}المكتب{PDI}"),
        ("en", "Office המשרד 5", f"Source {FSI}Office המשרד 5{PDI}"),
        ("ar", "MI5", f"المصدر: {FSI}MI5{PDI}"),
        ("ar", "المكتب 5", "المصدر: المكتب 5"),
        ("ar", "5 / 6", f"المصدر: {FSI}5 / 6{PDI}"),
        ("ar", "", "المصدر: "),
    ],
)
def test_a_name_is_isolated_where_it_would_turn_the_words_around_it(language: str, name: str, told: str) -> None:
    assert WORDS[language].say("source", name=name) == told


def strong(text: str) -> set[str]:
    """The directions in which a text's letters are written."""
    return {"R" if turn in {"R", "AL"} else turn for turn in map(unicodedata.bidirectional, text)} & {"L", "R"}


def outside(text: str) -> str:
    """What stands in no isolate; AssertionError where the marks are not in pairs."""
    depth, rest = 0, ""
    for character in text:
        depth += (character == FSI) - (character == PDI)
        assert depth >= 0
        rest += character if not depth and character != PDI else ""
    assert depth == 0
    return rest


@given(language=languages, by=st.text(max_size=12).map(clean), reason=st.text(max_size=12).map(clean))
def test_no_name_brings_letters_of_the_other_direction_among_the_words(
    language: str, by: str, reason: str
) -> None:
    words = WORDS[language]
    foreign = "L" if words.right_to_left else "R"
    said = words.say("operator_footer", by=by, reason=reason)
    assert said.replace(FSI, "").replace(PDI, "") == words.phrases["operator_footer"].format(by=by, reason=reason)
    assert foreign not in strong(outside(said))
    if not words.right_to_left and all(character.isascii() for character in by + reason):
        assert FSI not in said
    again = words.say("summary", heading=said, level=by, meaning=reason, age=said)
    assert foreign not in strong(outside(again)), "an isolate in an isolate"
