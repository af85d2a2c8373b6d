"""Many presences in one process, each a connection of its own with the code of the kiosk's child.

Each number on standard input makes all of them publish. It ends with its input, or by a kill, which is the death
of all these screens at once.
"""

import argparse
import json
import queue
import random
import sys
import threading
import time
from datetime import timedelta

from kiosk.transports.payload import Request
from kiosk.transports.presence_session import PresenceSession
from kiosk.transports.presence_wire import Purpose

GONE = b'{"online": false}'
_FACT = {"ok": True, "age": 3.2}
_LONG = timedelta(hours=1)


def status(number: int) -> bytes:
    """A status as long as a kiosk's."""
    shown = {"state": "live", "marks": [], "level": "SEVERE", "rank": 4, "of": 5, "area": "UK", "source": "MI5"}
    facts = {
        "frame": _FACT | {"by": "screen", "problem": None},
        "confirmation": _FACT | {"state": "live", "source": "MI5"},
        "power": _FACT | {"screen": "on", "meant": "on"},
    }
    return json.dumps({"online": True, "number": number, "host": "lobby", **shown, **facts}).encode()


def main() -> None:
    """Connects as many as are asked for, and keeps them up."""
    options = argparse.ArgumentParser()
    options.add_argument("url")
    options.add_argument("first", type=int)
    options.add_argument("many", type=int)
    chosen = options.parse_args()
    screens = [_Screen(f"{chosen.url}/{chosen.first + number}/status") for number in range(chosen.many)]
    for screen in screens:
        screen.publish(0)
        threading.Thread(target=screen.run, daemon=True).start()
    for line in sys.stdin:
        for screen in screens:
            screen.publish(int(line))


class _Screen:
    def __init__(self, url: str) -> None:
        self._request = Request(url, timedelta(seconds=30))
        self._news: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._last = b""

    def publish(self, number: int) -> None:
        self._last = status(number)
        self._news.put(self._last)

    def run(self) -> None:
        purpose = Purpose(self._request, GONE, _LONG, _LONG)
        failures = 0
        while True:
            session = PresenceSession(purpose, self._news, lambda _word: None)
            session.run()
            # As ``Link`` does between two children.
            failures = 0 if session.taken.is_set() else failures + 1
            time.sleep(min(2.0 ** max(failures - 1, 0), 60) * random.uniform(0.5, 1.5))  # noqa: S311 - spreads load
            self._news.put(self._last)


if __name__ == "__main__":
    main()
