"""A name server that fails in each of its ways, on UDP port 53 of an address of its own.

What happens to a name is the name's first label. The kiosk's side has its own view of ``/etc/resolv.conf``
(``tests/fire/asking.py``).
"""

import socket
import struct
import threading
from collections.abc import Callable
from typing import Self

from tests.fire.faults.certificates import sound
from tests.fire.faults.registry import FAULTS, TAKEN

DOMAIN = "fault.test"
_A, _IN = 1, 1
_ANSWER, _CUT = 0x8180, 0x0200


def _reply(query: bytes, code: int = 0, *addresses: str, flags: int = 0) -> bytes:
    """An answer to a query, RFC 1035 section 4; addresses only where IPv4 ones are asked for."""
    kind = struct.unpack("!H", query[-4:-2])[0]
    given = addresses if kind == _A else ()
    header = query[:2] + struct.pack("!HHHHH", _ANSWER | flags | code, 1, len(given), 0, 0)
    records = (b"\xc0\x0c" + struct.pack("!HHIH", _A, _IN, 0, 4) + socket.inet_aton(address) for address in given)
    return header + query[12:] + b"".join(records)


def _to_itself(query: bytes) -> bytes:
    """A name that is another name for itself."""
    alias = b"\xc0\x0c" + struct.pack("!HHIH", 5, _IN, 0, 2) + b"\xc0\x0c"
    return query[:2] + struct.pack("!HHHHH", _ANSWER, 1, 1, 0, 0) + query[12:] + alias


_BEHAVIOURS: dict[str, tuple[Callable[[bytes], bytes | None], str | None]] = {
    "unknown": (lambda query: _reply(query, 3), "dns"),
    "failing": (lambda query: _reply(query, 2), "dns"),
    "forbidden": (lambda query: _reply(query, 5), "dns"),
    "without-address": (lambda query: _reply(query, 0), "dns"),
    "cut": (lambda query: _reply(query, 0, flags=_CUT), "dns"),
    "circular": (_to_itself, "dns"),
    "silent": (lambda _: None, None),
    "babbling": (lambda query: query[:2] + bytes(range(200)), None),
    "astray": (lambda query: _reply(query, 0, "127.0.0.2"), "connect"),
    "half-dead": (lambda query: _reply(query, 0, "127.0.0.2", "127.0.0.1"), TAKEN),
    "slow": (lambda query: _reply(query, 0, "127.0.0.1"), TAKEN),
}
NAMES = tuple(f"{label}.{DOMAIN}" for label in _BEHAVIOURS)

for _label, (_, _word) in _BEHAVIOURS.items():
    FAULTS.add(
        *((_word,) if _word else ()),
        hangs=_word is None,
        host=f"{_label}.{DOMAIN}",
        name=f"a name server {_label}",
    )(sound)


class NameServer:
    """Serves the names of ``NAMES`` from ``address`` while the block lasts; needs the right to port 53."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._socket.bind((self.address, 53))
        self._socket.settimeout(0.1)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while not self._ending.is_set():
            try:
                query, asker = self._socket.recvfrom(4096)
            except TimeoutError:
                continue
            label = query[13 : 13 + query[12]].decode().lower()
            if label == "slow":
                self._ending.wait(0.3)
            answer, _ = _BEHAVIOURS[label]
            reply = answer(_question(query))
            if reply is not None:
                self._socket.sendto(reply, asker)


def _question(query: bytes) -> bytes:
    """The header and the question alone, without what the resolver adds (EDNS)."""
    end = query.index(0, 12) + 5
    return query[:end]
