"""Every country in each of its languages on the smallest screen, with its longest words."""

import pytest

from kiosk.core.model import StateName
from kiosk.ui.report import layout_report
from tests.countries import COUNTRIES, display, every_language, picture
from tests.ui.drawing import board


@every_language
@pytest.mark.parametrize("state", [StateName.LIVE, StateName.STALE, StateName.LAST_KNOWN])
def test_the_longest_level_and_the_longest_meaning_are_whole_on_the_smallest_screen(
    name: str, language: str, state: StateName
) -> None:
    words = COUNTRIES[name].words[language]
    area = max(words.heading, key=lambda key: len(words.heading[key]))
    for level in {max(said, key=lambda level: len(said[level])) for said in (words.level, words.meaning)}:
        screen = picture(name, language, display(name, level, state, area))
        drawn = layout_report(board(screen, 800, 480), state)["texts"]
        assert [text for text in drawn if not text["complete"]] == []
        shown = {text["text"] for text in drawn}
        assert {screen.level, screen.meaning, screen.heading, screen.age} <= shown
        assert {contact.number for contact in screen.contacts} <= shown
        assert {step.label for step in screen.ladder} <= shown
