"""The child process that listens to one topic of one broker, for as long as one connection lasts.

It ends with its connection, and another one begins anew: the name is resolved again, and the password and the
authority are read again. It ends at once when its parent does.
"""

import contextlib
import os
import sys
import threading

import msgspec

from kiosk.transports.mqtt_session import Session
from kiosk.transports.mqtt_wire import Question, write

_MEMORY = 512 * 1024 * 1024  # bytes, as for a fetch: a packet may announce 256 MB whatever we told the broker


def main() -> None:
    """Reads the question from standard input, and writes what comes to standard output."""
    question = msgspec.json.decode(sys.stdin.buffer.readline(), type=Question)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    _bound_memory()
    output = sys.stdout.buffer
    Session(question, lambda delivery, document: write(output, delivery, document)).run()


def _end_with_the_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def _bound_memory() -> None:
    # Windows has no such module; there the size that the broker is told is the only bound.
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        allowed = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))


if __name__ == "__main__":
    main()
