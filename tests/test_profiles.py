"""The profiles against the facts they stand for, their colours to other eyes, and profiles with mistakes."""

import tomllib
from itertools import combinations
from pathlib import Path
from string import Formatter

import pytest
from coloraide import Color

from kiosk.config.load import parse_config
from kiosk.core.profile import Profile
from kiosk.errors import ProfileError
from kiosk.profiles import built_in, load_profile, load_words, profile_path
from kiosk.resources import assets

UK = load_profile("uk")
US = load_profile("us")
ALL = tuple(load_profile(name) for name in built_in())
EVERY_PROFILE = pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.id)
SOURCE = profile_path("uk").read_text("utf-8")

MEANINGS = {
    "LOW": "An attack is highly unlikely",
    "MODERATE": "An attack is possible but not likely",
    "SUBSTANTIAL": "An attack is likely",
    "SEVERE": "An attack is highly likely",
    "CRITICAL": "An attack is highly likely in the near future",
}

# ---------------------------------------------------------------- facts


def test_the_levels_are_in_their_order_with_the_meanings_in_force_since_2019() -> None:
    assert UK.scale.levels == tuple(MEANINGS)
    assert UK.words["en"].meaning == MEANINGS
    assert {level: word.upper() for level, word in UK.words["en"].level.items()} == {
        level: level for level in MEANINGS
    }


def test_the_national_level_is_the_default_and_each_area_names_who_sets_it() -> None:
    assert UK.areas == ("UK", "NI")
    assert dict(UK.words["en"].set_by) == {"UK": "Set by JTAC", "NI": "Set by MI5"}


@pytest.mark.parametrize("language", UK.languages)
def test_every_language_has_the_same_numbers_links_and_amount_of_guidance(language: str) -> None:
    words, english = UK.words[language], UK.words["en"]
    assert [entry.number for entry in words.numbers] == ["999", "0800 789 321"]
    assert (words.link.text, words.link.url) == ("gov.uk/ACT", "https://www.gov.uk/ACT")
    assert words.where.endswith("mi5.gov.uk/threat-levels")
    assert len(words.guidance_always) == len(english.guidance_always)
    assert {level: len(lines) for level, lines in words.guidance.items()} == {
        level: len(lines) for level, lines in english.guidance.items()
    }


@EVERY_PROFILE
def test_every_table_of_a_language_says_where_its_facts_come_from_and_when_somebody_looked(
    profile: Profile,
) -> None:
    entries = tomllib.loads(profile_path(profile.id).read_text("utf-8"))
    for language in profile.languages:
        for name, table in entries[language].items():
            assert table["source"].strip(), name
            assert table["reviewed"] <= profile.reviewed, name


@EVERY_PROFILE
def test_the_public_sources_of_every_profile_are_ones_that_a_configuration_may_have(profile: Profile) -> None:
    config = parse_config(f'profile = "{profile.id}"', "k.toml")
    assert len(config.sources) == len(profile.sources) > 0


def test_no_alert_is_the_lowest_step_of_the_united_states() -> None:
    assert US.scale.levels == ("NONE", "BULLETIN", "ELEVATED", "IMMINENT")
    assert [entry.number for entry in US.words["en"].numbers] == ["911", "1-866-347-2423"]


# ---------------------------------------------------------------- colours

SIGHTS = ("normal", "protan", "deutan", "tritan")


def seen(colour: str, sight: str) -> Color:
    return Color(colour) if sight == "normal" else Color(colour).filter(sight)


@EVERY_PROFILE
def test_the_ink_of_a_level_reads_on_its_colour_and_its_accent_shows_on_white(profile: Profile) -> None:
    for level in profile.scale.levels:
        look = profile.looks[level]
        assert Color(look.ink).contrast(Color(look.colour), method="wcag21") >= 7, level
        assert Color(look.accent).contrast(Color("white"), method="wcag21") >= 3, level


@EVERY_PROFILE
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_levels_are_told_apart_by_colour_to_every_eye(sight: str, profile: Profile) -> None:
    for one, other in combinations(profile.looks.values(), 2):
        distance = seen(one.colour, sight).delta_e(seen(other.colour, sight), method="2000")
        assert distance >= 15, f"{one.colour} and {other.colour}"


# ---------------------------------------------------------------- the screen's own words


def braces(phrase: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(phrase) if field is not None}


@pytest.mark.parametrize("path", sorted((assets() / "words").glob("*.toml")), ids=lambda path: path.stem)
def test_every_language_has_the_phrases_of_english_with_the_same_braces(path: Path) -> None:
    english, words = load_words("en").phrases, load_words(path.stem).phrases
    assert {key: braces(phrase) for key, phrase in words.items()} == {
        key: braces(phrase) for key, phrase in english.items()
    }
    assert all(phrase.strip() for phrase in words.values())


def test_a_language_that_the_screen_lacks_is_refused_with_those_it_has() -> None:
    with pytest.raises(ProfileError, match=r'"fr" is not known to the screen; use one of cy, en\.'):
        load_words("fr")


# ---------------------------------------------------------------- mistakes

# what is wrong: the text that is replaced, what by, and what the sentence has to name
MISTAKES = {
    "no name": ('name     = "United Kingdom"', "", 'needs name = "a text"'),
    "an empty name": ('"United Kingdom"', '" "', "has an empty name"),
    "a number for a name": ('"United Kingdom"', "5", 'needs name = "a text"'),
    "no day of review": ("reviewed = 2026-11-22\nareas", "areas", "needs reviewed = a date"),
    "a day of review in quotes": ("reviewed = 2026-11-22\nareas", 'reviewed = "today"\nareas', "needs reviewed ="),
    "areas that are one text": ('["UK", "NI"]', '"UK"', "needs areas ="),
    "no areas at all": ('["UK", "NI"]', "[]", "needs texts, and at least one, in areas"),
    "a colour by name": ('colour = "#17624C"', 'colour = "green"', 'levels 1, has colour = "green"'),
    "a level twice": ('id     = "MODERATE"', 'id     = "LOW"', "each with an id of its own"),
    "a level in small letters": ('id     = "LOW"', 'id     = "Low"', "in capitals"),
    "a level without an ink": (
        'ink    = "#FFFFFF"\naccent = "#17624C"',
        'accent = "#17624C"',
        "levels 1, needs ink",
    ),
    "no word for a level": ("LOW         = { word", "LOWER       = { word", "[levels], needs LOW"),
    "one word for two levels": ('word = "Moderate"', 'word = "severe"', "calls both MODERATE and SEVERE"),
    "an empty meaning": ('"An attack is likely"', '""', "[SUBSTANTIAL], has an empty meaning"),
    "guidance for no level": ("SEVERE   = [", "SEVRE    = [", "has SEVRE, which is neither a level"),
    "guidance that is no list": ('SEVERE   = ["', 'SEVERE   = "no list" # ["', "[en], [guidance], needs SEVERE ="),
    "an area without a heading": (
        'UK = { heading = "UK terrorism',
        'UK = { title = "UK terrorism',
        "needs heading",
    ),
    "a link without an address": (', url = "https://www.gov.uk/ACT" }', " }", "[link], needs url"),
    "numbers that are texts": ("numbers  = [\n    {", 'numbers  = [ "999",\n    {', "needs tables in numbers"),
    "a language without words": ('["en", "cy"]', '["en", "gd"]', "needs gd = a table"),
    "a source asked now and then": ('every  = "10 min"', 'every  = "often"', 'has every: "often" is no length'),
    "no TOML": ("[[levels]]", "[[levels]", "is not TOML"),
    "a number as long as a page": ("2026-11-22\nareas", f"{'1' * 5000}\nareas", "is not TOML"),
    "brackets as long as a page": ("2026-11-22\nareas", f"{'[' * 5000}\nareas", "is not TOML"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_profile_is_one_sentence_that_names_the_file_and_the_entry(
    mistake: str, tmp_path: Path
) -> None:
    old, new, named = MISTAKES[mistake]
    assert old in SOURCE
    path = tmp_path / "ours.toml"
    path.write_text(SOURCE.replace(old, new, 1), "utf-8")
    with pytest.raises(ProfileError) as refusal:
        load_profile(str(path))
    sentence = str(refusal.value)
    assert sentence.startswith(f"The profile {path}")
    assert named in sentence
    assert sentence.endswith(".")
    assert sentence.isprintable()


def test_a_profile_that_is_not_text_or_not_there_is_refused_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    with pytest.raises(ProfileError, match=r"ours\.toml can't be read .*built in are .*uk"):
        load_profile(str(path))
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ProfileError, match=r"ours\.toml is not TOML"):
        load_profile(str(path))


def test_a_profile_of_ones_own_with_other_levels_and_fewer_languages_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(SOURCE.replace('["en", "cy"]', '["en"]'), "utf-8")
    assert load_profile(str(path)).languages == ("en",)
