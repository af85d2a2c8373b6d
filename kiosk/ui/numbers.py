"""A large number on each screen for some seconds, so that a person finds out which is which."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from kiosk.ui.connected import screens
from kiosk.ui.panel import Line, Note, Panel
from kiosk.ui.window import KioskWindow, Layer

LONGEST = 60.0
"""Seconds; meanwhile nothing is read back from a screen."""

_SHARE = 4  # of the shorter side of a screen
_LINES = 4
"""How large the number is, in lines of the name above it."""


class Numbers(QObject):
    """Shows them: on the kiosk's own windows beside the level, on every other screen in a small window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._windows: list[QWidget] = []
        self._marked: list[KioskWindow] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.end)

    def show_for(self, seconds: float, covered: Mapping[str, KioskWindow]) -> None:
        """Show the number of every screen, as ``screens`` counts them.

        Args:
            seconds: at most ``LONGEST``.
            covered: the kiosk's window on a screen, by the screen's name.
        """
        self.end()
        for number, screen in enumerate(screens(), 1):
            note = Note((Line(screen.name()),), str(number), _LINES)
            if window := covered.get(screen.name()):
                window.tell(Layer.NUMBER, note)
                self._marked.append(window)
            else:
                self._windows.append(_Number(note, screen))
        self._timer.start(round(min(seconds, LONGEST) * 1000))

    @property
    def shown(self) -> bool:
        """Whether they are still there."""
        return self._timer.isActive()

    def raise_(self) -> None:
        """Above other windows."""
        for window in self._windows:
            window.raise_()

    def end(self) -> None:
        """Take every number away."""
        self._timer.stop()
        while self._windows:
            window = self._windows.pop()
            window.close()
            window.deleteLater()
        while self._marked:
            window = self._marked.pop()
            if window.alive:
                window.tell(Layer.NUMBER, None)


class _Number(QWidget):
    def __init__(self, note: Note, screen: QScreen) -> None:
        super().__init__()
        self.setWindowTitle("Number of the screen")
        self.setWindowFlags(
            Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowTransparentForInput
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._panel = Panel(self)
        self._note = note
        place = screen.geometry()
        side = min(place.width(), place.height()) // _SHARE
        self.setScreen(screen)
        self.setGeometry(place.center().x() - side, place.bottom() - side - side // _SHARE, 2 * side, side)
        self._panel.tell(note, None, self.size(), 0)
        self.show()
        self.raise_()

    def resizeEvent(self, _event: object) -> None:
        self._panel.tell(self._note, None, self.size(), 0)
