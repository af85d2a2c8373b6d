"""Absurd sizes: a window can be given any of them from outside, and the process has to survive it."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.ui import fonts
from kiosk.ui.board import SMALLEST, Board
from kiosk.ui.layout import Means, arrange
from kiosk.ui.plan import Lettering, Wrap
from kiosk.ui.render import image
from kiosk.ui.typeset import QtRuler, compose
from tests.ui.drawing import board, scene
from tests.ui.screens import LIVE, LONG

ODD = [(1280, 1), (1, 1280), (3, 1000), (SMALLEST, 5000), (5000, SMALLEST), (SMALLEST, SMALLEST)]
SECONDS = 120

_EVERY_SIZE = """
import json, sys
from kiosk.ui.render import image
from tests.ui.drawing import board
from tests.ui.screens import LIVE, LONG
grown = board(LIVE, 800, 480)
for width, height in json.loads(sys.argv[1]):
    for screen in (LIVE, LONG):
        assert image(board(screen, width, height)).width() == width
    grown.resize(width, height)
    assert image(grown).height() == height
print("drawn")
"""

# As above, but without the board, which leaves the smallest sizes out: each part is safe by itself.
_EVERY_PLAN = """
import json, sys
from kiosk.ui import fonts
from kiosk.ui.application import application
from kiosk.ui.layout import Means, arrange
from kiosk.ui.typeset import QtRuler, compose
from tests.ui.drawing import scene
from tests.ui.screens import LIVE
application(offscreen=True)
for width, height in json.loads(sys.argv[1]):
    for slot in arrange(scene(LIVE), width, height, Means(QtRuler(), fonts.cap_ratio(), 33)).slots:
        compose(slot.text, slot.lettering, slot.rect.w, right=slot.right)
print("drawn")
"""


def outcome(program: str, sizes: list[tuple[int, int]]) -> tuple[int, str, str]:
    """The end of a program in a process of its own, so that a crash is one failure and not the end of all."""
    done = subprocess.run(
        [sys.executable, "-c", program, str([list(size) for size in sizes])],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def shown(qtbot: QtBot) -> Board:
    """A board on the display; Qt keeps the news of a new size from one that was never shown."""
    drawn = board(LIVE, 800, 480)
    qtbot.addWidget(drawn)
    with qtbot.waitExposed(drawn):
        drawn.show()
    return drawn


def test_a_board_of_any_size_is_drawn_without_a_crash() -> None:
    every = [(width, height) for width in range(1, 41) for height in range(1, 41)]
    assert outcome(_EVERY_SIZE, every + ODD) == (0, "drawn\n", "")


def test_a_plan_of_any_size_is_set_without_a_crash() -> None:
    small = [(side, side) for side in range(1, 41, 3)]
    assert outcome(_EVERY_PLAN, small + ODD) == (0, "drawn\n", "")


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (SMALLEST - 1, 1000), (1000, SMALLEST - 1)])
def test_a_board_too_small_for_any_picture_keeps_the_one_before(size: tuple[int, int], qtbot: QtBot) -> None:
    drawn = shown(qtbot)
    before = image(drawn)
    slots = [text.slot for text in drawn.texts()]
    drawn.resize(*size)
    assert [text.slot for text in drawn.texts()] == slots
    drawn.resize(800, 480)
    assert image(drawn) == before


def test_a_picture_that_came_while_the_board_was_too_small_is_shown_when_it_grows(qtbot: QtBot) -> None:
    drawn = shown(qtbot)
    drawn.resize(1, 1)
    drawn.show_scene(scene(LONG))
    assert LONG.level not in {text.text() for text in drawn.texts()}
    drawn.resize(800, 480)
    assert image(drawn) == image(board(LONG, 800, 480))


@pytest.mark.parametrize("width", [-1, 0, 1, 100])
def test_letters_larger_than_can_be_drawn_do_not_fit(width: int) -> None:
    lettering = Lettering(1_000_001, 800, display=True, tight=True, wrap=Wrap.NEVER)
    assert QtRuler().height("SEVERE", lettering, width) is None
    assert compose("SEVERE", lettering, width).families == {fonts.FAMILY}


def test_nothing_fits_into_no_width() -> None:
    lettering = Lettering(20, 400)
    assert QtRuler().height("SEVERE", lettering, 0) is None
    assert compose("SEVERE", lettering, 0).whole
    assert QtRuler().height("", lettering, 10) is not None


def test_the_smallest_board_still_has_every_text_in_its_plan() -> None:
    plan = arrange(scene(LIVE), SMALLEST, SMALLEST, Means(QtRuler(), fonts.cap_ratio()))
    assert LIVE.level in {slot.text for slot in plan.slots}
