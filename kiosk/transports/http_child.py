"""The child process that fetches one document: it bounds itself, asks, answers, and ends."""

import contextlib
import math
import os
import sys
import threading

from kiosk.errors import Unobtainable
from kiosk.transports.http_get import get
from kiosk.transports.http_wire import packed_answer, unpacked_request
from kiosk.transports.payload import Payload, Request

_GRACE = 1.0  # seconds: a living parent kills at the deadline itself
_OVERDUE = 75  # exit code, EX_TEMPFAIL of sysexits.h
_MEMORY = 512 * 1024 * 1024  # bytes: an ordinary fetch maps 190 MB at most, nearly all of it never touched
_COPIES = 8  # of the document that a fetch may hold at once: pieces, joined, unpacked, written


def main() -> None:
    """Reads the question from standard input and writes the answer to standard output."""
    request = unpacked_request(sys.stdin.buffer.read())
    _end_with_the_deadline(request)
    _bound_resources(request)
    answer: Payload | Unobtainable
    try:
        answer = get(request)
    except Unobtainable as error:
        answer = error
    sys.stdout.buffer.write(packed_answer(answer))


def _end_with_the_deadline(request: Request) -> None:
    """Sees to it that this process never outlives a parent that was killed."""
    timer = threading.Timer(request.deadline.total_seconds() + _GRACE, os._exit, (_OVERDUE,))
    timer.daemon = True
    timer.start()


def _bound_resources(request: Request) -> None:
    """Lowers what a hostile answer can use up; no legal answer comes near these bounds."""
    # Windows has no such module; there the deadline and the capped reads are the bound.
    with contextlib.suppress(ImportError):
        import resource

        # Counts even where native code never lets the timer's thread run.
        seconds = math.ceil(request.deadline.total_seconds() + 2 * _GRACE)
        for kind, bound in (
            (resource.RLIMIT_AS, _MEMORY + _COPIES * request.limit),
            (resource.RLIMIT_CPU, seconds),
        ):
            _, hard = resource.getrlimit(kind)
            allowed = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
            # macOS knows RLIMIT_AS and refuses to set it.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (allowed, allowed))


if __name__ == "__main__":
    main()
