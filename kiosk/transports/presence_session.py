"""A connection that keeps one retained message up to date, and has the broker replace it when it breaks.

Its name belongs to the topic: a connection that the broker still believes in, after a network that was lost, ends
with the next one of the same name, and says its last words before that one says anything.
"""

import hashlib
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from paho.mqtt.client import Client
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from kiosk.transports.mqtt_connection import REFUSED, BrokerConnection
from kiosk.transports.mqtt_faults import broken, shared, unpublished
from kiosk.transports.mqtt_gate import Gate
from kiosk.transports.presence_wire import Purpose, Taken, Word
from kiosk.transports.urls import topic_of

_STEP = 0.5  # seconds between two looks at what there is to publish


class PresenceSession(BrokerConnection):
    """Publishes each status that comes, the newest where there are too many.

    Args:
        purpose: where.
        news: the statuses; an empty one is a sign of life.
        tell: is told once that the broker takes them.

    Attributes:
        taken: whether the broker has taken one.
    """

    def __init__(self, purpose: Purpose, news: "queue.SimpleQueue[bytes]", tell: Callable[[Word], None]) -> None:
        digest = hashlib.blake2b(purpose.request.url.encode(), digest_size=8).hexdigest()
        super().__init__(purpose.request, f"kiosk-{digest}")
        self._topic = topic_of(purpose.request.url)
        self._lasting = max(1, round(purpose.lasting.total_seconds()))
        self._silence = purpose.silence.total_seconds()
        self._news = news
        self._tell = tell
        self._gate: Gate[bytes] = Gate(time.monotonic())
        self._heard = time.monotonic()
        self._welcome = False
        self.taken = threading.Event()
        self._client.will_set(self._topic, purpose.gone, qos=1, retain=True)
        self._client.on_publish = self._published

    def _welcomed(self) -> None:
        self._welcome = True

    def _step(self) -> None:
        code = self._client.loop(_STEP)
        self._hear()
        now = time.monotonic()
        if self._welcome and (status := self._gate.take(now)):
            self._publish(status)
        if self._ending is None and code != MQTTErrorCode.MQTT_ERR_SUCCESS:
            self._ending = broken(self._request, code.name)
        if self._ending is None and now - self._heard > self._silence:
            self._ending = broken(self._request, "the display is silent")

    def _hear(self) -> None:
        while not self._news.empty():
            status = self._news.get()
            self._heard = time.monotonic()
            if status:
                self._gate.offer(status)

    def _publish(self, status: bytes) -> None:
        properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
        properties.MessageExpiryInterval = self._lasting
        self._client.publish(self._topic, status, qos=1, retain=True, properties=properties)

    # ------------------------------------------------------------------ what paho calls

    def _published(self, _client: Client, _data: Any, _number: int, reason: ReasonCode, _more: Any) -> None:
        if reason.value >= REFUSED:
            self._ending = self._ending or unpublished(self._request, reason)
        elif not self.taken.is_set():
            self.taken.set()
            self._tell(Taken())

    def _disconnected(self, _client: Client, _data: Any, _flags: Any, reason: ReasonCode, _more: Any) -> None:
        self._ending = self._ending or shared(self._request, str(reason))
