"""Memory and display log, in one SQLite file.

The rollback journal with ``synchronous=EXTRA`` lost nothing in simulated power cuts; WAL would not open on a
read-only disk, and NORMAL loses writes that were acknowledged. A connection is opened for each operation: there
are a few in an hour, and none can hold a lock, a thread or a stale view of a disk that was swapped.
"""

import hashlib
import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kiosk.core.model import Display
from kiosk.core.state import State, durable
from kiosk.errors import StoreError

_logger = logging.getLogger(__name__)

FILE = "kiosk.sqlite"
VERSION = 1
_APPLICATION_ID = 0x544C4B31  # "TLK1": tells our file from any other SQLite file
_LONGEST_LOG = 50_000  # lines; months of an unsteady network, some 50 MB
_SCHEMA = """
CREATE TABLE memory (scope TEXT PRIMARY KEY, state BLOB NOT NULL, digest BLOB NOT NULL) STRICT;
CREATE TABLE log (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, why TEXT NOT NULL, display BLOB NOT NULL,
    previous BLOB NOT NULL, digest BLOB NOT NULL
) STRICT;
"""


class Line(Struct, frozen=True):
    """One line of the display log: from ``at`` (UTC) on, this was shown, and why it changed."""

    at: datetime
    why: str
    display: Display


class _Damaged(Exception):
    """The file is not ours, or not whole."""


class Verdict(NamedTuple):
    """The outcome of checking the log's chain: how many lines hold, and the first that doesn't (from 1)."""

    sound: int
    broken: int | None


class Store:
    """The state directory's file. Every method may raise StoreError, and none leaves the file half written."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def load(self, scope: str) -> State | None:
        """The state stored for a profile and area; None where there is none or it was damaged.

        A damaged file is put aside under another name, for a person to look at, and a new one is begun.
        """
        try:
            return self._loaded(scope)
        except (_Damaged, msgspec.MsgspecError):
            self._require_readable()
        try:
            return self._loaded(scope)
        except (_Damaged, msgspec.MsgspecError):
            self._put_aside()
            return None

    def _loaded(self, scope: str) -> State | None:
        with self._reading() as database:
            row = database.execute("SELECT state, digest FROM memory WHERE scope = ?", (scope,)).fetchone()
        if row is None:
            return None
        state, digest = row
        if _digest(scope.encode(), state) != digest:
            raise _Damaged
        return msgspec.json.decode(state, type=State)

    def save(self, scope: str, state: State) -> None:
        """Stores what may be stored of the state; it is on the disk when this returns."""
        document = msgspec.json.encode(durable(state))
        with self._writing() as database:
            database.execute(
                "INSERT INTO memory VALUES (?, ?, ?) ON CONFLICT (scope) "
                "DO UPDATE SET state = excluded.state, digest = excluded.digest",
                (scope, document, _digest(scope.encode(), document)),
            )

    def append(self, lines: Iterable[Line]) -> None:
        """Adds lines to the display log, each chained to the one before it.

        A disk may fail after the lines have arrived, and then they are given again: they are added once.
        """
        rows = [(line.at.isoformat(), line.why, msgspec.json.encode(line.display)) for line in lines]
        with self._writing() as database:
            last = database.execute("SELECT at, why, display, digest FROM log ORDER BY id DESC LIMIT 1").fetchone()
            previous = last[3] if last else b""
            if last and last[:3] in rows:
                rows = rows[rows.index(last[:3]) + 1 :]
            for at, why, display in rows:
                digest = _digest(previous, at.encode(), why.encode(), display)
                database.execute(
                    "INSERT INTO log (at, why, display, previous, digest) VALUES (?, ?, ?, ?, ?)",
                    (at, why, display, previous, digest),
                )
                previous = digest
            database.execute("DELETE FROM log WHERE id <= (SELECT max(id) FROM log) - ?", (_LONGEST_LOG,))

    def lines(self) -> Iterator[Line]:
        """The display log, oldest line first."""
        try:
            with self._reading() as database:
                for at, why, display in database.execute("SELECT at, why, display FROM log ORDER BY id"):
                    yield Line(datetime.fromisoformat(at), why, msgspec.json.decode(display, type=Display))
        except (_Damaged, msgspec.MsgspecError, ValueError) as error:
            raise StoreError(f"{self.path} is damaged; the kiosk puts it aside at its next start.") from error

    def verify(self) -> Verdict:
        """Follows the log's chain; a line that was changed, removed or put in breaks it."""
        previous: bytes | None = None
        sound = 0
        try:
            with self._reading() as database:
                rows = database.execute("SELECT at, why, display, previous, digest FROM log ORDER BY id")
                for at, why, display, chained, digest in rows:
                    expected = _digest(chained, at.encode(), why.encode(), display)
                    if digest != expected or (previous is not None and chained != previous):
                        return Verdict(sound, sound + 1)
                    previous = digest
                    sound += 1
        except _Damaged:
            return Verdict(sound, sound + 1)
        return Verdict(sound, None)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """An empty database stands for a file that does not exist, or that a first save left empty.

        Reading never makes one. Opened for writing where possible, because the journal of a power cut has to be
        rolled back first.
        """
        try:
            begun = self.path.exists() and self.path.stat().st_size > 0
            address = f"{self.path.absolute().as_uri()}?mode=rw" if begun else ":memory:"
        except OSError as error:
            raise StoreError(f"{self.path} can't be looked at ({error.strerror}); check the folder.") from error
        with self._connected(address) as database:
            if address == ":memory:":
                database.executescript(_SCHEMA)
            else:
                _check(database)
            yield database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self.path.parent} can't be made ({error.strerror}); make it writable.") from error
        try:
            with self._connected(str(self.path)) as database:
                database.executescript("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;")
                database.execute("BEGIN IMMEDIATE")
                _prepare(database)
                yield database
                database.execute("COMMIT")
        except _Damaged as error:
            self._require_readable()
            if self._is_sound():
                raise StoreError(f"{self.path} could not be read just now; check the disk.") from error
            self._put_aside()
            raise StoreError(f"{self.path} was damaged and has been put aside; a new one is begun.") from error

    @contextmanager
    def _connected(self, address: str) -> Iterator[sqlite3.Connection]:
        try:
            with closing(
                sqlite3.connect(address, uri=address.startswith("file:"), timeout=5, isolation_level=None)
            ) as database:
                yield database
        except sqlite3.OperationalError as error:
            if _says_nonsense(error):
                raise _Damaged from error
            raise StoreError(
                f"{self.path} can't be used ({error}); check that the disk has room and the folder is writable."
            ) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # SQLite quotes the file in its complaints
            raise _Damaged from error

    def _require_readable(self) -> None:
        """Refuses where the disk is at fault and not the file.

        SQLite calls a file damaged that could not be read, even for a moment. So what looks damaged is read, and
        looked at once more, before it is put aside: a level that was stored is not given up for a loose cable.
        """
        try:
            with self.path.open("rb", buffering=0) as file:
                while file.read(1 << 20):
                    pass
        except OSError as error:
            raise StoreError(f"{self.path} can't be read ({error.strerror}); check the disk.") from error

    def _is_sound(self) -> bool:
        try:
            with self._reading() as database:
                database.execute("SELECT scope, state, digest FROM memory")
                database.execute("SELECT id, at, why, display, previous, digest FROM log")
        except _Damaged:
            return False
        return True

    def _put_aside(self) -> None:
        aside = self.path.with_name(f"{FILE}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}")
        try:
            self.path.replace(aside)
        except OSError as error:
            raise StoreError(f"{self.path} is damaged and can't be put aside ({error.strerror}).") from error
        _logger.warning("%s was damaged; it is kept as %s for a look, and a new one is begun.", self.path, aside)


def _prepare(database: sqlite3.Connection) -> None:
    """Makes the tables in a file that has just begun to exist."""
    if database.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in _SCHEMA.split(";"):
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {VERSION}")


def _check(database: sqlite3.Connection) -> None:
    """Refuses a file that another program or a later version of this one wrote, and one that is not whole."""
    if database.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
        raise _Damaged
    if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        raise _Damaged
    if database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _Damaged


def _says_nonsense(error: sqlite3.OperationalError) -> bool:
    """Whether the file's content is at fault, and not the disk: a table is missing, or a text is no UTF-8.

    Our SQL is the same for every file, so an "SQL error" is one of the file. Errors without a code are Python's.
    """
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF == sqlite3.SQLITE_ERROR


def _digest(*parts: bytes) -> bytes:
    """One digest over parts whose bounds are part of it."""
    summed = hashlib.blake2b(digest_size=32)
    for part in parts:
        summed.update(len(part).to_bytes(8, "big"))
        summed.update(part)
    return summed.digest()
