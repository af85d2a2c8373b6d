"""Reads back what a screen really shows, and compares it with the picture that should be there."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage

from kiosk.boot_clock import since_boot
from kiosk.core.screen import Screen
from kiosk.core.vitals import Looked
from kiosk.ui.board import Board
from kiosk.ui.plan import Role
from kiosk.ui.rotation import placed, turned_back

READABLE = frozenset({"xcb", "windows"})
"""Platforms on which a program may read its own part of the screen. Wayland and macOS keep it to themselves: there
the picture is compared as it was drawn for the display."""

_WHOLE = "xcb"
"""The platform where the screen is read where the picture belongs, and not where our window is: X11. Qt would ask
the server for the window first, and both ways the pixels are those of the whole screen."""

_ROLES = frozenset({Role.LEVEL, Role.FOOTER, Role.MARK})
"""The level, how old it is, and what else restrains it."""

_PAUSE = 9
"""Looks that are left out after one that found nothing in a picture that has not changed: to read costs time."""

_LINES = (0.3, 0.5, 0.7)
"""Where lines of pixels are read, in heights of a text."""

_NEAR = 16
"""The part of the width up to which lines are read together."""

_FURTHEST = 20
"""Rows among which there is one that begins with a pixel of the display, at any usual scale."""

_ROUNDING = 0.01  # pixels

_ALIKE = 40
"""How far a channel of 8 bits may be off: a display of 16 bits rounds."""

_TORN = 0.02
"""The share of a line from which on other pixels are another picture."""

_LEAST_BANNER, _LEAST_INK = 0.05, 0.02
"""The least share of a line through the level that has the banner's colour, and the ink's."""


class Readback:
    """Looks at one board. What it compares with is drawn anew only after the picture changed."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._changes = -1
        self._pause = 0
        self._found: str | None = None
        self._verified: float | None = None
        self._by_screen = False
        self._strips: list[_Strip] = []
        self._claim: str | None = None

    @property
    def looked(self) -> Looked:
        """When the picture was last found as it should be, and how it was looked at."""
        return Looked(self._verified, self._by_screen)

    def misread(self) -> str | None:
        """What is wrong with the picture, in one sentence; None where it says what it should.

        Between two looks it is what the last one found.
        """
        if self._changes != self._board.changes:
            self._changes = self._board.changes
            self._strips = []
            self._pause = 1  # it is painted after this look
        if self._pause:
            self._pause -= 1
            return self._found
        self._found = self._look()
        if self._found is None:
            self._verified = since_boot()
        self._pause = 0 if self._found else _PAUSE
        return self._found

    def _look(self) -> str | None:
        if not self._strips:
            self._strips = [_strip(self._board, rows) for rows in _rows(self._board)]
            self._claim = _claim(self._board, [line for strip in self._strips for line in strip.lines])
        self._by_screen = QGuiApplication.platformName() in READABLE
        if self._claim or not self._by_screen:
            return self._claim
        for strip in self._strips:
            read = _shown(self._board, strip.place)
            if read.size() != strip.size:
                self._by_screen = False
                continue
            for place, meant in strip.lines:
                shown = _line(read, strip.place, place)
                if shown != meant and _torn(shown, meant):
                    return f"The screen shows other pixels than were drawn for it, at {place.x()}, {place.y()}."
        return None


class _Strip(NamedTuple):
    """Lines of pixels that lie near each other: to ask a display takes longer than what is asked for."""

    place: QRect
    size: QSize
    lines: list[tuple[QRect, QImage]]


def _rows(board: Board) -> Iterator[list[int]]:
    """Where lines go through the level and the sentences about it, those together that are near each other."""
    looked_at = [block for block in board.texts() if block.slot and block.slot.role in _ROLES]
    for block in looked_at:
        block.draw_anew()  # what is compared must not come from what was kept for the screen
    tall = [block.geometry() for block in looked_at]
    near: list[int] = []
    for row in sorted({round(box.y() + share * box.height()) for box in tall for share in _LINES}):
        if near and row - near[-1] > board.width() // _NEAR:
            yield near
            near = []
        near.append(row)
    if near:
        yield near


def _strip(board: Board, rows: list[int]) -> _Strip:
    """The lines as they are to be, over the whole width."""
    ratio = board.devicePixelRatioF()
    top, bottom = _whole_pixel(rows[0], -1, ratio), _whole_pixel(rows[-1] + 1, 1, ratio)
    whole = QRect(0, top, board.width(), bottom - top)
    drawn = _plain(board.grab(whole).toImage())
    places = [QRect(0, row, board.width(), 1) for row in rows]
    return _Strip(whole, drawn.size(), [(place, _line(drawn, whole, place)) for place in places])


def _whole_pixel(row: int, step: int, ratio: float) -> int:
    """The next row that begins with a pixel of the display; else letters would be drawn between its pixels."""
    near = range(row, row + step * _FURTHEST, step)
    return next((each for each in near if abs(each * ratio - round(each * ratio)) < _ROUNDING), row)


def _line(picture: QImage, whole: QRect, place: QRect) -> QImage:
    """A line out of the picture of a strip, which may have several pixels for one of ours."""
    ratio = picture.width() / whole.width()
    return picture.copy(0, round((place.y() - whole.y()) * ratio), picture.width(), 1)


def _claim(board: Board, lines: list[tuple[QRect, QImage]]) -> str | None:
    """Compares what was drawn with what the scene says."""
    scene = board.scene
    if scene is None:
        return None
    slots = [block.slot for block in board.texts() if block.slot]
    levels = {slot.text for slot in slots if slot.role is Role.LEVEL}
    meant = {screen.level for screen in scene.screens}
    if scene.due.level not in levels or not levels <= meant:
        return f"The picture says “{', '.join(sorted(levels))}” where “{scene.due.level}” is meant."
    if scene.due.age not in {slot.text for slot in slots}:
        return f"The picture does not say “{scene.due.age}”."
    through = [slot.rect for slot in slots if slot.role is Role.LEVEL]
    crossing = [line for place, line in lines if any(box.y <= place.y() < box.y + box.h for box in through)]
    if not any(_coloured(line, scene.due) for line in crossing):
        return f"The level “{scene.due.level}” does not stand in its colours."
    return None


def _coloured(line: QImage, screen: Screen) -> bool:
    colours = (screen.colours.banner, _LEAST_BANNER), (screen.colours.banner_ink, _LEAST_INK)
    pixels = [line.pixel(x, 0) for x in range(line.width())]
    return all(pixels.count(QColor(name).rgb()) >= least * len(pixels) for name, least in colours)


def _shown(board: Board, place: QRect) -> QImage:
    window = board.window()
    screen = window.screen()
    part = placed(place, window.size(), board.degrees)
    if QGuiApplication.platformName() == _WHOLE:
        handle, corner = 0, window.mapToGlobal(part.topLeft()) - screen.geometry().topLeft()
    else:
        handle, corner = window.winId(), part.topLeft()
    grabbed = screen.grabWindow(handle, corner.x(), corner.y(), part.width(), part.height())
    return turned_back(_plain(grabbed.toImage()), board.degrees)


def _plain(image: QImage) -> QImage:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    plain.setDevicePixelRatio(1)
    return plain


def _torn(shown: QImage, meant: QImage) -> bool:
    one, other = bytes(shown.constBits()), bytes(meant.constBits())
    wrong = sum(
        any(abs(one[at + channel] - other[at + channel]) > _ALIKE for channel in range(3))
        for at in range(0, len(one), 4)
    )
    return wrong > _TORN * (len(one) // 4)
