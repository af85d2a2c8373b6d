"""Documents over https and http, each fetched by a short-lived child process.

No timeout of an HTTP library bounds a fetch: bodies and headers that come a byte at a time, an endless
``100 Continue`` and a name server that keeps silent outlive it. A process can be killed, whatever it
waits for, and it takes its memory, its sockets and the library's import with it.
"""

import subprocess
import threading
import time

from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.child import HTTP_CHILD, child_process, last_words
from kiosk.transports.http_wire import packed_request, unpacked_answer
from kiosk.transports.payload import Payload, Request
from kiosk.transports.urls import named

_STEP = 0.1  # seconds between two looks at `stop`


def obtain(request: Request, stop: threading.Event) -> Payload:
    """Fetches one document; see ``Transport``."""
    end = time.monotonic() + request.deadline.total_seconds()
    if stop.is_set():
        raise _stopped(request)
    with child_process(HTTP_CHILD, request.url) as child:
        output, errors = _conversation(child, request, stop, end)
    try:
        answer = unpacked_answer(output)
    except (ValueError, LookupError, TypeError) as error:
        raise _crashed(request, child.returncode, errors) from error
    if isinstance(answer, Unobtainable):
        raise answer
    return answer


def _conversation(
    child: subprocess.Popen[bytes], request: Request, stop: threading.Event, end: float
) -> tuple[bytes, bytes]:
    """Asks, and waits for the child's output and its error output."""
    question: bytes | None = packed_request(request)
    while True:
        left = end - time.monotonic()
        if left <= 0:
            raise Unobtainable(
                Problem.TIMEOUT,
                f"{named(request.url)} did not send a complete answer within"
                f" {request.deadline.total_seconds():g} seconds; check this machine's network.",
            )
        if stop.is_set():
            raise _stopped(request)
        try:
            return child.communicate(question, timeout=min(_STEP, left))
        except subprocess.TimeoutExpired:
            question = None  # communicate keeps what it has not sent yet, and takes it only once


def _stopped(request: Request) -> Unobtainable:
    return Unobtainable(Problem.CONNECT, f"Stopped before {named(request.url)} had answered.")


def _crashed(request: Request, code: int, errors: bytes) -> Unobtainable:
    reason = last_words(errors, f"exit code {code}")
    return Unobtainable(
        Problem.CONNECT,
        f"The fetch from {named(request.url)} broke off on this machine ({reason}); report this if it stays.",
    )
