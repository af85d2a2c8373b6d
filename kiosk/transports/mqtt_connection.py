"""A connection to a broker with MQTT 5, from its name to its end: what listening and telling share."""

import ssl
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import truststore
from paho.mqtt.client import Client, ConnectFlags
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from kiosk.errors import Unobtainable
from kiosk.transports.mqtt_faults import broken, meaning, refused, unreadable
from kiosk.transports.payload import Request
from kiosk.transports.urls import PORTS

MOST_BESIDE = 64 * 1024
"""Bytes of properties of a message, and of a password file."""

REFUSED = 0x80
"""The lowest reason code that is a failure."""

_KEEP_ALIVE = 15  # seconds; a broker that is gone is known to be after twice that


class BrokerConnection:
    """One connection, without a session that the broker would keep for us: to be made into one for a purpose.

    Args:
        request: the url names the broker.
        name: what we are to the broker; a connection of the same name ends the one before.
    """

    def __init__(self, request: Request, name: str) -> None:
        self._request = request
        self._ending: Unobtainable | None = None
        self._client = self._new_client(name)

    def run(self) -> Unobtainable:
        """Returns when the connection has ended, with the reason."""
        try:
            self._connect()
            while self._ending is None:
                self._step()
        except Unobtainable as error:
            self._ending = error
        except Exception as error:  # noqa: BLE001 - a broker may send anything, and paho raises what that makes
            self._ending = meaning(error, self._request)
        return self._ending

    def _welcomed(self) -> None:
        """The broker has accepted the connection."""
        raise NotImplementedError

    def _step(self) -> None:
        """Does what is to be done, in half a second at most."""
        raise NotImplementedError

    def _new_client(self, name: str) -> Client:
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=name,
            protocol=MQTTProtocolVersion.MQTTv5,
            reconnect_on_failure=False,
        )
        client.connect_timeout = max(1.0, self._request.deadline.total_seconds() / 3)
        client.on_connect = self._connected
        client.on_disconnect = self._disconnected
        return client

    def _connect(self) -> None:
        broker, parts = self._request.broker, urlsplit(self._request.url)
        if broker.username:
            self._client.username_pw_set(broker.username, self._password())
        if parts.scheme == "mqtts":
            self._client.tls_set_context(self._trust())
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        properties.MaximumPacketSize = self._request.limit + MOST_BESIDE
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
                return file.read(MOST_BESIDE).decode("utf-8-sig").rstrip("\r\n")
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

    # ------------------------------------------------------------------ what paho calls

    def _connected(
        self, _client: Client, _data: Any, _flags: ConnectFlags, reason: ReasonCode, _more: Any
    ) -> None:
        if reason.value >= REFUSED:
            self._ending = refused(self._request, reason)
        else:
            self._welcomed()

    def _disconnected(self, _client: Client, _data: Any, _flags: Any, reason: ReasonCode, _more: Any) -> None:
        self._ending = self._ending or broken(self._request, str(reason))


class _Handshaking(truststore.SSLContext):
    """The system's trust, which looks at the certificate when the socket is wrapped: the handshake is then."""

    def wrap_socket(self, *arguments: Any, **options: Any) -> ssl.SSLSocket:
        return super().wrap_socket(*arguments, **(options | {"do_handshake_on_connect": True}))
