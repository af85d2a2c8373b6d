"""What an exception of a connection means, as a problem and a sentence that a person can act on."""

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.payload import THIS_SOURCE
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

Row = tuple[type[BaseException] | tuple[type[BaseException], ...], Problem, str]

SYSTEMS_STORE = (
    "an authority that this machine trusts; "
    "if it is your organisation's own, add its authority to the system's store"
)

NETWORK: tuple[Row, ...] = (
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
        "{host} could not agree on a secure connection; check that its port speaks {scheme}.",
    ),
    (
        ConnectionRefusedError,
        Problem.CONNECT,
        "{host} refuses the connection; check the url of {entry} and whether the server runs.",
    ),
)
"""What every protocol meets. The first row whose class is anywhere in the exception's chain decides, so causes
stand before wrappers."""


def explained(
    error: BaseException,
    url: str,
    rows: tuple[Row, ...],
    authorities: str = SYSTEMS_STORE,
    entry: str = THIS_SOURCE,
) -> Unobtainable:
    """The error to raise for an exception; StopIteration, a programming error, where no row has its class.

    Args:
        error: what was caught.
        url: whom was asked.
        rows: the meanings.
        authorities: from whom the certificate should have been, and what to do where it is not.
        entry: what in the configuration the url stands in.
    """
    chain = tuple(_chain(error))
    host, scheme = named(url), urlsplit(url).scheme
    for cause in chain:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _certificate(cause, host, authorities)
    return next(
        Unobtainable(problem, sentence.format(host=host, scheme=scheme, entry=entry))
        for kinds, problem, sentence in rows
        if any(isinstance(cause, kinds) for cause in chain)
    )


def _certificate(error: ssl.SSLCertVerificationError, host: str, authorities: str) -> Unobtainable:
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
        f"The certificate of {host} is not from {authorities}.",
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
