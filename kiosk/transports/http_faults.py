"""What an exception of the HTTP stack means, as a problem and a sentence that a person can act on."""

import http.client
import socket
import ssl
from collections.abc import Iterator

import urllib3.exceptions

from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.urls import named

_TIME_CODES = frozenset(
    {
        9,  # OpenSSL X509_V_ERR_CERT_NOT_YET_VALID
        10,  # OpenSSL X509_V_ERR_CERT_HAS_EXPIRED
        0x800B0101,  # Windows CERT_E_EXPIRED, for both ends of the validity
        -67818,  # macOS errSecCertificateExpired
        -67819,  # macOS errSecCertificateNotValidYet
    }
)
_NAME_CODES = frozenset(
    {
        62,  # OpenSSL X509_V_ERR_HOSTNAME_MISMATCH
        64,  # OpenSSL X509_V_ERR_IP_ADDRESS_MISMATCH
        0x800B010F,  # Windows CERT_E_CN_NO_MATCH
        -67602,  # macOS errSecHostNameMismatch
    }
)

_Row = tuple[type[BaseException] | tuple[type[BaseException], ...], Problem, str]

# The first row whose class is anywhere in the exception's chain decides, so causes stand before wrappers.
# Every class of FAULTS has a row.
_MEANINGS: tuple[_Row, ...] = (
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
    (
        socket.gaierror,
        Problem.DNS,
        "The name {host} can't be resolved; check this machine's network and its name server.",
    ),
    (
        # Not urllib3's class of that name: it makes every failed connection a subclass of it.
        TimeoutError,
        Problem.TIMEOUT,
        "{host} did not answer in time; check this machine's network.",
    ),
    (
        (ssl.SSLError, ssl.CertificateError),
        Problem.CONNECT,
        "{host} could not agree on a secure connection; check that its port speaks https.",
    ),
    (
        ConnectionRefusedError,
        Problem.CONNECT,
        "{host} refuses the connection; check the url of this source and whether the server runs.",
    ),
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
    chain = tuple(_chain(error))
    host = named(url)
    for cause in chain:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _certificate(cause, host)
    return next(
        Unobtainable(problem, sentence.format(host=host))
        for kinds, problem, sentence in _MEANINGS
        if any(isinstance(cause, kinds) for cause in chain)
    )


def _certificate(error: ssl.SSLCertVerificationError, host: str) -> Unobtainable:
    # Absent where the exception was raised without OpenSSL's own report, e.g. for an empty chain.
    code = getattr(error, "verify_code", None)
    if code in _TIME_CODES:
        return Unobtainable(
            Problem.TLS_TIME,
            f"The certificate of {host} is not valid at this time; check this machine's clock first.",
        )
    if code in _NAME_CODES:
        return Unobtainable(
            Problem.TLS_UNTRUSTED,
            f"The certificate that came from {host} is for another name;"
            " check the url, and whether a login page stands between.",
        )
    return Unobtainable(
        Problem.TLS_UNTRUSTED,
        f"The certificate of {host} is not from an authority that this machine trusts;"
        " if it is your organisation's own, add its authority to the system's store.",
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and everything it was raised from; urllib3 keeps causes in ``reason`` and arguments."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop(0)
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
