"""The few words of Wayland's wire that are needed to speak with a compositor beside Qt.

Own code: Qt offers neither idle-inhibit nor output power, pywayland wants a build of each protocol, and the one
library in pure Python brings 1.3 MB for four requests. A message is a header (object, opcode, length) and
arguments in the machine's byte order: wayland.freedesktop.org/docs/html/ch04.html.
"""

import os
import select
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.errors import Unavailable

_DISPLAY = 1
_HEADER = 8
_LONGEST = 4096
_PATIENCE = 5.0  # seconds for a compositor to answer

Handler = Callable[[int, bytes], None]
"""Takes an event's opcode and its arguments."""


def text(words: str) -> bytes:
    """A string as an argument: its length with the NUL, the bytes, filled up to a multiple of four."""
    raw = words.encode() + b"\0"
    return struct.pack("=I", len(raw)) + raw + b"\0" * (-len(raw) % 4)


def read_text(arguments: bytes, at: int) -> tuple[str, int]:
    """A string among arguments, and where the next one begins."""
    (length,) = struct.unpack_from("=I", arguments, at)
    begin = at + 4
    return arguments[begin : begin + length - 1].decode(errors="replace"), begin + length + -length % 4


class Wire:
    """One connection to the compositor that WAYLAND_DISPLAY names.

    Attributes:
        globals: what the compositor offers: interface by its number.
        socket: the connection, for messages that carry more than bytes.

    Raises:
        Unavailable: there is no compositor, it does not answer, or it ended the connection.
    """

    def __init__(self) -> None:
        self._handlers: dict[int, Handler] = {}
        self._last = _DISPLAY
        self._rest = b""
        self.globals: dict[int, str] = {}
        name = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
        path = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name
        self.socket = socket.socket(socket.AF_UNIX)
        try:
            self.socket.settimeout(_PATIENCE)
            self.socket.connect(str(path))
        except OSError as error:
            self.socket.close()
            raise Unavailable(f"the compositor at {path} does not answer ({error.strerror})") from error
        self._handlers[_DISPLAY] = self._on_display
        try:
            self._registry = self.new(self._on_global)
            self.send(_DISPLAY, 1, struct.pack("=I", self._registry))
            self.roundtrip()
        except Unavailable:
            self.close()
            raise

    def close(self) -> None:
        """End the connection, and with it everything that was made through it."""
        self.socket.close()

    def new(self, handler: Handler | None = None) -> int:
        """A number for an object that the next request makes, and who takes its events."""
        self._last += 1
        self._handlers[self._last] = handler or (lambda _opcode, _arguments: None)
        return self._last

    def bind(self, interface: str, version: int = 1, handler: Handler | None = None) -> int:
        """The one object of an interface; Unavailable where the compositor has none."""
        for number, offered in self.globals.items():
            if offered == interface:
                return self.bind_number(number, version, handler)
        raise Unavailable(f"the compositor does not offer {interface}")

    def bind_number(self, number: int, version: int = 1, handler: Handler | None = None) -> int:
        """An object of what the compositor offers under a number."""
        made = self.new(handler)
        self.send(
            self._registry,
            0,
            struct.pack("=I", number) + text(self.globals[number]) + struct.pack("=II", version, made),
        )
        return made

    def send(self, target: int, opcode: int, arguments: bytes = b"") -> None:
        """A request to an object."""
        try:
            self.socket.sendall(struct.pack("=IHH", target, opcode, _HEADER + len(arguments)) + arguments)
        except OSError as error:
            raise Unavailable(f"the compositor ended the connection ({error.strerror})") from error

    def roundtrip(self) -> None:
        """Wait until the compositor has carried out everything, and take its events."""
        done = False

        def on_done(_opcode: int, _arguments: bytes) -> None:
            nonlocal done
            done = True

        self.send(_DISPLAY, 0, struct.pack("=I", self.new(on_done)))
        end = time.monotonic() + _PATIENCE
        while not done:
            self._take(end)

    def _take(self, end: float) -> None:
        try:
            ready, _, _ = select.select([self.socket], [], [], max(0.0, end - time.monotonic()))
            part = self.socket.recv(_LONGEST) if ready else None
        except OSError as error:
            raise Unavailable(f"the compositor ended the connection ({error.strerror})") from error
        if part is None:
            raise Unavailable("the compositor does not answer")
        if not part:
            raise Unavailable("the compositor ended the connection")
        self._rest += part
        while len(self._rest) >= _HEADER:
            target, opcode, length = struct.unpack_from("=IHH", self._rest)
            if length < _HEADER:
                raise Unavailable("the compositor answers something else than Wayland")
            if len(self._rest) < length:
                break
            arguments, self._rest = self._rest[_HEADER:length], self._rest[length:]
            if handler := self._handlers.get(target):
                handler(opcode, arguments)

    def _on_display(self, opcode: int, arguments: bytes) -> None:
        if opcode == 0:  # an error: object, code, words
            raise Unavailable(f"the compositor refuses it ({read_text(arguments, 8)[0]})")
        (gone,) = struct.unpack_from("=I", arguments)
        self._handlers.pop(gone, None)

    def _on_global(self, opcode: int, arguments: bytes) -> None:
        (number,) = struct.unpack_from("=I", arguments)
        if opcode == 0:
            self.globals[number] = read_text(arguments, 4)[0]
        else:
            self.globals.pop(number, None)
