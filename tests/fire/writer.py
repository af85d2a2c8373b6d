"""A process that saves level after level through the real recorder, and tells which saves were acknowledged.

Number n means: the memory holds ``LEVELS[n % 5]``, stated n seconds after ``memories.WALL``, and the last line of
the log is number n. ``python -m tests.fire.writer FOLDER BEGIN END`` writes ``n`` to its standard output once n is
acknowledged, and ``refused`` where the store said that it can't.
"""

import contextlib
import logging
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.core.state import State
from kiosk.display_log import Kind, Verdict
from kiosk.errors import StoreError
from kiosk.recorder import Recorder
from kiosk.store import Store
from tests.memories import SCOPE, WALL, later, line, state, stored

LEVELS = ("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")


def numbered(number: int) -> State:
    """The state of a number."""
    return state(LEVELS[number % 5], later(number))


def write(folder: Path, begin: int, end: int | None = None) -> None:
    """Saves the states after ``begin``, up to ``end`` or for ever, and tells of each how it went."""
    recorder = Recorder(Store(folder), SCOPE, timedelta(minutes=30))
    number = begin
    while end is None or number < end:
        number += 1
        saved = recorder.save(numbered(number))
        display = replace(line().display, level=LEVELS[number % 5])
        shown = recorder.show(display, WALL + timedelta(seconds=number), "The level is another")
        os.write(1, f"{number}\n".encode() if saved and shown else b"refused\n")


class Found(NamedTuple):
    """What a store holds: the number of its memory, and that of its last line; 0 for none."""

    saved: int = 0
    logged: int = 0


def found(folder: Path, before: Found, begun: int) -> Found:
    """What the store holds now; the assertions are the promise.

    What was there ``before`` or acknowledged since is there still, and of what was begun after that, ``begun`` at
    most, whole; nothing else ever is.
    """
    store = Store(folder)
    memory = store.load(SCOPE)
    lines = list(store.lines())
    assert store.verify() == Verdict(len(lines), None)
    assert not [*folder.glob("*.damaged-*")], "taken for damaged"
    # Each start first writes down that the run before ended without notice.
    told = [int((entry.at - WALL).total_seconds()) for entry in lines if entry.kind is not Kind.LOST]
    assert told == sorted(set(told))
    logged = told[-1] if told else 0
    assert before.logged <= logged <= begun, "an acknowledged line is lost"
    if memory is None:
        assert before.saved == 0, "an acknowledged level is lost"
        return Found(0, logged)
    saved = int((memory.held.confirmed.wall - WALL).total_seconds()) if memory.held else 0
    assert memory == stored(numbered(saved)), "a level that nobody stated"
    assert before.saved <= saved <= begun, "an acknowledged level is lost"
    return Found(saved, logged)


if __name__ == "__main__":
    logging.disable()
    with contextlib.suppress(StoreError):  # a start reads first, and goes on without
        Store(Path(sys.argv[1])).load(SCOPE)
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
