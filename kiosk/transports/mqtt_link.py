"""A connection to a broker that lasts: one child process after the other, from start to stop.

A connection lives in a child process, for the reasons of ``kiosk.transports.http`` and for one more: a flood
keeps that process busy, and not the one that draws. It ends with its connection; another one follows after a
pause that grows, and that differs from screen to screen.
"""

import random
import subprocess
import threading
import time
from typing import BinaryIO, Self, cast

from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.bounds import OVERDUE
from kiosk.transports.child import child_process, last_words
from kiosk.transports.payload import Request
from kiosk.transports.urls import named

_SETTLED = 60.0  # seconds: a connection that lasted as long was a good one
_LONGEST_PAUSE = 60.0  # seconds between two connections, and half of it more by chance


class Link:
    """Keeps a connection up from ``start`` to ``stop``, whatever happens to it: to be made into one for a purpose.

    Args:
        request: the url names the broker.
        command: the child's command line.
        name: of the thread.
    """

    def __init__(self, request: Request, command: tuple[str, ...], name: str) -> None:
        self._request = request
        self._command = command
        self._ending = threading.Event()
        self._there = threading.Condition()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the connection and its process."""
        self._ending.set()
        with self._there:
            self._there.notify_all()
            if self._child is not None:
                self._child.kill()
        self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _converse(self, stdin: BinaryIO, stdout: BinaryIO) -> bool:
        """Speaks with one child to its end; whether the child has told why it ends. OSError or ValueError else."""
        raise NotImplementedError

    def _failed(self, error: Unobtainable) -> None:
        """Takes note that a connection could not be made or that its child broke off."""
        raise NotImplementedError

    def _run(self) -> None:
        failures = 0
        while not self._ending.is_set():
            began = time.monotonic()
            try:
                self._connected()
            except Unobtainable as error:
                self._failed(error)
            failures = 0 if time.monotonic() - began > _SETTLED else failures + 1
            pause = min(2.0 ** min(failures - 1, 10), _LONGEST_PAUSE)
            self._ending.wait(pause * random.uniform(0.5, 1.5))  # noqa: S311 - it spreads load and guards nothing

    def _connected(self) -> None:
        """One connection, to its end."""
        with child_process(self._command, self._request.url) as child:
            with self._there:
                self._child = child
                if self._ending.is_set():
                    return
            explained, reason = False, ""
            try:
                explained = self._converse(cast("BinaryIO", child.stdin), cast("BinaryIO", child.stdout))
            except (OSError, ValueError) as error:
                reason = str(error)
            if not self._ending.is_set() and not explained:
                raise self._crashed(child, reason)

    def _crashed(self, child: subprocess.Popen[bytes], reason: str) -> Unobtainable:
        child.kill()
        _, errors = child.communicate()
        if child.returncode == OVERDUE:
            return Unobtainable(
                Problem.TIMEOUT,
                f"{named(self._request.url)} did not answer in time; check the url and this machine's network.",
            )
        words = last_words(errors, reason or f"exit code {child.returncode}")
        return Unobtainable(
            Problem.CONNECT,
            f"The connection to {named(self._request.url)} broke off on this machine"
            f" ({words}); report this if it stays.",
        )
