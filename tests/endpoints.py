"""Asks a kiosk's endpoint over real connections."""

import json
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPMessage
from typing import Any

PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        """The body as one JSON value."""
        return json.loads(self.body)


def asked(
    port: int, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, patience: float = PATIENCE
) -> Told:
    """Asks once; OSError where no whole answer comes."""
    connection = HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request(method, path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return Told(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def until_told(port: int, path: str, status: int, headers: Mapping[str, str] | None = None) -> Told:
    """The first answer with that status."""
    end = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError, HTTPException):
            told = asked(port, path, headers=headers)
            if told.status == status:
                return told
        assert time.monotonic() < end
        time.sleep(0.05)


def sent(port: int, request: bytes) -> bytes:
    """What comes back for these very bytes until the other side closes."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.sendall(request)
        with suppress(ConnectionResetError):
            while part := connection.recv(65536):
                answer += part
    return answer
