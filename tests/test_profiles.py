"""The UK's facts, the colours of every profile to other eyes, and profiles with mistakes."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from kiosk.config.load import parse_config
from kiosk.core.profile import Profile
from kiosk.errors import ProfileError
from kiosk.profiles import built_in, load_profile, profile_path
from tests.eyes import SIGHTS, apart, contrast

UK = load_profile("uk")
US = load_profile("us")
_PUBLIC = tuple(profile for profile in map(load_profile, built_in()) if profile.sources)
WITH_PUBLIC_SOURCES = pytest.mark.parametrize("profile", _PUBLIC, ids=lambda profile: profile.id)
SOURCE = profile_path("uk").read_text("utf-8")
every_profile = pytest.mark.parametrize("name", built_in())

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


@WITH_PUBLIC_SOURCES
def test_the_public_sources_of_every_profile_are_ones_that_a_configuration_may_have(profile: Profile) -> None:
    config = parse_config(f'profile = "{profile.id}"', "k.toml")
    assert len(config.sources) == len(profile.sources) > 0


def test_no_alert_is_the_lowest_step_of_the_united_states() -> None:
    assert US.scale.levels == ("NONE", "BULLETIN", "ELEVATED", "IMMINENT")
    assert [entry.number for entry in US.words["en"].numbers] == ["911", "1-866-347-2423"]


# ---------------------------------------------------------------- colours


@every_profile
def test_the_ink_of_a_level_reads_on_its_colour_and_its_accent_shows_on_white(name: str) -> None:
    looks = load_profile(name, []).looks
    assert len(looks) >= 3
    for look in looks.values():
        assert contrast(look.ink, look.colour) >= 7
        assert contrast(look.accent, "white") >= 3


@every_profile
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_levels_are_told_apart_by_colour_to_every_eye(name: str, sight: str) -> None:
    for one, other in combinations(load_profile(name, []).looks.values(), 2):
        assert apart(one, other, sight) >= 15, f"{one.colour} and {other.colour}"


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
    "guidance for no level": ("SEVERE   = [", "SEVRE    = [", "has SEVRE, which is none of its entries"),
    "guidance that is no list": ('SEVERE   = ["', 'SEVERE   = "no list" # ["', "[en], [guidance], needs SEVERE ="),
    "an area without a heading": (
        'UK = { heading = "UK terrorism',
        'UK = { title = "UK terrorism',
        "needs heading",
    ),
    "a link without an address": (', url = "https://www.gov.uk/ACT" }', " }", "[link], needs url"),
    "numbers that are texts": ("numbers  = [\n    {", 'numbers  = [ "999",\n    {', "needs tables in numbers"),
    "a language without words": ('["en", "cy"', '["en", "gd"', "needs [gd], or ours.gd.toml beside it"),
    "a language that is a path": ('["en", "cy"', '["en", "/cy"', 'has "/cy" in languages; write codes'),
    "a first language without words": ('["en", "cy"', '["gd", "en"', "needs [gd], or ours.gd.toml beside it"),
    "a source asked now and then": ('every  = "10 min"', 'every  = "often"', 'has every: "often" is no length'),
    "a ladder that is no yes or no": ("areas    = [", 'ladder = "no"\nareas = [', "needs ladder = true or false"),
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


def test_a_profile_of_ones_own_with_fewer_languages_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(re.sub(r"languages = \[.*", 'languages = ["en"]', SOURCE), "utf-8")
    assert load_profile(str(path)).languages == ("en",)
