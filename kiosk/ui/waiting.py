"""Waiting for something that Qt has no signal for, and doing something again and again."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer

_LOOK_EVERY_MS = 50


def later(seconds: float, call: Callable[[], None], parent: QObject) -> None:
    """Calls one time after so long, if the event loop still runs and the parent lives."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(call)
    timer.start(round(seconds * 1000))


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


def every(seconds: float, call: Callable[[], None], parent: QObject) -> None:
    """Calls again and again while the event loop runs, as long as the parent lives."""
    timer = QTimer(parent)
    timer.setInterval(round(seconds * 1000))
    timer.timeout.connect(call)
    timer.start()
