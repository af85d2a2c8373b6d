"""What one HTTP answer amounts to: a complete document, "unchanged", or a problem.

An answer is complete where its Content-Length, its last chunk or its gzip trailer says so. Bytes that end
early are ``connect``, bytes that make no sense ``malformed``. An empty 200 is malformed too: a connection
that is cut among the headers looks exactly like it, and no format states a level in no bytes. A body that
ends with the connection and announces no length can't be checked here; formats refuse a cut document.
"""

import zlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import requests

from kiosk.core.clocks import TOLERANCE
from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.payload import Payload, Request, Validators
from kiosk.transports.urls import named

_LONGEST_WAIT = timedelta(hours=1)
_LONGEST_VALIDATOR = 1024  # characters
_GZIP = 16 + zlib.MAX_WBITS  # zlib's way to say: a gzip header and its checksum


def payload(response: requests.Response, request: Request, *, redirected: bool) -> Payload:
    """What a response that is no redirect gives.

    Args:
        response: with its body unread.
        request: its validators were sent, unless the response is ``redirected``.
        redirected: whether a redirect led here.

    Raises:
        kiosk.errors.Unobtainable: it is not the complete document.
    """
    status = response.status_code
    if status == HTTPStatus.NOT_MODIFIED and request.validators and not redirected:
        return Payload(None, _validators(response) or request.validators, _age(response))
    # 203 was changed on the way, 206 is a part, 204 has nothing: only 200 is the document.
    if status != HTTPStatus.OK:
        raise Unobtainable(Problem.HTTP_STATUS, _status_sentence(response), _retry_after(response))
    document = _unpacked(response, _body(response, request), request)
    if not document:
        raise Unobtainable(
            Problem.MALFORMED,
            f"{named(response.url)} answered with an empty document; ask its operator, or check the url.",
        )
    # A redirect's validators belong to where it led, and only the first url is ever sent any.
    return Payload(document, None if redirected else _validators(response), _age(response))


def _age(response: requests.Response) -> timedelta:
    """How old an answer is that a cache gave, RFC 9111 section 4.2.3: as it says, or as its date tells.

    Of several caches, what the oldest says. Two clocks that differ make every answer look old, and then the screen
    shows less than is known: that can't be told from a cache that says nothing.
    """
    seconds = [value.strip()[:9] for value in response.headers.get("Age", "").split(",")]
    said = max((int(value) for value in seconds if value.isascii() and value.isdigit()), default=0)
    return max(timedelta(seconds=said), _apparent_age(response))


def _apparent_age(response: requests.Response) -> timedelta:
    """How long ago an answer was made by its own date; nothing within what two clocks may differ."""
    try:
        date = parsedate_to_datetime(response.headers.get("Date", ""))
        age = datetime.now(UTC) - (date if date.tzinfo else date.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return timedelta()
    return age if age > TOLERANCE else timedelta()


def _body(response: requests.Response, request: Request) -> bytes:
    """The body as it came, within the limit."""
    body = b""
    # Up to the empty read: only that one compares the length with the one that was announced.
    while piece := response.raw.read(request.limit + 1 - len(body), decode_content=False):
        body += piece
        if len(body) > request.limit:
            raise _too_big(response, request)
    return body


def _unpacked(response: requests.Response, body: bytes, request: Request) -> bytes:
    """The body without the gzip that some servers apply unasked, within the limit."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in {"", "identity"}:
        return body
    unpacker = zlib.decompressobj(_GZIP)
    try:
        document = unpacker.decompress(body, request.limit + 1) if coding in {"gzip", "x-gzip"} else b""
    except zlib.error:
        document = b""
    if len(document) > request.limit:
        raise _too_big(response, request)
    if not unpacker.eof or unpacker.unused_data:
        raise Unobtainable(
            Problem.MALFORMED,
            f"{named(response.url)} sent a document that can't be unpacked; it should send it uncompressed.",
        )
    return document


def _too_big(response: requests.Response, request: Request) -> Unobtainable:
    return Unobtainable(
        Problem.TOO_BIG,
        f"The document of {named(response.url)} has more than {request.limit} bytes;"
        " check the url of this source.",
    )


def _status_sentence(response: requests.Response) -> str:
    status = response.status_code
    try:
        phrase = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        advice = "ask it less often"
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        advice = "the fault is on its side, ask its operator if it stays"
    else:
        advice = "check the url, and whether this machine may read it"
    return f"{named(response.url)} answered {phrase} instead of a document; {advice}."


def _retry_after(response: requests.Response) -> timedelta | None:
    """The wait that the server asks for, RFC 9110 section 10.2.3: seconds or a date; None for nonsense."""
    value = response.headers.get("Retry-After", "").strip()
    try:
        if value.isascii() and value.isdigit():
            wait = timedelta(seconds=int(value[:9]))
        else:
            date = parsedate_to_datetime(value)
            wait = (date if date.tzinfo else date.replace(tzinfo=UTC)) - datetime.now(UTC)
    except (ValueError, OverflowError):
        return None
    return min(wait, _LONGEST_WAIT) if wait > timedelta(0) else None


def _validators(response: requests.Response) -> Validators | None:
    etag = _safe(response.headers.get("ETag"))
    last_modified = _safe(response.headers.get("Last-Modified"))
    return Validators(etag, last_modified) if etag or last_modified else None


def _safe(value: str | None) -> str | None:
    """A header's value, if it is fit to be stored and sent back at each fetch."""
    return value if value and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else None
