"""Whole answers of a well-behaved server: which of them are documents."""

import gzip
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.metadata import version

import pytest

from kiosk.core.model import Problem
from kiosk.transports.payload import Payload, Validators
from tests.servers import Answer, DocumentServer
from tests.transports.asking import ask, refused

DOCUMENT = b"<level>\xff\x00\r\n</level>\n"
PACKED = gzip.compress(DOCUMENT, mtime=0)  # the same bytes at every collection


def test_a_document_arrives_byte_for_byte() -> None:
    with DocumentServer(DOCUMENT) as server:
        assert ask(server.url()) == Payload(DOCUMENT)


def test_we_say_honestly_who_asks() -> None:
    with DocumentServer(DOCUMENT) as server:
        ask(server.url())
    headers = server.seen[0].headers
    assert headers["User-Agent"] == f"threat-level-kiosk/{version('threat-level-kiosk')}"
    assert headers["Accept"] == "*/*"
    assert headers["Accept-Encoding"] == "identity"
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Authorization"] is None
    assert headers["If-None-Match"] is None


@pytest.mark.parametrize("status", [201, 203, 204, 205, 206, 300, 304, 305, 400, 401, 403, 404, 410, 418])
def test_only_200_is_a_document(status: int) -> None:
    with DocumentServer() as server:
        server.answer = Answer(status, body=DOCUMENT if status not in {204, 205, 304} else b"")
        error = refused(server.url())
    assert error.problem is Problem.HTTP_STATUS
    assert f"127.0.0.1:{server.port}" in str(error)
    assert str(status) in str(error)


@pytest.mark.parametrize("status", [403, 429, 500, 502, 599])
def test_any_refusal_may_come_with_a_wish_to_be_left_alone(status: int) -> None:
    with DocumentServer() as server:
        server.answer = Answer(status, {"Retry-After": "90"})
        error = refused(server.url())
    assert (error.problem, error.retry_after) == (Problem.HTTP_STATUS, timedelta(seconds=90))


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(seconds=120)),
        (" 7 ", timedelta(seconds=7)),
        ("3601", timedelta(hours=1)),
        ("9" * 40, timedelta(hours=1)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(hours=1)),
        ("Tue, 01 Jan 2008 00:00:00 GMT", None),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("\u00b2", None),
        ("soon", None),
        ("Fri, 99 Dec 2099 99:99:99 GMT", None),
        ("", None),
    ],
)
def test_a_wish_to_be_left_alone_is_passed_on_within_reason(header: str, wait: timedelta | None) -> None:
    with DocumentServer() as server:
        server.answer = Answer(503, {"Retry-After": header})
        error = refused(server.url())
    assert (error.problem, error.retry_after) == (Problem.HTTP_STATUS, wait)


def test_a_wish_may_name_a_date() -> None:
    with DocumentServer() as server:
        until = datetime.now(UTC) + timedelta(minutes=10)
        server.answer = Answer(503, {"Retry-After": format_datetime(until, usegmt=True)})
        wait = refused(server.url()).retry_after
    assert wait is not None
    assert timedelta(minutes=9) < wait <= timedelta(minutes=10)


def test_an_unchanged_document_is_confirmed_without_being_sent() -> None:
    marked = {"ETag": '"v1"', "Last-Modified": "Mon, 15 Nov 2021 10:00:00 GMT"}
    with DocumentServer() as server:
        server.answer = Answer(200, marked, DOCUMENT)
        first = ask(server.url())
        assert first.validators == Validators('"v1"', "Mon, 15 Nov 2021 10:00:00 GMT")
        server.answer = Answer(304)
        assert ask(server.url(), validators=first.validators) == Payload(None, first.validators)
        server.answer = Answer(304, {"ETag": '"v1b"'})
        assert ask(server.url(), validators=first.validators) == Payload(None, Validators('"v1b"'))
        server.answer = Answer(200, {"ETag": '"v2"'}, b"new")
        assert ask(server.url(), validators=first.validators) == Payload(b"new", Validators('"v2"'))
    for seen in server.seen[1:]:
        assert seen.headers["If-None-Match"] == '"v1"'
        assert seen.headers["If-Modified-Since"] == "Mon, 15 Nov 2021 10:00:00 GMT"


@pytest.mark.parametrize("etag", ['"' + "x" * 2000 + '"', '"\x07"', ""], ids=["endless", "control", "empty"])
def test_a_mark_that_is_not_fit_to_be_kept_is_forgotten(etag: str) -> None:
    with DocumentServer() as server:
        server.answer = Answer(200, {"ETag": etag}, DOCUMENT)
        assert ask(server.url()) == Payload(DOCUMENT)


def test_a_document_at_the_limit_is_taken_and_one_byte_more_is_not() -> None:
    with DocumentServer(b"x" * 5000) as server:
        assert ask(server.url(), limit=5000).document == b"x" * 5000
        assert refused(server.url(), limit=4999).problem is Problem.TOO_BIG


def test_a_document_of_the_largest_legal_size_arrives() -> None:
    with DocumentServer(b"x" * 1024 * 1024) as server:
        assert len(ask(server.url()).document or b"") == 1024 * 1024
        assert len(ask(server.url(), limit=64 * 1024 * 1024).document or b"") == 1024 * 1024


def test_an_empty_document_is_refused() -> None:
    with DocumentServer(b"") as server:
        assert refused(server.url()).problem is Problem.MALFORMED


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP"])
def test_a_document_compressed_unasked_is_unpacked(coding: str) -> None:
    with DocumentServer() as server:
        server.answer = Answer(200, {"Content-Encoding": coding}, gzip.compress(DOCUMENT))
        assert ask(server.url()).document == DOCUMENT


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", PACKED[:-9]),
        ("gzip", PACKED[:-1]),
        ("gzip", PACKED[:-8] + bytes(8)),
        ("gzip", PACKED + b"more"),
        ("gzip", DOCUMENT),
        ("gzip", b""),
        ("deflate", zlib.compress(DOCUMENT)),
        ("br", DOCUMENT),
        ("gzip, gzip", PACKED),
    ],
)
def test_a_document_that_cannot_be_unpacked_whole_is_refused(coding: str, body: bytes) -> None:
    with DocumentServer() as server:
        server.answer = Answer(200, {"Content-Encoding": coding}, body)
        assert refused(server.url()).problem is Problem.MALFORMED


def test_a_gzip_bomb_is_refused_within_the_limit() -> None:
    with DocumentServer() as server:
        bomb = gzip.compress(bytes(100 * 1024 * 1024))
        server.answer = Answer(200, {"Content-Encoding": "gzip"}, bomb)
        assert refused(server.url()).problem is Problem.TOO_BIG


def test_a_users_password_is_sent_and_never_told() -> None:
    with DocumentServer() as server:
        url = f"http://editor:s3cret@127.0.0.1:{server.port}/document"
        server.answer = Answer(403)
        error = refused(url)
        assert server.seen[0].headers["Authorization"] == "Basic ZWRpdG9yOnMzY3JldA=="
    after = refused(url)
    for sentence in (str(error), repr(error), str(after), repr(after)):
        assert "s3cret" not in sentence
        assert "editor" not in sentence
    assert after.problem is Problem.CONNECT
