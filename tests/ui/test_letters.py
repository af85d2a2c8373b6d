"""What is kept of letters that were drawn, and that the witness does not believe it."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from kiosk.ui.board import Board
from kiosk.ui.plan import Role, Slot
from tests.ui.drawing import board, scene
from tests.ui.screens import LIVE, WELSH

SPOILT = QColor("#ff00ff")


def footer(shown: Board) -> Slot:
    """Its first sentence."""
    slots = (block.slot for block in shown.texts())
    return next(slot for slot in slots if slot and slot.role is Role.FOOTER)


def spoilt(shown: Board) -> bool:
    """Whether the footer shows a colour that nothing on the screen has."""
    image = shown.grab().toImage()
    rect = footer(shown).rect
    return any(
        image.pixelColor(x, y) == SPOILT
        for x in range(rect.x, rect.x + rect.w, 3)
        for y in range(rect.y, rect.y + rect.h, 3)
    )


def test_letters_that_come_again_are_those_that_were_kept_until_they_are_doubted(qtbot: QtBot) -> None:
    shown = board(LIVE, 1280, 720)
    qtbot.addWidget(shown)
    assert not spoilt(shown)
    picture = shown._letters.get(footer(shown), 1.0)
    assert picture
    picture.fill(SPOILT)
    shown._letters.keep(footer(shown), 1.0, picture)

    shown.show_scene(scene(WELSH))
    assert not spoilt(shown)
    shown.show_scene(scene(LIVE))
    assert spoilt(shown), "not drawn anew for a change of turns"
    for block in shown.texts():
        block.draw_anew()
    assert not spoilt(shown)


def test_only_so_many_are_kept(qtbot: QtBot) -> None:
    shown = board(LIVE, 640, 360)
    qtbot.addWidget(shown)
    shown.grab()
    letters, slot = shown._letters, footer(shown)
    picture = letters.get(slot, 1.0)
    assert picture
    for ratio in range(2, 70):
        letters.keep(slot, float(ratio), picture)
    assert letters.get(slot, 69.0)
    assert letters.get(slot, 1.0) is None
