"""All windows: one for each screen that is used, or a single ordinary one, kept where they belong."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication

from kiosk.core.announce import Urgency
from kiosk.core.screen import Scene
from kiosk.core.vitals import Looked
from kiosk.core.walls import Choice, ScreenPlan, choose, missing_sentence
from kiosk.ui.accessible import announce
from kiosk.ui.connected import screens, watch
from kiosk.ui.numbers import Numbers
from kiosk.ui.panel import Note
from kiosk.ui.photograph import Photograph, photograph
from kiosk.ui.window import KioskWindow, Layer

_logger = logging.getLogger(__name__)

_LONGEST_PAUSE = 60
"""Ticks between two attempts to be seen where that can't be had, such as on a screen that sleeps."""

_UNMANAGED = "xcb"
"""The platform where no window manager may be there to keep a window on top: X11."""

_AGAIN = (1, 5, 30)
"""Seconds after a change of the screens at which each is covered and painted once more: a television that wakes up
takes its time, and tells its mode more than once."""


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
    """Shows one picture on every screen that is used.

    Args:
        windowed: in an ordinary window instead.
        closed: called when a person closes the ordinary window.

    Signals:
        pressed: the event of a key that a person pressed on a window.

    Attributes:
        dark: whether the screens are switched off: then no window can be seen, and none is replaced for that.
    """

    pressed = Signal(object)

    def __init__(self, app: QApplication, *, windowed: bool, closed: Callable[[], None]) -> None:
        super().__init__(app)
        self.dark = False
        self._windowed = windowed
        self._still = False
        self._closed = closed
        self._wanted: tuple[ScreenPlan, ...] = ()
        self._windows: list[KioskWindow] = []
        self._patience: defaultdict[int, Patience] = defaultdict(Patience)
        self._scene: Scene | None = None
        self._request: Note | None = None
        self._missing: tuple[str, ...] = ()
        self._numbers = Numbers(self)
        self._later = [_single(seconds, self._cover_again, self) for seconds in _AGAIN]
        app.screenAdded.connect(self._on_added)
        for signal in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            signal.connect(self._on_change, Qt.ConnectionType.QueuedConnection)
        for screen in app.screens():
            self._on_added(screen)

    def use(self, wanted: Sequence[ScreenPlan], *, still: bool) -> None:
        """Take another configuration over: what it names, such as the logo, is read and arranged anew.

        Args:
            wanted: which screens to use; none for all.
            still: whether the level changes without a cross-fade.
        """
        self._wanted, self._still = tuple(wanted), still
        for window in self._windows:
            window.use(still=still)
        if self._windows:
            self._on_change()

    @property
    def count(self) -> int:
        """How many windows there are: one for each screen, and one while there is none."""
        return len(self._windows)

    @property
    def size(self) -> tuple[int, int]:
        """Of the first screen, in its own pixels; of a usual one where there is none."""
        for screen in screens()[:1]:
            whole = screen.size() * screen.devicePixelRatio()
            return whole.width(), whole.height()
        return 1920, 1080

    @property
    def seen(self) -> bool:
        """Whether a window is really on a screen, with its picture painted."""
        return any(window.exposed and window.painted for window in self._windows)

    @property
    def choice(self) -> Choice:
        """Which of the screens that are connected are used, and what is missing."""
        return self._chosen()[0]

    def show_scene(self, scene: Scene) -> None:
        """Shows a picture on every window."""
        self._scene = scene
        for window in self._windows:
            window.show_scene(scene)

    def announce(self, sentence: str, urgency: Urgency) -> None:
        """Tells a sentence aloud: once, however many windows show it."""
        for window in self._windows[:1]:
            announce(window, sentence, urgency)

    def ask(self, note: Note | None) -> None:
        """Shows a request over every picture; None takes it away."""
        self._request = note
        for window in self._windows:
            window.tell(Layer.REQUEST, note)

    def identify(self, seconds: float) -> None:
        """Shows its number on each connected screen for a while."""
        self._numbers.show_for(seconds, dict(zip(self._names(), self._windows, strict=False)))

    def arrange(self) -> None:
        """Gives every screen that is used its window.

        The last window stays when the last screen goes: the one that comes back finds it.
        """
        choice, present = self._chosen()
        self._tell_missing(choice)
        wanted = 1 if self._windowed else max(1, len(present))
        while len(self._windows) < wanted:
            self._windows.append(self._window())
        while len(self._windows) > wanted:
            self._windows.pop().leave()
            self._patience.pop(len(self._windows), None)
        for window, screen in zip(self._windows, present, strict=False):
            window.present(screen, choice.rotation(screen.name()))

    def keep(self) -> None:
        """Covers a screen again that is not covered: once a second, the tick of the pauses.

        A change of mode, another program, or the lack of a window manager uncovers it.
        """
        if self._windowed or self.dark:
            return
        _, present = self._chosen()
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
        """What is wrong with a picture on a screen, in one sentence; None where nothing is, or nothing is lit."""
        if self.dark:
            return None
        return next(filter(None, (window.misread() for window in self._windows)), None)

    def looked(self) -> Looked | None:
        """When every picture was last found as it should be; None where nobody looks."""
        found = [window.looked for window in self._windows]
        looks = [look for look in found if look]
        if not looks:
            return None
        times = [look.verified for look in looks]
        known = [time for time in times if time is not None]
        oldest = min(known) if len(known) == len(times) else None
        return Looked(oldest, all(look.by_screen for look in looks))

    def photograph(self, number: int) -> Photograph | None:
        """What is on a screen now, counted from 1; None where there is no such screen of ours."""
        return photograph(self._windows[number - 1]) if 0 < number <= len(self._windows) else None

    def frame(self) -> str | None:
        """The digest of the picture on the first screen that shows one; None where none does."""
        return next(filter(None, (window.frame() for window in self._windows)), None)

    def repaint(self) -> None:
        """Paints every picture anew."""
        for window in self._windows:
            window.update()

    def leave(self) -> None:
        """Closes every window for good."""
        self._numbers.end()
        while self._windows:
            self._windows.pop().leave()

    def _chosen(self) -> tuple[Choice, list[QScreen]]:
        """The choice, and the screens of it; each is asked for its name once, because keep does so each second."""
        named = [(screen, screen.name()) for screen in screens()]
        choice = choose([name for _, name in named], self._wanted)
        return choice, [screen for screen, name in named if choice.uses(name)]

    def _names(self) -> list[str]:
        return [plan.name for plan in self.choice.plans]

    def _on_added(self, screen: QScreen) -> None:
        watch(screen, self._on_change)

    def _on_change(self) -> None:
        self.arrange()
        for timer in self._later:
            timer.start()

    def _cover_again(self) -> None:
        self.arrange()
        self.repaint()

    def _tell_missing(self, choice: Choice) -> None:
        """Says once that a screen is missing, and once that it is back."""
        if self._windowed or not choice.plans or choice.missing == self._missing:
            return
        if sentence := missing_sentence(choice):
            _logger.warning("%s", sentence)
        else:
            _logger.info("Every screen that the configuration names is connected.")
        self._missing = choice.missing

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
        self._numbers.raise_()
        # Qt keeps what it asks the X server for until it has something to draw; it was up to ten seconds.
        for window in self._windows[:1]:
            window.update(0, 0, 1, 1)

    def _window(self) -> KioskWindow:
        window = KioskWindow(windowed=self._windowed, still=self._still)
        window.closed.connect(self._closed)
        window.pressed.connect(self.pressed)
        if self._scene:
            window.show_scene(self._scene)
        window.tell(Layer.REQUEST, self._request)
        return window


def _single(seconds: float, call: Callable[[], None], parent: QObject) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(round(seconds * 1000))
    timer.timeout.connect(call)
    return timer
