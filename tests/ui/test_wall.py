"""The wall: a window that nobody can see is replaced, and one that is seen is left alone."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.ui.connected import screens
from kiosk.ui.wall import Patience, Wall
from kiosk.ui.window import KioskWindow
from tests.ui.drawing import scene
from tests.ui.screens import LIVE


@pytest.fixture
def wall(qapp: QApplication, qtbot: QtBot) -> Iterator[Wall]:
    result = Wall(qapp, windowed=False, closed=qapp.quit)
    result.show_scene(scene(LIVE))
    result.arrange()
    qtbot.waitUntil(lambda: shown(qapp).exposed)
    yield result
    result.leave()


def shown(app: QApplication) -> KioskWindow:
    (window,) = (
        widget for widget in app.topLevelWidgets() if isinstance(widget, KioskWindow) and widget.isVisible()
    )
    return window


def test_a_window_that_is_seen_stays(wall: Wall, qapp: QApplication) -> None:
    before = shown(qapp)
    for _ in range(10):
        wall.keep()
    assert shown(qapp) is before


def test_a_hidden_window_is_replaced_on_the_second_tick_and_shows_the_picture(
    wall: Wall, qapp: QApplication, qtbot: QtBot
) -> None:
    before = shown(qapp)
    picture = before.grab().toImage()
    before.windowHandle().destroy()  # what Qt is left with when another program takes the window away
    assert not before.covers(screens()[0])
    wall.keep()
    assert shown(qapp) is before
    wall.keep()
    after = shown(qapp)
    assert after is not before
    qtbot.waitUntil(lambda: after.covers(screens()[0]))
    assert after.grab().toImage() == picture


def test_what_cannot_be_seen_is_tried_again_after_ever_longer_pauses() -> None:
    patience, tries = Patience(), []
    for tick in range(1, 400):
        if patience.ends(seen=False):
            tries.append(tick)
            patience = patience.after(painted=False)
    assert tries[0] == 2
    assert [after - before - 1 for before, after in pairwise(tries)][:7] == [2, 4, 8, 16, 32, 60, 60]


def test_patience_is_short_again_after_a_window_that_was_painted() -> None:
    patience = Patience(32).after(painted=True)
    assert [patience.ends(seen=seen) for seen in (False, True, False, False)] == [False, False, False, True]
