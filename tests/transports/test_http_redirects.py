"""Redirects: few, to the same or a listed host, and never to anything less safe."""

import gzip
import socket

import pytest

from kiosk.core.model import Problem
from kiosk.transports.payload import Payload, Validators
from tests.servers import Answer, DocumentServer, FaultServer, read_request
from tests.transports.asking import ask, refused


def _to(location: str, status: int = 302, body: bytes = b"") -> Answer:
    return Answer(status, {"Location": location}, body)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_host_is_followed(status: int) -> None:
    with DocumentServer(b"there") as server:
        server.answers["/a/b"] = _to("../c?d=e", status)
        assert ask(server.url("/a/b")) == Payload(b"there")
        assert [seen.path for seen in server.seen] == ["/a/b", "/c?d=e"]


def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    with DocumentServer(b"there") as server:
        for step in range(1, 5):
            server.answers[f"/{step}"] = _to(f"/{step + 1}")
        assert ask(server.url("/2")).document == b"there"
        error = refused(server.url("/1"))
    assert error.problem is Problem.REDIRECT


def test_a_loop_ends() -> None:
    with DocumentServer() as server:
        server.answer = _to("/document")
        assert refused(server.url()).problem is Problem.REDIRECT
        assert len(server.seen) == 4


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/hostname",
        "ftp://127.0.0.1/level.xml",
        "data:text/plain,SEVERE",
        "javascript:alert(1)",
        "http://[bad/",
        "http://",
        "http://a..b/",
        "//example.invalid/level.xml",
        "http://example.invalid/level.xml",
        "http://127.0.0.2:1/level.xml",
        "http://127.0.0.1@example.invalid/",
        "http://example.invalid\\@127.0.0.1/",
        "http://127.0.0.1.example.invalid/",
        "",
    ],
)
def test_a_redirect_out_of_the_house_is_refused(location: str) -> None:
    with DocumentServer() as server:
        server.answer = _to(location)
        assert refused(server.url(), insecure=True).problem is Problem.REDIRECT


def test_a_redirect_may_lead_to_a_listed_host() -> None:
    with DocumentServer(b"there") as there, DocumentServer() as here:
        here.answer = _to(there.url(host="localhost"))
        assert refused(here.url()).problem is Problem.REDIRECT
        assert there.seen == []
        assert ask(here.url(), redirect_hosts=("LocalHost",)).document == b"there"


def test_a_listed_host_is_still_not_asked_over_plain_http() -> None:
    with DocumentServer() as server:
        server.answer = _to("http://example.invalid/")
        error = refused(server.url(), redirect_hosts=("example.invalid",))
    assert error.problem is Problem.INSECURE


def test_the_body_of_a_redirect_is_never_read() -> None:
    bomb = gzip.compress(bytes(100 * 1024 * 1024), 1)

    def script(connection: socket.socket) -> None:
        if b"/there" in read_request(connection).splitlines()[0]:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthere")
            return
        head = f"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: {len(bomb) + 1}\r\n"
        connection.sendall(head.encode() + b"Content-Encoding: gzip\r\n\r\n" + bomb)
        connection.recv(1)  # one byte is missing, so a reader of this body would wait with us

    with FaultServer(script) as server:
        assert ask(server.url()).document == b"there"


def test_validators_are_for_the_first_url_only() -> None:
    mine = Validators('"mine"')
    with DocumentServer() as server:
        server.answers["/document"] = _to("/there")
        server.answers["/there"] = Answer(200, {"ETag": '"theirs"'}, b"there")
        assert ask(server.url(), validators=mine) == Payload(b"there")
        assert [seen.headers["If-None-Match"] for seen in server.seen] == ['"mine"', None]
        server.answers["/there"] = Answer(304)
        assert refused(server.url(), validators=mine).problem is Problem.HTTP_STATUS


def test_a_password_stays_with_its_own_origin() -> None:
    with DocumentServer(b"there") as there, DocumentServer(b"here") as here:
        url = f"http://editor:s3cret@127.0.0.1:{here.port}"
        here.answers["/relative"] = _to("/document")
        here.answers["/absolute"] = _to(here.url())
        here.answers["/elsewhere"] = _to(there.url())
        for path in ("/relative", "/absolute", "/elsewhere"):
            ask(url + path)
        assert all(seen.headers["Authorization"] for seen in here.seen)
        assert len(here.seen) == 5
        assert there.seen[0].headers["Authorization"] is None
