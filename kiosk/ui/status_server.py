"""Answers whoever asks on the local socket what is shown now, from the thread that shows it."""

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer

_logger = logging.getLogger(__name__)


class StatusServer(QObject):
    """Writes ``answer()`` to everybody who connects and hangs up; reads nothing from anybody.

    It listens on the first of the names that can be had.
    """

    def __init__(self, names: Sequence[str], answer: Callable[[], bytes], parent: QObject) -> None:
        super().__init__(parent)
        self._answer = answer
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not any(self._listens(name) for name in names):
            _logger.warning("`status` will get no answer: %s.", self._server.errorString())

    def close(self) -> None:
        """Answers nobody any more."""
        self._server.close()

    def _listens(self, name: str) -> bool:
        # A kiosk that was killed leaves its socket behind; the lock on the state directory proves that it is gone.
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            connection = self._server.nextPendingConnection()
            connection.disconnected.connect(connection.deleteLater)
            connection.write(self._answer())
            connection.disconnectFromServer()
