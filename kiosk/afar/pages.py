"""What is answered to which request: four pages, for those who may ask."""

import json
import logging
import re
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus

from msgspec import Struct, field

from kiosk.afar.inquiry import Inquiry
from kiosk.afar.look import Look, facts
from kiosk.afar.token import Token
from kiosk.core.vitals import unanswered
from kiosk.report import as_json
from kiosk.transports.urls import is_loopback
from kiosk.ui.photograph import Photograph, as_png

_logger = logging.getLogger(__name__)

_PATIENCE = 3.0  # seconds for the display to answer; Prometheus waits for ten
_LOOKS_APART, _PHOTOGRAPHS_APART = 0.2, 2.0  # seconds
_PHOTOGRAPH = re.compile(r"/screen(?:-([1-9]))?\.png", re.ASCII)
_METHODS = ("GET", "HEAD")
_PAGES = "There are /health, /metrics, /status.json, /screen.png and, for the others, /screen-2.png and so on.\n"
_SILENT = "The display does not answer."

There = Callable[[Callable[[], None]], None]


class Asked(Struct, frozen=True):
    """A request; the names of its headers are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]


class Reply(Struct, frozen=True):
    """What is answered."""

    status: HTTPStatus
    body: bytes
    kind: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


class Pages:
    """Answers requests, in the loop of the endpoint.

    Args:
        there: runs a function on the display's thread, some time.
        look: makes a look, there; None before the first picture.
        photograph: makes a picture of a screen by its number, there; None where there is no such screen.
    """

    def __init__(
        self,
        there: There,
        look: Callable[[], Look | None],
        photograph: Callable[[int], Photograph | None],
    ) -> None:
        self._failed = False
        self._looks = Inquiry(there, look, lambda found: found, _LOOKS_APART)
        self._photographs = {
            number: Inquiry(there, partial(photograph, number), _developed, _PHOTOGRAPHS_APART)
            for number in range(1, 10)
        }

    async def reply(self, asked: Asked, token: Token | None) -> Reply:
        """The answer to a request, whatever it is."""
        if refusal := self._refusal(asked, token):
            return refusal
        path = asked.target.partition("?")[0]
        try:
            if match := _PHOTOGRAPH.fullmatch(path):
                return await self._photograph(int(match[1] or 1))
            page = {"/health": _health, "/metrics": self._metrics, "/status.json": self._status}.get(path)
            if page is None:
                return Reply(HTTPStatus.NOT_FOUND, _PAGES.encode())
            look = await self._looks.answer(_PATIENCE)
            return page(look) if look else _nothing(path, "There is no picture yet.")
        except TimeoutError:
            return _nothing(path, _SILENT)
        except Exception:
            if not self._failed:
                _logger.exception("The endpoint could not answer for %s; this is told once.", path)
            self._failed = True
            return Reply(HTTPStatus.INTERNAL_SERVER_ERROR, b"This failed in the program; its log tells more.\n")

    def _refusal(self, asked: Asked, token: Token | None) -> Reply | None:
        if token and not token.opens(asked.headers.get("authorization")):
            return Reply(
                HTTPStatus.UNAUTHORIZED,
                b"Send the token: Authorization: Bearer ...\n",
                headers={"WWW-Authenticate": "Bearer"},
            )
        # A page in somebody's browser must not ask for its user, nor under a name of its own for this machine.
        if asked.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return Reply(HTTPStatus.FORBIDDEN, b"No other page may use this one.\n")
        host = asked.headers.get("host")
        if token is None and host is not None and not is_loopback(f"http://{host}"):
            return Reply(HTTPStatus.MISDIRECTED_REQUEST, b"Ask by the address, such as 127.0.0.1.\n")
        if asked.method not in _METHODS:
            return Reply(
                HTTPStatus.METHOD_NOT_ALLOWED, b"Only GET and HEAD.\n", headers={"Allow": ", ".join(_METHODS)}
            )
        return None

    async def _photograph(self, number: int) -> Reply:
        found = await self._photographs[number].answer(_PATIENCE)
        if found is None:
            return Reply(HTTPStatus.NOT_FOUND, b"There is no such screen.\n")
        content, by_screen = found
        return Reply(HTTPStatus.OK, content, "image/png", {"X-Picture-Of": "screen" if by_screen else "drawing"})

    def _metrics(self, look: Look) -> Reply:
        from kiosk.afar.metrics import CONTENT_TYPE, exposition  # 0.1 s, which only who is scraped has to pay

        return Reply(HTTPStatus.OK, exposition(look), CONTENT_TYPE)

    def _status(self, look: Look) -> Reply:
        return _json(HTTPStatus.OK, as_json(look.display, look.config.profile))


def _health(look: Look) -> Reply:
    """Three facts and one status for those who read no more: not a good one once a fact is known to be bad."""
    failing = look.vitals.failing
    return _json(HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK, facts(look.vitals))


def _nothing(path: str, why: str) -> Reply:
    if path == "/health":
        return _json(HTTPStatus.SERVICE_UNAVAILABLE, facts(unanswered(why)))
    return Reply(HTTPStatus.SERVICE_UNAVAILABLE, f"{why}\n".encode())


def _json(status: HTTPStatus, value: object) -> Reply:
    return Reply(status, json.dumps(value, ensure_ascii=False).encode() + b"\n", "application/json")


def _developed(found: Photograph | None) -> tuple[bytes, bool] | None:
    return (as_png(found.image), found.by_screen) if found else None
