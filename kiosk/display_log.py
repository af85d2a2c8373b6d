"""The display log in the state directory's file: lines that are added and never changed, each chained to the last.

A line's digest covers the digest of the line before it, so that one which was changed, taken out or put in shows.
One more row, ``chain``, keeps both ends: where the log was cut when its oldest lines were given up, and its last
digest; so lines cut off at either end show as well, and are told from lines that we gave up ourselves.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from kiosk.core.model import Display

LIMIT = 16 * 1024 * 1024  # bytes of what the lines say: some 20,000 of them, checked at a start in 30 ms
_AT_ONCE = 1000  # lines that are given up in one go
_BEHIND = 8  # rows behind a line among which its frame is looked for; orders may stand in between

TABLES = """
CREATE TABLE log (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, why TEXT NOT NULL, display BLOB NOT NULL,
    previous BLOB NOT NULL, digest BLOB NOT NULL,
    kind TEXT NOT NULL DEFAULT 'shown', frame TEXT NOT NULL DEFAULT '', form INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE chain (
    id INTEGER PRIMARY KEY CHECK (id = 1), given_up INTEGER NOT NULL, anchor BLOB NOT NULL,
    written INTEGER NOT NULL, head BLOB NOT NULL, size INTEGER NOT NULL, alive TEXT NOT NULL
) STRICT;
INSERT INTO chain VALUES (1, 0, x'', 0, x'', 0, '');
"""

_SIZE = "length(at) + length(kind) + length(CAST(why AS BLOB)) + length(display) + length(frame) + 96"

# What is not known of a log of the first version is as it is for its oldest line: nothing was given up before it.
_FIRST_CHAIN = f"""
SELECT 1, coalesce(min(id), 1) - 1, coalesce((SELECT previous FROM log ORDER BY id LIMIT 1), x''),
    coalesce(max(id), 0), coalesce((SELECT digest FROM log ORDER BY id DESC LIMIT 1), x''),
    coalesce(sum({_SIZE}), 0), coalesce((SELECT at FROM log ORDER BY id DESC LIMIT 1), '') FROM log
"""  # noqa: S608 - made of our own words

_OLDEST = f"SELECT id, {_SIZE} FROM log WHERE id < (SELECT max(id) FROM log) ORDER BY id LIMIT ?"  # noqa: S608 - as above
_LENGTHENED = f"""UPDATE chain SET head = ?, written = ?,
    size = size + (SELECT {_SIZE} FROM log ORDER BY id DESC LIMIT 1)"""  # noqa: S608 - as above

TAKEN_OVER = f"""
ALTER TABLE log ADD COLUMN kind TEXT NOT NULL DEFAULT 'shown';
ALTER TABLE log ADD COLUMN frame TEXT NOT NULL DEFAULT '';
ALTER TABLE log ADD COLUMN form INTEGER NOT NULL DEFAULT 1;
CREATE TABLE chain (
    id INTEGER PRIMARY KEY CHECK (id = 1), given_up INTEGER NOT NULL, anchor BLOB NOT NULL,
    written INTEGER NOT NULL, head BLOB NOT NULL, size INTEGER NOT NULL, alive TEXT NOT NULL
) STRICT;
INSERT INTO chain {_FIRST_CHAIN};
"""
"""Makes a log of the first version into one of this."""

SEEN_AS_NEW = f"""
CREATE TEMP VIEW log AS
    SELECT *, 'shown' AS kind, '' AS frame, 1 AS form FROM main.log;
CREATE TEMP VIEW chain (id, given_up, anchor, written, head, size, alive) AS {_FIRST_CHAIN};
"""  # noqa: S608 - as above
"""Lets a log of the first version be read as one of this, where nothing may be written."""


class Kind(StrEnum):
    """What a line of the log is.

    ``start`` is the first picture of a run and ``end`` its clean end; ``lost`` is the last sign of life of a run
    that ended without one, and is written by the next. The display of those two is what was shown until then.
    """

    SHOWN = "shown"
    ORDER = "order"
    START = "start"
    END = "end"
    LOST = "lost"


OVER = frozenset({Kind.END, Kind.LOST})
"""Behind these nothing was shown."""

_LOST = "The program ended without notice, some time after this."
_FRAME = "frame"  # the kind of a row that tells the frame of a line before it


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the display log: from ``at`` (UTC) on, this was shown, and why it changed.

    Attributes:
        frame: the digest of the picture, where it stood long enough to be taken (``kiosk.ui.frame``).
        number: of the line, from 1, the given-up ones counted; 0 for one that is not in the log yet.
        digest: of the line, hexadecimal; whoever notes it elsewhere can find it here again.
    """

    at: datetime
    why: str
    display: Display
    kind: Kind = Kind.SHOWN
    frame: str | None = field(default=None, compare=False)
    number: int = field(default=0, compare=False)
    digest: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Frame:
    """The digest of the picture that stands since the line of ``at``."""

    at: datetime
    digest: str


class Break(StrEnum):
    """How a chain is broken."""

    CHANGED = "changed"
    REMOVED = "removed"
    START_CUT = "start cut"
    END_CUT = "end cut"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of following the chain.

    Attributes:
        sound: how many lines hold.
        broken: the number of the first line that doesn't, from 1, the given-up ones counted; None for none.
        how: in which way it doesn't.
        at: what its time says, where it is there.
        given_up: how many lines were given up before the first, as the log's bound wants.
        head: the digest of the last line that holds, hexadecimal; empty for none.
    """

    sound: int
    broken: int | None = None
    how: Break | None = field(default=None, compare=False)
    at: str = field(default="", compare=False)
    given_up: int = field(default=0, compare=False)
    head: str = field(default="", compare=False)


_Row = tuple[str, str, str, bytes, str]
"""at, kind, why, display, frame."""


def append(database: sqlite3.Connection, entries: Iterable[Line | Frame]) -> int:
    """Adds lines and frames, and returns how many bytes the log has now.

    What was added before and is given again is added once. Before the first line of a run stands the last sign of
    life of the run before, if that didn't end by itself.
    """
    given = rows = [_row(entry) for entry in entries]
    last = database.execute("SELECT at, kind, why, display, frame FROM log ORDER BY id DESC LIMIT 1").fetchone()
    if last in rows:
        rows = rows[rows.index(last) + 1 :]
    before = _last_line(database)
    for row in rows:
        if row[1] == Kind.START and before and before[1] not in OVER:
            _add(database, (_alive(database, before[0]), Kind.LOST, _LOST, before[3], ""))
        _add(database, row)
        before = row if row[1] != _FRAME else before
    if given:  # also where all of it is there: a disk that can't be written is to be noticed
        signed_of_life(database, given[-1][0])
    return size(database)


def signed_of_life(database: sqlite3.Connection, at: str) -> None:
    """Takes note that the program runs."""
    database.execute("UPDATE chain SET alive = ?", (at,))


def size(database: sqlite3.Connection) -> int:
    """The bytes of what the lines say."""
    found: int = database.execute("SELECT size FROM chain").fetchone()[0]
    return found


def alive(database: sqlite3.Connection) -> datetime | None:
    """The last sign of life; None where there was none."""
    row = database.execute("SELECT alive FROM chain").fetchone()
    return datetime.fromisoformat(row[0]) if row and row[0] else None


def give_up(database: sqlite3.Connection, limit: int) -> int:
    """Gives up the oldest lines of a log above the limit, some at once, and returns the bytes that are left.

    What is left remains chained: to the last digest that was given up, which is kept.
    """
    if (now := size(database)) <= limit:
        return now
    gone = last = freed = 0
    rows = database.execute(_OLDEST, (_AT_ONCE,))
    for number, bytes_ in rows.fetchall():
        if now - freed <= limit * 9 // 10:
            break
        last, freed, gone = number, freed + bytes_, gone + 1
    if not gone:
        return now
    database.execute(
        "UPDATE chain SET given_up = given_up + ?, size = size - ?,"
        " anchor = (SELECT digest FROM log WHERE id = ?)",
        (gone, freed, last),
    )
    database.execute("DELETE FROM log WHERE id <= ?", (last,))
    return now - freed


def lines(database: sqlite3.Connection) -> Iterator[Line]:
    """The log, oldest line first; what can't be decoded raises msgspec's errors or ValueError."""
    given_up = database.execute("SELECT given_up FROM chain").fetchone()[0]
    found = database.execute(
        "SELECT at, kind, why, display, digest, (SELECT f.frame FROM log AS f WHERE f.id > log.id"
        " AND f.id <= log.id + ? AND f.kind = ? AND f.at = log.at ORDER BY f.id LIMIT 1) FROM log ORDER BY id",
        (_BEHIND, _FRAME),
    )
    for number, (at, kind, why, display, digest, frame) in enumerate(found, given_up + 1):
        if kind != _FRAME:
            shown = msgspec.json.decode(display, type=Display)
            yield Line(datetime.fromisoformat(at), why, shown, Kind(kind), frame or None, number, digest.hex())


def last(database: sqlite3.Connection) -> Line | None:
    """The newest line, without its number and digest; None where there is none. Raises as ``lines`` does."""
    row = _last_line(database)
    if row is None:
        return None
    at, kind, why, display, _ = row
    return Line(datetime.fromisoformat(at), why, msgspec.json.decode(display, type=Display), Kind(kind))


def verify(database: sqlite3.Connection) -> Verdict:
    """Follows the chain from its anchor to its head."""
    ends = database.execute("SELECT given_up, anchor, written, head FROM chain").fetchone()
    if ends is None:
        return Verdict(0, 1, Break.UNREADABLE)
    given_up, previous, written, head = ends
    sound = 0

    def broken(how: Break, at: str = "") -> Verdict:
        return Verdict(sound, given_up + sound + 1, how, at, given_up, previous.hex() if sound else "")

    found = database.execute("SELECT at, kind, why, display, frame, previous, digest, form FROM log ORDER BY id")
    for at, kind, why, display, frame, chained, digest, form in found:
        if chained != previous:
            return broken(Break.REMOVED if sound else Break.START_CUT, at)
        if digest != _digest((at, kind, why, display, frame), chained, form):
            return broken(Break.CHANGED, at)
        previous = digest
        sound += 1
    if previous != head or given_up + sound != written:
        return broken(Break.END_CUT)
    return Verdict(sound, None, None, "", given_up, head.hex())


def _add(database: sqlite3.Connection, row: _Row) -> None:
    previous, written = database.execute("SELECT head, written FROM chain").fetchone()
    digest = _digest(row, previous, form=2)
    at, kind, why, display, frame = row
    database.execute(
        "INSERT INTO log (at, kind, why, display, frame, previous, digest, form) VALUES (?, ?, ?, ?, ?, ?, ?, 2)",
        (at, kind, why, display, frame, previous, digest),
    )
    database.execute(_LENGTHENED, (digest, written + 1))


def _last_line(database: sqlite3.Connection) -> _Row | None:
    row: _Row | None = database.execute(
        "SELECT at, kind, why, display, frame FROM log WHERE kind != ? ORDER BY id DESC LIMIT 1", (_FRAME,)
    ).fetchone()
    return row


def _alive(database: sqlite3.Connection, last: str) -> str:
    """The later of the last sign of life and the last line; a clock that stepped back made the earlier one."""
    seen = alive(database)
    line = datetime.fromisoformat(last)
    # A clock that was set back between them proves nothing: then the line alone is known.
    return (seen if seen and timedelta() <= seen - line else line).isoformat()


def _row(entry: Line | Frame) -> _Row:
    if isinstance(entry, Frame):
        return entry.at.isoformat(), _FRAME, "", b"", entry.digest
    return entry.at.isoformat(), str(entry.kind), entry.why, msgspec.json.encode(entry.display), ""


def _digest(row: Sequence[str | bytes], previous: bytes, form: int) -> bytes:
    """The digest of a row; a row of the first version, which had lines alone, is summed as it was then."""
    at, kind, why, display, frame = row
    return digest(previous, *(at, why, display) if form == 1 else (at, kind, why, display, frame))


def digest(*parts: str | bytes) -> bytes:
    """One digest (BLAKE2b, 32 bytes) over parts whose bounds are part of it."""
    summed = hashlib.blake2b(digest_size=32)
    for part in parts:
        piece = part.encode() if isinstance(part, str) else part
        summed.update(len(piece).to_bytes(8, "big"))
        summed.update(piece)
    return summed.digest()
