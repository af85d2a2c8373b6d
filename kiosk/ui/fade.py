"""One quiet cross-fade from the picture before to the picture that is true now."""

from PySide6.QtCore import QRect, Qt, QTimeLine
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

DURATION = 400
"""Milliseconds: long enough to be no flash, short enough that the old level is gone before anybody reads it."""

_FRAME = 33  # milliseconds


class Fade(QWidget):
    """Covers the board while one picture turns into the next.

    Both are pictures made beforehand: to paint the whole board in each frame would take ten times as long.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # Opaque, so that the board below isn't painted for nothing.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._before = self._after = QPixmap()
        self._line = QTimeLine(DURATION, self)
        self._line.setUpdateInterval(_FRAME)
        self._line.valueChanged.connect(self.update)
        self._line.finished.connect(self.end)
        self.hide()

    def begin(self, before: QPixmap, after: QPixmap, place: QRect) -> None:
        """Turn one picture into another in a place of the window; a fade under way gives way to this one."""
        self._line.stop()
        self._before, self._after = before, after
        self.setGeometry(place)
        self.show()
        self.raise_()
        self._line.setCurrentTime(0)
        self._line.start()

    def end(self) -> None:
        """Show what is below, at once."""
        self._line.stop()
        self.hide()
        self._before = self._after = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the new picture, and the old one over it, ever thinner."""
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self._after)
        painter.setOpacity(1 - self._line.currentValue())
        painter.drawPixmap(self.rect(), self._before)
        painter.end()
