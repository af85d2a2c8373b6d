"""The exit chord: the only keys that do anything, and they only ask for a PIN.

Keyboard only, so that a touch does nothing whatever it touches.
"""

import logging
import time
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from kiosk.core.gate import Gate
from kiosk.core.wording import Words
from kiosk.pins import LONGEST, matches
from kiosk.ui.panel import Line, Note

_logger = logging.getLogger(__name__)

_CHORD_KEY = Qt.Key.Key_Q
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
_PATIENCE = 20.0  # seconds without a key
_LONGEST = 60.0  # seconds, however many keys: nothing is read back from a screen meanwhile
_DOT, _NONE = "\N{BULLET}", "\N{EN DASH}"
_MINUTE = timedelta(minutes=1)


class Lock(QObject):
    """Takes every key of every window; ends the kiosk after the chord and the right PIN.

    Args:
        show: shows the request over the picture, or takes it away (None).
        opened: called after the right PIN.
        clock: seconds that never step.
    """

    def __init__(
        self,
        show: Callable[[Note | None], None],
        opened: Callable[[], None],
        parent: QObject,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._show = show
        self._opened = opened
        self._clock = clock
        self._pin: str | None = None
        self._words: Sequence[Words] = ()
        self._gate = Gate()
        self._typed: str | None = None
        self._since = 0.0
        self._phrase = "pin"
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._away)

    def use(self, pin: str | None, words: Sequence[Words]) -> None:
        """Take over the hashed PIN, None for no way out, and the words of the screen."""
        self._pin, self._words = pin, words
        self._away()

    def press(self, event: QKeyEvent) -> None:
        """Take a key."""
        if self._pin is None:
            return
        if event.key() == _CHORD_KEY and event.modifiers() & _CHORD == _CHORD:
            if self._typed is None:
                self._ask()
        elif self._typed is not None:
            self._take(event)

    def _ask(self) -> None:
        self._typed = ""
        self._since = self._clock()
        self._tell("pin_wait" if self._gate.pause(self._since) else "pin")

    def _take(self, event: QKeyEvent) -> None:
        typed = self._typed or ""
        if self._gate.pause(self._clock()):
            self._tell("pin_wait", renewed=False)
            return
        match event.key():
            case Qt.Key.Key_Escape:
                self._away()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._try(typed)
            case Qt.Key.Key_Backspace:
                self._typed = typed[:-1]
                self._tell("pin")
            case _:
                digit = unicodedata.decimal(event.text(), None) if len(event.text()) == 1 else None
                if digit is not None:
                    self._typed = (typed + str(digit))[:LONGEST]
                    self._tell("pin")

    def _try(self, typed: str) -> None:
        if self._pin is None or not typed:
            return
        if matches(typed, self._pin):
            self._gate.right()
            self._away()
            _logger.info("The PIN was entered at the screen; the kiosk ends.")
            self._opened()
            return
        now = self._clock()
        self._gate.wrong(now)
        self._typed = ""
        _logger.info("A wrong PIN was entered at the screen.")
        self._tell("pin_wait" if self._gate.pause(now) else "pin_wrong")

    def _tell(self, phrase: str, *, renewed: bool = True) -> None:
        self._phrase = phrase
        now = self._clock()
        if renewed:
            left = self._since + _LONGEST - now
            self._timer.start(round(1000 * max(0.0, min(_PATIENCE, left))))
        end = datetime.now().astimezone() + timedelta(seconds=self._gate.pause(now)) + _MINUTE  # rounded up
        lines = tuple(
            Line(
                words.say(phrase, time=words.time(end)) if phrase == "pin_wait" else words.say(phrase),
                words.right_to_left,
            )
            for words in self._words
        )
        dots = _DOT * len(self._typed or "") or _NONE
        self._show(Note(lines, "" if phrase == "pin_wait" else dots))

    def _away(self) -> None:
        self._timer.stop()
        if self._typed is not None:
            self._typed = None
            self._show(None)
