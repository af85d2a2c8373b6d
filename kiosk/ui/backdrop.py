"""What lies behind the texts: areas of colour, patterns, the watermark, and the shapes."""

import math

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF, QTransform

from kiosk.core.palette import tint
from kiosk.core.screen import Colours, Pattern
from kiosk.ui.plan import Band, Form, Lettering, Rect, Shape, Wrap
from kiosk.ui.typeset import compose

_HATCH_DISTINCT = 1.22
_WATERMARK_DISTINCT = 1.36
_WATERMARK_ANGLE = -24.0


class Backdrop(Struct, frozen=True):
    """Everything but texts and code; equal backdrops look the same, so nothing needs repainting.

    Attributes:
        bands, shapes: in the order in which they are painted.
        pattern, colours: of the screen.
        watermarks: words repeated over the whole picture, in turns from row to row; none in earnest.
        unit: the step of white space in pixels, which patterns keep to.
    """

    bands: tuple[Band, ...]
    shapes: tuple[Shape, ...]
    pattern: Pattern
    watermarks: tuple[str, ...]
    colours: Colours
    unit: float

    def paint(self, painter: QPainter, whole: QRect, drift: tuple[int, int]) -> None:
        """Paint a picture of the size ``whole``, moved by ``drift`` from its place."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.translate(*drift)
        for band in self.bands:
            self._paint_band(painter, band)
        painter.restore()
        if self.pattern is Pattern.EXERCISE:
            self._paint_border(painter, whole)
        painter.save()
        painter.translate(*drift)
        for shape in self.shapes:
            _paint_shape(painter, shape)
        painter.restore()

    def _paint_band(self, painter: QPainter, band: Band) -> None:
        rect = QRect(*band.rect)
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        if band.patterned and self.pattern is not Pattern.PLAIN:
            shade = QColor(tint(band.fill, band.ink, _HATCH_DISTINCT))
            lean = 1 if self.pattern is Pattern.HATCHED else -1
            _paint_stripes(painter, rect, QColor(band.fill), shade, self.unit * 3, lean)
        else:
            painter.fillRect(rect, QColor(band.fill))
        if self.watermarks:
            self._paint_watermarks(painter, band.rect, tint(band.fill, band.ink, _WATERMARK_DISTINCT))
        painter.restore()

    def _paint_watermarks(self, painter: QPainter, rect: Rect, colour: str) -> None:
        """The words all over a band, closely enough that no useful part of the picture is free of them."""
        lettering = Lettering(round(self.unit * 3.6), 800, wrap=Wrap.NEVER)
        words = [compose(word, lettering, 0) for word in self.watermarks]
        down = self.unit * 8
        painter.rotate(_WATERMARK_ANGLE)
        corners = QTransform().rotate(-_WATERMARK_ANGLE).mapRect(QRectF(*rect))
        for row in range(math.floor(corners.top() / down), math.ceil(corners.bottom() / down) + 1):
            word = words[row % len(words)]
            across = word.ink.width() + self.unit * 4
            shift = across * 0.5 * (row // len(words) % 2)
            first = math.floor((corners.left() - shift) / across)
            for place in range(first, math.ceil((corners.right() - shift) / across)):
                word.draw(painter, colour, place * across + shift, row * down - down)

    def _paint_border(self, painter: QPainter, whole: QRect) -> None:
        """Stripes around the picture, outside of what texts may use."""
        thickness = round(self.unit * 1.5)
        painter.save()
        inner = whole.adjusted(thickness, thickness, -thickness, -thickness)
        for side in (
            QRect(whole.left(), whole.top(), whole.width(), thickness),
            QRect(whole.left(), inner.bottom() + 1, whole.width(), thickness),
            QRect(whole.left(), inner.top(), thickness, inner.height()),
            QRect(inner.right() + 1, inner.top(), thickness, inner.height()),
        ):
            painter.setClipRect(side)
            strip, ink = QColor(self.colours.strip), QColor(self.colours.strip_ink)
            _paint_stripes(painter, whole, strip, ink, self.unit * 3, -1)
        painter.restore()


def _paint_stripes(
    painter: QPainter, rect: QRect, ground: QColor, colour: QColor, width: float, lean: int
) -> None:
    """Stripes and gaps of one width at 45 degrees, rising to the right for ``lean`` 1, falling for -1.

    At this angle each row of pixels is the one above it, moved by one: so one is drawn, and all others are copies.
    It takes a tenth of the time of drawing whole stripes.
    """
    ratio = painter.device().devicePixelRatioF()
    left, top = round(rect.left() * ratio), round(rect.top() * ratio)
    across, down = round(rect.width() * ratio), round(rect.height() * ratio)
    row = _row_of_stripes(across + down, ground, colour, width * ratio, lean)
    seen = painter.clipBoundingRect()
    first = max(0, math.floor(seen.top() * ratio) - top)
    last = min(down, math.ceil(seen.bottom() * ratio) - top)
    painter.save()
    painter.scale(1 / ratio, 1 / ratio)  # pixels of the display
    for y in range(first, last):
        painter.drawPixmap(left, top + y, row, y if lean > 0 else down - y, 0, across, 1)
    painter.restore()


def _row_of_stripes(length: int, ground: QColor, colour: QColor, width: float, lean: int) -> QPixmap:
    row = QPixmap(length, 1)
    row.fill(ground)
    painter = QPainter(row)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    across = width * math.sqrt(2)
    for number in range(math.ceil(length / (2 * across)) + 1):
        begin = number * 2 * across
        corners = [(begin, 0), (begin + across, 0), (begin + across - lean, 1), (begin - lean, 1)]
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    painter.end()
    return row


def _paint_shape(painter: QPainter, shape: Shape) -> None:
    colour, rect = QColor(shape.ink), QRectF(*shape.rect)
    if shape.form is Form.OUTLINED:
        half = shape.line / 2
        pen = QPen(colour, shape.line)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(half, half, -half, -half))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if shape.form is Form.FILLED:
        painter.fillRect(rect, colour)
    elif shape.form is Form.DOT:
        painter.drawEllipse(rect)
    else:
        points = [rect.bottomLeft(), rect.bottomRight(), QPointF(rect.center().x(), rect.top())]
        if shape.form is Form.DOWN:
            points = [rect.topLeft(), rect.topRight(), QPointF(rect.center().x(), rect.bottom())]
        painter.drawPolygon(QPolygonF(points))
