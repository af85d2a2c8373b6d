"""States and lines worth storing, for the tests of whatever stores them."""

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kiosk.core.model import (
    Clock,
    Confidence,
    Display,
    LocalSetting,
    Mark,
    Problem,
    Reading,
    SourceReport,
    StateName,
)
from kiosk.core.state import Claim, Held, LocalLevel, SourceState, State, durable
from kiosk.display_log import Line
from kiosk.store import FILE

SCOPE = "uk/UK"
WALL = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NOW = Clock(WALL, 1000.0, "boot", "run")


def later(seconds: float) -> Clock:
    """A look at the clocks some seconds after ``NOW``."""
    return replace(NOW, wall=WALL + timedelta(seconds=seconds), boot=NOW.boot + seconds)


def state(level: str = "SEVERE", now: Clock = NOW) -> State:
    """A state with something in every place that is stored."""
    reading = Reading(level, "UK", f"The level is {level}", "LOW", date(2026, 4, 30), WALL)
    return State(
        "UK",
        (
            SourceState("A", Claim(reading, NOW, now), WALL, now, None, None, disputed=True),
            SourceState("Ŷ", attempted=now, problem=Problem.DNS, message="Nobody knows the host."),
        ),
        Held(level, "A", reading.statement, "LOW", reading.changed, now),
        Confidence.STALE,
        operator=LocalLevel("LOW", "Ann", "repairs", NOW, WALL + timedelta(hours=1)),
    )


def stored(original: State) -> State:
    """What a store gives back of a state."""
    return durable(original)


def line(number: int = 0, why: str = "The level is SEVERE") -> Line:
    """A line with something in every place."""
    display = Display(
        StateName.OPERATOR,
        (Mark.CONFLICT,),
        "SEVERE",
        4,
        5,
        "UK",
        previous="LOW",
        changed=date(2026, 4, 30),
        confirmed=WALL,
        age=timedelta(seconds=number),
        attempted=WALL,
        source="A",
        statement="The level is SEVERE",
        local=LocalSetting("Ann", "repairs", WALL),
        sources=(SourceReport("A", ok=True, level="SEVERE", problem=None, message=None),),
    )
    return Line(WALL + timedelta(seconds=number), why, display)


_FIRST_SCHEMA = """
CREATE TABLE memory (scope TEXT PRIMARY KEY, state BLOB NOT NULL, digest BLOB NOT NULL) STRICT;
CREATE TABLE log (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, why TEXT NOT NULL, display BLOB NOT NULL,
    previous BLOB NOT NULL, digest BLOB NOT NULL
) STRICT;
PRAGMA application_id = 1414286129;
PRAGMA user_version = 1;
"""


def of_the_first_version(folder: Path, lines: Iterable[Line], given_up: int = 0) -> None:
    """The file of a state and some lines as the first version wrote it; it knew no start, no end and no frame."""
    document = msgspec.json.encode(durable(state()))
    previous = b"an older line" * bool(given_up)
    with closing(sqlite3.connect(folder / FILE)) as database, database:
        database.executescript(_FIRST_SCHEMA)
        database.execute(
            "INSERT INTO memory VALUES (?, ?, ?)", (SCOPE, document, _summed(SCOPE.encode(), document))
        )
        for number, entry in enumerate(lines, given_up + 1):
            at, display = entry.at.isoformat(), msgspec.json.encode(entry.display)
            digest = _summed(previous, at.encode(), entry.why.encode(), display)
            row = number, at, entry.why, display, previous, digest
            database.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", row)
            previous = digest


def _summed(*parts: bytes) -> bytes:
    summed = hashlib.blake2b(digest_size=32)
    for part in parts:
        summed.update(len(part).to_bytes(8, "big") + part)
    return summed.digest()
