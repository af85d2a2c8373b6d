"""Answers that are no HTTP, lie about their length, break their chunks, or never end."""

import gzip
import socket
import zlib
from functools import cache

from tests.fire.faults.registry import CHUNKED, FAULTS, NO_STATEMENT, OK, TAKEN, Script, Site, whole

_MEGABYTE = 1024 * 1024


@cache
def bomb() -> bytes:
    """A hundred megabytes of nothing in a hundred kilobytes."""
    return gzip.compress(bytes(100 * _MEGABYTE), mtime=0)


def _sends(data: bytes) -> Script:
    def script(connection: socket.socket, site: Site) -> None:
        site.asked(connection)
        connection.sendall(data)

    return script


for _name, _data in {
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
    "a body and nothing else": b"<rss><channel/></rss>",
    "noise": bytes(range(256)) * 4,
    "a status that is no number": b"HTTP/1.1 abc OK\r\n\r\n",
    "a header of a hundred kilobytes": OK + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
    "a thousand headers": OK + b"X: 1\r\n" * 1000 + b"\r\n",
    "two lengths": OK + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nhalf!",
    "an empty document": whole(b""),
}.items():
    FAULTS.add("malformed", name=_name)(_sends(_data))
for _name, _data in {
    "a chunk size that is no number": CHUNKED + b"xyz\r\nhalf\r\n0\r\n\r\n",
    "a chunk size below nothing": CHUNKED + b"-4\r\nhalf\r\n0\r\n\r\n",
    "a chunk size of four exabytes": CHUNKED + b"3fffffffffffffff\r\nhalf\r\n0\r\n\r\n",
    "a chunk without its end": CHUNKED + b"4\r\nhalf0\r\n\r\n",
    "a chunked answer without its last chunk": CHUNKED + b"4\r\nhalf\r\n",
}.items():
    FAULTS.add("malformed", "connect", name=_name)(_sends(_data))


@FAULTS.add("connect")
def a_length_that_is_too_long(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(OK + f"Content-Length: {len(site.document) + 1}\r\n\r\n".encode() + site.document)


@FAULTS.add(*NO_STATEMENT)
def a_length_that_is_too_short(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(OK + b"Content-Length: 40\r\n\r\n" + site.document)


@FAULTS.add(TAKEN, "malformed")
def a_length_below_nothing(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(OK + b"Content-Length: -7\r\n\r\n" + site.document)


@FAULTS.add("too-big", "malformed")
def a_length_of_a_petabyte(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(OK + b"Content-Length: 1125899906842624\r\n\r\n")
    _endlessly(connection, bytes(65536))


@FAULTS.add(*NO_STATEMENT)
def cut_with_no_length_to_tell(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(OK + b"\r\n" + site.document[:40])


@FAULTS.add("too-big")
def a_body_without_end(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(OK + b"\r\n" + site.document)
    _endlessly(connection, bytes(65536))


@FAULTS.add("too-big")
def chunks_without_end(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(CHUNKED)
    _endlessly(connection, b"8000\r\n" + bytes(0x8000) + b"\r\n")


@FAULTS.add("malformed")
def headers_without_end(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(OK)
    _endlessly(connection, b"X-More: 1\r\n" * 1000)


def _endlessly(connection: socket.socket, piece: bytes) -> None:
    while True:
        connection.sendall(piece)


def _packed(coding: str, body: bytes) -> bytes:
    return whole(body, f"Content-Encoding: {coding}")


@FAULTS.add(TAKEN)
def gzip_unasked(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(_packed("gzip", gzip.compress(site.document)))


@FAULTS.add("too-big")
def a_gzip_bomb(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(_packed("gzip", bomb()))


@FAULTS.add("http-status")
def a_gzip_bomb_in_an_error(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(whole(bomb(), "Content-Encoding: gzip", status="503 Service Unavailable"))


@FAULTS.add("malformed")
def gzip_cut(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(_packed("gzip", gzip.compress(site.document)[:-3]))


@FAULTS.add("malformed")
def gzip_with_another_checksum(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(_packed("gzip", gzip.compress(site.document)[:-8] + bytes(8)))


@FAULTS.add("malformed")
def gzip_that_is_none(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(_packed("gzip", site.document))


@FAULTS.add("malformed")
def a_coding_that_nobody_asked_for(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(_packed("deflate", zlib.compress(site.document)))
