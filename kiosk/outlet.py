"""Where the worker's states wait until there is a screen to show them."""

import threading
from collections.abc import Callable

from kiosk.core.state import State


class Outlet:
    """Hands states on in their order; from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[State] = []
        self._send: Callable[[State], None] = self._waiting.append

    def put(self, state: State) -> None:
        """Hand a state on, or keep it until the outlet is opened."""
        with self._lock:
            self._send(state)

    def open(self, send: Callable[[State], None]) -> None:
        """Hand what waits to ``send``, and everything that comes from now on."""
        with self._lock:
            for state in self._waiting:
                send(state)
            self._waiting.clear()
            self._send = send
