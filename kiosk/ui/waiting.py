"""Waiting for something that Qt has no signal for."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer

_LOOK_EVERY_MS = 50


def once(condition: Callable[[], bool], call: Callable[[], None], parent: QObject) -> None:
    """Calls one time, as soon as the condition holds, while the event loop runs and the parent lives."""
    timer = QTimer(parent)

    def look() -> None:
        if condition():
            timer.stop()
            timer.deleteLater()
            call()

    timer.timeout.connect(look)
    timer.start(_LOOK_EVERY_MS)


def wait(condition: Callable[[], bool], seconds: float) -> None:
    """Handles events until the condition holds, or for so long at most."""
    end = time.monotonic() + seconds
    QTimer.singleShot(round(seconds * 1000) + 1, lambda: None)  # so that there is an event to wake up for
    while not condition() and time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
