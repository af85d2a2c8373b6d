"""What a supervisor such as systemd wants to hear: that the picture is up, and then that the display is alive.

The words are those of sd_notify(3): datagrams to the socket that NOTIFY_SOCKET names.
"""

import logging
import socket

_logger = logging.getLogger(__name__)

_READY = b"READY=1"
# Without a screen nothing can be painted, but the program waits for one in good health: as long as it says so, the
# start isn't given up.
_ALIVE = b"WATCHDOG=1\nEXTEND_TIMEOUT_USEC=60000000"


class Supervisor:
    """Tells the supervisor at an address; where there is none, says nothing.

    Args:
        address: the value of NOTIFY_SOCKET; None where nobody listens.
    """

    def __init__(self, address: str | None) -> None:
        # A leading @ stands for the NUL of an abstract name.
        self._address = f"\0{address[1:]}" if address and address.startswith("@") else address
        self._heard = True
        self._owed = False

    @property
    def listens(self) -> bool:
        """Whether there is one, which starts a program anew that ended."""
        return self._address is not None

    def ready(self) -> None:
        """The first picture is on a screen; said again until it was heard."""
        self._owed = not self._tell(_READY)

    def alive(self) -> None:
        """The thread of the display still turns."""
        if self._owed:
            self.ready()
        self._tell(_ALIVE)

    def _tell(self, words: bytes) -> bool:
        """Whether it was heard; a supervisor that does not listen must not hold up the display."""
        if self._address is None:
            return True
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as connection:
                connection.setblocking(False)
                connection.connect(self._address)
                connection.send(words)
        except OSError as error:
            if self._heard:
                _logger.warning("The supervisor can't be told (%s) and may restart the program.", error.strerror)
            self._heard = False
            return False
        if not self._heard:
            _logger.info("The supervisor can be told again.")
        self._heard = True
        return True
