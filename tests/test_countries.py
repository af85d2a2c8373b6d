"""What holds for every country that ships: each of its languages, its sources, and its silence."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.config.load import parse_config
from kiosk.core.model import StateName
from kiosk.errors import ConfigError
from kiosk.profiles import built_in, load_words, profile_path, translation_path
from tests.commands import command
from tests.core.pictures import NOW, texts
from tests.countries import COUNTRIES, display, every_country, every_language, picture

OWN = '[[source]]\nname = "Head office"\nurl = "https://a.example/x"\nformat = "json"\nlevel = "level"\n'


def tables(name: str, language: str) -> dict[str, Any]:
    path = profile_path(name)
    beside = translation_path(path, language)
    document = tomllib.loads((beside if beside.exists() else path).read_text("utf-8"))
    return document if beside.exists() else dict(document[language])


# ---------------------------------------------------------------- words and facts


def test_the_countries_that_ship_are_these() -> None:
    assert {"au", "be", "ca", "dk", "es", "fr", "nl", "no", "nz", "se", "uk"} <= set(built_in())


@every_country
def test_a_country_speaks_english_and_every_language_of_its_own(name: str) -> None:
    own = {"be": {"nl", "fr", "de"}, "ca": {"fr"}, "dk": {"da"}, "es": {"es"}, "fr": {"fr"}, "nl": {"nl"}}
    own |= {"no": {"nb"}, "se": {"sv"}, "uk": {"cy"}}
    assert set(COUNTRIES[name].languages) >= {"en"} | own.get(name, set())


@every_language
def test_every_language_says_the_same_numbers_link_and_amount_of_guidance(name: str, language: str) -> None:
    country = COUNTRIES[name]
    words, first = country.words[language], country.words[country.languages[0]]
    assert [entry.number for entry in words.numbers] == [entry.number for entry in first.numbers]
    assert (words.link.text, words.link.url) == (first.link.text, first.link.url)
    assert first.link.text in first.link.url, "what people type is where the code leads"
    assert bool(words.link.scan) == bool(first.link.scan)
    assert len(words.guidance_always) == len(first.guidance_always)
    assert {key: len(lines) for key, lines in words.guidance.items()} == {
        key: len(lines) for key, lines in first.guidance.items()
    }


@every_language
def test_the_code_says_report_only_where_its_address_takes_reports(name: str, language: str) -> None:
    country = COUNTRIES[name]
    shown = picture(name, language, display(name, country.scale.levels[0], StateName.LIVE))
    reads = name in {"ca", "dk", "es", "fr"}
    assert (shown.qr_label != load_words(language).say("qr")) == reads
    assert shown.qr_label == (country.words[language].link.scan or load_words(language).say("qr"))
    assert shown.qr == country.words[language].link.url


@every_language
def test_every_table_says_where_its_facts_come_from_and_when_somebody_looked(name: str, language: str) -> None:
    found = tables(name, language)
    assert found.keys() == {"levels", "areas", "guidance", "contacts", "unconfirmed"}
    for key, table in found.items():
        assert table["source"].strip(), key
        assert table["reviewed"] <= COUNTRIES[name].reviewed, key


@every_language
def test_a_level_is_said_in_one_plain_sentence(name: str, language: str) -> None:
    country = COUNTRIES[name]
    words = country.words[language]
    for area in country.areas:
        for level in country.scale.levels:
            said = picture(name, language, display(name, level, StateName.LIVE, area)).summary
            ago = load_words(language).ago(timedelta(minutes=2))
            parts = (words.heading[area], words.level[level].upper(), words.meaning[level], ago)
            assert re.search(".*".join(map(re.escape, parts)), said)
            assert ".." not in said


@every_language
def test_where_nothing_is_confirmed_no_text_names_a_level(name: str, language: str) -> None:
    nothing = display(name, None, StateName.UNKNOWN)
    for shown in (nothing, replace(nothing, confirmed=NOW - timedelta(days=40), age=timedelta(days=40))):
        for text in texts(picture(name, language, shown)):
            for word in COUNTRIES[name].words[language].level.values():
                assert not re.search(rf"\b{word}\b" if language != "zh" else word, text, re.IGNORECASE), text


# ---------------------------------------------------------------- without a public source


@pytest.mark.parametrize("name", sorted(set(built_in()) - {"uk", "us"}))
def test_a_country_without_a_public_source_needs_one_of_the_venues_own_and_says_so(name: str) -> None:
    assert COUNTRIES[name].sources == ()
    with pytest.raises(ConfigError) as refusal:
        parse_config(f'\nprofile = "{name}"', "k.toml")
    (sentence,) = refusal.value.mistakes
    assert sentence.startswith(
        f"k.toml, line 2: {COUNTRIES[name].name} publishes no level that a program can read"
    )
    assert "[[source]]" in sentence
    assert sentence.endswith(".")
    config = parse_config(f'profile = "{name}"\n{OWN}', "k.toml")
    assert [source.name for source in config.sources] == ["Head office"]


# ---------------------------------------------------------------- a ladder, or none


@every_country
def test_the_ladder_has_every_level_where_the_country_shows_its_scale_and_else_none(name: str) -> None:
    country = COUNTRIES[name]
    language = country.languages[0]
    for state in (StateName.LIVE, StateName.LAST_KNOWN):
        steps = picture(name, language, display(name, country.scale.levels[-1], state)).ladder
        assert [step.label for step in steps] == (
            [] if name == "fr" else list(country.words[language].level.values())
        )
    assert country.ladder == (name != "fr")


# ---------------------------------------------------------------- mistakes, as the command tells them

SWEDEN = profile_path("se").read_text("utf-8")
WRONG = {
    "a level's word is missing": (
        '"HÖGT HOT"               = { word',
        '"HÖGT"  = { word',
        "needs HÖGT HOT = a table",
    ),
    "a colour that is no colour": ('colour = "#99CAF5"', 'colour = "blue"', 'has colour = "blue"'),
    "two levels of one colour": ('colour = "#99CAF5"', 'colour = "#FCE15D"', "FÖRHÖJT HOT #FCE15D 0 apart"),
    "an ink that can't be read": ('ink    = "#0B0C0C"', 'ink    = "#AAAAAA"', "with a contrast of"),
    "a level in small letters": ('id     = "HÖGT HOT"', 'id     = "Högt hot"', "in capitals"),
    "a ladder in words": ("areas     = [", 'ladder = "no"\nareas = [', "needs ladder = true or false"),
    "sources that are texts": ("areas     = [", 'sources = ["x"]\nareas = [', "needs tables in sources"),
    "a number without a label": ('{ label = "Nödnummer", ', "{ ", "needs label"),
    "no place to look": ("where    = ", "were     = ", "[unconfirmed], needs where"),
    "a language that is not there": ('["sv", "en"]', '["sv", "fi"]', "needs [fi], or ours.fi.toml beside it"),
    "a line without its quotes": ('"Lev som vanligt', "Lev som vanligt", "is not TOML"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_config_check_tells_a_mistake_in_a_profile_of_ones_own_in_one_sentence(
    mistake: str, tmp_path: Path
) -> None:
    old, new, named = WRONG[mistake]
    changed = SWEDEN.replace(old, new, 1)
    assert changed != SWEDEN
    (tmp_path / "ours.toml").write_text(changed, "utf-8")
    (tmp_path / "ours.en.toml").write_bytes(translation_path(profile_path("se"), "en").read_bytes())
    (tmp_path / "k.toml").write_text(f'profile = "ours.toml"\n{OWN}', "utf-8")
    sentence = command("config", "check", "--config", tmp_path / "k.toml").refused(2)
    assert "k.toml, line 1: The profile " in sentence
    assert named in sentence
