"""How this machine reaches a url, for ``doctor``: through which proxy, and how long the certificate lasts."""

import socket
import ssl
import threading
from datetime import UTC, datetime
from urllib.parse import urlsplit

from kiosk.transports.deferred import within
from kiosk.transports.urls import TLS_PORTS, host_of, is_loopback, masked

_PATIENCE = 8.0  # seconds for the name, the connection and the handshake together


def proxy_of(url: str) -> str | None:
    """The proxy for the url, without its user and password; None for a direct way."""
    if urlsplit(url).scheme not in {"http", "https"} or is_loopback(url):
        return None
    from requests.utils import get_environ_proxies, select_proxy  # as the fetch itself chooses

    proxy = select_proxy(url, get_environ_proxies(url))
    return masked(proxy) if proxy else None


def certificate_end(url: str, ca_file: str | None = None) -> datetime | None:
    """When the certificate of a host ends (UTC), asked directly.

    None where there is none to look at: no TLS, no connection, or an authority that is not trusted, be it the
    system's or the one of a broker in ``ca_file``. Why not, the fetch tells better.
    """
    if urlsplit(url).scheme not in TLS_PORTS:
        return None
    try:
        return within(
            _PATIENCE, threading.Event(), f"certificate {host_of(url)}", lambda: _looked_at(url, ca_file)
        )
    except (OSError, ValueError):
        return None


def _looked_at(url: str, ca_file: str | None) -> datetime | None:
    import truststore

    parts = urlsplit(url)
    context: ssl.SSLContext = (
        ssl.create_default_context(cafile=ca_file) if ca_file else truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    )
    with (
        socket.create_connection(
            (parts.hostname or "", parts.port or TLS_PORTS[parts.scheme]), _PATIENCE
        ) as connection,
        context.wrap_socket(connection, server_hostname=parts.hostname) as secured,
    ):
        found = secured.getpeercert() or {}
    end = found.get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(end), UTC) if isinstance(end, str) else None
