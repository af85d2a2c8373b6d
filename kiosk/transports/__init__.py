"""Transports: all input from outside. They obtain bytes and never look into them."""

import threading
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from kiosk.transports import file, http
from kiosk.transports.payload import Payload, Request, Transport


def _from_broker(request: Request, stop: threading.Event) -> Payload:
    from kiosk.transports.mqtt import obtain  # a fetch, whose child imports this package, has no use for it

    return obtain(request, stop)


_TRANSPORTS: Mapping[str, Transport] = MappingProxyType(
    {
        "https": http.obtain,
        "http": http.obtain,
        "file": file.obtain,
        "mqtt": _from_broker,
        "mqtts": _from_broker,
    }
)

SCHEMES = frozenset(_TRANSPORTS)
"""The url schemes that a source may have."""

PUSHED = frozenset({"mqtt", "mqtts"})
"""Those of them whose sources speak without being asked."""


def transport_for(url: str) -> Transport:
    """The transport of a url; KeyError for a scheme that is not in ``SCHEMES``."""
    return _TRANSPORTS[urlsplit(url).scheme]
