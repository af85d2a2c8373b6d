"""One text on the screen: one widget, one accessible name, no markup, nothing elided."""

from msgspec.structs import replace
from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPaintDevice, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.ui.plan import Role, Slot
from kiosk.ui.typeset import Composition, compose


class TextBlock(QLabel):
    """Draws one slot of a plan.

    A QLabel only for its accessibility (a static text whose name is its text); it is drawn here from
    the composition that was measured, so what fitted in the plan fits on the screen.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._slot: Slot | None = None
        self._composition: Composition | None = None
        self._drawn: QPixmap | None = None

    @property
    def slot(self) -> Slot | None:
        """What is drawn; None before the first."""
        return self._slot

    @property
    def composition(self) -> Composition | None:
        """The glyphs that are drawn, in coordinates of this widget."""
        return self._composition

    @property
    def complete(self) -> bool:
        """Whether every letter is drawn, and inside the widget, which cuts off what lies outside."""
        if self._composition is None:
            return False
        box, ink = self.rect(), self._composition.ink
        inside = ink.left() >= 0 and ink.top() >= 0
        return self._composition.whole and inside and ink.right() <= box.width() and ink.bottom() <= box.height()

    def draw(self, slot: Slot) -> None:
        """Show a slot; nothing is set or painted again that is the same as before."""
        if slot == self._slot:
            return
        if self._slot is None or _letters(slot) != _letters(self._slot):
            self._composition = compose(
                slot.text, slot.lettering, slot.rect.w, right=slot.right, right_to_left=slot.right_to_left
            )
            self._drawn = None
            self.setText(slot.text)
            self.update()
        self._slot = slot
        self.setGeometry(*slot.rect)

    def withdraw(self) -> None:
        """Leave the screen, and leave nothing behind that could still be read aloud."""
        self._slot = self._composition = self._drawn = None
        self.clear()
        self.hide()

    def draw_anew(self) -> None:
        """Draw the letters once more at the next painting, whatever was kept of them."""
        self._drawn = None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Put the letters in their place.

        To fill them takes forty times as long, so they are kept; not the level's, which are few and as large as
        all others together, and not where a place can lie between two pixels of the display.
        """
        if self._slot is None or self._composition is None:
            return
        ratio = self.devicePixelRatioF()
        if self._slot.role is Role.LEVEL or not ratio.is_integer():
            _fill(self, self._composition, self._slot.ink)
            return
        if self._drawn is None or self._drawn.devicePixelRatioF() != ratio:
            self._drawn = _filled(self._composition, self._slot.ink, self.size(), ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        painter.end()


def _letters(slot: Slot) -> Slot:
    """What the drawn letters depend on: the same slot, wherever it stands."""
    return replace(slot, rect=slot.rect._replace(x=0, y=0))


def _filled(composition: Composition, ink: str, size: QSize, ratio: float) -> QPixmap:
    pixmap = QPixmap((QSizeF(size) * ratio).toSize())
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(0, 0, 0, 0))
    _fill(pixmap, composition, ink)
    return pixmap


def _fill(device: QPaintDevice, composition: Composition, ink: str) -> None:
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    composition.draw(painter, ink)
    painter.end()
