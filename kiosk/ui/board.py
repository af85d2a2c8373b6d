"""The board: one picture on a widget of any size."""

from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.core.screen import Screen
from kiosk.ui import fonts, qr
from kiosk.ui.backdrop import Backdrop
from kiosk.ui.layout import arrange
from kiosk.ui.plan import Plan, Role, Slot
from kiosk.ui.text import TextBlock
from kiosk.ui.typeset import QtRuler

SMALLEST = 64
"""Pixels of a side below which there is nothing to arrange: a window that small is a mishap, soon put right."""


class Board(QWidget):
    """Draws one Screen; what did not change is not painted again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen: Screen | None = None
        self._backdrop: Backdrop | None = None
        self._blocks: dict[tuple[Role, int], TextBlock] = {}
        self._code = qr.CodeBlock(self)
        self._code.hide()
        self._ruler = QtRuler()

    @property
    def screen_shown(self) -> Screen | None:
        """The picture; None before the first."""
        return self._screen

    def texts(self) -> list[TextBlock]:
        """The texts on the board, in reading order."""
        return [child for child in self.children() if isinstance(child, TextBlock) and not child.isHidden()]

    def show_screen(self, screen: Screen) -> None:
        """Show a picture instead of the one before."""
        if screen == self._screen:
            return
        self._screen = screen
        self.setAccessibleName(screen.summary)
        self._arrange()

    def paint_backdrop(self) -> QImage:
        """The picture without texts and code, to measure what lies behind the texts."""
        image = QImage(self.size(), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        if self._backdrop:
            self._backdrop.paint(painter, self.rect())
        painter.end()
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Arrange the picture anew; a size too small for any keeps the one before."""
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what lies behind the texts, where it is asked for."""
        if self._backdrop is None:
            return
        painter = QPainter(self)
        painter.setClipRegion(event.region())
        self._backdrop.paint(painter, self.rect())
        painter.end()

    def _arrange(self) -> None:
        screen = self._screen
        if screen is None or min(self.width(), self.height()) < SMALLEST:
            return
        modules = len(qr.matrix(screen.qr)) if screen.qr else 0
        plan = arrange(screen, self.width(), self.height(), modules, self._ruler, fonts.cap_ratio())
        backdrop = Backdrop(plan.bands, plan.shapes, screen.pattern, screen.watermark, screen.colours, plan.unit)
        if backdrop != self._backdrop:
            self._backdrop = backdrop
            self.update()
        self._draw_texts(plan.slots)
        self._draw_code(screen, plan)

    def _draw_texts(self, slots: tuple[Slot, ...]) -> None:
        unused = dict(self._blocks)
        counts: dict[Role, int] = {}
        drawn: list[TextBlock] = []
        for slot in slots:
            key = (slot.role, counts.get(slot.role, 0))
            counts[slot.role] = key[1] + 1
            unused.pop(key, None)
            block = self._block(key)
            block.draw(slot)
            block.show()
            drawn.append(block)
        for block in unused.values():
            block.withdraw()
        self._order_for_reading(drawn)

    def _order_for_reading(self, blocks: list[TextBlock]) -> None:
        """Assistive technology reads children in their order: until it is changed, that of their making."""
        if [child for child in self.children() if child in blocks] != blocks:
            for block in blocks:
                block.raise_()

    def _draw_code(self, screen: Screen, plan: Plan) -> None:
        if screen.qr and plan.code:
            self._code.draw(screen.qr, screen.qr_label, plan.code)
        self._code.setVisible(plan.code is not None)

    def _block(self, key: tuple[Role, int]) -> TextBlock:
        if key not in self._blocks:
            self._blocks[key] = TextBlock(self)
        return self._blocks[key]
