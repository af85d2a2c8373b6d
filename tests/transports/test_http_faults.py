"""Servers, networks and name servers that misbehave; every fetch ends in time with the right word."""

import socket
import threading
import time

import pytest

from kiosk.core.model import Problem
from tests.servers import DocumentServer, FaultServer, Script, drip, read_request, reset, unused_port
from tests.transports.asking import refused

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def _sends(data: bytes, *, then_reset: bool = False) -> Script:
    def script(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(data)
        if then_reset:
            reset(connection)

    return script


def _waits(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass


def _drips_headers(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(OK)
    drip(connection, b"X-Drip: 1\r\n" * 1000)


def _drips_body(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(OK + b"Content-Length: 10000\r\n\r\n")
    drip(connection, b"x" * 10000)


def _drips_chunks(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(CHUNKED)
    drip(connection, b"1\r\nx\r\n" * 10000)


def _continues_endlessly(connection: socket.socket) -> None:
    read_request(connection)
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        time.sleep(0.01)


HANGS = [_waits, _drips_headers, _drips_body, _drips_chunks, _continues_endlessly]


@pytest.mark.parametrize("script", HANGS)
def test_a_server_that_never_comes_to_an_end_is_left_at_the_deadline(script: Script) -> None:
    with FaultServer(script) as server:
        start = time.monotonic()
        error = refused(server.url(), seconds=1.5)
        elapsed = time.monotonic() - start
        assert server.connections == 1
    assert error.problem is Problem.TIMEOUT
    assert 1 < elapsed < 2.5


@pytest.mark.parametrize("script", HANGS)
def test_stop_ends_a_fetch_at_once(script: Script) -> None:
    stop = threading.Event()
    with FaultServer(script) as server:
        timer = threading.Timer(0.6, stop.set)
        timer.start()
        start = time.monotonic()
        error = refused(server.url(), seconds=20, stop=stop)
        elapsed = time.monotonic() - start
        timer.join()
    assert error.problem is Problem.CONNECT
    assert 0.5 < elapsed < 1.2


def test_nobody_is_asked_once_stop_is_set() -> None:
    stop = threading.Event()
    stop.set()
    with DocumentServer(b"x") as server:
        refused(server.url(), stop=stop)
    assert server.seen == []


def test_a_refused_port_is_told_as_one() -> None:
    with unused_port() as port:
        error = refused(f"http://127.0.0.1:{port}/")
    assert error.problem is Problem.CONNECT
    assert f"127.0.0.1:{port} refuses" in str(error)


@pytest.mark.parametrize(
    "script",
    [
        reset,
        _sends(b"", then_reset=True),
        _sends(b""),
        _sends(b"HTTP/1.1 20", then_reset=True),
        _sends(OK + b"Content-Ty", then_reset=True),
        _sends(OK + b"Content-Length: 100\r\n\r\nhalf", then_reset=True),
        _sends(OK + b"Content-Length: 100\r\n\r\nhalf"),
        _sends(OK + b"Content-Length: 100\r\n\r\n"),
        _sends(OK + b"Content-Length: 100\r\nContent-Ty"),
        _sends(CHUNKED + b"a\r\nhalf"),
        _sends(CHUNKED + b"4\r\nhalf\r\n"),
        _sends(CHUNKED + b"4\r\nhalf\r\n", then_reset=True),
        _sends(CHUNKED + b"4\r\nha"),
        _sends(CHUNKED),
    ],
)
def test_a_connection_that_breaks_off_gives_no_document(script: Script) -> None:
    with FaultServer(script) as server:
        assert refused(server.url()).problem is Problem.CONNECT


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 20",
        OK + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
        OK + b"X: 1\r\n" * 1000 + b"\r\n",
        OK + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nhalf!",
        # Cut among the headers, before any length: nothing tells it from an empty document.
        OK + b"Content-Ty",
        OK,
        OK + b"\r\n",
    ],
)
def test_what_is_no_http_gives_no_document(data: bytes) -> None:
    with FaultServer(_sends(data)) as server:
        assert refused(server.url()).problem is Problem.MALFORMED


def test_a_body_without_end_is_cut_off_at_the_limit() -> None:
    def script(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(OK + b"\r\n")
        while True:
            connection.sendall(bytes(65536))

    with FaultServer(script) as server:
        assert refused(server.url()).problem is Problem.TOO_BIG


def test_an_unknown_name_is_told_as_one() -> None:
    error = refused("https://does-not-exist.invalid/level.xml")
    assert error.problem is Problem.DNS
    assert "does-not-exist.invalid" in str(error)


def test_an_unusable_url_is_an_error_and_no_crash() -> None:
    assert "can't be used" in str(refused("https://a..b/"))


def test_plain_http_to_another_machine_is_not_even_tried() -> None:
    error = refused("http://does-not-exist.invalid/")
    assert error.problem is Problem.INSECURE
    assert refused("http://does-not-exist.invalid/", insecure=True).problem is Problem.DNS


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "LOCALHOST"])
def test_plain_http_to_this_machine_is_fine(host: str) -> None:
    with DocumentServer(b"x") as server:
        refused(server.url(host=host), limit=0)
        assert len(server.seen) == 1
