"""Brokers that refuse, keep silent, break off, or say what is no MQTT 5."""

import base64
import socket
from collections.abc import Callable

from tests.fire.faults.registry import FAULTS, NO_STATEMENT, TAKEN, Phase, Script, Site, wait, whole
from tests.servers import drip, reset

BROKER = ("mqtt", "mqtts")
_CONNACK = b"\x20\x03\x00\x00\x00"
_TOPIC = b"d"
_TWICE = 0x06  # in the first byte of a PUBLISH: a quality of service that there is none of
_USER_PROPERTY = b"\x26"
_HEAP = b"".join(_USER_PROPERTY + bytes([0, 1, 97 + n]) + b"\xea\x60" + b"x" * 60_000 for n in range(2))
_WELCOME = {
    0x86: "user",
    0x87: "right",
    0x88: "server",
    0x89: "time",
    0x8A: "welcome",
    0x95: "room",
    0x9F: "quota",
}


def packet(kind: int, content: bytes, length: int | None = None) -> bytes:
    """A control packet; ``length`` lies about its content."""
    return bytes([kind]) + _varint(len(content) if length is None else length) + content


def _varint(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])


def _text(content: bytes) -> bytes:
    return len(content).to_bytes(2, "big") + content


def published(document: bytes, site: Site, flags: int = 0, topic: bytes = _TOPIC, more: bytes = b"") -> bytes:
    """A PUBLISH with its signature beside it; ``more`` stands among its properties."""
    for path, linked in site.linked.items():
        more += _USER_PROPERTY + _text(path.rpartition(".")[2].encode()) + _text(base64.b64encode(linked))
    return packet(0x30 | flags, _text(topic) + _varint(len(more)) + more + document)


def _read_packet(connection: socket.socket) -> bytes:
    """The content of the next packet."""

    def take(many: int) -> bytes:
        taken = b""
        while len(taken) < many:
            part = connection.recv(many - len(taken))
            if not part:
                raise ConnectionError
            taken += part
        return taken

    take(1)
    length = shift = 0
    while True:
        byte = take(1)[0]
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return take(length)


def subscribed(connection: socket.socket) -> None:
    """Greets whoever connects and grants the topic."""
    _read_packet(connection)
    connection.sendall(_CONNACK)
    number = _read_packet(connection)[:2]
    connection.sendall(packet(0x90, number + b"\x00\x01"))


def _saying(content: Callable[[Site], bytes], end: str = "silent", *, greet: bool = True) -> Script:
    def script(connection: socket.socket, site: Site) -> None:
        if greet:
            subscribed(connection)
        else:
            _read_packet(connection)
        connection.sendall(content(site))
        if end == "silent":
            wait(connection)
        elif end == "reset":
            reset(connection)

    return script


def _half(site: Site) -> bytes:
    message = published(site.document, site)
    return message[: len(message) // 2]


for _code, _lack in _WELCOME.items():
    FAULTS.add("connect", schemes=BROKER, name=f"a broker that refuses for lack of {_lack}")(
        _saying(lambda _, code=_code: packet(0x20, bytes([0, code, 0])), "closed", greet=False)  # type: ignore[misc]
    )

for _name, _content in {
    "a broker that greets in another version": lambda _: packet(0x20, b"\x00\x01"),
    "a broker that greets with noise": lambda _: bytes(range(255, 0, -1)) * 4,
    "a web server on the port of a broker": lambda site: whole(site.document),
    "a broker that greets without end": lambda _: b"\x20\xff\xff\xff\xff\xff\xff",
}.items():
    FAULTS.add("connect", "malformed", "timeout", schemes=BROKER, name=_name)(
        _saying(_content, "closed", greet=False)
    )

for _name, _content in {
    "a message cut short": _half,
    "a message of a quality that there is none of": lambda site: published(site.document, site, _TWICE),
    "a message with properties that are none": lambda site: packet(
        0x30, _text(_TOPIC) + b"\x03\xff\xff\xff" + site.document
    ),
    "a message with properties longer than itself": lambda site: packet(
        0x30, _text(_TOPIC) + b"\xff\x7f" + site.document
    ),
    "a message whose topic is no text": lambda site: published(site.document, site, topic=b"\xff\xfe"),
    "a message of no length": lambda _: b"\x30\x00",
    "a goodbye of the broker": lambda _: packet(0xE0, b"\x8b\x00"),
    "a packet that there is none of": lambda _: packet(0x00, b"\x00\x00"),
    "noise after the subscription": lambda _: bytes(range(255, 0, -1)) * 4,
}.items():
    FAULTS.add("connect", "malformed", "timeout", schemes=BROKER, name=_name)(_saying(_content, "closed"))
FAULTS.add("connect", schemes=BROKER, name="a message broken off by a reset")(_saying(_half, "reset"))

for _name, _content in {
    "a broker with nothing to say": lambda _: b"",
    "a message that stops half way": _half,
    "a message of another topic's": lambda site: published(site.document, site, topic=b"another"),
    "a message that announces 256 MB": lambda _: packet(0x30, _text(_TOPIC) + b"\x00", 268_435_455),
}.items():
    FAULTS.add("timeout", schemes=BROKER, hangs=True, name=_name)(_saying(_content))
FAULTS.add(schemes=BROKER, phase=Phase.CONNECTED, hangs=True, name="a broker that never greets")(
    lambda connection, _: wait(connection)
)
FAULTS.add("connect", schemes=BROKER, phase=Phase.CONNECTED, name="a broker that hangs up")(
    lambda connection, _: connection.close()
)
FAULTS.add("connect", schemes=BROKER, phase=Phase.CONNECTED, name="a broker that resets")(
    lambda connection, _: reset(connection)
)


@FAULTS.add(schemes=BROKER, hangs=True)
def a_greeting_of_a_byte_at_a_time(connection: socket.socket, _: Site) -> None:
    _read_packet(connection)
    drip(connection, b"\x20\xff\x01" + bytes(1000))


@FAULTS.add("connect", schemes=BROKER)
def a_topic_that_is_refused(connection: socket.socket, _: Site) -> None:
    _read_packet(connection)
    connection.sendall(_CONNACK)
    connection.sendall(packet(0x90, _read_packet(connection)[:2] + b"\x00\x87"))
    wait(connection)


for _name, _word, _content in (
    ("a message that is too big", "too-big", lambda site: published(bytes(1_050_000), site)),
    ("a message with a heap of properties", "too-big", lambda site: published(site.document, site, more=_HEAP)),
):  # fmt: skip
    FAULTS.add(_word, schemes=BROKER, name=_name)(_saying(_content))
FAULTS.add(*NO_STATEMENT, schemes=BROKER, name="a message that is a page")(
    _saying(lambda site: published(b"<html><title>Sign in</title><p>The threat level is SEVERE.</p></html>", site))
)
FAULTS.add(*NO_STATEMENT, schemes=BROKER, name="a message of nothing")(_saying(lambda site: published(b"", site)))
FAULTS.add(TAKEN, "connect", "malformed", schemes=BROKER, name="a broker that publishes before it greets")(
    _saying(lambda site: published(site.document, site), "closed", greet=False)
)
FAULTS.add(TAKEN, schemes=BROKER, name="a sound message among heaps of others")(
    _saying(lambda site: published(b"?", site, topic=b"another") * 300 + published(site.document, site))
)
