"""A url's scheme picks its transport."""

import pytest

from kiosk.transports import PUSHED, SCHEMES, file, http, transport_for


def test_every_scheme_has_its_transport() -> None:
    assert {scheme: transport_for(f"{scheme}://host/path") for scheme in SCHEMES - PUSHED} == {
        "https": http.obtain,
        "http": http.obtain,
        "file": file.obtain,
    }
    assert {"mqtt", "mqtts"} == PUSHED
    assert transport_for("mqtt://host/path") is transport_for("mqtts://host/path")
    assert transport_for("HTTPS://host/") is http.obtain


def test_an_unknown_scheme_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        transport_for("gopher://host/")
