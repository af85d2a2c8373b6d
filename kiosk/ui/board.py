"""The board: one picture on a widget of any size."""

from msgspec.structs import replace
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.core.screen import Scene
from kiosk.errors import ConfigError
from kiosk.ui import fonts, qr
from kiosk.ui.backdrop import Backdrop
from kiosk.ui.composition import Frame
from kiosk.ui.drift import offset
from kiosk.ui.layout import Means, arrange
from kiosk.ui.logo import LogoBlock, LogoFile, read_logo
from kiosk.ui.plan import Plan, Rect, Role, Slot
from kiosk.ui.text import TextBlock
from kiosk.ui.typeset import QtRuler

SMALLEST = 64
"""Pixels of a side below which there is nothing to arrange: a window that small is a mishap, soon put right."""


class Board(QWidget):
    """Draws one Scene; what did not change is not painted again.

    Attributes:
        degrees: by which its window shows it turned clockwise.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.degrees = 0
        self._scene: Scene | None = None
        self._drift = (0, 0)
        self._changes = 0
        self._backdrop: Backdrop | None = None
        self._blocks: dict[tuple[Role, int], TextBlock] = {}
        self._code = qr.CodeBlock(self)
        self._code.hide()
        self._logo = LogoBlock(self)
        self._logo.hide()
        self._ruler = QtRuler()

    @property
    def scene(self) -> Scene | None:
        """The picture; None before the first."""
        return self._scene

    @property
    def drift(self) -> tuple[int, int]:
        """By how many pixels everything is moved from its place at present."""
        return self._drift

    @property
    def changes(self) -> int:
        """How often another picture was arranged."""
        return self._changes

    def texts(self) -> list[TextBlock]:
        """The texts on the board, in reading order."""
        return [child for child in self.children() if isinstance(child, TextBlock) and not child.isHidden()]

    def show_scene(self, scene: Scene) -> None:
        """Show a picture instead of the one before."""
        if scene == self._scene:
            return
        self._scene = scene
        self.setAccessibleName(scene.summary)
        self._arrange()

    def arrange_anew(self) -> None:
        """Arrange the same picture once more, where a file that it shows may be another now."""
        self._arrange()

    def paint_backdrop(self) -> QImage:
        """The picture without texts and code, to measure what lies behind the texts."""
        image = QImage(self.size(), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        self._paint(painter)
        painter.end()
        return image

    def paint_still(self, painter: QPainter) -> None:
        """Paint what lies behind texts and code where it would be without any drift."""
        if self._backdrop:
            self._backdrop.paint(painter, self.rect(), (0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Arrange the picture anew; a size too small for any keeps the one before."""
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what lies behind the texts, where it is asked for."""
        painter = QPainter(self)
        painter.setClipRegion(event.region())
        self._paint(painter)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        if self._backdrop:
            self._backdrop.paint(painter, self.rect(), self._drift)

    def _arrange(self) -> None:
        scene = self._scene
        if scene is None or min(self.width(), self.height()) < SMALLEST:
            return
        self._changes += 1
        due = scene.due
        logo = _readable_logo(due.logo)
        modules = len(qr.matrix(due.qr)) if due.qr else 0
        means = Means(self._ruler, fonts.cap_ratio(), modules, logo.shape if logo else None)
        plan = arrange(scene, self.width(), self.height(), means)
        # In every language, whoever's turn it is: a drill is one for all.
        watermarks = dict.fromkeys(screen.watermark for screen in scene.screens if screen.watermark)
        backdrop = Backdrop(plan.bands, plan.shapes, due.pattern, tuple(watermarks), due.colours, plan.unit)
        drift = offset(scene.step, Frame(self.width(), self.height()).drift)
        if (backdrop, drift) != (self._backdrop, self._drift):
            self._backdrop, self._drift = backdrop, drift
            self.update()
        self._draw_texts(plan.slots)
        self._draw_code(scene, plan)
        if logo and plan.logo:
            self._logo.draw(logo, due.place, self._drifted(plan.logo))
        self._logo.setVisible(plan.logo is not None)

    def _drifted(self, rect: Rect) -> Rect:
        return rect._replace(x=rect.x + self._drift[0], y=rect.y + self._drift[1])

    def _draw_texts(self, slots: tuple[Slot, ...]) -> None:
        unused = dict(self._blocks)
        counts: dict[Role, int] = {}
        drawn: list[TextBlock] = []
        for slot in slots:
            key = (slot.role, counts.get(slot.role, 0))
            counts[slot.role] = key[1] + 1
            unused.pop(key, None)
            block = self._block(key)
            block.draw(replace(slot, rect=self._drifted(slot.rect)))
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

    def _draw_code(self, scene: Scene, plan: Plan) -> None:
        due = scene.due
        if due.qr and plan.code:
            self._code.draw(due.qr, due.qr_label, self._drifted(plan.code), due.colours.paper)
        self._code.setVisible(plan.code is not None)

    def _block(self, key: tuple[Role, int]) -> TextBlock:
        if key not in self._blocks:
            self._blocks[key] = TextBlock(self)
        return self._blocks[key]


def _readable_logo(path: str | None) -> LogoFile | None:
    """The logo, or none where it can't be read: `config check` says why, and a level needs no logo."""
    if path is None:
        return None
    try:
        return read_logo(path)
    except ConfigError:
        return None
