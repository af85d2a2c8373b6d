"""Memory and display log, in one SQLite file.

The rollback journal with ``synchronous=EXTRA`` lost nothing in simulated power cuts; WAL would not open on a
read-only disk, and NORMAL loses writes that were acknowledged. A connection is opened for each operation: there
are a few in an hour, and none can hold a lock, a thread or a stale view of a disk that was swapped.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from kiosk import display_log
from kiosk.core.state import State, durable
from kiosk.display_log import Break, Frame, Line, Verdict, digest
from kiosk.errors import StoreError

_logger = logging.getLogger(__name__)

FILE = "kiosk.sqlite"
VERSION = 2
_FIRST_VERSION = 1  # its log had lines alone, and no ends; see ``kiosk.display_log``
_APPLICATION_ID = 0x544C4B31  # "TLK1": tells our file from any other SQLite file
_MEMORY = "CREATE TABLE memory (scope TEXT PRIMARY KEY, state BLOB NOT NULL, digest BLOB NOT NULL) STRICT;"


class _Damaged(Exception):
    """The file is not ours, or not whole."""


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
        state, summed = row
        if digest(scope, state) != summed:
            raise _Damaged
        return msgspec.json.decode(state, type=State)

    def save(self, scope: str, state: State) -> None:
        """Stores what may be stored of the state; it is on the disk when this returns."""
        document = msgspec.json.encode(durable(state))
        with self._writing() as database:
            database.execute(
                "INSERT INTO memory VALUES (?, ?, ?) ON CONFLICT (scope) "
                "DO UPDATE SET state = excluded.state, digest = excluded.digest",
                (scope, document, digest(scope, document)),
            )

    def append(self, entries: Iterable[Line | Frame]) -> int:
        """Adds to the display log, each line chained to the one before it, and returns how many bytes it has now.

        A disk may fail after the lines have arrived, and then they are given again: they are added once.
        """
        with self._writing() as database:
            return display_log.append(database, entries)

    def signed_of_life(self, at: datetime) -> None:
        """Takes note that the kiosk runs at that moment (UTC)."""
        with self._writing() as database:
            display_log.signed_of_life(database, at.isoformat())

    def give_up(self, limit: int) -> int:
        """Gives up some of the log's oldest lines where it has more bytes than the limit; returns what is left."""
        with self._writing() as database:
            return display_log.give_up(database, limit)

    def lines(self) -> Iterator[Line]:
        """The display log, oldest line first."""
        try:
            with self._reading() as database:
                yield from display_log.lines(database)
        except (_Damaged, msgspec.MsgspecError, ValueError) as error:
            raise StoreError(f"{self.path} is damaged; the kiosk puts it aside at its next start.") from error

    def last(self) -> Line | None:
        """The newest line of the display log; None where there is none, or it can't be read."""
        try:
            with self._reading() as database:
                return display_log.last(database)
        except (_Damaged, msgspec.MsgspecError, ValueError):
            return None

    def alive(self) -> datetime | None:
        """When the kiosk is last known to have run (UTC); None where it never did."""
        try:
            with self._reading() as database:
                return display_log.alive(database)
        except (_Damaged, ValueError) as error:
            raise StoreError(f"{self.path} is damaged; the kiosk puts it aside at its next start.") from error

    def verify(self) -> Verdict:
        """Follows the log's chain; a line that was changed, removed, put in or cut off breaks it."""
        try:
            with self._reading() as database:
                return display_log.verify(database)
        except _Damaged:
            return Verdict(0, 1, Break.UNREADABLE)

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
                database.executescript(_MEMORY + display_log.TABLES)
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
                database.execute("SELECT id, at, why, display, previous, digest, kind, frame, form FROM log")
                database.execute("SELECT given_up, anchor, written, head, size, alive FROM chain")
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
    """Makes the tables in a file that has just begun to exist, and takes over what the first version wrote."""
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version == VERSION:
        return
    if version > VERSION:
        raise _Damaged
    for statement in (display_log.TAKEN_OVER if version == _FIRST_VERSION else _MEMORY + display_log.TABLES).split(
        ";"
    ):
        database.execute(statement)
    database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {VERSION}")


def _check(database: sqlite3.Connection) -> None:
    """Refuses a file that another program or a later version of this one wrote, and one that is not whole."""
    if database.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
        raise _Damaged
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version not in {_FIRST_VERSION, VERSION}:
        raise _Damaged
    if database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _Damaged
    if version == _FIRST_VERSION:
        database.executescript(f"PRAGMA temp_store = MEMORY; {display_log.SEEN_AS_NEW}")


def _says_nonsense(error: sqlite3.OperationalError) -> bool:
    """Whether the file's content is at fault, and not the disk: a table is missing, or a text is no UTF-8.

    Our SQL is the same for every file, so an "SQL error" is one of the file. Errors without a code are Python's.
    """
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF == sqlite3.SQLITE_ERROR
