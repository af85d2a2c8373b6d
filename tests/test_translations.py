"""Translations: complete, the same as the first language, beside the profile, read only where they are shown."""

import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

from kiosk.errors import ProfileError
from kiosk.profiles import load_profile, load_words, profile_path, translation_path
from kiosk.resources import assets

UK = load_profile("uk")
SOURCE = profile_path("uk").read_text("utf-8")
CY = translation_path(profile_path("uk"), "cy").read_text("utf-8")
ONLY_TWO = re.sub(r"languages = \[.*", 'languages = ["en", "cy"]', SOURCE)

# ---------------------------------------------------------------- what ships


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
    with pytest.raises(ProfileError, match=r'"gd" is not known to the screen; use one of ar, cy, da, de, en, es,'):
        load_words("gd")


# ---------------------------------------------------------------- of a venue's own


def ours(folder: Path, profile: str, welsh: str | None) -> str:
    """A venue's own profile, with its Welsh beside it."""
    path = folder / "ours.toml"
    path.write_text(profile, "utf-8")
    if welsh is not None:
        (folder / "ours.cy.toml").write_text(welsh, "utf-8")
    return str(path)


def test_a_translation_stands_beside_the_profile_or_in_it(tmp_path: Path) -> None:
    beside = load_profile(ours(tmp_path, ONLY_TWO, CY))
    assert beside.languages == ("en", "cy")
    assert beside.words["cy"] == UK.words["cy"]
    (tmp_path / "in").mkdir()
    inside = load_profile(ours(tmp_path / "in", ONLY_TWO + re.sub(r"(?m)^\[", "[cy.", CY), None))
    assert inside.words == beside.words


# what is wrong with the Welsh: the text that is replaced, what by, and what the sentence has to name
WRONG_WELSH = {
    "a level is missing": ("SEVERE      = {", "SEVERER     = {", "[levels], needs SEVERE = a table."),
    "one word for two levels": ('"Difrifol"', '"critigol"', "calls both SEVERE and CRITICAL"),
    "an area is missing": ("NI = {", "NE = {", "[areas], needs NI = a table."),
    "a line too few for all": (
        '    "Os nad',
        '#   "Os nad',
        "[guidance], needs as many lines in always as en: 2.",
    ),
    "no line for a level": ("SEVERE   = [", "#EVERE   = [", "[guidance], needs as many lines in SEVERE as en: 1."),
    "a line for a level": ("SEVERE   = [", 'LOW = ["Da"]\nSEVERE = [', "needs as many lines in LOW as en: 0."),
    "another number": ("0800 789 321", "0800 789 322", "[contacts], needs the numbers of en: 999, 0800 789 321."),
    "a number less": ('{ label = "Argyfwng"', '# { label = "', "needs the numbers of en: 999, 0800 789 321."),
    "another address": (
        "https://www.gov.uk/ACT",
        "https://www.gov.uk/A",
        "[link], needs the url of en: https://www",
    ),
    "words under the code": (
        '/ACT" }',
        '/ACT", scan = "Sganiwch" }',
        "[link], needs scan where en has it, and only",
    ),
    "an empty sentence": ('"Gweler mi5.gov.uk/threat-levels"', '""', "[unconfirmed], has an empty where."),
    "a table that nobody reads": (
        "[unconfirmed]",
        "[more]\n[unconfirmed]",
        "has more, which is none of its entries",
    ),
    "the language once more": ("[levels]", "[cy.levels]", "has cy, which is none of its entries: levels,"),
    "no TOML": ("[levels]", "[levels", "is not TOML"),
}


@pytest.mark.parametrize("mistake", WRONG_WELSH)
def test_a_translation_that_is_not_complete_or_says_otherwise_is_refused_with_its_file_and_entry(
    mistake: str, tmp_path: Path
) -> None:
    old, new, named = WRONG_WELSH[mistake]
    changed = CY.replace(old, new, -1 if "http" in old else 1)
    assert changed != CY
    name = ours(tmp_path, ONLY_TWO, changed)
    with pytest.raises(ProfileError) as refusal:
        load_profile(name)
    sentence = str(refusal.value)
    assert sentence.startswith(f"The profile {tmp_path / 'ours.cy.toml'}")
    assert named in sentence
    assert sentence.endswith(".")
    assert load_profile(name, ["en"]).words.keys() == {"en"}, "the languages that are not shown can wait"


def test_a_language_in_the_profile_and_beside_it_is_refused(tmp_path: Path) -> None:
    name = ours(tmp_path, ONLY_TWO + re.sub(r"(?m)^\[", "[cy.", CY), CY)
    with pytest.raises(ProfileError, match=r"has \[cy\], and ours\.cy\.toml is beside it; keep one of them\."):
        load_profile(name)


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("[]", {"profiles/uk.toml", "words/en.toml"}),
        ('["en"]', {"profiles/uk.toml", "words/en.toml"}),
        ('["cy", "ar"]', {f"{kind}.toml" for kind in ("profiles/uk", "profiles/uk.cy", "profiles/uk.ar")}
            | {f"words/{language}.toml" for language in ("en", "cy", "ar")}),
    ],
)  # fmt: skip
def test_a_start_reads_no_file_of_a_language_that_it_does_not_show(shown: str, read: set[str]) -> None:
    program = f"""
import sys
opened = []
sys.addaudithook(lambda event, of: opened.append(str(of[0])) if event == "open" else None)
from kiosk.config.load import parse_config
parse_config('languages = {shown}', "k.toml")
print(*(path for path in opened if path.endswith(".toml")), sep="\\n")
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    opened = [Path(path).relative_to(assets()).as_posix() for path in ran.stdout.splitlines()]
    assert set(opened) == read
    assert opened.count("profiles/uk.toml") == 1
