"""Connections that never come about, break off or fall silent, at each step of an answer."""

import socket
from collections.abc import Callable

from tests.fire.faults.registry import CHUNKED, FAULTS, OK, Phase, Script, Site, wait
from tests.servers import drip, reset

_STEPS: dict[str, Callable[[Site], bytes]] = {
    "before_any_answer": lambda _: b"",
    "in_the_status_line": lambda _: b"HTTP/1.1 20",
    "among_the_headers": lambda _: OK + b"Content-Type: application/x",
    "after_the_headers": lambda site: OK + f"Content-Length: {len(site.document)}\r\n\r\n".encode(),
    "in_the_body": lambda site: OK + f"Content-Length: {len(site.document)}\r\n\r\n".encode() + _half(site),
    "in_a_chunk": lambda site: CHUNKED + f"{len(site.document):x}\r\n".encode() + _half(site),
    "between_chunks": lambda site: CHUNKED + f"{len(_half(site)):x}\r\n".encode() + _half(site) + b"\r\n",
}
# A goodbye there can't be told from an answer that is no HTTP.
_LOOKS_WHOLE = {"in_the_status_line", "among_the_headers"}


def _half(site: Site) -> bytes:
    return site.document[: len(site.document) // 2]


@FAULTS.add("connect", phase=Phase.CONNECTED)
def reset_on_accept(connection: socket.socket, _: Site) -> None:
    reset(connection)


@FAULTS.add("connect", phase=Phase.CONNECTED)
def closed_on_accept(connection: socket.socket, _: Site) -> None:
    connection.close()


@FAULTS.add(phase=Phase.CONNECTED, hangs=True)
def silent_on_accept(connection: socket.socket, _: Site) -> None:
    wait(connection)


def _breaking(step: str, end: str) -> Script:
    begun = _STEPS[step]

    def script(connection: socket.socket, site: Site) -> None:
        site.asked(connection)
        connection.sendall(begun(site))
        if end == "reset":
            reset(connection)
        elif end == "silent":
            wait(connection)

    return script


for _step in _STEPS:
    FAULTS.add("connect", name=f"reset {_step}")(_breaking(_step, "reset"))
    FAULTS.add("malformed" if _step in _LOOKS_WHOLE else "connect", name=f"closed {_step}")(
        _breaking(_step, "closed")
    )
    FAULTS.add(hangs=True, name=f"silent {_step}")(_breaking(_step, "silent"))


@FAULTS.add(hangs=True)
def dripped_headers(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(OK)
    drip(connection, b"X-Drip: 1\r\n" * 1000)


@FAULTS.add(hangs=True)
def dripped_body(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(OK + b"Content-Length: 10000\r\n\r\n")
    drip(connection, site.document[:-1].ljust(9999))


@FAULTS.add(hangs=True)
def dripped_chunks(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    connection.sendall(CHUNKED)
    drip(connection, b"1\r\n \r\n" * 10000)


@FAULTS.add(hangs=True)
def endless_100_continue(connection: socket.socket, site: Site) -> None:
    site.asked(connection)
    drip(connection, b"HTTP/1.1 100 Continue\r\n\r\n" * 10000, pause=0.001)
