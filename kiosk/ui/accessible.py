"""What assistive technology learns beyond what Qt's widgets tell by themselves: roles, and news."""

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleObject,
    QWindow,
)
from PySide6.QtWidgets import QWidget

from kiosk.core.announce import Urgency
from kiosk.ui.board import Board
from kiosk.ui.plan import Role
from kiosk.ui.rotation import placed
from kiosk.ui.text import TextBlock

_HEADINGS = frozenset({Role.LEVEL, Role.HEADING})
"""What a screen reader jumps to; a link stays a text, because nothing on the screen can be followed."""

_POLITENESS = {
    Urgency.POLITE: QAccessible.AnnouncementPoliteness.Polite,
    Urgency.ASSERTIVE: QAccessible.AnnouncementPoliteness.Assertive,
}


def install() -> None:
    """Let Qt ask here about the texts of the board; made on demand, so nothing is spent where nobody listens."""
    QAccessible.installFactory(_interface)


def announce(window: QWidget, sentence: str, urgency: Urgency) -> None:
    """Tell a sentence aloud, once, as coming from a window."""
    event = QAccessibleAnnouncementEvent(window, sentence)
    event.setPoliteness(_POLITENESS[urgency])
    QAccessible.updateAccessibility(event)


class _Text(QAccessibleObject):
    """One text of the board. Qt would call each a label; nobody could jump to the level."""

    def __init__(self, block: TextBlock) -> None:
        super().__init__(block)
        self._block = block

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._block.parentWidget())  # type: ignore[arg-type] # it has one

    def child(self, index: int) -> QAccessibleInterface:  # noqa: ARG002 - Qt's signature
        return None  # type: ignore[return-value] # Qt's way to say that there is none, which the stubs don't know

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: ARG002 - Qt's signature
        return -1

    def role(self) -> QAccessible.Role:
        slot = self._block.slot
        return QAccessible.Role.Heading if slot and slot.role in _HEADINGS else QAccessible.Role.StaticText

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.readOnly = True
        state.invisible = not self._block.isVisible()
        return state

    def text(self, kind: QAccessible.Text) -> str:
        return self._block.text() if kind is QAccessible.Text.Name else ""

    def rect(self) -> QRect:
        board, window = self._block.parentWidget(), self._block.window()
        place = self._block.geometry()
        if isinstance(board, Board):
            place = placed(place, window.size(), board.degrees)
        return place.translated(window.mapToGlobal(QPoint(0, 0)))

    def window(self) -> QWindow:
        return self._block.window().windowHandle()


def _interface(_key: str, widget: QObject) -> QAccessibleObject | None:
    return _Text(widget) if isinstance(widget, TextBlock) else None
