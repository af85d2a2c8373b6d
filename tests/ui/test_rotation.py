"""A turned picture is the upright one, turned: to the pixel, and for who listens as well."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QAccessible, QGuiApplication, QTransform
from pytestqt.qtbot import QtBot

from kiosk.ui.rotation import placed, upright
from kiosk.ui.window import KioskWindow
from tests.ui.drawing import render, scene
from tests.ui.screens import LIVE


@pytest.fixture(params=[0, 90, 180, 270])
def turned(request: pytest.FixtureRequest, qtbot: QtBot) -> tuple[KioskWindow, int]:
    window = KioskWindow(still=True)
    qtbot.addWidget(window, before_close_func=lambda widget: widget.leave())
    window.show_scene(scene(LIVE))
    with qtbot.waitExposed(window):
        window.present(QGuiApplication.primaryScreen(), request.param)
    return window, request.param


def test_the_picture_is_that_of_the_turned_size(turned: tuple[KioskWindow, int]) -> None:
    window, degrees = turned
    size = upright(window.size(), degrees)
    expected = render(LIVE, size.width(), size.height())
    shown = window.grab().toImage().transformed(QTransform().rotate(-degrees)).convertToFormat(expected.format())
    assert shown == expected


def test_another_picture_takes_its_place(turned: tuple[KioskWindow, int]) -> None:
    window, degrees = turned
    before = window.grab().toImage()
    window.show_scene(scene(replace(LIVE, level="Critical")))
    size = upright(window.size(), degrees)
    expected = render(replace(LIVE, level="Critical"), size.width(), size.height())
    shown = window.grab().toImage()
    assert shown != before
    assert shown.transformed(QTransform().rotate(-degrees)).convertToFormat(expected.format()) == expected


def test_a_screen_reader_is_told_where_a_text_is_seen(turned: tuple[KioskWindow, int]) -> None:
    window, degrees = turned
    corner = window.mapToGlobal(QPoint(0, 0))
    for block in window.board.texts():
        interface = QAccessible.queryAccessibleInterface(block)
        assert interface.rect() == placed(block.geometry(), window.size(), degrees).translated(corner)
        assert not interface.state().invisible


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_part_is_placed_where_a_turned_picture_has_it(degrees: int) -> None:
    window = QSize(40, 30)
    size = upright(window, degrees)
    part = QRect(1, 2, 5, 3)
    # Qt's own turning, of the corners.
    transform = QTransform().rotate(degrees)
    whole = transform.mapRect(QRect(QPoint(), size))
    expected = transform.mapRect(part).translated(-whole.topLeft())
    assert placed(part, window, degrees) == expected
