"""How a command asks the running kiosk: a local socket beside its memory, answered by the display's own thread.

Whoever gets an answer knows therefore that the display is alive, which no file could tell.
"""

import hashlib
import socket
import sys
import tempfile
from pathlib import Path

from kiosk.errors import KioskError

_LONGEST_PATH = 100  # bytes; the least that any Unix allows is 103
_LONGEST_ANSWER = 256 * 1024
_PATIENCE = 5.0  # seconds


def address(folder: Path) -> str:
    """The name of the socket of the kiosk that uses this state directory."""
    place = folder.resolve()
    digest = hashlib.blake2b(str(place).encode(), digest_size=8).hexdigest()
    if sys.platform == "win32":
        return rf"\\.\pipe\threat-level-kiosk-{digest}"
    path = place / "control"
    if len(bytes(path)) <= _LONGEST_PATH:
        return str(path)
    return str(Path(tempfile.gettempdir()) / f"threat-level-kiosk-{digest}")


def ask_running(folder: Path) -> bytes:
    """The status that the running kiosk answers, as JSON; KioskError where none answers."""
    try:
        return _read(address(folder))
    except (FileNotFoundError, ConnectionRefusedError):
        raise KioskError(f"No kiosk runs with the state directory {folder}; start one with: run.") from None
    except OSError as error:
        raise KioskError(
            f"The kiosk with the state directory {folder} does not answer ({error}); look at its log."
        ) from error


def _read(name: str) -> bytes:
    if sys.platform == "win32":
        with Path(name).open("rb") as pipe:
            return pipe.read(_LONGEST_ANSWER)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_PATIENCE)
        connection.connect(name)
        answer = b""
        while len(answer) < _LONGEST_ANSWER and (part := connection.recv(65536)):
            answer += part
        return answer
