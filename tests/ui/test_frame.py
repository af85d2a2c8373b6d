"""The digest of a picture: the same while a statement stays, another with anything that a visitor could tell."""

from datetime import timedelta

from msgspec.structs import replace

from kiosk.core.model import Display, Mark
from kiosk.core.present import Occasion, told
from kiosk.core.screen import Scene
from kiosk.profiles import load_profile, load_words
from kiosk.timekeeping import local_time
from kiosk.ui.board import Board
from kiosk.ui.frame import frame
from tests.core.pictures import LIVE, STALE
from tests.memories import WALL

PROFILE = load_profile("uk")
WORDS = (load_words("en"),)


def scene(display: Display = LIVE, minutes: int = 0, step: int = 0) -> Scene:
    occasion = Occasion(WALL + timedelta(minutes=minutes), local_time)
    return replace(told(display, PROFILE, WORDS, occasion), step=step)


def framed(*scenes: Scene) -> str | None:
    """The digest after a board showed some scenes."""
    board = Board()
    board.resize(1280, 720)
    for shown in scenes:
        board.show_scene(shown)
    return frame(board)


def test_there_is_none_before_the_first_picture() -> None:
    assert framed() is None


def test_clock_age_and_drift_change_nothing() -> None:
    first = framed(scene())
    assert first
    assert framed(scene(minutes=31)) == first
    assert framed(scene(), scene(replace(LIVE, age=timedelta(minutes=9)), 9)) == first
    assert {framed(scene(step=step)) for step in range(0, 60, 7)} == {first}


def test_whatever_else_is_drawn_does() -> None:
    displays = (
        LIVE,
        STALE,
        replace(LIVE, level="LOW", rank=1),
        replace(LIVE, marks=(Mark.CONFLICT,)),
        replace(LIVE, source="another"),
    )
    digests = {framed(scene(display)) for display in displays}
    assert len(digests) == len(displays)
