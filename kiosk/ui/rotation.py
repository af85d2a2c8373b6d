"""A picture that is drawn upright and shown turned, on a screen that hangs upright or upside down."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

_HALF = 180


def upright(size: QSize, degrees: int) -> QSize:
    """The size of the picture that fills a window of a size once it is turned."""
    return size if degrees % _HALF == 0 else size.transposed()


def placed(rect: QRect, window: QSize, degrees: int) -> QRect:
    """Where a part of the upright picture lies in the window."""
    match degrees:
        case 90:
            return QRect(window.width() - rect.y() - rect.height(), rect.x(), rect.height(), rect.width())
        case 180:
            return QRect(
                window.width() - rect.x() - rect.width(), window.height() - rect.y() - rect.height(),
                rect.width(), rect.height(),
            )  # fmt: skip
        case 270:
            return QRect(rect.y(), window.height() - rect.x() - rect.width(), rect.height(), rect.width())
        case _:
            return rect


def turned(picture: QPixmap, degrees: int) -> QPixmap:
    """A picture turned clockwise."""
    return picture.transformed(QTransform().rotate(degrees)) if degrees else picture


def turned_back(picture: QImage, degrees: int) -> QImage:
    """A part of the window as it was before it was turned."""
    return picture.transformed(QTransform().rotate(-degrees)) if degrees else picture


class Turned(QWidget):
    """Covers an upright board with its turned picture; the board stays there for those who can't see.

    Args:
        picture: draws the turned board; asked for once after each change, when the display wants it.
    """

    def __init__(self, parent: QWidget, picture: Callable[[], QPixmap]) -> None:
        super().__init__(parent)
        # Opaque, so that the board below is not painted for nothing.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._make = picture
        self._picture: QPixmap | None = None
        self.hide()

    def cover(self, size: QSize) -> None:
        """Show the board as it is now, over a window of a size."""
        self._picture = None  # not drawn here: to draw while a window changes its size would change it once more
        self.resize(size)
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the picture."""
        if self._picture is None:
            self._picture = self._make()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()
