"""A panel over the picture: the request for the PIN, or the number of a screen. It leaves the level in sight."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kiosk.ui import rotation
from kiosk.ui.board import Board
from kiosk.ui.plan import Lettering, Role, Wrap
from kiosk.ui.typeset import Composition, compose

_KEPT = (frozenset({Role.LEVEL}), frozenset({Role.LEVEL, Role.FOOTER, Role.MARK}))
"""What is never covered, and what is not covered where another place can be had."""

_INK, _PAPER, _EDGE = "#000000", "#ffffff", QColor("#000000")
_MARGIN, _LINE = 0.03, 0.07
"""Shares of the shorter side of the screen: to its edges, and from line to line."""
_STEPS = 9
_WIDEST, _OF_HEIGHT = 0.8, 0.5
"""The most of the screen's width and height that a panel takes."""
_WEIGHT, _OF_LINE = 600, 0.55
"""Of the letters: weight, and size as a share of their line."""
_UNBOUNDED = 100_000  # pixels


class Line(NamedTuple):
    """A sentence, and whether its language is written from right to left."""

    text: str
    right_to_left: bool = False


class Note(Struct, frozen=True):
    """What stands on a panel.

    Attributes:
        lines: sentences, one below the other; the same in each language.
        large: what stands below them in large letters; empty for nothing.
        share: how many lines it takes.
    """

    lines: tuple[Line, ...] = ()
    large: str = ""
    share: int = 2


class Panel(QWidget):
    """Draws a note upright in the middle of the free part of a board, turned as the board is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._note = Note()
        self._degrees = 0
        self._size = QSize()
        self.hide()

    def tell(self, note: Note, board: Board | None, size: QSize, degrees: int) -> None:
        """Show a note over a board, whose level stays in sight; without one it fills a window of its own.

        ``size`` is that of the upright picture below, ``degrees`` by how much that is turned.
        """
        self._note, self._degrees = note, degrees
        unit = min(size.width(), size.height())
        place = QRect(QPoint(), size) if board is None else _free(board, size, _wanted(note, size, unit))
        self._size = place.size()
        self.setGeometry(rotation.placed(place, rotation.upright(size, degrees), degrees))
        self.setAccessibleName(" ".join(line.text for line in note.lines) or note.large)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the note in an upright coordinate system."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), _PAPER)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(self._degrees)
        painter.translate(-self._size.width() / 2, -self._size.height() / 2)
        whole = QRect(QPoint(), self._size)
        edge = max(2, min(self._size.width(), self._size.height()) // 40)
        painter.setPen(QPen(_EDGE, 2 * edge))  # half of it is cut off
        painter.drawRect(whole)
        painter.setPen(_INK)
        inner = whole.adjusted(2 * edge, edge, -2 * edge, -edge)
        parts = [(line, 1) for line in self._note.lines]
        if self._note.large:
            parts.append((Line(self._note.large), self._note.share))
        shares = sum(share for _, share in parts)
        top = float(inner.top())
        for line, share in parts:
            height = inner.height() * share / shares
            _draw(painter, line, QRectF(inner.left(), top, inner.width(), height))
            top += height
        painter.end()


def _draw(painter: QPainter, line: Line, box: QRectF) -> None:
    """One line in the middle of its box, as large as fits."""
    lettering = Lettering(max(1, round(box.height() * _OF_LINE)), _WEIGHT, wrap=Wrap.NEVER)
    ink = _set(line, lettering).ink
    if ink.width() > box.width():
        lettering = lettering._replace(pixels=max(1, int(lettering.pixels * box.width() / ink.width())))
    text = _set(line, lettering)
    to = box.center() - text.ink.center()
    text.draw(painter, _INK, to.x(), to.y())


def _set(line: Line, lettering: Lettering) -> Composition:
    return compose(line.text, lettering, _UNBOUNDED, right_to_left=line.right_to_left)


def _wanted(note: Note, size: QSize, unit: int) -> QSize:
    lines = len(note.lines) + note.share * bool(note.large)
    if not note.lines:  # a number alone
        return QSize(round(unit * 0.25), round(unit * 0.25))
    height = min(round(unit * (lines * _LINE + _MARGIN)), round(size.height() * _OF_HEIGHT))
    return QSize(min(round(unit * 0.9), round(size.width() * _WIDEST)), height)


def _free(board: Board, size: QSize, wanted: QSize) -> QRect:
    """A place that covers as little as can be of what has to stay in sight; the level never."""
    margin = round(min(size.width(), size.height()) * _MARGIN)
    for roles in reversed(_KEPT):
        kept = [block.geometry() for block in board.texts() if block.slot and block.slot.role in roles]
        for place in _places(size, wanted, margin):
            if not any(place.intersects(box) for box in kept):
                return place
    return QRect(QPoint(margin, size.height() - wanted.height() - margin), wanted)


def _places(size: QSize, wanted: QSize, margin: int) -> Iterator[QRect]:
    """From the middle of the lower edge outwards and upwards."""
    across, down = size.width() - wanted.width() - 2 * margin, size.height() - wanted.height() - 2 * margin
    columns = sorted(range(_STEPS), key=lambda step: abs(step - _STEPS // 2))
    for row, column in product(reversed(range(_STEPS)), columns):
        x, y = margin + across * column // (_STEPS - 1), margin + down * row // (_STEPS - 1)
        yield QRect(QPoint(x, y), wanted)
