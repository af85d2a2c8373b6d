"""Documents that a broker pushes, over mqtt and mqtts.

A connection lives in a child process, for the reasons of ``kiosk.transports.http`` and for one more: a flood
keeps that process busy, and not the one that draws. It ends with its connection; another one follows after a
pause that grows, and that differs from screen to screen.

A message is what its publisher states at the moment at which it comes. A retained one is marked as kept: the
broker says nothing of when it was published. The connection itself states nothing at all.
"""

import base64
import random
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import BinaryIO, Self, cast

import msgspec

from kiosk.boot_clock import since_boot
from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.bounds import OVERDUE
from kiosk.transports.child import MQTT_CHILD, child_process, last_words
from kiosk.transports.mqtt_wire import Delivery, Message, Question, deliveries
from kiosk.transports.payload import Payload, Request
from kiosk.transports.urls import named

_MOST_WAITING = 32  # deliveries; the child lets no more than that through while one is decoded
_STEP = 0.1  # seconds between two looks at `stop`
_SETTLED = 60.0  # seconds: a connection that lasted as long was a good one
_LONGEST_PAUSE = 60.0  # seconds between two connections, and half of it more by chance


def obtain(request: Request, stop: threading.Event) -> Payload:
    """The first message within the deadline: the retained one, or else the next; see ``Transport``."""
    with Subscription(request, request.deadline) as subscription:
        return subscription.obtain(request, stop)


class Subscription:
    """Listens to a topic from ``start`` to ``stop``, whatever happens to the connection.

    Args:
        request: what to listen to.
        quiet: after how long without a message that is told as a failure.
        arrived: called from another thread whenever there is news to obtain.
    """

    def __init__(self, request: Request, quiet: timedelta, arrived: Callable[[], None] = lambda: None) -> None:
        self._request = request
        self._quiet = quiet
        self._arrived = arrived
        self._news: deque[Payload | Unobtainable] = deque(maxlen=_MOST_WAITING)
        self._there = threading.Condition()
        self._ending = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name=f"listen {named(request.url)}", daemon=True)

    def start(self) -> None:
        """Begins to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the connection and its process."""
        self._ending.set()
        with self._there:
            if self._child is not None:
                self._child.kill()
        self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

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

    def _run(self) -> None:
        failures = 0
        while not self._ending.is_set():
            began = time.monotonic()
            try:
                self._listen()
            except Unobtainable as error:
                self._put(error)
            failures = 0 if time.monotonic() - began > _SETTLED else failures + 1
            pause = min(2.0 ** min(failures - 1, 10), _LONGEST_PAUSE)
            self._ending.wait(pause * random.uniform(0.5, 1.5))  # noqa: S311 - it spreads load and guards nothing

    def _listen(self) -> None:
        """One connection, to its end."""
        with child_process(MQTT_CHILD, self._request.url) as child:
            with self._there:
                self._child = child
                if self._ending.is_set():
                    return
            told: Delivery | None = None
            reason = ""
            try:
                stdin, stdout = cast("BinaryIO", child.stdin), cast("BinaryIO", child.stdout)
                stdin.write(msgspec.json.encode(Question(self._request, since_boot(), self._quiet)) + b"\n")
                stdin.flush()
                for told, document in deliveries(stdout):
                    self._put(_news(told, document))
            except (OSError, ValueError) as error:
                reason = str(error)
            if self._ending.is_set():
                return
            if told is None or isinstance(told, Message) or reason:
                raise self._crashed(child, reason)

    def _put(self, news: Payload | Unobtainable) -> None:
        with self._there:
            self._news.append(news)
            self._there.notify_all()
        self._arrived()

    def _crashed(self, child: subprocess.Popen[bytes], reason: str) -> Unobtainable:
        child.kill()
        _, errors = child.communicate()
        if child.returncode == OVERDUE:
            return Unobtainable(
                Problem.TIMEOUT,
                f"{named(self._request.url)} did not answer in time; check the url and this machine's network.",
            )
        words = last_words(errors, reason or f"exit code {child.returncode}")
        return Unobtainable(
            Problem.CONNECT,
            f"The connection to {named(self._request.url)} broke off on this machine"
            f" ({words}); report this if it stays.",
        )


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
