"""The colours of day and night, by an independent judge: every text 7:1, every sign 3:1."""

import pytest
from coloraide import Color

from kiosk.core.present import Occasion, present
from kiosk.core.screen import Screen
from tests.core.pictures import DISPLAYS, NOW, UK, WORDS, in_london

TEXTS = (
    ("banner", "banner_ink"),
    ("footer", "footer_ink"),
    ("strip", "strip_ink"),
    ("page", "page_ink"),
    ("page", "page_quiet_ink"),
)


def ratio(one: str, other: str) -> float:
    return float(Color(one).contrast(Color(other), method="wcag21"))


def pictured(name: str, *, night: bool) -> Screen:
    return present(DISPLAYS[name], UK, WORDS["en"], Occasion(NOW, in_london, night=night))


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("name", DISPLAYS)
def test_every_ink_reads_on_its_ground(name: str, night: bool) -> None:  # noqa: FBT001 - a parameter of pytest's
    colours = pictured(name, night=night).colours
    for ground, ink in TEXTS:
        assert ratio(getattr(colours, ground), getattr(colours, ink)) >= 7, (ground, ink)
    assert ratio(colours.accent, colours.page) >= 3
    assert ratio("#000000", colours.paper) >= 7


def test_by_night_the_whole_picture_is_much_darker_and_says_the_same() -> None:
    day, night = pictured("live", night=False), pictured("live", night=True)
    assert Color(night.colours.page).luminance() < 0.02
    assert (night.level, night.age, night.guidance) == (day.level, day.age, day.guidance)


@pytest.mark.parametrize("name", DISPLAYS)
def test_a_level_keeps_its_colour_by_night(name: str) -> None:
    day, night = pictured(name, night=False).colours, pictured(name, night=True).colours
    assert night.banner == day.banner
