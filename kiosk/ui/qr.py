"""The QR code beside the contacts."""

import sys
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.ui.plan import QUIET_ZONE, Rect

Matrix = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=16)
def matrix(address: str) -> Matrix:
    """The dark modules of an address, row by row, without the quiet zone."""
    from qrcodegen import QrCode

    code = QrCode.encode_text(address, QrCode.Ecc.MEDIUM)
    size = range(code.get_size())
    return tuple(tuple(code.get_module(x, y) for x in size) for y in size)


class CodeBlock(QLabel):
    """A QR code in black on light paper, each module a whole number of the display's own pixels."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drawn: tuple[str, Rect, str, float] | None = None

    def draw(self, address: str, label: str, rect: Rect, paper: str) -> None:
        """Show an address in ``rect``, its quiet zone included; ``label`` is for assistive technology."""
        self.setAccessibleName(label)
        self.setAccessibleDescription(address)
        ratio = self.devicePixelRatioF()
        if self._drawn != (address, rect, paper, ratio):
            self._drawn = (address, rect, paper, ratio)
            self.setGeometry(*rect)
            self.setPixmap(_pixmap(matrix(address), rect.w, QColor(paper), ratio))


def _dots(modules: Matrix, paper: QColor) -> QImage:
    """A pixel for each module: thousands of rectangles would take as long as the rest of the picture."""
    light, dark = (colour.rgba().to_bytes(4, sys.byteorder) for colour in (paper, QColor("black")))
    size = len(modules)
    pixels = b"".join(dark if each else light for row in modules for each in row)
    return QImage(pixels, size, size, 4 * size, QImage.Format.Format_RGB32).copy()  # which owns its pixels


def _pixmap(modules: Matrix, width: int, paper: QColor, ratio: float) -> QPixmap:
    side = round(width * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(paper)
    count = len(modules) + 2 * QUIET_ZONE
    module = side // count
    start = (side - module * count) // 2 + module * QUIET_ZONE
    painter = QPainter(pixmap)
    painter.drawImage(QRect(start, start, module * len(modules), module * len(modules)), _dots(modules, paper))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
