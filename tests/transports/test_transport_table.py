"""A url's scheme picks its transport."""

import pytest

from kiosk.transports import SCHEMES, file, http, mqtt, transport_for


def test_every_scheme_has_its_transport() -> None:
    assert {scheme: transport_for(f"{scheme}://host/path") for scheme in SCHEMES} == {
        "https": http.obtain,
        "http": http.obtain,
        "file": file.obtain,
        "mqtt": mqtt.obtain,
        "mqtts": mqtt.obtain,
    }
    assert transport_for("HTTPS://host/") is http.obtain


def test_an_unknown_scheme_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        transport_for("gopher://host/")
