"""The plain picture of a program that crashed again and again, and the remark on older settings."""

import pytest

from kiosk.core.present import Occasion, told
from kiosk.core.screen import Scene
from kiosk.core.venue import OwnCode, Venue
from kiosk.profiles import load_profile, load_words
from kiosk.ui.render import board
from kiosk.ui.report import layout_report
from tests.core.pictures import DISPLAYS, NOW, in_london

UK = load_profile("uk")
SIZES = [(1920, 1080), (800, 480), (1080, 1920)]
SAID = {"heading", "level", "meaning", "footer", "mark"}


def scene(state: str, languages: tuple[str, ...], code: str) -> Scene:
    venue = Venue("Riverside Hall", {"": ("Our notice",)}, None, OwnCode({"": "Ours"}, "https://venue.example/"))
    occasion = Occasion(NOW, in_london, venue, older=True, code=code)
    return told(DISPLAYS[state], UK, [load_words(language) for language in languages], occasion)


@pytest.mark.parametrize("languages", [("en",), ("cy", "en"), ("ar",), ("de", "pl")], ids="-".join)
@pytest.mark.parametrize("state", ["live", "last-known", "unknown", "exercise"])
def test_it_says_the_level_its_age_and_the_code_alone(state: str, languages: tuple[str, ...]) -> None:
    told_plainly = scene(state, languages, "E3")
    for size in SIZES:
        texts = layout_report(board(told_plainly, *size), state)["texts"]
        assert {text["role"] for text in texts} <= SAID, size
        assert all(text["complete"] for text in texts), size
        drawn = " ".join(text["text"] for text in texts)
        for screen in told_plainly.screens[:1] if len(languages) == 1 else told_plainly.screens:
            assert screen.level in drawn
        assert "E3" in drawn
        assert told_plainly.due.age in drawn
        assert not any(words in drawn for words in ("Riverside", "notice", "Ours", "999"))


@pytest.mark.parametrize("languages", [("en",), ("cy", "en"), ("ar",), ("zh",)], ids="-".join)
def test_older_settings_are_said_in_the_footer_and_nowhere_else(languages: tuple[str, ...]) -> None:
    drawn = scene("live", languages, "")
    for size in SIZES:
        texts = layout_report(board(drawn, *size), "live")["texts"]
        remark = load_words(languages[0]).say("older_settings")
        (said,) = [text for text in texts if remark in text["text"]]
        assert said["role"] == "footer"
        assert all(text["complete"] for text in texts), size
