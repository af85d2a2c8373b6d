"""How a command speaks with the running kiosk: one request and one answer through a local socket.

The socket is beside the kiosk's memory and answered by the display's own thread: whoever gets an answer knows
that the display is alive, which no file could tell. Only the kiosk's own user and root can open it.
"""

import hashlib
import os
import socket
import struct
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.core.model import Display
from kiosk.core.vigil import Power
from kiosk.core.walls import ScreenReport
from kiosk.errors import KioskError

_Kind = TypeVar("_Kind", "Answer", "Receipt", "Machine")

LONGEST_REQUEST = 4096  # bytes, with the line feed that ends it
_LONGEST_PATH = 100  # bytes; the least that any Unix allows is 103
_LONGEST_ANSWER = 256 * 1024
_PATIENCE = 5.0  # seconds
_PATIENCE_WITH_DISK = 20.0  # seconds; an order is answered when it is on the disk


class Status(msgspec.Struct, frozen=True, tag_field="ask", tag="status"):
    """Asks what is shown."""


class SetLevel(msgspec.Struct, frozen=True, tag_field="ask", tag="level set"):
    """Orders a level; ``until`` as the person wrote it, because the kiosk's clock and zone count."""

    level: str
    by: str
    reason: str
    until: str


class ConfirmLevel(msgspec.Struct, frozen=True, tag_field="ask", tag="level confirm"):
    """Confirms the level that another person set."""

    by: str


class ClearLevel(msgspec.Struct, frozen=True, tag_field="ask", tag="level clear"):
    """Takes back the level that is set, or waits to be."""

    by: str


class StartExercise(msgspec.Struct, frozen=True, tag_field="ask", tag="exercise start"):
    """Orders a drill; ``until`` as the person wrote it."""

    level: str
    by: str
    reason: str
    until: str


class StopExercise(msgspec.Struct, frozen=True, tag_field="ask", tag="exercise stop"):
    """Ends the drill."""

    by: str


Order = SetLevel | ConfirmLevel | ClearLevel | StartExercise | StopExercise
"""What changes what is shown."""


class AskMachine(msgspec.Struct, frozen=True, tag_field="ask", tag="machine"):
    """Asks for the screens and what keeps them awake."""


class Identify(msgspec.Struct, frozen=True, tag_field="ask", tag="identify"):
    """Has each screen show its number for some seconds."""

    seconds: float


Request = Status | AskMachine | Identify | Order

_DECODER: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)


class Answer(msgspec.Struct, frozen=True):
    """What is shown: the object of ``check --json`` ready to print, the display behind it, and news for people."""

    printed: msgspec.Raw
    display: Display
    notes: tuple[str, ...] = ()


class Receipt(msgspec.Struct, frozen=True):
    """How an order ended: the exit code of the command, and what to say."""

    code: int
    sentence: str


class HeldAwake(msgspec.Struct, frozen=True):
    """One way to keep awake: whether it took, and what it does or why not, as a clause."""

    name: str
    took: bool
    sentence: str


class Machine(msgspec.Struct, frozen=True):
    """What the running kiosk knows of its machine.

    Attributes:
        missing: what to know of screens that the configuration names; None where all are there.
        awake: empty where nothing was tried yet.
        scheduled: whether there are opening hours.
        trouble: why the screens can't be switched then, as a clause; None where they can.
    """

    screens: tuple[ScreenReport, ...]
    missing: str | None
    awake: tuple[HeldAwake, ...]
    power: Power
    scheduled: bool
    trouble: str | None


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


def requested(line: bytes) -> Request:
    """The request in a line that a command sent; ValueError for anything else."""
    return _DECODER.decode(line)


def ask_running(folder: Path) -> Answer:
    """What the running kiosk answers; KioskError where none does."""
    return _asked(folder, Status(), Answer, _PATIENCE, "look at its log")


def machine_of_running(folder: Path) -> Machine:
    """What the running kiosk knows of its machine; KioskError where none answers."""
    return _asked(folder, AskMachine(), Machine, _PATIENCE, "look at its log")


def identify_running(folder: Path, seconds: float) -> Receipt:
    """Has the running kiosk show the numbers of the screens; KioskError where none answers."""
    return _asked(folder, Identify(seconds), Receipt, _PATIENCE, "look at its log")


def order_running(folder: Path, order: Order) -> Receipt:
    """How the running kiosk carried out an order; KioskError where none answers, and then it may not have."""
    return _asked(folder, order, Receipt, _PATIENCE_WITH_DISK, "ask with status whether it took the order")


def _asked(folder: Path, request: Request, kind: type[_Kind], patience: float, advice: str) -> _Kind:
    line = msgspec.json.encode(request) + b"\n"
    if len(line) > LONGEST_REQUEST:
        raise KioskError(f"That is more than a kiosk reads ({LONGEST_REQUEST} bytes); write less.")
    try:
        for name in addresses(folder):
            with suppress(FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
                return msgspec.json.decode(_exchanged(name, line, folder, patience), type=kind)
    except PermissionError as error:
        raise KioskError(
            f"The kiosk with the state directory {folder} answers its own user and root only; ask as one of them."
        ) from error
    except OSError as error:
        raise KioskError(
            f"The kiosk with the state directory {folder} does not answer ({error}); {advice}."
        ) from error
    except msgspec.MsgspecError as error:
        raise KioskError(
            f"The kiosk with the state directory {folder} answered something else than was asked ({error}); "
            "is it another version?"
        ) from error
    raise KioskError(f"No kiosk answers for the state directory {folder}; is one started with: run?")


def _exchanged(name: str, line: bytes, folder: Path, patience: float) -> bytes:
    if sys.platform == "win32":
        with Path(name).open("r+b", buffering=0) as pipe:
            pipe.write(line)
            return _to_the_end(pipe.read)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(patience)
        connection.connect(name)
        _check_owner(connection, name, folder)
        connection.sendall(line)
        return _to_the_end(connection.recv)


def _to_the_end(read: Callable[[int], bytes | None]) -> bytes:
    answer = b""
    while len(answer) < _LONGEST_ANSWER and (part := read(65536)):
        answer += part
    return answer


def _check_owner(connection: socket.socket, name: str, folder: Path) -> None:
    """Speaks only with whom the kiosk runs as: anybody may make a socket in the folder for temporary files."""
    if not hasattr(socket, "SO_PEERCRED"):
        return
    peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", peer)
    trusted = {0, os.geteuid()}
    with suppress(OSError):
        trusted.add(folder.stat().st_uid)
    if user not in trusted:
        raise KioskError(
            f"The socket {name} is that of user {user}, who does not own {folder}; nothing was asked."
        )
