"""The child process that listens to one topic of one broker, for as long as one connection lasts.

It ends with its connection, and another one begins anew: the name is resolved again, and the password and the
authority are read again. It ends at once when its parent does.
"""

import os
import sys
import threading

import msgspec

from kiosk.transports.bounds import MEMORY, OVERDUE, bound
from kiosk.transports.mqtt_session import Session
from kiosk.transports.mqtt_wire import Failure, Question, write


def main() -> None:
    """Reads the question from standard input, and writes what comes to standard output."""
    question = msgspec.json.decode(sys.stdin.buffer.readline(), type=Question)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    bound("RLIMIT_AS", MEMORY)
    output = sys.stdout.buffer
    session = Session(question, lambda delivery, document: write(output, delivery, document))
    deadline = question.request.deadline.total_seconds()
    threading.Thread(target=end_when_overdue, args=(deadline, session.subscribed), daemon=True).start()
    ending = session.run()
    write(output, Failure(ending.problem, str(ending)))


def _end_with_the_parent() -> None:
    # Not through the buffer, whose lock the interpreter needs at its own end.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(0)


def end_when_overdue(deadline: float, done: threading.Event) -> None:
    """No timeout of a library bounds a name server that keeps silent, or a handshake of a byte at a time."""
    if not done.wait(deadline):
        os._exit(OVERDUE)


if __name__ == "__main__":
    main()
