"""Transports: all input from outside. They obtain bytes and never look into them."""

import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from urllib.parse import urlsplit

from kiosk.transports.payload import Payload, Request, Transport


# Each is imported where it is used: a kiosk has one of them, and a fetch, whose child imports this package, none.
def _from_server(request: Request, stop: threading.Event) -> Payload:
    from kiosk.transports.http import obtain

    return obtain(request, stop)


def _from_file(request: Request, stop: threading.Event) -> Payload:
    from kiosk.transports.file import obtain

    return obtain(request, stop)


def _from_broker(request: Request, stop: threading.Event) -> Payload:
    from kiosk.transports.mqtt import obtain

    return obtain(request, stop)


_TRANSPORTS: Mapping[str, Transport] = MappingProxyType(
    {
        "https": _from_server,
        "http": _from_server,
        "file": _from_file,
        "mqtt": _from_broker,
        "mqtts": _from_broker,
    }
)

SCHEMES = frozenset(_TRANSPORTS)
"""The url schemes that a source may have."""

PUSHED = frozenset({"mqtt", "mqtts"})
"""Those of them whose sources speak without being asked."""


def prepared() -> AbstractContextManager[None]:
    """Has what takes long before the first question to a server begun now; no thread is needed for it."""
    from kiosk.transports.child import HTTP_CHILD
    from kiosk.transports.child import prepared as prepared_child

    return prepared_child(HTTP_CHILD)


def asks_server(url: str) -> bool:
    """Whether the url is asked through what ``prepared`` begins."""
    return _TRANSPORTS[urlsplit(url).scheme] is _from_server


def transport_for(url: str) -> Transport:
    """The transport of a url; KeyError for a scheme that is not in ``SCHEMES``."""
    return _TRANSPORTS[urlsplit(url).scheme]
