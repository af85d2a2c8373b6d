"""Documents that a broker pushes, over mqtt and mqtts.

A message is what its publisher states at the moment at which it comes. A retained one is marked as kept: the
broker says nothing of when it was published. The connection itself states nothing at all.
"""

import base64
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import BinaryIO

import msgspec

from kiosk.boot_clock import since_boot
from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.child import MQTT_CHILD
from kiosk.transports.mqtt_link import Link
from kiosk.transports.mqtt_wire import Delivery, Message, Question, deliveries
from kiosk.transports.payload import Payload, Request
from kiosk.transports.urls import named

_MOST_WAITING = 32  # deliveries; the child lets no more than that through while one is decoded
_STEP = 0.1  # seconds between two looks at `stop`


def obtain(request: Request, stop: threading.Event) -> Payload:
    """The first message within the deadline: the retained one, or else the next; see ``Transport``."""
    with Subscription(request, request.deadline) as subscription:
        return subscription.obtain(request, stop)


class Subscription(Link):
    """Listens to a topic from ``start`` to ``stop``, whatever happens to the connection.

    Args:
        request: what to listen to.
        quiet: after how long without a message that is told as a failure.
        arrived: called from another thread whenever there is news to obtain.
    """

    def __init__(self, request: Request, quiet: timedelta, arrived: Callable[[], None] = lambda: None) -> None:
        super().__init__(request, MQTT_CHILD, f"listen {named(request.url)}")
        self._quiet = quiet
        self._arrived = arrived
        self._news: deque[Payload | Unobtainable] = deque(maxlen=_MOST_WAITING)

    @property
    def pending(self) -> bool:
        """Whether there is news."""
        return bool(self._news)

    def obtain(self, request: Request, stop: threading.Event) -> Payload:
        """The oldest news, waited for until the deadline; see ``Transport``."""
        end = time.monotonic() + request.deadline.total_seconds()
        with self._there:
            while not self._news:
                if stop.is_set():
                    raise Unobtainable(Problem.CONNECT, f"Stopped before {named(request.url)} had answered.")
                if time.monotonic() > end:
                    raise Unobtainable(
                        Problem.TIMEOUT,
                        f"{named(request.url)} did not answer within {request.deadline.total_seconds():g} seconds;"
                        " check the url and this machine's network.",
                    )
                self._there.wait(_STEP)
            news = self._news.popleft()
        if isinstance(news, Unobtainable):
            raise news
        return news

    def _converse(self, stdin: BinaryIO, stdout: BinaryIO) -> bool:
        told: Delivery | None = None
        stdin.write(msgspec.json.encode(Question(self._request, since_boot(), self._quiet)) + b"\n")
        stdin.flush()
        for told, document in deliveries(stdout):
            self._put(_news(told, document))
        return told is not None and not isinstance(told, Message)

    def _failed(self, error: Unobtainable) -> None:
        self._put(error)

    def _put(self, news: Payload | Unobtainable) -> None:
        with self._there:
            self._news.append(news)
            self._there.notify_all()
        self._arrived()


def _news(delivery: Delivery, document: bytes) -> Payload | Unobtainable:
    if isinstance(delivery, Message):
        return Payload(document, kept=delivery.kept, since=delivery.since, beside=_beside(delivery.beside))
    return Unobtainable(delivery.problem, delivery.message)


def _beside(properties: Mapping[str, str]) -> dict[str, bytes]:
    """The documents in the properties of a message, in base64: brokers refuse a property with line ends."""
    documents = {}
    for ending, text in properties.items():
        with suppress(ValueError):  # somebody else's property
            documents[ending] = base64.b64decode(text, validate=True)
    return documents
