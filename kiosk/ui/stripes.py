"""Stripes: what is told apart by a pattern and not by its colour."""

import math

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF


def paint_stripes(painter: QPainter, rect: QRect, colour: QColor, width: float, lean: int) -> None:
    """Stripes and gaps of one width at 45 degrees, rising to the right for ``lean`` 1, falling for -1."""
    across = width * math.sqrt(2)
    top, bottom = rect.top(), rect.top() + rect.height()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    left = float(rect.left() - rect.height())
    while left < rect.left() + rect.width():
        right = left + rect.height()
        foot, head = (left, right) if lean > 0 else (right, left)
        corners = [(foot, bottom), (foot + across, bottom), (head + across, top), (head, top)]
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        left += 2 * across
