"""Transports: all input from outside. They obtain bytes and never look into them."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from kiosk.transports import file, http, mqtt
from kiosk.transports.payload import Transport

_TRANSPORTS: Mapping[str, Transport] = MappingProxyType(
    {
        "https": http.obtain,
        "http": http.obtain,
        "file": file.obtain,
        "mqtt": mqtt.obtain,
        "mqtts": mqtt.obtain,
    }
)

SCHEMES = frozenset(_TRANSPORTS)
"""The url schemes that a source may have."""

PUSHED = frozenset({"mqtt", "mqtts"})
"""Those of them whose sources speak without being asked."""


def transport_for(url: str) -> Transport:
    """The transport of a url; KeyError for a scheme that is not in ``SCHEMES``."""
    return _TRANSPORTS[urlsplit(url).scheme]
