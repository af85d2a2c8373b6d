"""Documents in local files and on mounted shares.

Links are followed, because administrators publish by switching one; what counts is the file at their end.
It has to be a regular one of a stated size: pipes, devices, folders and the made-up files of ``/proc`` are
refused before they are opened, since opening alone can hang, rewind a tape or arm a watchdog.

A publisher should write beside the file and rename. One that writes in place is noticed where size or time
of change move while we read; a document that it left half-written is for the format to refuse.
"""

import os
import stat
import sys
import threading
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.deferred import within
from kiosk.transports.payload import Payload, Request
from kiosk.transports.urls import masked, printable

# Windows has only the binary flag, and the others only there. Without blocking: the file may have become a
# pipe since it was looked at.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_TRIES = 2  # readings of a file that changes under them
_PATIENCE = 1.0  # seconds for a look at a file that is taken each second
_LONGEST_PATH = 200  # characters in a sentence

Signature = tuple[int, int, int]


def obtain(request: Request, stop: threading.Event) -> Payload:
    """Reads one file; see ``Transport``."""
    path = path_of(request.url)
    shown = printable(str(path), _LONGEST_PATH)
    try:
        document = within(
            request.deadline.total_seconds(), stop, str(path), lambda: _settled(path, shown, request.limit)
        )
    except TimeoutError:
        raise Unobtainable(
            Problem.TIMEOUT,
            f"{shown} could not be read within {request.deadline.total_seconds():g} seconds;"
            " check the disk or share it is on.",
        ) from None
    except InterruptedError:
        raise Unobtainable(Problem.CONNECT, f"Stopped before {shown} was read.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the path is not usable"
        raise _unreadable(shown, f"can't be read ({reason}); check the path and who may read it") from error
    return Payload(document)


def signature(url: str) -> Signature | None:
    """Time of change in ns, size in bytes and inode; None where the file can't be looked at, or is no file.

    The watcher takes it each second, whatever the kernel tells (``kiosk.transports.file_notice``): that stays
    silent when another machine changes a file on a share (SMB, NFS), where organisations keep such a file.
    """
    try:
        path = path_of(url)
        return within(_PATIENCE, threading.Event(), str(path), lambda: signature_at(path))
    except (Unobtainable, OSError, ValueError):
        return None


def signature_at(path: Path) -> Signature | None:
    """The same of a path, for callers that may wait: on a share that hangs for as long as it does."""
    try:
        status = path.stat()
    except (OSError, ValueError):  # a name with a NUL is no OSError
        return None
    return _signature(status) if stat.S_ISREG(status.st_mode) else None


def _signature(status: os.stat_result) -> Signature:
    return status.st_mtime_ns, status.st_size, status.st_ino


def path_of(url: str) -> Path:
    """The absolute path of a ``file:`` url; Unobtainable where it names none."""
    parts = urlsplit(url)
    if parts.netloc.lower() not in {"", "localhost"}:
        fault = "names another machine; mount the share and use file:///path"
    elif parts.query or parts.fragment:
        fault = "contains ? or #; write them as %3F and %23"
    else:
        path = _unquoted(parts.path)
        if path.is_absolute():
            return path
        fault = "is not absolute; use file:///path"
    raise _unreadable(printable(masked(url), _LONGEST_PATH), fault)


def _unquoted(quoted: str) -> Path:
    if sys.platform == "win32":
        from urllib.request import url2pathname  # which knows drives, and brings all of HTTP along: 7 MB

        return Path(url2pathname(quoted))
    return Path(os.fsdecode(unquote_to_bytes(quoted)))


def _unreadable(shown: str, fault: str) -> Unobtainable:
    return Unobtainable(Problem.UNREADABLE, f"{shown} {fault}.")


def _settled(path: Path, shown: str, limit: int) -> bytes:
    """The bytes of a file that did not change while they were read."""
    for _ in range(_TRIES):
        document = _read(path, shown, limit)
        if document is not None:
            return document
    raise Unobtainable(
        Problem.MALFORMED,
        f"{shown} changes while it is read; let its publisher write another file and rename it.",
    )


def _read(path: Path, shown: str, limit: int) -> bytes | None:
    """The file's bytes, or None where it changed meanwhile."""
    _require_regular(path.stat(), shown)
    descriptor = os.open(path, _FLAGS)
    with os.fdopen(descriptor, "rb", buffering=0) as opened:
        before = os.fstat(descriptor)
        _require_regular(before, shown)
        if before.st_size > limit:
            raise Unobtainable(
                Problem.TOO_BIG, f"{shown} has more than {limit} bytes; check the path of this source."
            )
        document = b""
        # Up to one byte more than announced: a longer file is not the one that was looked at.
        while piece := opened.read(before.st_size + 1 - len(document)):
            document += piece
        after = os.fstat(descriptor)
    same = _signature(before) == _signature(after) and len(document) == before.st_size
    return document if same else None


def _require_regular(status: os.stat_result, shown: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise _unreadable(shown, "is not a file; check the path of this source")
    # So is everything below /proc, where a read can wait for ever.
    if status.st_size == 0:
        raise Unobtainable(Problem.MALFORMED, f"{shown} is empty; check what publishes it.")
