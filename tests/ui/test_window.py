"""The window: it covers its screen, and nothing that people do changes it."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.ui.connected import screens
from kiosk.ui.window import KioskWindow
from tests.ui.drawing import render, scene
from tests.ui.screens import LIVE


@pytest.fixture
def window(qtbot: QtBot) -> KioskWindow:
    result = KioskWindow()
    qtbot.addWidget(result, before_close_func=lambda widget: widget.leave())
    result.show_scene(scene(LIVE))
    with qtbot.waitExposed(result):
        result.present(QGuiApplication.primaryScreen())
    return result


def test_the_window_covers_the_whole_screen_without_a_frame(window: KioskWindow) -> None:
    screen = QGuiApplication.primaryScreen()
    assert window.covers(screen)
    assert window.geometry() == screen.geometry()
    assert window.frameGeometry() == window.geometry()
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor


def test_a_window_of_the_wrong_size_does_not_cover_and_is_put_right(window: KioskWindow) -> None:
    screen = QGuiApplication.primaryScreen()
    window.resize(640, 480)
    assert not window.covers(screen)
    window.present(screen)
    assert window.covers(screen)


def test_the_window_shows_the_picture_that_render_gives(window: KioskWindow) -> None:
    size = window.size()
    expected = render(LIVE, size.width(), size.height())
    assert window.grab().toImage().convertToFormat(expected.format()) == expected


def test_keys_mouse_wheel_menu_and_close_change_nothing(window: KioskWindow) -> None:
    before = window.grab().toImage()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F11, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Q):
        for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            QTest.keyClick(window, key, modifier)
    QTest.keyClick(window, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    for place in (QPoint(5, 5), window.rect().center()):
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(window, Qt.MouseButton.RightButton, pos=place)
        QTest.mouseMove(window, place)
    QApplication.sendEvent(window, wheel())
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(9, 9), QPoint(9, 9))
    QApplication.sendEvent(window, menu)
    window.close()
    assert window.isVisible()
    assert window.covers(QGuiApplication.primaryScreen())
    assert window.grab().toImage() == before


def wheel() -> QWheelEvent:
    return QWheelEvent(
        QPointF(9, 9),
        QPointF(9, 9),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


def test_a_close_request_is_refused_over_the_whole_screen(window: KioskWindow) -> None:
    request = QCloseEvent()
    QApplication.sendEvent(window, request)
    assert not request.isAccepted()


def test_the_program_itself_can_close_the_window(window: KioskWindow) -> None:
    window.leave()
    assert not window.isVisible()


def test_an_ordinary_window_closes_and_says_so(qtbot: QtBot) -> None:
    window = KioskWindow(windowed=True)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.present(QGuiApplication.primaryScreen())
    assert not window.covers(QGuiApplication.primaryScreen())
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not window.isVisible()


def test_a_swallowed_event_reaches_nobody_else(window: KioskWindow) -> None:
    event = QEvent(QEvent.Type.TouchBegin)
    assert window.event(event)
    assert event.isAccepted()


def test_screens_without_a_size_are_no_screens() -> None:
    assert screens() == QGuiApplication.screens()
    assert all(not screen.geometry().isEmpty() for screen in screens())
