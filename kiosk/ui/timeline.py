"""Draws a chart of the display log: lanes of levels, bars with their patterns, a time axis and a legend."""

import math

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from kiosk.core.axis import Tick
from kiosk.core.chart import Bar, Chart, Fill, Flag, Key, Lane
from kiosk.core.model import Mark
from kiosk.core.palette import tint
from kiosk.core.theme import DAY
from kiosk.ui.application import application
from kiosk.ui.crowd import uncrowded
from kiosk.ui.plan import Lettering, Wrap
from kiosk.ui.stripes import paint_stripes
from kiosk.ui.typeset import QtRuler, compose

_PAGE, _INK, _QUIET, _RULE = DAY.page
_UNKNOWN = "#e3e7ea"
_TEXT = 2.3 / 100
"""The em of ordinary text in parts of the shorter side; no smaller than 13 pixels."""
_LEAST_EM, _LEAST_BAR = 13, 3


def timeline(chart: Chart, width: int, height: int) -> QImage:
    """The picture of a chart in a size in pixels; the same bytes for the same chart and size."""
    application(offscreen=True)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(_PAGE))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _Drawing(painter, chart, width, height).draw()
    painter.end()
    return image


class _Drawing(Struct, frozen=True):
    """One chart on its way onto one picture."""

    painter: QPainter
    chart: Chart
    width: int
    height: int

    @property
    def _em(self) -> int:
        return max(_LEAST_EM, round(_TEXT * min(self.width, self.height * 1.3)))

    @property
    def _unit(self) -> float:
        return self._em / 2.2

    def draw(self) -> None:
        """From the top: the title, the lanes with their bars, the axis, the legend."""
        unit, margin = self._unit, round(self._unit * 4)
        top = self._head(margin)
        keys = self._legend_rows(margin)
        flags = round(unit * 3.6) if self.chart.flags else 0
        foot = self.height - margin - len(keys) * unit * 4 - unit * 2
        bottom = round(foot - unit * 5)
        label = self._label_width()
        inside = QRectF(margin + label, top + flags, self.width - 2 * margin - label, bottom - top - flags)
        self._lanes(inside, margin)
        self._axis(inside)
        for bar in uncrowded(self.chart.bars, _LEAST_BAR / inside.width()):
            self._bar(bar, inside)
        for flag in self.chart.flags:
            self._flag(flag, inside, flags)
        self._legend(keys, foot, margin)

    def _head(self, margin: int) -> int:
        chart, em = self.chart, self._em
        title, line = (
            Lettering(round(em * 1.55), 700, display=True, wrap=Wrap.WORDS),
            Lettering(em, 400, wrap=Wrap.WORDS),
        )
        inner, y = self.width - 2 * margin, float(margin)
        about = " · ".join(part for part in (chart.place, chart.heading) if part)
        for text, lettering, ink in ((chart.title, title, _INK), (about, line, _INK), (chart.span, line, _QUIET)):
            y += self._text(text, lettering, ink, margin, y, inner, end=False) + em * 0.25
        return round(y + self._unit * 2)

    def _lanes(self, inside: QRectF, margin: int) -> None:
        tall = inside.height() / len(self.chart.lanes)
        swatch = self._unit * 1.2
        for row, lane in enumerate(self.chart.lanes):
            y = inside.top() + row * tall
            self.painter.fillRect(self._placed(QRectF(margin, y, self.width - 2 * margin, 1)), QColor(_RULE))
            box = self._placed(QRectF(margin, y + tall * 0.2, swatch, tall * 0.6))
            self.painter.fillRect(box, QColor(lane.colour))
            self._outline(box, _INK)
            self._label(lane, margin + swatch * 1.8, y, tall, inside.left())
        self.painter.fillRect(
            self._placed(QRectF(margin, inside.bottom(), self.width - 2 * margin, 1)), QColor(_RULE)
        )

    def _label(self, lane: Lane, x: float, y: float, tall: float, end: float) -> None:
        lettering = self._lane_lettering()
        width = round(end - x - self._unit)
        lines = QtRuler().height(lane.label, lettering, width) or 0
        self._text(lane.label, lettering, _INK, x, y + (tall - lines) / 2, width, end=False)

    def _bar(self, bar: Bar, inside: QRectF) -> None:
        begin, end = (inside.left() + share * inside.width() for share in (bar.begin, bar.end))
        tall = inside.height() / len(self.chart.lanes)
        if bar.lane is None:
            place = QRectF(begin, inside.top() + 1, end - begin, inside.height() - 1)
        else:
            place = QRectF(begin, inside.top() + bar.lane * tall + tall * 0.14, end - begin, tall * 0.72)
        place = self._placed(place)
        self._fill(place, bar.fill, bar.colour, bar.ink)
        self._say(bar, place)

    def _fill(self, place: QRectF, fill: Fill, colour: str, ink: str) -> None:
        painter, unit = self.painter, self._unit
        painter.save()
        painter.setClipRect(place)
        match fill:
            case Fill.OFF:
                painter.fillRect(place, QColor(_PAGE))
                self._dots(place)
            case Fill.UNKNOWN:
                painter.fillRect(place, QColor(_UNKNOWN))
            case Fill.DRILL:
                painter.fillRect(place, QColor(colour))
                paint_stripes(painter, place.toAlignedRect(), QColor(ink), unit, -1)
            case _:
                painter.fillRect(place, QColor(colour))
        if fill is Fill.HATCHED:
            paint_stripes(painter, place.toAlignedRect(), QColor(tint(colour, ink, 1.9)), unit * 0.8, 1)
        painter.restore()
        if fill in {Fill.OFF, Fill.UNKNOWN}:
            return
        self._outline(place, _INK)
        if fill is Fill.FRAMED:
            inner = unit * 0.7
            if place.width() > inner * 3:
                self._outline(place.adjusted(inner, inner, -inner, -inner), ink)

    def _dots(self, place: QRectF) -> None:
        step, size = self._unit * 1.6, max(1.5, self._unit / 5)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(_RULE))
        for row in range(math.ceil(place.height() / step)):
            for column in range(math.ceil(place.width() / step)):
                dot = QPointF(place.left() + (column + 0.5) * step, place.top() + (row + 0.5) * step)
                self.painter.drawEllipse(dot, size, size)

    def _say(self, bar: Bar, place: QRectF) -> None:
        """The longest label that fits, on a plate of the bar's own colour where there is a pattern behind it."""
        lettering = Lettering(self._em, 700, wrap=Wrap.NEVER)
        room = place.width() - 3 * self._unit
        label = next((text for text in bar.labels if QtRuler().width(text, lettering) <= room), None)
        tall = self._em * 1.21
        if label is None or place.height() < tall + self._unit * 0.6:
            return
        width = QtRuler().width(label, lettering)
        x, y = place.center().x() - width / 2, place.center().y() - tall / 2
        if bar.fill in {Fill.HATCHED, Fill.DRILL, Fill.OFF}:
            plate = QRectF(
                x - self._unit * 0.8, y - self._unit * 0.2, width + self._unit * 1.6, tall + self._unit * 0.4
            )
            self.painter.fillRect(plate, QColor(bar.colour))
        composition = compose(label, lettering, width, right_to_left=self.chart.right_to_left)
        ink = _QUIET if bar.lane is None else bar.ink
        composition.draw(self.painter, ink, x, y)

    def _flag(self, flag: Flag, inside: QRectF, tall: int) -> None:
        """A line over the stretch, with a sign at its begin."""
        begin, end = (inside.left() + share * inside.width() for share in (flag.begin, flag.end))
        y = inside.top() - tall * (0.35 if flag.mark is Mark.CONFLICT else 0.8)
        line = self._placed(QRectF(begin, y - 1, max(end - begin, _LEAST_BAR), 2))
        self.painter.fillRect(line, QColor(_INK))
        size = self._unit * 1.1
        self._sign(flag.mark, self._placed(QRectF(begin - size / 2, y - size / 2, size, size)))

    def _sign(self, mark: Mark, box: QRectF) -> None:
        self.painter.setPen(QPen(QColor(_INK), max(1.5, self._unit / 6)))
        self.painter.setBrush(QColor(_INK if mark is Mark.CONFLICT else _PAGE))
        if mark is Mark.CONFLICT:
            self.painter.drawPolygon(
                QPolygonF([box.bottomLeft(), box.bottomRight(), QPointF(box.center().x(), box.top())])
            )
            return
        self.painter.drawEllipse(box)
        middle = box.center()
        self.painter.drawLine(middle, QPointF(middle.x(), box.top() + box.height() * 0.2))
        self.painter.drawLine(middle, QPointF(box.right() - box.width() * 0.25, middle.y()))

    def _axis(self, inside: QRectF) -> None:
        lettering = Lettering(self._em, 400, tabular=True, wrap=Wrap.NEVER)
        axis = next((axis for axis in self.chart.axes if self._fits(axis, lettering, inside.width())), ())
        for tick in axis:
            x = inside.left() + tick.place * inside.width()
            mark = self._placed(QRectF(x, inside.top(), 1, inside.height() + self._unit))
            self.painter.fillRect(mark, QColor(_RULE))
            width = QtRuler().width(tick.label, lettering)
            # At the ends of the axis a label stays on the picture.
            left = min(max(x - width / 2, self._unit * 2), self.width - width - self._unit * 2)
            place = self._placed(QRectF(left, inside.bottom() + self._unit * 1.5, width, 0))
            text = compose(tick.label, lettering, width, right_to_left=self.chart.right_to_left)
            text.draw(self.painter, _INK, place.left(), place.top())

    def _fits(self, axis: tuple[Tick, ...], lettering: Lettering, width: float) -> bool:
        wide = [QtRuler().width(tick.label, lettering) for tick in axis]
        places = [tick.place * width for tick in axis]
        return all(
            (one + other) / 2 + self._unit * 1.5 <= right - left
            for one, other, left, right in zip(wide, wide[1:], places, places[1:], strict=False)
        )

    def _legend_rows(self, margin: int) -> list[list[tuple[Key, float]]]:
        """The entries in rows, each with where it begins."""
        rows: list[list[tuple[Key, float]]] = [[]]
        x, end = float(margin), self.width - margin
        for key in self.chart.keys:
            width = self._unit * 5 + QtRuler().width(key.label, self._key_lettering()) + self._unit * 3
            if rows[-1] and x + width - self._unit * 3 > end:
                rows.append([])
                x = float(margin)
            rows[-1].append((key, x))
            x += width
        return rows

    def _legend(self, rows: list[list[tuple[Key, float]]], top: float, margin: int) -> None:
        unit = self._unit
        seen = (bar.lane for bar in self.chart.bars if bar.lane is not None and bar.fill is Fill.PLAIN)
        look = self.chart.lanes[next(seen, 0)]
        for row, keys in enumerate(rows):
            y = top + unit * 2 + row * unit * 4
            for key, x in keys:
                box = self._placed(QRectF(x, y, unit * 4, unit * 2.4))
                if isinstance(key.look, Mark):
                    size = unit * 1.8
                    self._sign(
                        key.look, QRectF(box.center().x() - size / 2, box.center().y() - size / 2, size, size)
                    )
                else:
                    self._fill(box, key.look, *_sample(key.look, look))
                    self._outline(box, _INK)
                room = self.width - round(x + unit * 5) - margin + round(unit * 3)
                lines = self._em * 1.21
                self._text(
                    key.label,
                    self._key_lettering(),
                    _INK,
                    x + unit * 5,
                    y + unit * 1.2 - lines / 2,
                    room,
                    end=False,
                )

    def _text(
        self, text: str, lettering: Lettering, ink: str, x: float, y: float, width: int, *, end: bool
    ) -> float:
        """Writes a text from ``x`` on, at the start of its lines, and returns how tall it is."""
        if not text:
            return 0.0
        backwards = self.chart.right_to_left
        set_ = compose(text, lettering, width, right=end is not backwards, right_to_left=backwards)
        left = self.width - x - width if backwards else x
        set_.draw(self.painter, ink, left, y)
        return set_.height

    def _placed(self, rect: QRectF) -> QRectF:
        """Where a rectangle is, which is mirrored in a language that runs from right to left."""
        if not self.chart.right_to_left:
            return rect
        return QRectF(self.width - rect.left() - rect.width(), rect.top(), rect.width(), rect.height())

    def _outline(self, place: QRectF, ink: str) -> None:
        """A thin line just inside: yellow on white would have no edge."""
        self.painter.setPen(QPen(QColor(ink), 1))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))

    def _label_width(self) -> int:
        widest = max(QtRuler().width(lane.label, self._lane_lettering()) for lane in self.chart.lanes)
        return round(min(widest + self._unit * 4, self.width * 0.3))

    def _lane_lettering(self) -> Lettering:
        return Lettering(self._em, 700, wrap=Wrap.ANYWHERE)

    def _key_lettering(self) -> Lettering:
        return Lettering(self._em, 400, wrap=Wrap.ANYWHERE)


def _sample(fill: Fill, lane: Lane) -> tuple[str, str]:
    """In the colours of a level where a bar would be."""
    match fill:
        case Fill.NEUTRAL:
            return DAY.neutral
        case Fill.DRILL:
            return DAY.strip
        case Fill.EMPTY:
            return _PAGE, _INK
        case _:
            return lane.colour, lane.ink
