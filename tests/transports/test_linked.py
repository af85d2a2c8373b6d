"""Indexes over real servers and files: what is fetched for them, from where, and how much."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.errors import Unobtainable
from kiosk.transports import transport_for
from kiosk.transports.linked import obtain_linked
from kiosk.transports.payload import Request
from tests.servers import Answer, DocumentServer, FaultServer, read_request


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    with DocumentServer(b"whole") as running:
        yield running


def fetched(*addresses: str, index: Request) -> dict[str, bytes]:
    end = time.monotonic() + index.deadline.total_seconds()
    return obtain_linked(addresses, index, transport_for(index.url), threading.Event(), end)


def refusal(*addresses: str, index: Request) -> Unobtainable:
    with pytest.raises(Unobtainable) as refused:
        fetched(*addresses, index=index)
    assert str(refused.value).endswith(".")
    return refused.value


def keep_silent(connection: socket.socket) -> None:
    read_request(connection)
    connection.recv(1)  # until the other side gives up


def test_addresses_are_whole_or_relative_to_the_index(server: DocumentServer) -> None:
    server.answers["/feeds/a.xml"] = Answer(body=b"A")
    index = Request(server.url("/feeds/index.atom"))
    found = fetched("a.xml", server.url("/b"), index=index)
    assert found == {"a.xml": b"A", server.url("/b"): b"whole"}


@pytest.mark.parametrize(
    "address",
    [
        "http://elsewhere.example/a",
        "//elsewhere.example/a",
        "file:///etc/passwd",
        "ftp://127.0.0.1/a",
        "http://[",
        "javascript:x",
    ],
)
def test_an_index_sends_this_machine_nowhere_else(server: DocumentServer, address: str) -> None:
    assert refusal(address, index=Request(server.url())).problem == "redirect"
    assert server.seen == []


def test_a_listed_host_may_be_asked(server: DocumentServer) -> None:
    address = server.url(host="localhost")
    assert refusal(address, index=Request(server.url())).problem == "redirect"
    assert fetched(address, index=Request(server.url(), redirect_hosts=("LocalHost",))) == {address: b"whole"}


def test_the_password_of_the_index_goes_to_its_own_origin_only(server: DocumentServer) -> None:
    url = server.url().replace("http://", "http://ann:secret@")
    fetched("/a", index=Request(url))
    assert server.seen[-1].headers["Authorization"].startswith("Basic ")
    assert "secret" not in str(refusal("http://ann:secret@elsewhere.example/", index=Request(url)))
    index = Request(url, redirect_hosts=("localhost",))
    fetched(server.url(host="localhost"), index=index)
    assert server.seen[-1].headers["Authorization"] is None
    assert refusal(server.url().replace("//", "//x:y@"), index=index).problem == "redirect"


def test_one_that_cannot_be_had_ends_it(server: DocumentServer) -> None:
    server.answers["/b"] = Answer(404)
    assert refusal("/a", "/b", "/c", index=Request(server.url())).problem == "http-status"
    assert [seen.path for seen in server.seen] == ["/a", "/b"]


def test_all_documents_together_are_as_large_as_one_may_be(server: DocumentServer) -> None:
    index = Request(server.url(), limit=9)
    assert refusal("/a", "/b", index=index).problem == "too-big"
    assert len(fetched("/a", "/b", index=replace(index, limit=10))) == 2


def test_a_document_that_never_comes_ends_with_the_deadline_of_the_index() -> None:
    with FaultServer(keep_silent) as silent:
        began = time.monotonic()
        problem = refusal("/a", index=Request(silent.url(), deadline=timedelta(seconds=2))).problem
    assert problem == "timeout"
    assert time.monotonic() - began < 6


def test_files_stay_in_the_folder_of_their_index(tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    (folder / "a.xml").write_bytes(b"A")
    (tmp_path / "secret").write_bytes(b"S")
    index = Request((folder / "index.atom").as_uri())
    assert fetched("a.xml", index=index) == {"a.xml": b"A"}
    for address in ("../secret", "%2E%2E/secret", (tmp_path / "secret").as_uri(), "/secret", "http://127.0.0.1/a"):
        assert refusal(address, index=index).problem == "redirect"
