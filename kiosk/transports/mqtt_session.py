"""One connection to a broker with MQTT 5, from the name of the broker to the end of the connection.

Nothing is kept for us at the broker while we are away (a clean start, no session): what was published meanwhile
comes as the retained message, marked as such, or not at all. Each message tells since when it may have waited in
our socket: the last moment at which that was empty. A machine that slept leaves its connection, because what the
network still delivers then may be hours old.
"""

import contextlib
import select
import ssl
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import truststore
from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from kiosk.boot_clock import since_boot
from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.mqtt_faults import broken, meaning, nothing_came, refused, unreadable, unsubscribed
from kiosk.transports.mqtt_gate import Gate
from kiosk.transports.mqtt_wire import Delivery, Failure, Message, Question
from kiosk.transports.urls import PORTS, named, topic_of

_KEEP_ALIVE = 15  # seconds; a broker that is gone is known to be after twice that
_STEP = 0.5  # seconds between two looks at what is due
_SLEPT = 5.0  # seconds that a step can't have taken unless the machine slept
_PATIENCE = 0.75  # of the deadline, for the first message: the sentence has to be there before it ends
_MOST_BESIDE = 64 * 1024  # bytes of properties of a message, and of a password file
_REFUSED = 0x80  # the lowest reason code that is a failure

Tell = Callable[[Delivery, bytes], None]


class Session:
    """Connects, subscribes and tells what comes, until the connection ends.

    Attributes:
        subscribed: whether the broker has answered for the topic.
    """

    def __init__(self, question: Question, tell: Tell) -> None:
        self._request = question.request
        self._topic = topic_of(self._request.url)
        self._quiet = question.quiet.total_seconds()
        self._tell = tell
        self._gate: Gate[tuple[Delivery, bytes]] = Gate(time.monotonic())
        self._began = time.monotonic() - max(0.0, since_boot() - question.asked)
        self._silent_at = self._began + self._request.deadline.total_seconds() * _PATIENCE
        self._heard = False
        self.subscribed = threading.Event()
        self._since = self._step_began = since_boot()
        self._ending: Unobtainable | None = None
        self._client = self._new_client()

    def run(self) -> None:
        """Returns when the connection has ended, after it told why."""
        try:
            self._connect()
            while self._ending is None:
                self._step()
        except Unobtainable as error:
            self._ending = error
        except Exception as error:  # noqa: BLE001 - a broker may send anything, and paho raises what that makes
            self._ending = meaning(error, self._request)
        self._tell(Failure(self._ending.problem, str(self._ending)), b"")

    def _new_client(self) -> Client:
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=f"kiosk-{uuid.uuid4().hex[:12]}",
            protocol=MQTTProtocolVersion.MQTTv5,
            reconnect_on_failure=False,
        )
        client.connect_timeout = max(1.0, self._request.deadline.total_seconds() / 3)
        client.on_connect = self._connected
        client.on_subscribe = self._answered
        client.on_message = self._came
        client.on_disconnect = self._disconnected
        return client

    def _connect(self) -> None:
        broker, parts = self._request.broker, urlsplit(self._request.url)
        if broker.username:
            self._client.username_pw_set(broker.username, self._password())
        if parts.scheme == "mqtts":
            self._client.tls_set_context(self._trust())
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        properties.MaximumPacketSize = self._request.limit + _MOST_BESIDE
        self._client.connect(
            parts.hostname or "",
            parts.port or PORTS[parts.scheme],
            keepalive=_KEEP_ALIVE,
            clean_start=True,
            properties=properties,
        )

    def _password(self) -> str | None:
        path = self._request.broker.password_file
        if path is None:
            return None
        try:
            with Path(path).open("rb") as file:
                return file.read(_MOST_BESIDE).decode("utf-8-sig").rstrip("\r\n")
        except (OSError, ValueError) as error:
            raise unreadable("password_file", path, error) from error

    def _trust(self) -> ssl.SSLContext:
        path = self._request.broker.ca_file
        if path is None:
            return _Handshaking(ssl.PROTOCOL_TLS_CLIENT)
        try:
            return ssl.create_default_context(cafile=path)
        except (OSError, ValueError) as error:
            raise unreadable("ca_file", path, error) from error

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

    def _connected(
        self, _client: Client, _data: Any, _flags: ConnectFlags, reason: ReasonCode, _more: Any
    ) -> None:
        if reason.value >= _REFUSED:
            self._ending = refused(self._request, reason)
        else:
            self._client.subscribe(self._topic, qos=1)

    def _answered(self, _client: Client, _data: Any, _number: int, reasons: list[ReasonCode], _more: Any) -> None:
        failed = [reason for reason in reasons if reason.value >= _REFUSED]
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
        if len(message.payload) > limit or beside > _MOST_BESIDE:
            sentence = f"A message of {named(self._request.url)} is larger than a document; check the topic."
            self._gate.offer((Failure(Problem.TOO_BIG, sentence), b""))
            return
        came = Message(len(message.payload), bool(message.retain), self._since, properties)
        self._gate.offer((came, bytes(message.payload)))

    def _disconnected(self, _client: Client, _data: Any, _flags: Any, reason: ReasonCode, _more: Any) -> None:
        self._ending = self._ending or broken(self._request, str(reason))


class _Handshaking(truststore.SSLContext):
    """The system's trust, which looks at the certificate when the socket is wrapped: the handshake is then."""

    def wrap_socket(self, *arguments: Any, **options: Any) -> ssl.SSLSocket:
        return super().wrap_socket(*arguments, **(options | {"do_handshake_on_connect": True}))


def _waits(connection: Any) -> bool:
    """Whether anything that came has not been read yet."""
    with contextlib.suppress(AttributeError):
        if connection.pending():
            return True
    return bool(select.select([connection], [], [], 0)[0])
