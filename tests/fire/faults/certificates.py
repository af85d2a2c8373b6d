"""TLS that proves nothing, or never comes about."""

import socket
import ssl

from tests.fire.faults.registry import FAULTS, Phase, Script, Site, wait, whole
from tests.servers import reset

_HTTPS = ("https",)
_SECURED = ("https", "mqtts")
_HELLO = b"\x16\x03\x03"


def sound(connection: socket.socket, site: Site) -> None:
    """A good answer, if anybody listens."""
    site.asked(connection)
    connection.sendall(whole(site.document))


for _certificate, _word in {
    "expired": "tls-time",
    "not yet valid": "tls-time",
    "for another host": "tls-untrusted",
    "of an unknown authority": "tls-untrusted",
    "signed by itself": "tls-untrusted",
    "of an unknown link in between": "tls-untrusted",
}.items():
    FAULTS.add(_word, schemes=_SECURED, certificate=_certificate, name=f"a certificate {_certificate}")(sound)
FAULTS.add("connect", schemes=_SECURED, certificate="only TLS 1.1", name="TLS that is too old")(sound)


def _raw(data: bytes) -> Script:
    def script(connection: socket.socket, _: Site) -> None:
        connection.recv(65536)
        connection.sendall(data)

    return script


for _name, _data in {
    "plain http on the port of https": whole(b"<rss/>"),
    "a TLS alert": b"\x15\x03\x03\x00\x02\x02\x28",
    "noise in the handshake": _HELLO + b"\xff\xff" + bytes(range(256)) * 8,
}.items():
    FAULTS.add("connect", schemes=_HTTPS, phase=Phase.CONNECTED, name=_name)(_raw(_data))


@FAULTS.add("connect", schemes=_HTTPS, phase=Phase.CONNECTED)
def a_reset_in_the_handshake(connection: socket.socket, _: Site) -> None:
    connection.recv(5)
    reset(connection)


@FAULTS.add(schemes=_HTTPS, phase=Phase.CONNECTED, hangs=True)
def a_handshake_that_stops_half_way(connection: socket.socket, _: Site) -> None:
    connection.recv(65536)
    connection.sendall(_HELLO + b"\x00\x50\x02")
    wait(connection)


@FAULTS.add("connect", schemes=_HTTPS)
def a_body_cut_without_tls_saying_goodbye(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(whole(site.document)[:-5])
    assert isinstance(connection, ssl.SSLSocket)
    with socket.socket(fileno=connection.detach()) as bare:
        bare.shutdown(socket.SHUT_RDWR)
