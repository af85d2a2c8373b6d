"""The child process that publishes the kiosk's status, for as long as one connection lasts.

It ends at once when its parent does, without a goodbye: the broker then tells that the kiosk is gone.
"""

import os
import queue
import sys
import threading
from collections.abc import Iterator

import msgspec

from kiosk.transports.bounds import MEMORY, bound
from kiosk.transports.mqtt_child import end_when_overdue
from kiosk.transports.mqtt_wire import Failure
from kiosk.transports.presence_session import PresenceSession
from kiosk.transports.presence_wire import Purpose, Word


def main() -> None:
    """Reads the purpose and then the statuses from standard input."""
    told = _lines(sys.stdin.fileno())
    purpose = msgspec.json.decode(next(told), type=Purpose)
    news: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(told, news), daemon=True).start()
    bound("RLIMIT_AS", MEMORY)
    session = PresenceSession(purpose, news, _tell)
    deadline = purpose.request.deadline.total_seconds()
    threading.Thread(target=end_when_overdue, args=(deadline, session.taken), daemon=True).start()
    ending = session.run()
    _tell(Failure(ending.problem, str(ending)))


def _lines(descriptor: int) -> Iterator[bytes]:
    """Each line as it comes; not through a buffer, whose lock the interpreter needs at its own end."""
    unfinished = b""
    while part := os.read(descriptor, 65536):
        *lines, unfinished = (unfinished + part).split(b"\n")
        yield from lines


def _listen(told: Iterator[bytes], news: "queue.SimpleQueue[bytes]") -> None:
    for line in told:
        news.put(line)
    os._exit(0)


def _tell(word: Word) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(word) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
