"""The endpoint's connections: a bounded number, one request each, and little time for it.

A connection that has not asked yet makes room for a new one, the oldest first: who is slow holds nothing.
"""

import asyncio
from contextlib import suppress
from http import HTTPStatus

import h11

from kiosk.afar.pages import Asked, Pages, Reply
from kiosk.afar.token import Token

_MOST_CONNECTIONS = 16
_BACKLOG = 128  # connections that the system has made and that wait for us
_LONGEST_HEAD = 8192  # bytes, of the request with its headers
_TO_ASK, _TO_BE_DONE = 5.0, 20.0  # seconds from the start of a connection
_ALWAYS = (
    ("Connection", "close"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Content-Security-Policy", "default-src 'none'"),
)


class Server:
    """Listens while its block lasts.

    Args:
        pages: answers.
        token: what each request has to bring; None where nobody can ask but this machine.
    """

    def __init__(self, pages: Pages, token: Token | None) -> None:
        self._pages = pages
        self._token = token
        self._silent: dict[asyncio.Task[None], None] = {}  # who has not asked yet, the oldest first
        self._asked: set[asyncio.Task[None]] = set()

    async def listen(self, host: str, port: int) -> asyncio.Server:
        """Begins; OSError where the address can't be had."""
        return await asyncio.start_server(self._attend, host, port, limit=_LONGEST_HEAD, backlog=_BACKLOG)

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, to its end."""
        task = asyncio.current_task()
        if task is None or not self._has_room():
            writer.transport.abort()
            return
        self._silent[task] = None
        try:
            # Whoever goes away, or is too slow, knows it.
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(_TO_BE_DONE):
                    await self._speak(h11.Connection(h11.SERVER, _LONGEST_HEAD), reader, writer, task)
        finally:
            self._silent.pop(task, None)
            self._asked.discard(task)
            writer.transport.abort()

    def _has_room(self) -> bool:
        if len(self._silent) + len(self._asked) < _MOST_CONNECTIONS:
            return True
        if not self._silent:
            return False
        oldest = next(iter(self._silent))
        del self._silent[oldest]
        oldest.cancel()
        return True

    async def _speak(
        self,
        connection: h11.Connection,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        task: asyncio.Task[None],
    ) -> None:
        body_wanted = True
        try:
            async with asyncio.timeout(_TO_ASK):
                asked = await _asked(connection, reader)
        except h11.RemoteProtocolError as error:
            reply = Reply(HTTPStatus(error.error_status_hint), b"This is no request in HTTP.\n")
        else:
            if asked is None:
                return
            self._silent.pop(task, None)
            self._asked.add(task)
            reply = await self._pages.reply(asked, self._token)
            body_wanted = asked.method != "HEAD"
        writer.write(_head(connection, reply) + (reply.body if body_wanted else b""))
        await writer.drain()
        writer.close()
        await writer.wait_closed()


async def _asked(connection: h11.Connection, reader: asyncio.StreamReader) -> Asked | None:
    """The request, without whatever body it has; None where the other side goes away before."""
    while True:
        event = connection.next_event()
        if isinstance(event, h11.Request):
            # Of a header that comes twice the first counts.
            headers = {name.decode(): value.decode("latin-1") for name, value in reversed(event.headers)}
            return Asked(event.method.decode(), event.target.decode(), headers)
        if event is not h11.NEED_DATA:
            return None
        connection.receive_data(await reader.read(_LONGEST_HEAD))


def _head(connection: h11.Connection, reply: Reply) -> bytes:
    headers = [
        ("Content-Type", reply.kind),
        ("Content-Length", str(len(reply.body))),
        *_ALWAYS,
        *reply.headers.items(),
    ]
    response = h11.Response(status_code=reply.status, headers=headers, reason=reply.status.phrase.encode())
    return connection.send(response) or b""
