"""All windows: one for each screen, or a single ordinary one, kept where they belong."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from kiosk.core.screen import Screen
from kiosk.ui.window import KioskWindow, screens


class Wall(QObject):
    """Shows one picture on every screen.

    Args:
        closed: called when a person closes the ordinary window.
    """

    def __init__(self, app: QApplication, *, windowed: bool, closed: Callable[[], None]) -> None:
        super().__init__(app)
        self._windowed = windowed
        self._closed = closed
        self._windows: list[KioskWindow] = []
        self._screen: Screen | None = None
        for signal in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            signal.connect(self.arrange, Qt.ConnectionType.QueuedConnection)

    def show_screen(self, screen: Screen) -> None:
        """Shows a picture on every window."""
        self._screen = screen
        for window in self._windows:
            window.show_screen(screen)

    def arrange(self) -> None:
        """Gives every screen that is there its window.

        The last window stays when the last screen goes: the one that comes back finds it.
        """
        present = screens()
        wanted = 1 if self._windowed else max(1, len(present))
        while len(self._windows) < wanted:
            self._windows.append(self._window())
        while len(self._windows) > wanted:
            self._windows.pop().leave()
        for window, screen in zip(self._windows, present, strict=False):
            window.present(screen)

    def keep(self) -> None:
        """Covers a screen again that is not covered: after a change of mode, or with no window manager."""
        present = screens()
        if not self._windowed and (
            len(present) > len(self._windows)
            or not all(window.covers(screen) for window, screen in zip(self._windows, present, strict=False))
        ):
            self.arrange()

    def leave(self) -> None:
        """Closes every window for good."""
        while self._windows:
            self._windows.pop().leave()

    def _window(self) -> KioskWindow:
        window = KioskWindow(windowed=self._windowed)
        window.closed.connect(self._closed)
        if self._screen:
            window.show_screen(self._screen)
        return window


def every(seconds: float, call: Callable[[], None], parent: QObject) -> None:
    """Calls again and again while the event loop runs, as long as the parent lives."""
    timer = QTimer(parent)
    timer.setInterval(round(seconds * 1000))
    timer.timeout.connect(call)
    timer.start()
