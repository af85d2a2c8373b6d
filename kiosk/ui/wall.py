"""All windows: one for each screen, or a single ordinary one, kept where they belong."""

from collections import defaultdict
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kiosk.core.announce import Urgency
from kiosk.core.screen import Scene
from kiosk.ui.accessible import announce
from kiosk.ui.window import KioskWindow, screens

_LONGEST_PAUSE = 60
"""Ticks between two attempts to be seen where that can't be had, such as on a screen that sleeps."""

_UNMANAGED = "xcb"
"""The platform where no window manager may be there to keep a window on top: X11."""


class Patience:
    """How many ticks a window may stay unseen before it is replaced."""

    def __init__(self, pause: int = 1) -> None:
        self._pause = pause
        self._unseen = 0

    def ends(self, *, seen: bool) -> bool:
        """Take note of one tick; whether the window is to be replaced now."""
        self._unseen = 0 if seen else self._unseen + 1
        return self._unseen > self._pause

    def after(self, *, painted: bool) -> "Patience":
        """For the next window: twice as long where this one was never painted, so that nothing churns in vain."""
        return Patience() if painted else Patience(min(2 * self._pause, _LONGEST_PAUSE))


class Wall(QObject):
    """Shows one picture on every screen.

    Args:
        windowed: in an ordinary window instead.
        still: without the cross-fade on a change of the level.
        closed: called when a person closes the ordinary window.
    """

    def __init__(self, app: QApplication, *, windowed: bool, still: bool, closed: Callable[[], None]) -> None:
        super().__init__(app)
        self._windowed = windowed
        self._still = still
        self._closed = closed
        self._windows: list[KioskWindow] = []
        self._patience: defaultdict[int, Patience] = defaultdict(Patience)
        self._scene: Scene | None = None
        for signal in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            signal.connect(self.arrange, Qt.ConnectionType.QueuedConnection)

    @property
    def seen(self) -> bool:
        """Whether a window is really on a screen, with its picture painted."""
        return any(window.exposed and window.painted for window in self._windows)

    def show_scene(self, scene: Scene) -> None:
        """Shows a picture on every window."""
        self._scene = scene
        for window in self._windows:
            window.show_scene(scene)

    def announce(self, sentence: str, urgency: Urgency) -> None:
        """Tells a sentence aloud: once, however many windows show it."""
        for window in self._windows[:1]:
            announce(window, sentence, urgency)

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
            self._patience.pop(len(self._windows), None)
        for window, screen in zip(self._windows, present, strict=False):
            window.present(screen)

    def keep(self) -> None:
        """Covers a screen again that is not covered: once a second, the tick of the pauses.

        A change of mode, another program, or the lack of a window manager uncovers it.
        """
        if self._windowed:
            return
        present = screens()
        self._replace_unseen(len(present))
        if len(present) > len(self._windows) or not all(
            window.covers(screen) for window, screen in zip(self._windows, present, strict=False)
        ):
            self.arrange()
        if QGuiApplication.platformName() == _UNMANAGED:
            self._raise()
            # A chord of a window manager (Alt+Escape) takes the focus away: then keys would reach its own menus.
            if QGuiApplication.focusWindow() is None and self._windows:
                self._windows[-1].activateWindow()

    def misread(self) -> str | None:
        """What is wrong with a picture on a screen, in one sentence; None where nothing is."""
        return next(filter(None, (window.misread() for window in self._windows)), None)

    def frame(self) -> str | None:
        """The digest of the picture on the first screen that shows one; None where none does."""
        return next(filter(None, (window.frame() for window in self._windows)), None)

    def repaint(self) -> None:
        """Paints every picture anew."""
        for window in self._windows:
            window.update()

    def leave(self) -> None:
        """Closes every window for good."""
        while self._windows:
            self._windows.pop().leave()

    def _replace_unseen(self, count: int) -> None:
        """A window that was hidden or destroyed from outside can't be shown again: Qt believes it is shown."""
        for index, window in enumerate(self._windows[:count]):
            patience = self._patience[index]
            if patience.ends(seen=window.exposed):
                self._patience[index] = patience.after(painted=window.painted)
                self._windows[index] = self._window()
                window.leave()

    def _raise(self) -> None:
        """Above the windows of other programs; of ours that overlap, the last, or they would take turns."""
        for index, window in enumerate(self._windows):
            later = self._windows[index + 1 :]
            if not any(window.geometry().intersects(other.geometry()) for other in later):
                window.raise_()

    def _window(self) -> KioskWindow:
        window = KioskWindow(windowed=self._windowed, still=self._still)
        window.closed.connect(self._closed)
        if self._scene:
            window.show_scene(self._scene)
        return window


def every(seconds: float, call: Callable[[], None], parent: QObject) -> None:
    """Calls again and again while the event loop runs, as long as the parent lives."""
    timer = QTimer(parent)
    timer.setInterval(round(seconds * 1000))
    timer.timeout.connect(call)
    timer.start()
