"""The test of a source: asks it in the background, with its progress, a way to cancel, and the answer."""

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from kiosk.core.announce import Urgency
from kiosk.ui.accessible import announce
from kiosk.ui.setup.contract import Answer
from kiosk.ui.setup.look import GAP, INK, WRONG, paint, text

_PATIENCE = 3.0  # seconds for a question that was cancelled to end by itself


class Trial(QWidget):
    """A button and what came of it.

    Args:
        ask: asks, and returns within the source's deadline or soon after the event is set; from any thread.
    """

    _answered = Signal(object)

    def __init__(self, ask: Callable[[threading.Event], Answer]) -> None:
        super().__init__()
        self._ask = ask
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._began = 0.0
        self.button = QPushButton("&Test this source")
        self.cancel = QPushButton("Cance&l")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("The source is asked")
        self.said = text("", bold=True)
        self.said.setAccessibleName("Result of the test")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.button)
        row.addWidget(self.cancel)
        row.addWidget(self._bar, 1)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self.said)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self.button.clicked.connect(self.begin)
        self.cancel.clicked.connect(self._give_up)
        self._answered.connect(self._show)
        self.forget()

    @property
    def runs(self) -> bool:
        """Whether a question is under way."""
        return self._thread is not None

    def begin(self) -> None:
        """Asks, unless a question is under way."""
        if self._thread:
            return
        self._stop = threading.Event()
        stop = self._stop
        self._began = time.monotonic()
        self._thread = threading.Thread(target=lambda: self._answered.emit((stop, self._ask(stop))), daemon=True)
        self._working(True)
        self._say("Asking…", INK)
        self._thread.start()

    def forget(self) -> None:
        """Shows no answer: another source is chosen, or its entries are others."""
        if self._thread:
            self.end()
        self._working(False)
        self._say("", INK)

    def end(self) -> None:
        """Ends a question that is under way; its answer is not wanted."""
        thread, self._thread = self._thread, None
        self._stop.set()
        if thread:
            thread.join(_PATIENCE)

    def _working(self, works: bool) -> None:  # noqa: FBT001 - one of two looks
        had_focus = self.cancel.hasFocus() or self.button.hasFocus()
        self.cancel.setVisible(works)
        self._bar.setVisible(works)
        self.button.setEnabled(not works)
        if had_focus:
            (self.cancel if works else self.button).setFocus()
        self._clock.start() if works else self._clock.stop()

    def _tick(self) -> None:
        self._say(f"Asking… {time.monotonic() - self._began:.0f} s", INK)

    def _give_up(self) -> None:
        self._stop.set()
        self._say("Cancelling…", INK)

    def _show(self, told: tuple[threading.Event, Answer]) -> None:
        stop, answer = told
        if stop is not self._stop or self._thread is None:
            return
        self._thread.join(_PATIENCE)
        self._thread = None
        self._working(False)
        sign = "\N{CHECK MARK}" if answer.good else "\N{MULTIPLICATION X}"
        self._say(f"{sign} {answer.sentence}", INK if answer.good else WRONG)
        announce(self, answer.sentence, Urgency.POLITE)

    def _say(self, sentence: str, ink: str) -> None:
        self.said.setText(sentence)
        paint(self.said, ink)
        self.said.setVisible(bool(sentence))
