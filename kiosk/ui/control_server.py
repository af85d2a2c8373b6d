"""Hears whoever asks on the local socket, on the thread that shows what is asked about."""

import logging
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_logger = logging.getLogger(__name__)

_MOST_CONNECTIONS = 32
_PATIENCE = 5.0  # seconds for a request to arrive
_LOOK_AFTER = 5_500  # milliseconds; a timer of Qt's may come a twentieth too soon

Handle = Callable[[bytes, Callable[[bytes], None]], None]
"""Takes one request and a function that answers it, now or later, from this thread."""


class ControlServer(QObject):
    """Reads one line from everybody who connects, hands it on, writes one answer and hangs up.

    It listens on the first of the names that can be had. Whoever says nothing, or too much, is hung up on.
    Every signal of every connection ends in one look at all: a function for each would keep them alive for ever.
    """

    def __init__(self, names: Sequence[str], longest: int, handle: Handle, parent: QObject) -> None:
        """Takes the most bytes of a request, with the line feed that ends it."""
        super().__init__(parent)
        self._longest = longest
        self._handle = handle
        self._open: set[QLocalSocket] = set()
        self._silent: dict[QLocalSocket, float] = {}  # who has not asked yet, and until when that may be
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not any(self._listens(name) for name in names):
            _logger.warning("No command will get an answer: %s.", self._server.errorString())

    def close(self) -> None:
        """Hears nobody any more."""
        self._server.close()

    def _listens(self, name: str) -> bool:
        # A kiosk that was killed leaves its socket behind; the lock on the state directory proves that it is gone.
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            connection = self._server.nextPendingConnection()
            if len(self._open) >= _MOST_CONNECTIONS:
                connection.abort()
                connection.deleteLater()
                continue
            connection.setReadBufferSize(self._longest)
            connection.disconnected.connect(self._attend)
            connection.readyRead.connect(self._attend)
            self._open.add(connection)
            self._silent[connection] = time.monotonic() + _PATIENCE
            QTimer.singleShot(_LOOK_AFTER, self._attend)
        self._attend()  # a request may have come with its connection

    def _attend(self) -> None:
        for connection in tuple(self._open):
            # To end one calls this again from within: what that call has put away is gone for this one, too.
            if connection in self._silent:
                self._hear(connection)
            if connection not in self._open:
                continue
            if connection.state() is QLocalSocket.LocalSocketState.UnconnectedState:
                self._open.discard(connection)
                self._silent.pop(connection, None)
                connection.setParent(None)  # else Python keeps its half of a child that Qt has deleted
                connection.deleteLater()

    def _hear(self, connection: QLocalSocket) -> None:
        if connection.canReadLine():
            del self._silent[connection]
            line = bytes(connection.readLine(self._longest + 1).data())
            self._handle(line, lambda answer: self._answer(connection, answer))
        elif connection.bytesAvailable() >= self._longest or time.monotonic() > self._silent[connection]:
            del self._silent[connection]
            connection.abort()

    def _answer(self, connection: QLocalSocket, answer: bytes) -> None:
        if connection in self._open:  # else nobody waits for it any more
            connection.write(answer)
            connection.disconnectFromServer()
