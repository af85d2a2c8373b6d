"""The child process that fetches one document: it bounds itself, asks, answers, and ends."""

import math
import os
import sys
import threading

from kiosk.errors import Unobtainable
from kiosk.exit_codes import DONE
from kiosk.garbage import search_later
from kiosk.transports.bounds import MEMORY, OVERDUE, bound
from kiosk.transports.http_wire import packed_answer, unpacked_request
from kiosk.transports.payload import Payload, Request

_GRACE = 1.0  # seconds: a living parent kills at the deadline itself
_COPIES = 8  # of the document that a fetch may hold at once: pieces, joined, unpacked, written


def main() -> None:
    """Reads the question from standard input and writes the answer to standard output."""
    search_later()  # it ends before there is any garbage to speak of, and loads 200 modules first
    from kiosk.transports.http_get import get

    question = sys.stdin.buffer.read()
    if not question:  # it was prepared, and its parent ended first
        return
    request = unpacked_request(question)
    _end_with_the_deadline(request)
    _bound_resources(request)
    answer: Payload | Unobtainable
    try:
        answer = get(request)
    except Unobtainable as error:
        answer = error
    sys.stdout.buffer.write(packed_answer(answer))
    sys.stdout.buffer.flush()
    os._exit(DONE)  # to take all modules apart first takes longer than most answers


def _end_with_the_deadline(request: Request) -> None:
    """Sees to it that this process never outlives a parent that was killed."""
    timer = threading.Timer(request.deadline.total_seconds() + _GRACE, os._exit, (OVERDUE,))
    timer.daemon = True
    timer.start()


def _bound_resources(request: Request) -> None:
    """Lowers what a hostile answer can use up; no legal answer comes near these bounds."""
    bound("RLIMIT_AS", MEMORY + _COPIES * request.limit)
    # Counts even where native code never lets the timer's thread run.
    bound("RLIMIT_CPU", math.ceil(request.deadline.total_seconds() + 2 * _GRACE))


if __name__ == "__main__":
    main()
