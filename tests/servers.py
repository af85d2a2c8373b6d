"""Real servers on loopback: one that answers documents, and one that misbehaves byte by byte."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import trustme

_BODILESS = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers; its Content-Length is added."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived; ``path`` is a whole url where the server was used as a proxy."""

    method: str
    path: str
    headers: Message


class DocumentServer:
    """A threaded HTTP server on 127.0.0.1 whose answer can be changed at any time.

    Attributes:
        port: chosen by the system.
        answer: for every path that ``answers`` does not name.
        answers: for single paths.
        seen: every request, oldest first.
    """

    def __init__(self, body: bytes = b"", tls: ssl.SSLContext | None = None) -> None:
        self.answer = Answer(body=body)
        self.answers: dict[str, Answer] = {}
        self.seen: list[Seen] = []
        self._scheme = "http" if tls is None else "https"
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.port = int(self._server.server_address[1])
        if tls is not None:
            # The handshake waits for the connection's own thread: one bad client must not stop the others.
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def url(self, path: str = "/document", host: str = "127.0.0.1") -> str:
        """The url of a path."""
        return f"{self._scheme}://{host}:{self.port}{path}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    """Joins the threads of its connections when it closes, and keeps quiet about clients that go away."""

    daemon_threads = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


def _handler(server: DocumentServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            server.seen.append(Seen(self.command, self.path, self.headers))
            answer = server.answers.get(self.path, server.answer)
            self.send_response_only(answer.status)
            if "Date" not in answer.headers:
                self.send_header("Date", self.date_time_string())
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status not in _BODILESS:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


Script = Callable[[socket.socket], None]


class FaultServer:
    """A TCP server on loopback that runs a script on each connection and then closes it.

    A script ends when the other side goes away: every error of its socket ends it quietly.

    Attributes:
        port: chosen by the system unless it was given.
        connections: how many have been accepted.
    """

    def __init__(self, script: Script, host: str = "127.0.0.1", port: int = 0) -> None:
        self.connections = 0
        self._script = script
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, port), family=family)
        self._listener.settimeout(0.05)
        self.port = int(self._listener.getsockname()[1])
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]
        self._open: list[socket.socket] = []

    def url(self, path: str = "/document", host: str = "127.0.0.1", scheme: str = "http") -> str:
        """The url of a path."""
        return f"{scheme}://{host}:{self.port}{path}"

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._threads[0].join()
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            self._open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            self._script(connection)


def read_request(connection: socket.socket) -> bytes:
    """Everything up to the empty line that ends a request's headers."""
    request = b""
    while not request.endswith(b"\r\n\r\n"):
        piece = connection.recv(65536)
        if not piece:
            raise ConnectionError
        request += piece
    return request


def reset(connection: socket.socket) -> None:
    """Closes with a reset instead of a goodbye."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def drip(connection: socket.socket, data: bytes, pause: float = 0.05) -> None:
    """Sends a byte at a time, so that no read of the other side ever waits for long."""
    pacer = threading.Event()
    for value in data:
        connection.sendall(bytes([value]))
        pacer.wait(pause)


def server_tls(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """The server's side of TLS with a throw-away certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@contextlib.contextmanager
def unused_port() -> Iterator[int]:
    """A port of 127.0.0.1 on which nobody listens, kept from others for as long as the block lasts."""
    with socket.socket() as placeholder:
        placeholder.bind(("127.0.0.1", 0))
        yield int(placeholder.getsockname()[1])
