"""Whether a broker takes this machine's login, asked without leaving anything there."""

import threading
import uuid

from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.deferred import within
from kiosk.transports.mqtt_connection import BrokerConnection
from kiosk.transports.payload import Request
from kiosk.transports.urls import named

_STEP = 0.5  # seconds


def greet(request: Request) -> None:
    """Connects once, within the deadline; Unobtainable with the reason where the broker does not take us."""
    try:
        within(
            request.deadline.total_seconds(),
            threading.Event(),
            f"greet {named(request.url)}",
            _Greeting(request, f"kiosk-{uuid.uuid4().hex[:12]}").exchange,
        )
    except TimeoutError:
        raise Unobtainable(
            Problem.TIMEOUT,
            f"{named(request.url)} did not answer in time; check the url and this machine's network.",
        ) from None


class _Greeting(BrokerConnection):
    def __init__(self, request: Request, name: str) -> None:
        super().__init__(request, name)
        self._welcome = False

    def exchange(self) -> None:
        ending = self.run()
        if not self._welcome:
            raise ending

    def _welcomed(self) -> None:
        self._welcome = True
        self._client.disconnect()

    def _step(self) -> None:
        self._client.loop(_STEP)
