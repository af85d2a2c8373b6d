"""Being told to stop: signals of the operating system, noticed while Qt's event loop sleeps."""

import signal
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

_STOPPING = (signal.SIGTERM, signal.SIGINT)
_LOOK_EVERY_MS = 250


class StopSignals(QObject):
    """Calls ``stop`` on the main thread when the process is asked to end (SIGTERM, SIGINT).

    Python runs a signal's handler between its own instructions only, and an idle event loop has none. So a
    byte in a socket wakes the loop. On Windows, where such a byte wakes nothing, a timer lets Python look.

    Made on the main thread; ``remove`` restores what was there before.

    Attributes:
        again: called there when it is asked to read its configuration again (SIGHUP, where there is one).
    """

    def __init__(self, stop: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = stop
        self.again: Callable[[], None] = lambda: None
        self._undo = ExitStack()
        if sys.platform == "win32":
            self._wake_by_timer()
        else:
            self._wake_by_socket()
        for number in _STOPPING:
            self._undo.callback(signal.signal, number, signal.signal(number, self._on_signal))
        # Who started it in a terminal and closes that wants it to end.
        if sys.platform != "win32" and not (sys.stdin and sys.stdin.isatty()):
            self._undo.callback(signal.signal, signal.SIGHUP, signal.signal(signal.SIGHUP, self._on_again))

    def remove(self) -> None:
        """Handle signals as before; once removed, a second call does nothing."""
        self._undo.close()

    def _wake_by_socket(self) -> None:
        near, far = socket.socketpair()
        self._undo.callback(near.close)
        self._undo.callback(far.close)
        near.setblocking(False)
        far.setblocking(False)
        self._undo.callback(signal.set_wakeup_fd, signal.set_wakeup_fd(far.fileno()))
        notifier = QSocketNotifier(near.fileno(), QSocketNotifier.Type.Read, self)
        self._undo.callback(notifier.setEnabled, False)
        # Reading runs Python code, and before that Python runs the handler.
        notifier.activated.connect(lambda: near.recv(64))

    def _wake_by_timer(self) -> None:
        timer = QTimer(self)
        timer.timeout.connect(lambda: None)
        timer.start(_LOOK_EVERY_MS)
        self._undo.callback(timer.stop)

    def _on_again(self, _number: int, _frame: FrameType | None) -> None:
        self.again()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop()
