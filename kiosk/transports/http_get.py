"""One GET with our own rules: the system's trust, redirects by hand, no body read that is not wanted."""

import contextlib
import ssl
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from kiosk import __version__
from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.http_answer import payload
from kiosk.transports.http_faults import FAULTS, meaning
from kiosk.transports.payload import Payload, Request, Validators
from kiosk.transports.urls import host_of, is_loopback, named, printable

_MOST_REDIRECTS = 3
_LONGEST_SCHEME = 20  # characters in a sentence
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Each address of a host gets this share of the deadline, so that a dead IPv6 route leaves time for IPv4.
_CONNECT_SHARE = 1 / 6
_HEADERS = {
    "User-Agent": f"threat-level-kiosk/{__version__}",
    "Accept": "*/*",
    # Documents are small. Compressing servers change or weaken their ETag, and then nothing is ever a 304.
    "Accept-Encoding": "identity",
    "Cache-Control": "no-cache",
}


class _SystemTrust(HTTPAdapter):
    """An adapter that trusts what the operating system trusts, and nothing beside it."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=_context())

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, **kwargs, ssl_context=_context(), proxy_ssl_context=_context())

    def cert_verify(self, conn: Any, *_: Any, **__: Any) -> None:
        # The inherited method would load certifi's authorities on top of the system's.
        conn.cert_reqs = "CERT_REQUIRED"


def _context() -> ssl.SSLContext:
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def get(request: Request) -> Payload:
    """Fetches the document, within no time bound of its own.

    Raises:
        kiosk.errors.Unobtainable: no complete document arrived.
    """
    with contextlib.closing(_SystemTrust()) as adapter:
        with _translated(request.url):
            question = _question(request.url, request.validators)
        for followed in range(_MOST_REDIRECTS + 1):
            _permit_plain(question, request)
            with _sent(adapter, question, request) as response:
                if response.status_code not in _REDIRECTS:
                    return payload(response, request, redirected=followed > 0)
                location = response.headers.get("Location", "")
            question = _next_question(question, location, request)
    raise Unobtainable(
        Problem.REDIRECT,
        f"{named(request.url)} redirects more than {_MOST_REDIRECTS} times; ask for the document's own url.",
    )


def _question(url: str, validators: Validators | None) -> requests.PreparedRequest:
    """The request to send; its ``url`` is the spelling that the adapter connects to.

    All rules judge that spelling: where parsers disagree about a host, ours would not be the one that counts.
    """
    headers = dict(_HEADERS)
    if validators and validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators and validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return requests.Request("GET", url, headers=headers).prepare()


@contextlib.contextmanager
def _sent(
    adapter: HTTPAdapter, question: requests.PreparedRequest, request: Request
) -> Iterator[requests.Response]:
    """The response, with its body unread; closed at the end of the block.

    A session would read and unpack the body of a redirect without bound, even when told not to follow it,
    and would look for passwords and certificates in the environment; the adapter alone does neither.
    """
    url = str(question.url)
    seconds = request.deadline.total_seconds()
    with _translated(url):
        response = adapter.send(
            question,
            stream=True,
            timeout=(seconds * _CONNECT_SHARE, seconds),
            proxies={} if is_loopback(url) else get_environ_proxies(url),
        )
        with contextlib.closing(response):
            yield response


@contextlib.contextmanager
def _translated(url: str) -> Iterator[None]:
    """Turns the exceptions of the HTTP stack into ours."""
    try:
        yield
    except FAULTS as error:
        raise meaning(error, url) from error


def _permit_plain(question: requests.PreparedRequest, request: Request) -> None:
    url = str(question.url)
    if urlsplit(url).scheme == "http" and not (request.insecure or is_loopback(url)):
        raise Unobtainable(
            Problem.INSECURE,
            f"{named(url)} is asked over plain http, which anybody on the way can change;"
            " use https, or set insecure = true for this source.",
        )


def _next_question(before: requests.PreparedRequest, location: str, request: Request) -> requests.PreparedRequest:
    """The request that a redirect leads to, if it leads to a listed host and not from https to less."""
    here = str(before.url)
    try:
        # The validators were given out by the first url and mean nothing to another.
        after = _question(_target(here, location), None)
    except ValueError as error:
        raise _refused_redirect(here, "to no usable url") from error
    there = str(after.url)
    old, new = urlsplit(here).scheme, urlsplit(there).scheme
    if new not in {"https", "http"} or (old, new) == ("https", "http"):
        raise _refused_redirect(here, f"from {old} to {printable(new, _LONGEST_SCHEME)}")
    if host_of(there) not in {host_of(request.url), *(host.lower() for host in request.redirect_hosts)}:
        raise _refused_redirect(here, f"to another host, {named(there)}")
    return after


def _target(url: str, location: str) -> str:
    """Where a redirect leads; the url's own user and password stay with their own origin."""
    old, new = urlsplit(url), urlsplit(urljoin(url, location))
    user, at, _ = old.netloc.rpartition("@")
    same_origin = (new.scheme, new.hostname, new.port) == (old.scheme, old.hostname, old.port)
    if same_origin and "@" not in new.netloc:
        new = new._replace(netloc=user + at + new.netloc)
    return urlunsplit(new)


def _refused_redirect(url: str, fault: str) -> Unobtainable:
    return Unobtainable(
        Problem.REDIRECT,
        f"{named(url)} redirects {fault}; check for a login page, or correct the url of this source.",
    )
