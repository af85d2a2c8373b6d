"""Calls that the operating system may never return from, and a caller that stops waiting for them.

A file on a share whose server went away blocks stat, open and read for as long as it stays away, and no
flag or timeout of these calls changes that. So they run in a thread of their own that can be left behind.
"""

import errno
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

_STEP = 0.1  # seconds between two looks at `stop`

# What hangs, hangs in this process, whoever asked; so does the memory of it. One call at a time for each key
# means that a share that is away for a month costs one thread, not one for each poll.
_slots: dict[str, threading.Lock] = {}

T = TypeVar("T")


class _Call(threading.Thread, Generic[T]):
    """One call, and what it returned or raised. A daemon, so that a hanging one never holds up our end."""

    def __init__(self, work: Callable[[], T], slot: threading.Lock) -> None:
        super().__init__(name="deferred", daemon=True)
        self._work = work
        self._slot = slot
        self._results: list[T] = []
        self._errors: list[Exception] = []

    def run(self) -> None:
        try:
            self._results.append(self._work())
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller's thread raises it
            self._errors.append(error)
        finally:
            self._slot.release()

    def has_ended(self, timeout: float) -> bool:
        self.join(timeout)
        return not self.is_alive()

    def result(self) -> T:
        """What the ended call returned; raises what it raised."""
        if self._errors:
            raise self._errors[0]
        return self._results[0]


def within(seconds: float, stop: threading.Event, key: str, work: Callable[[], T]) -> T:
    """What ``work`` returns or raises.

    Args:
        seconds: the longest wait, for an earlier call of the same key and for this one together.
        stop: ends the wait when it is set.
        key: what the call is about.
        work: runs in another thread; after a wait that was given up, perhaps much later.

    Raises:
        TimeoutError: it did not return in time.
        InterruptedError: ``stop`` was set first.
        OSError: no thread could be started.
    """
    end = time.monotonic() + seconds
    slot = _slots.setdefault(key, threading.Lock())
    _wait(end, stop, lambda timeout: slot.acquire(timeout=timeout))
    call = _Call(work, slot)
    try:
        call.start()
    except RuntimeError as error:
        slot.release()
        raise OSError(errno.EAGAIN, "no thread left") from error
    _wait(end, stop, call.has_ended)
    return call.result()


def _wait(end: float, stop: threading.Event, done: Callable[[float], bool]) -> None:
    """Returns as soon as ``done``, which waits for the seconds it is given, says so."""
    while True:
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if stop.is_set():
            raise InterruptedError
        if done(min(_STEP, left)):
            return
