"""Proxies come from the environment, for every host but this machine."""

import socket

import pytest

from kiosk.core.model import Problem
from tests.servers import DocumentServer, FaultServer, read_request, unused_port
from tests.transports.asking import ask, refused


def test_a_proxy_is_used_for_other_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    with DocumentServer(b"through the proxy") as proxy:
        monkeypatch.setenv("HTTP_PROXY", "")
        monkeypatch.setenv("http_proxy", proxy.url(""))
        payload = ask("http://kiosk.example/level", insecure=True)
        assert payload.document == b"through the proxy"
        assert [seen.path for seen in proxy.seen] == ["http://kiosk.example/level"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9"])
def test_this_machine_is_asked_without_a_proxy(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    with DocumentServer(b"proxy") as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url(""))
        with FaultServer(lambda connection: connection.close(), host="0.0.0.0") as server:  # noqa: S104
            refused(server.url(host=host))
            assert server.connections == 1
        assert proxy.seen == []


def test_a_host_may_be_excepted(monkeypatch: pytest.MonkeyPatch) -> None:
    with DocumentServer(b"proxy") as proxy:
        monkeypatch.setenv("https_proxy", proxy.url(""))
        monkeypatch.setenv("no_proxy", "invalid")
        assert refused("https://kiosk.invalid/").problem is Problem.DNS
        assert proxy.seen == []


def test_a_proxy_that_fails_is_blamed_and_its_password_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def script(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")

    with FaultServer(script) as proxy, unused_port() as unused:
        for address in (f"127.0.0.1:{proxy.port}", f"127.0.0.1:{unused}", "does-not-exist.invalid:3128"):
            monkeypatch.setenv("https_proxy", f"http://who:s3cret@{address}")
            error = refused("https://kiosk.example/")
            assert error.problem is Problem.CONNECT
            assert "proxy" in str(error)
            assert "s3cret" not in str(error)


def test_an_unusable_proxy_is_an_error_and_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://[bad")
    assert refused("https://kiosk.example/").problem is Problem.CONNECT
