"""Kinds of fault, each a small named function on a real socket, and what a kiosk has to make of it."""

import enum
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.servers import read_request

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
WEB = ("http", "https")
TAKEN = "taken"
"""In the place of a problem's word: the whole document arrived, and what it states counts."""

# What a format says of a page that is not its document. Which of them depends on the format.
NO_STATEMENT = ("not-a-feed", "malformed", "no-level", "ambiguous", "unsigned", "unknown-level")


class Phase(enum.Enum):
    """What lies below a script when it begins."""

    CONNECTED = enum.auto()  # the bare socket, TLS or not
    SPEAKING = enum.auto()  # the request can be read; over https the handshake is done


@dataclass(frozen=True)
class Site:
    """What a sound server would serve.

    Attributes:
        document: of the source's own address.
        linked: other documents by path, which are always served well.
        host: as the kiosk asks for it.
        port: of the fault server.
        scheme: http or https.
        elsewhere: the url of another server with a good document, over plain http.
    """

    document: bytes
    linked: Mapping[str, bytes]
    host: str
    port: int
    scheme: str
    elsewhere: str

    def asked(self, connection: socket.socket) -> str:
        """The path of the next request for anything but a linked document; serves those."""
        path = read_request(connection).split(b" ")[1].decode()
        if path in self.linked:
            connection.sendall(whole(self.linked[path]))
            raise ConnectionError
        return path


Script = Callable[[socket.socket, Site], None]


@dataclass(frozen=True)
class Fault:
    """One kind.

    Attributes:
        name: what is wrong, in words.
        script: runs on each connection.
        outcomes: the problems' words of which one has to come, or ``TAKEN``.
        phase: when the script begins.
        schemes: the transports on which it can happen.
        hangs: whether only the deadline ends it.
        host: the name that is asked for.
        certificate: which of the authority's certificates the server shows.
    """

    name: str
    script: Script
    outcomes: tuple[str, ...]
    phase: Phase = Phase.SPEAKING
    schemes: tuple[str, ...] = WEB
    hangs: bool = False
    host: str = "127.0.0.1"
    certificate: str = "good"


@dataclass
class Registry:
    """Every kind by its name."""

    kinds: dict[str, Fault] = field(default_factory=dict)

    def add(
        self,
        *outcomes: str,
        phase: Phase = Phase.SPEAKING,
        schemes: tuple[str, ...] = WEB,
        hangs: bool = False,
        host: str = "127.0.0.1",
        certificate: str = "good",
        name: str = "",
    ) -> Callable[[Script], Script]:
        """Registers a script under its own name."""

        def register(script: Script) -> Script:
            kind = (name or script.__name__).replace("_", " ")
            assert kind not in self.kinds
            words = ("timeout",) if hangs else outcomes
            self.kinds[kind] = Fault(kind, script, words, phase, schemes, hangs, host, certificate)
            return script

        return register


FAULTS = Registry()


def whole(document: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A sound answer with these header lines."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(document)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + document


def wait(connection: socket.socket) -> None:
    """Keeps silent until the other side goes away."""
    while connection.recv(65536):
        pass
