"""What an exception of the HTTP stack means, as a problem and a sentence that a person can act on."""

import http.client

import urllib3.exceptions

from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.network_faults import NETWORK, Row, explained

# Every class of FAULTS has a row.
_MEANINGS: tuple[Row, ...] = (
    (
        MemoryError,
        Problem.TOO_BIG,
        "The answer of {host} needs more memory than any document should; check the url of this source.",
    ),
    (
        urllib3.exceptions.ProxyError,
        Problem.CONNECT,
        "The proxy on the way to {host} can't be used; check the proxy settings of this machine.",
    ),
    *NETWORK,
    (
        (http.client.RemoteDisconnected, ConnectionError, http.client.IncompleteRead),
        Problem.CONNECT,
        "The connection to {host} broke before its answer was complete; check the network between.",
    ),
    (
        (http.client.HTTPException, urllib3.exceptions.InvalidHeader),
        Problem.MALFORMED,
        "{host} did not answer in correct HTTP; check the url of this source.",
    ),
    (
        # A url that can't be used. Here, because parsers of good urls' answers meet ValueErrors of their own.
        ValueError,
        Problem.CONNECT,
        "The url of {host} can't be used; correct it.",
    ),
    (
        (OSError, urllib3.exceptions.HTTPError),
        Problem.CONNECT,
        "{host} can't be reached; check this machine's network.",
    ),
)

FAULTS = (OSError, ValueError, MemoryError, http.client.HTTPException, urllib3.exceptions.HTTPError)
"""Everything the HTTP stack raises; a ``requests.RequestException`` is an OSError."""


def meaning(error: BaseException, url: str) -> Unobtainable:
    """The error to raise for an exception while ``url`` was fetched."""
    return explained(error, url, _MEANINGS)
