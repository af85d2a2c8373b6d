"""A status that a broker keeps for everybody, and that the broker itself takes back when the kiosk is gone.

The thread of the display only ever leaves the newest status here; all that can hang hangs elsewhere.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import BinaryIO

import msgspec

from kiosk.errors import Unobtainable
from kiosk.transports.child import PRESENCE_CHILD
from kiosk.transports.mqtt_link import Link
from kiosk.transports.mqtt_wire import Failure
from kiosk.transports.payload import Request
from kiosk.transports.presence_wire import Purpose, words
from kiosk.transports.urls import named

_VOUCHED = 5.0  # seconds: what the display said last stands for it as long
_SIGNS = 4  # of life to the child, within the silence that is allowed


class Presence(Link):
    """Publishes from ``start`` to ``stop``, whatever happens to the connection.

    Args:
        request: the url names broker and topic.
        gone: what the broker says in our place when we are.
        lasting: how long it keeps a status without a newer one.
        silence: how long the display may say nothing until the broker says that we are gone.
        told: called from another thread when publishing fails, with the reason, and with None when it works.
    """

    def __init__(
        self,
        request: Request,
        gone: bytes,
        lasting: timedelta,
        silence: timedelta,
        told: Callable[[Unobtainable | None], None],
    ) -> None:
        super().__init__(request, PRESENCE_CHILD, f"tell {named(request.url)}")
        self._purpose = Purpose(request, gone, lasting, silence)
        self._told = told
        self._status = b""
        self._number = 0
        self._alive = 0.0

    def say(self, status: bytes) -> None:
        """Has this status published instead of the last; without a line feed; returns at once."""
        with self._there:
            self._status = status
            self._number += 1
            self._alive = time.monotonic()
            self._there.notify_all()

    def alive(self) -> None:
        """The display turns, and nothing has changed; returns at once."""
        with self._there:
            self._alive = time.monotonic()
            self._there.notify_all()

    def _connected(self) -> None:
        # Not for a display that says nothing: nobody would vouch for it.
        with self._there:
            self._there.wait_for(lambda: self._ending.is_set() or self._is_vouched_for())
        if not self._ending.is_set():
            super()._connected()

    def _is_vouched_for(self) -> bool:
        return self._number > 0 and time.monotonic() - self._alive < _VOUCHED

    def _converse(self, stdin: BinaryIO, stdout: BinaryIO) -> bool:
        over = threading.Event()
        threading.Thread(target=self._feed, args=(stdin, over), name="feed", daemon=True).start()
        explained = False
        try:
            for word in words(stdout):
                explained = isinstance(word, Failure)
                self._told(Unobtainable(word.problem, word.message) if isinstance(word, Failure) else None)
        finally:
            over.set()
            with self._there:
                self._there.notify_all()
        return explained

    def _feed(self, stdin: BinaryIO, over: threading.Event) -> None:
        with suppress(OSError, ValueError):  # the child has gone, and its pipe with it
            for line in self._lines(over):
                stdin.write(line + b"\n")
                stdin.flush()

    def _lines(self, over: threading.Event) -> Iterator[bytes]:
        """What the child is to know, as it comes: where, each status, and signs of life."""
        yield msgspec.json.encode(self._purpose)
        said, signed, apart = 0, 0.0, self._purpose.silence.total_seconds() / _SIGNS

        def due() -> bool:
            return over.is_set() or self._number != said or self._alive - signed > apart

        while True:
            with self._there:
                self._there.wait_for(due)
                line = self._status if self._number != said else b""
                said, signed = self._number, self._alive
            if over.is_set():
                return
            yield line

    def _failed(self, error: Unobtainable) -> None:
        self._told(error)
