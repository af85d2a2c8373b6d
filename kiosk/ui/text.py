"""One text on the screen: one widget, one accessible name, no markup, nothing elided."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.ui.plan import Slot
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
        """Show a slot; nothing is repainted where it is the same as before."""
        if slot == self._slot:
            return
        self._slot = slot
        self._composition = compose(
            slot.text, slot.lettering, slot.rect.w, right=slot.right, right_to_left=slot.right_to_left
        )
        self.setText(slot.text)
        self.setGeometry(*slot.rect)
        self.update()

    def withdraw(self) -> None:
        """Leave the screen, and leave nothing behind that could still be read aloud."""
        self._slot = self._composition = None
        self.clear()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the glyphs."""
        if self._slot is None or self._composition is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._composition.outline, QColor(self._slot.ink))
        painter.end()
