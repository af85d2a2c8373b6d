"""Where the worker's news wait until there is a screen to show them."""

import threading
from collections.abc import Callable

from kiosk.core.state import State

News = State | Callable[[], None]
"""A state, or something to be called on the display's thread behind the states before it."""


class Outlet:
    """Hands news on in their order; from any thread."""

    def __init__(self) -> None:
        self._lock = threading.RLock()  # who shows one piece of news may put another
        self._waiting: list[News] = []
        self._send: Callable[[News], None] = self._waiting.append

    def put(self, news: News) -> None:
        """Hand it on, or keep it until the outlet is opened."""
        with self._lock:
            self._send(news)

    def open(self, send: Callable[[News], None]) -> None:
        """Hand what waits to ``send``, and everything that comes from now on."""
        with self._lock:
            for news in self._waiting:
                send(news)
            self._waiting.clear()
            self._send = send
