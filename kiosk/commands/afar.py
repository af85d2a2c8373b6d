"""What ``doctor`` finds of how the kiosk is seen from afar: its endpoint, and its presence at a broker."""

import json
import socket
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from kiosk.afar.closed import why_closed
from kiosk.afar.presence import request
from kiosk.afar.token import read_secret
from kiosk.commands.finding import Finding
from kiosk.config.model import Config, EndpointConfig
from kiosk.control import ask_running
from kiosk.errors import ConfigError, KioskError, Unobtainable
from kiosk.transports.urls import named, topic_of

_PATIENCE = 5.0  # seconds
_LONGEST = 65536  # bytes of an answer
_WORDS = {True: "ok", False: "NOT OK", None: "unknown"}


def endpoint(config: Config, folder: Path) -> Finding:
    """Whether it is open, and what it says."""
    where = config.endpoint
    if where is None:
        return Finding(True, "endpoint", "none is configured, and nothing listens.")
    try:
        secret = read_secret(where.token_file) if where.token_file else None
    except ConfigError as error:
        return Finding(False, "endpoint", str(error))
    try:
        status, health = _health(where, secret)
    except (OSError, HTTPException):
        return _closed(where, folder)
    if status == HTTPStatus.UNAUTHORIZED:
        return Finding(False, "endpoint", f"{where.url} does not take this token; restart the kiosk if it is new.")
    if health is None:
        sentence = f"another program answers at {where.url}; end it, or write another port in [endpoint]."
        return Finding(False, "endpoint", sentence)
    told = ", ".join(f"{fact} {_WORDS[health[fact]['ok']]}" for fact in health)
    return Finding(status == HTTPStatus.OK, "endpoint", f"{where.url} answers: {told}.")


def presence(config: Config) -> Finding:
    """Whether the broker takes this screen."""
    if config.presence is None:
        return Finding(True, "presence", "none is configured, and nothing is published.")
    asked = request(config.presence)
    from kiosk.transports.greeting import greet  # paho, which only this needs

    try:
        greet(asked)
    except Unobtainable as error:
        return Finding(False, "presence", str(error))
    topic = topic_of(asked.url)
    return Finding(True, "presence", f"{named(asked.url)} takes this screen, whose topic is “{topic}”.")


def _health(where: EndpointConfig, secret: str | None) -> tuple[int, dict[str, Any] | None]:
    """The status and the facts; None for the facts where it is no kiosk that answers."""
    with closing(HTTPConnection(_asked_at(where), where.port, timeout=_PATIENCE)) as connection:
        connection.request("GET", "/health", headers={"Authorization": f"Bearer {secret}"} if secret else {})
        answer = connection.getresponse()
        body = answer.read(_LONGEST)
    with suppress(ValueError):
        facts = json.loads(body)
        if isinstance(facts, dict) and all(isinstance(fact, dict) and "ok" in fact for fact in facts.values()):
            return answer.status, facts
    return answer.status, None


def _closed(where: EndpointConfig, folder: Path) -> Finding:
    """Nobody answers there: whether somebody should, and whether anybody can."""
    with suppress(KioskError):
        ask_running(folder)
        sentence = f"the kiosk runs, and {where.url} is not open; look at its log, or restart it."
        return Finding(False, "endpoint", sentence)
    try:
        found = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, _, _, address in found:
            with socket.socket(family, kind) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind(address)
    except OSError as error:
        return Finding(False, "endpoint", f"{where.url} can't be opened: {why_closed(error)}.")
    return Finding(True, "endpoint", f"{where.url} is free, and open while the kiosk runs.")


def _asked_at(where: EndpointConfig) -> str:
    """Where whoever listens everywhere is asked: at home."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(where.host, where.host)  # noqa: S104 - only compared with
