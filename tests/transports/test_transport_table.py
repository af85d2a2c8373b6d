"""A url's scheme picks its transport."""

import threading
from pathlib import Path

import pytest

from kiosk.transports import PUSHED, SCHEMES, transport_for
from kiosk.transports.payload import Request
from tests.servers import DocumentServer


def test_every_scheme_has_its_transport(tmp_path: Path) -> None:
    assert {"https", "http", "file", "mqtt", "mqtts"} == SCHEMES
    assert {"mqtt", "mqtts"} == PUSHED
    assert transport_for("mqtt://host/path") is transport_for("mqtts://host/path")
    assert transport_for("HTTPS://host/") is transport_for("http://host/")
    (tmp_path / "document").write_bytes(b"from a file")
    with DocumentServer(b"from a server") as server:
        for url, document in (
            (server.url(), b"from a server"),
            ((tmp_path / "document").as_uri(), b"from a file"),
        ):
            assert transport_for(url)(Request(url), threading.Event()).document == document


def test_an_unknown_scheme_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        transport_for("gopher://host/")
