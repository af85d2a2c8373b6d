"""Certificates: the system's authorities decide, and nothing switches them off."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from kiosk.core.model import Problem
from tests.servers import Answer, DocumentServer, FaultServer, read_request, server_tls
from tests.transports.asking import ask, refused

NOW = datetime.now(UTC)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that the fetching process trusts as one of the system's."""
    ours = trustme.CA()
    store = tmp_path / "authorities.pem"
    ours.cert_pem.write_to_path(str(store))
    monkeypatch.setenv("SSL_CERT_FILE", str(store))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    return ours


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[DocumentServer]:
    certificate = authority.issue_cert("127.0.0.1", "localhost")
    with DocumentServer(b"secure", server_tls(certificate)) as running:
        yield running


def test_a_certificate_of_a_trusted_authority_is_good(server: DocumentServer) -> None:
    assert ask(server.url()).document == b"secure"
    assert ask(server.url(host="localhost")).document == b"secure"


def test_the_authority_of_nobody_is_not_trusted(
    server: DocumentServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    # The settings of other programs make nobody trusted here.
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, str(tmp_path / "authorities.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    error = refused(server.url())
    assert error.problem is Problem.TLS_UNTRUSTED
    assert "authority" in str(error)
    assert server.seen == []


def test_a_certificate_that_signed_itself_is_not_trusted(authority: trustme.CA) -> None:
    alone, own = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with alone.cert_pem.tempfile() as certificate, alone.private_key_pem.tempfile() as key:
        own.load_cert_chain(certificate, key)
    with DocumentServer(b"secure", own) as server:
        assert refused(server.url()).problem is Problem.TLS_UNTRUSTED


@pytest.mark.parametrize(
    ("begin", "end"),
    [(NOW - timedelta(days=9), NOW - timedelta(days=1)), (NOW + timedelta(days=1), NOW + timedelta(days=9))],
    ids=["expired", "not yet valid"],
)
def test_a_certificate_out_of_its_time_points_at_the_clock(
    authority: trustme.CA, begin: datetime, end: datetime
) -> None:
    certificate = authority.issue_cert("127.0.0.1", not_before=begin, not_after=end)
    with DocumentServer(b"secure", server_tls(certificate)) as server:
        error = refused(server.url())
    assert error.problem is Problem.TLS_TIME
    assert "clock" in str(error)


@pytest.mark.parametrize(
    ("certified", "host"), [("elsewhere.example", "localhost"), ("elsewhere.example", "127.0.0.1")]
)
def test_a_certificate_of_another_host_is_not_trusted(authority: trustme.CA, certified: str, host: str) -> None:
    with DocumentServer(b"secure", server_tls(authority.issue_cert(certified))) as server:
        error = refused(server.url(host=host))
    assert error.problem is Problem.TLS_UNTRUSTED
    assert "another name" in str(error)


def test_a_port_that_speaks_no_tls_is_told_as_one() -> None:
    with DocumentServer(b"plain") as server:
        error = refused(server.url().replace("http:", "https:"))
    assert error.problem is Problem.CONNECT
    assert "https" in str(error)


def test_a_reset_handshake_is_a_broken_connection() -> None:
    with FaultServer(lambda connection: connection.close()) as server:
        assert refused(server.url(scheme="https")).problem is Problem.CONNECT


def test_a_handshake_that_hangs_ends_in_time() -> None:
    def script(connection: socket.socket) -> None:
        while connection.recv(65536):
            pass

    with FaultServer(script) as server:
        assert refused(server.url(scheme="https"), seconds=1.5).problem is Problem.TIMEOUT


def test_no_redirect_leads_from_https_to_http(server: DocumentServer) -> None:
    with DocumentServer(b"plain") as plain:
        server.answer = Answer(302, {"Location": plain.url()})
        error = refused(server.url(), insecure=True)
        assert plain.seen == []
    assert error.problem is Problem.REDIRECT


def test_a_redirect_may_lead_from_http_to_https(server: DocumentServer) -> None:
    with DocumentServer() as plain:
        plain.answer = Answer(301, {"Location": server.url()})
        assert ask(plain.url()).document == b"secure"


def test_a_redirect_to_an_untrusted_server_is_refused(authority: trustme.CA) -> None:
    untrusted = server_tls(trustme.CA().issue_cert("127.0.0.1"))
    with DocumentServer(b"secure", untrusted) as there, DocumentServer() as here:
        here.answer = Answer(301, {"Location": there.url()})
        assert refused(here.url()).problem is Problem.TLS_UNTRUSTED


def test_a_proxy_carries_tls_and_cannot_look_inside(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = server_tls(authority.issue_cert("kiosk.example"))
    asked: list[bytes] = []

    def script(connection: socket.socket) -> None:
        asked.append(read_request(connection))
        connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        with inside.wrap_socket(connection, server_side=True) as secure:
            read_request(secure)
            secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecure")

    with FaultServer(script) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://who:s3cret@127.0.0.1:{proxy.port}")
        assert ask("https://kiosk.example/level").document == b"secure"
        assert asked[0].startswith(b"CONNECT kiosk.example:443 ")
        assert refused("https://other.example/level").problem is Problem.TLS_UNTRUSTED
        monkeypatch.delenv("SSL_CERT_FILE")
        assert refused("https://kiosk.example/level").problem is Problem.TLS_UNTRUSTED
