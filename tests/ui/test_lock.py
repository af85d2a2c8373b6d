"""The exit chord: nothing but the chord asks, nothing but the PIN ends, and the level stays in sight meanwhile."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.gate import FREE_TRIES
from kiosk.pins import hashed
from kiosk.profiles import load_words
from kiosk.ui.lock import Lock
from kiosk.ui.panel import Panel
from kiosk.ui.plan import Role
from kiosk.ui.wall import Wall
from kiosk.ui.window import KioskWindow
from tests.ui.drawing import scene
from tests.ui.screens import LIVE

PIN = "258036"
STORED = hashed(PIN)
CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


KEPT = {Role.LEVEL, Role.FOOTER}


class House:
    """A wall with its lock, on Qt's screen in memory."""

    def __init__(self, app: QApplication) -> None:
        self.now = 1000.0
        self.opened = 0
        self.wall = Wall(app, windowed=False, closed=app.quit)
        self.lock = Lock(self.wall.ask, self._open, self.wall, lambda: self.now)
        self.lock.use(STORED, [load_words("en"), load_words("ar")])
        self.wall.pressed.connect(self.lock.press)
        self.wall.show_scene(scene(LIVE))
        self.wall.arrange()
        (self.window,) = (
            widget for widget in app.topLevelWidgets() if isinstance(widget, KioskWindow) and widget.isVisible()
        )

    def _open(self) -> None:
        self.opened += 1

    def chord(self) -> None:
        QTest.keyClick(self.window, Qt.Key.Key_Q, CHORD)

    def enter(self, pin: str) -> None:
        QTest.keyClicks(self.window, pin)
        QTest.keyClick(self.window, Qt.Key.Key_Return)

    @property
    def panels(self) -> list[Panel]:
        return [panel for panel in self.window.findChildren(Panel) if panel.isVisible()]

    @property
    def said(self) -> str:
        (panel,) = self.panels
        return panel.accessibleName()


@pytest.fixture
def house(qapp: QApplication, qtbot: QtBot) -> Iterator[House]:
    result = House(qapp)
    qtbot.waitUntil(lambda: result.window.exposed)
    yield result
    result.wall.leave()


def test_the_right_pin_after_the_chord_ends_the_kiosk(house: House) -> None:
    house.chord()
    assert "PIN to end the kiosk" in house.said
    house.enter(PIN)
    assert house.opened == 1
    assert house.panels == []


def test_the_pin_without_the_chord_and_the_chord_without_a_pin_do_nothing(house: House) -> None:
    house.enter(PIN)
    assert (house.opened, house.panels) == (0, [])
    house.lock.use(None, [load_words("en")])
    house.chord()
    house.enter(PIN)
    assert (house.opened, house.panels) == (0, [])


@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_Escape, Qt.Key.Key_F4])
def test_no_other_key_with_the_same_modifiers_asks(house: House, key: Qt.Key) -> None:
    QTest.keyClick(house.window, key, CHORD)
    QTest.keyClick(house.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert house.panels == []


def test_wrong_pins_cost_a_pause_in_which_even_the_right_one_does_nothing(house: House) -> None:
    house.chord()
    for _ in range(FREE_TRIES - 1):
        house.enter("258037")
        assert "wrong" in house.said
    house.enter("258037")
    assert "Too many" in house.said
    house.now += 59
    house.chord()
    house.enter(PIN)
    assert house.opened == 0
    house.now += 2
    house.enter("1")  # each further one costs a longer pause
    house.now += 61
    house.enter(PIN)
    assert house.opened == 0
    house.now += 60
    house.enter(PIN)
    assert house.opened == 1


def test_the_request_goes_away_by_itself_and_by_escape(house: House, qtbot: QtBot) -> None:
    house.chord()
    QTest.keyClick(house.window, Qt.Key.Key_Escape)
    assert house.panels == []
    house.chord()
    house.now += 59.5  # whoever keeps typing has a minute
    QTest.keyClicks(house.window, "1")
    qtbot.waitUntil(lambda: house.panels == [], timeout=3000)


def test_typed_digits_are_dots_of_any_script_and_can_be_taken_back(house: House) -> None:
    house.chord()
    QTest.keyClicks(house.window, "99")
    for _ in range(3):
        QTest.keyClick(house.window, Qt.Key.Key_Backspace)
    QTest.keyClicks(house.window, "25x8036")
    house.enter("")
    assert house.opened == 1


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (2560, 720), (800, 480), (1080, 1080)])
@pytest.mark.parametrize("degrees", [0, 90])
def test_the_level_and_its_age_stay_in_sight_while_the_pin_is_asked_for(
    house: House, size: tuple[int, int], degrees: int
) -> None:
    house.window.present(house.window.screen(), degrees)
    house.window.resize(*size)
    house.chord()
    (panel,) = house.panels
    kept = [block for block in house.window.board.texts() if block.slot and block.slot.role in KEPT]
    assert kept
    for block in kept:
        place = house.window.place_of(block.geometry())
        assert house.window.rect().contains(place)
        assert not place.intersects(panel.geometry())
    assert house.window.rect().contains(panel.geometry())


def test_touches_and_clicks_do_nothing_while_the_pin_is_asked_for(house: House) -> None:
    house.chord()
    before = house.window.grab().toImage()
    device = QTest.createTouchDevice()
    for place in (QPoint(5, 5), house.window.rect().center(), house.panels[0].geometry().center()):
        QTest.touchEvent(house.window, device).press(0, place, house.window)
        QTest.touchEvent(house.window, device).release(0, place, house.window)
        QTest.mouseClick(house.window, Qt.MouseButton.LeftButton, pos=place)
    assert house.window.grab().toImage() == before
