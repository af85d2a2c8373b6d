"""A real Mosquitto on loopback, with a configuration, a port and a folder of its own."""

import json
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import trustme
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from tests.servers import unused_port

_PATIENCE = 20.0


class Broker:
    """A broker that can be killed and started again on the same port; it forgets its retained messages then.

    Args:
        folder: for its files.
        users: names and passwords; without any, everybody may connect.
        acl: the lines of an access list.
        certificate: makes it speak TLS.
    """

    def __init__(
        self,
        folder: Path,
        users: Mapping[str, str] | None = None,
        acl: str = "",
        certificate: trustme.LeafCert | None = None,
    ) -> None:
        with unused_port() as port:
            self.port = port
        self.login = next(iter(users.items()), None) if users else None
        self._secured = certificate is not None
        self._folder = folder / f"broker-{port}"
        self._folder.mkdir()
        lines = [f"listener {port} 127.0.0.1", "user root", "persistence false", "set_tcp_nodelay true"]
        lines.append("max_queued_messages 0")  # a flood has to reach us whole
        if users:
            passwords = self._folder / "passwords"
            passwords.touch()
            for name, password in users.items():
                subprocess.run(["mosquitto_passwd", "-b", passwords, name, password], check=True)
            lines.append(f"password_file {passwords}")
        else:
            lines.append("allow_anonymous true")
        if acl:
            (self._folder / "acl").write_text(acl)
            lines.append(f"acl_file {self._folder / 'acl'}")
        if certificate:
            (self._folder / "key.pem").write_bytes(certificate.private_key_pem.bytes())
            (self._folder / "cert.pem").write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
            lines += [f"keyfile {self._folder / 'key.pem'}", f"certfile {self._folder / 'cert.pem'}"]
        (self._folder / "broker.conf").write_text("\n".join(lines) + "\n")

    def url(self, topic: str = "office/level", host: str = "127.0.0.1") -> str:
        """The url of a topic."""
        return f"{'mqtts' if self._secured else 'mqtt'}://{host}:{self.port}/{topic}"

    def start(self) -> None:
        """Starts it, and returns when it listens."""
        with (self._folder / "log").open("ab") as log:
            command = ["mosquitto", "-c", str(self._folder / "broker.conf")]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                assert self.process.poll() is None, (self._folder / "log").read_text()
                assert time.monotonic() < end
                time.sleep(0.01)
            else:
                return

    def kill(self) -> None:
        """Ends it without a goodbye."""
        self.process.kill()
        self.process.wait(_PATIENCE)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @contextmanager
    def publisher(self, ca: trustme.CA | None = None) -> Iterator["Publisher"]:
        """A connection that publishes; over TLS with the broker's authority."""
        with self._client(ca) as client:
            yield Publisher(client)

    @contextmanager
    def dashboard(self, topics: str, ca: trustme.CA | None = None) -> Iterator["Dashboard"]:
        """A connection that sees what is kept and what comes on these topics."""
        with self._client(ca) as client:
            dashboard = Dashboard()
            client.on_message = lambda _client, _data, message: dashboard.take(message)
            client.subscribe(topics, qos=1)
            yield dashboard

    @contextmanager
    def _client(self, ca: trustme.CA | None) -> Iterator[Client]:
        client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        connected = threading.Event()
        client.on_connect = lambda *_: connected.set()
        if self.login:
            client.username_pw_set(*self.login)
        if ca:
            context = ssl.create_default_context()
            ca.configure_trust(context)
            client.tls_set_context(context)
        client.connect("127.0.0.1", self.port)
        client.loop_start()
        assert connected.wait(_PATIENCE)
        try:
            yield client
        finally:
            client.disconnect()
            client.loop_stop()

    def publish(self, document: bytes, topic: str = "office/level", **more: Any) -> None:
        """Publishes one message, as ``Publisher.publish`` does."""
        with self.publisher() as publisher:
            publisher.publish(document, topic, **more)


class Dashboard:
    """What was seen, by topic: every message, the oldest first."""

    def __init__(self) -> None:
        self._came = threading.Condition()
        self._seen: dict[str, list[MQTTMessage]] = {}

    def take(self, message: MQTTMessage) -> None:
        """Takes a message, from any thread."""
        with self._came:
            self._seen.setdefault(message.topic, []).append(message)
            self._came.notify_all()

    def topics(self, many: int) -> list[str]:
        """The topics on which something came, once there are as many."""
        with self._came:
            assert self._came.wait_for(lambda: len(self._seen) >= many, _PATIENCE)
            return list(self._seen)

    def seen(self, topic: str) -> list[MQTTMessage]:
        """Every message on a topic."""
        with self._came:
            return list(self._seen.get(topic, ()))

    def newest(self) -> dict[str, Any]:
        """The last document of each topic."""
        with self._came:
            return {topic: json.loads(messages[-1].payload) for topic, messages in self._seen.items()}

    def until(self, topic: str, wanted: Callable[[Any], bool]) -> Any:
        """The first document, of those that came last, for which ``wanted`` holds."""
        end = time.monotonic() + _PATIENCE
        with self._came:
            while True:
                messages = self._seen.get(topic, ())
                if messages and wanted(document := json.loads(messages[-1].payload)):
                    return document
                assert self._came.wait(max(0.0, end - time.monotonic())), messages and messages[-1].payload


class Publisher:
    """Publishes over one connection."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def publish(
        self,
        document: bytes,
        topic: str = "office/level",
        *,
        retain: bool = False,
        beside: Mapping[str, str] | None = None,
        wait: bool = True,
    ) -> None:
        """Publishes; returns when the broker has it, unless told not to wait."""
        properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]  # paho has none
        if beside:
            properties.UserProperty = list(beside.items())
        sent = self._client.publish(topic, document, qos=1 if wait else 0, retain=retain, properties=properties)
        if wait:
            sent.wait_for_publish(_PATIENCE)
            assert sent.is_published()
