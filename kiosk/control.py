"""How a command asks the running kiosk: a local socket beside its memory, answered by the display's own thread.

Whoever gets an answer knows therefore that the display is alive, which no file could tell.
"""

import hashlib
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

from kiosk.core.model import Display
from kiosk.errors import KioskError

_LONGEST_PATH = 100  # bytes; the least that any Unix allows is 103
_LONGEST_ANSWER = 256 * 1024
_PATIENCE = 5.0  # seconds


class Answer(msgspec.Struct, frozen=True):
    """What the kiosk answers: the object of ``check --json`` ready to print, and the display behind it."""

    printed: msgspec.Raw
    display: Display


def addresses(folder: Path) -> tuple[str, ...]:
    """The names of the socket of the kiosk that uses this state directory: the first that can be had is it.

    A state directory can be read-only, and its path longer than a socket's name may be.
    """
    place = folder.absolute()
    digest = hashlib.blake2b(str(place).encode(), digest_size=8).hexdigest()
    if sys.platform == "win32":
        return (rf"\\.\pipe\threat-level-kiosk-{digest}",)
    elsewhere = str(Path(tempfile.gettempdir()) / f"threat-level-kiosk-{digest}")
    path = place / "control"
    return (str(path), elsewhere) if len(bytes(path)) <= _LONGEST_PATH else (elsewhere,)


def ask_running(folder: Path) -> Answer:
    """What the running kiosk answers; KioskError where none does."""
    try:
        for name in addresses(folder):
            with suppress(FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
                return msgspec.json.decode(_read(name), type=Answer)
    except OSError as error:
        raise KioskError(
            f"The kiosk with the state directory {folder} does not answer ({error}); look at its log."
        ) from error
    except msgspec.MsgspecError as error:
        raise KioskError(
            f"The kiosk with the state directory {folder} answered something else than its status ({error}); "
            "is it another version?"
        ) from error
    raise KioskError(f"No kiosk answers for the state directory {folder}; is one started with: run?")


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
