"""The digest of a picture as it was drawn, for the display log.

It is taken from the very board that stands on a screen, without what moves while the statement stays: the clock,
the age of the statement, and the few pixels by which everything drifts. So it is the same at each tick, and
`render --frame` finds it again for the same size, configuration and version.
"""

import hashlib

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from kiosk.ui.board import Board
from kiosk.ui.text import TextBlock


def frame(board: Board) -> str | None:
    """The SHA-256 of the picture's size and pixels, 32 bits each; None before the first picture."""
    scene = board.scene
    if scene is None:
        return None
    ticking = {text for screen in scene.screens for text in (screen.clock, screen.age)}
    image = QImage(board.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    board.paint_still(painter)
    for child in board.children():
        ticks = isinstance(child, TextBlock) and child.text() in ticking
        if isinstance(child, QWidget) and not child.isHidden() and not ticks:
            place = child.pos() - QPoint(*board.drift)
            child.render(painter, place, QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.end()
    summed = hashlib.sha256(f"{image.width()}x{image.height()}\n".encode())
    summed.update(image.constBits())
    return summed.hexdigest()
