"""A connection that listens to one topic of a broker.

Nothing is kept for us at the broker while we are away (a clean start, no session): what was published meanwhile
comes as the retained message, marked as such, or not at all. Each message tells since when it may have waited in
our socket: the last moment at which that was empty. A machine that slept leaves its connection, because what the
network still delivers then may be hours old.
"""

import contextlib
import select
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.reasoncodes import ReasonCode

from kiosk.boot_clock import since_boot
from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.mqtt_connection import MOST_BESIDE, REFUSED, BrokerConnection
from kiosk.transports.mqtt_faults import broken, nothing_came, unsubscribed
from kiosk.transports.mqtt_gate import Gate
from kiosk.transports.mqtt_wire import Delivery, Failure, Message, Question
from kiosk.transports.urls import named, topic_of

_STEP = 0.5  # seconds between two looks at what is due
_SLEPT = 5.0  # seconds that a step can't have taken unless the machine slept
_PATIENCE = 0.75  # of the deadline, for the first message: the sentence has to be there before it ends

Tell = Callable[[Delivery, bytes], None]


class Session(BrokerConnection):
    """Subscribes and tells what comes, until the connection ends.

    Attributes:
        subscribed: whether the broker has answered for the topic.
    """

    def __init__(self, question: Question, tell: Tell) -> None:
        super().__init__(question.request, f"kiosk-{uuid.uuid4().hex[:12]}")
        self._client.on_subscribe = self._answered
        self._client.on_message = self._came
        self._topic = topic_of(self._request.url)
        self._quiet = question.quiet.total_seconds()
        self._tell = tell
        self._gate: Gate[tuple[Delivery, bytes]] = Gate(time.monotonic())
        self._began = time.monotonic() - max(0.0, since_boot() - question.asked)
        self._silent_at = self._began + self._request.deadline.total_seconds() * _PATIENCE
        self._heard = False
        self.subscribed = threading.Event()
        self._since = self._step_began = since_boot()

    def _welcomed(self) -> None:
        self._client.subscribe(self._topic, qos=1)

    def _step(self) -> None:
        self._step_began = since_boot()
        connection = self._client.socket()
        if connection is not None and not _waits(connection):
            self._since = self._step_began
        code = self._client.loop(min(self._gate.patience(_STEP), max(0.0, self._silent_at - time.monotonic())))
        now = time.monotonic()
        while passing := self._gate.take(now):
            self._tell(*passing)
        if self._ending is None and code != MQTTErrorCode.MQTT_ERR_SUCCESS:
            self._ending = broken(self._request, code.name)
        if self._ending is None and self._slept():
            self._ending = broken(self._request, "this machine slept")
        if now >= self._silent_at:
            self._say_that_nothing_came(now)

    def _slept(self) -> bool:
        return since_boot() - self._step_began > _SLEPT

    def _say_that_nothing_came(self, now: float) -> None:
        if not self.subscribed.is_set():
            raise Unobtainable(
                Problem.TIMEOUT,
                f"{named(self._request.url)} did not answer in time; check the url and this machine's network.",
            )
        quiet = nothing_came(self._request, self._quiet if self._heard else now - self._began)
        self._tell(Failure(quiet.problem, str(quiet)), b"")
        self._silent_at = now + self._quiet

    # ------------------------------------------------------------------ what paho calls

    def _answered(self, _client: Client, _data: Any, _number: int, reasons: list[ReasonCode], _more: Any) -> None:
        failed = [reason for reason in reasons if reason.value >= REFUSED]
        if failed:
            self._ending = unsubscribed(self._request, failed[0])
        self.subscribed.set()

    def _came(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        if self._slept():
            return  # the step ends the connection; who is there then gets the retained message
        if message.topic != self._topic:
            return  # a broker's own mistake: what another topic says was not asked for
        self._heard, self._silent_at = True, time.monotonic() + self._quiet
        limit = self._request.limit
        properties = dict(getattr(message.properties, "UserProperty", []))
        beside = sum(len(text) for pair in properties.items() for text in pair)
        if len(message.payload) > limit or beside > MOST_BESIDE:
            sentence = f"A message of {named(self._request.url)} is larger than a document; check the topic."
            self._gate.offer((Failure(Problem.TOO_BIG, sentence), b""))
            return
        came = Message(len(message.payload), bool(message.retain), self._since, properties)
        self._gate.offer((came, bytes(message.payload)))


def _waits(connection: Any) -> bool:
    """Whether anything that came has not been read yet."""
    with contextlib.suppress(AttributeError):
        if connection.pending():
            return True
    return bool(select.select([connection], [], [], 0)[0])
