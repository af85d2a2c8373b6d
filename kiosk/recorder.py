"""What goes to the disk and when: the memory where it changed, and a line for each thing shown.

It never fails: a disk that is full or read-only is told once in the log and shown on the screen, and lines wait
in memory until it works again.
"""

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from kiosk.boot_clock import since_boot
from kiosk.core.model import Display
from kiosk.core.record import differs
from kiosk.core.state import State, durable
from kiosk.display_log import LIMIT, Frame, Kind, Line
from kiosk.durations import lasted
from kiosk.errors import StoreError
from kiosk.store import Store

_logger = logging.getLogger(__name__)

# Flash wears with each write, and a time of confirmation that is a little old on disk errs on the safe side.
_LONGEST_UNSAVED = timedelta(minutes=15)
_MOST_WAITING = 1000  # lines of the log
_SIGN_OF_LIFE_EVERY = timedelta(minutes=15)
_CALM = timedelta(minutes=1)  # without a new line, until old ones may be given up


class Recorder:
    """Writes one scope's memory and the display log to a store."""

    def __init__(self, store: Store, scope: str, fresh_for: timedelta) -> None:
        """Takes how long a confirmation is live; half of that may pass before a newer one is stored."""
        self._store = store
        self._scope = scope
        self._unsaved_at_most = min(_LONGEST_UNSAVED, fresh_for / 2)
        self._saved: State | None = None
        self._shown: Display | None = None
        self._since: datetime | None = None
        self._waiting: deque[Line | Frame] = deque(maxlen=_MOST_WAITING)
        self._size = 0
        self._alive: datetime | None = None
        self._failing_since: float | None = None

    def turn_to(self, scope: str, fresh_for: timedelta) -> None:
        """Writes another scope's memory from now on; the log goes on, with the lines that still wait."""
        self._scope = scope
        self._unsaved_at_most = min(_LONGEST_UNSAVED, fresh_for / 2)
        self._saved = None

    def save(self, state: State) -> bool | None:
        """Stores the state where that is due: whether it worked, or None where there was nothing to do."""
        wanted = durable(state)
        if not self._due(wanted):
            return None
        if not self._tried(lambda: self._store.save(self._scope, wanted)):
            return False
        self._saved = wanted
        return True

    def show(self, display: Display, at: datetime, why: str) -> bool:
        """Writes a line if the display says something else than before; False where the disk refused it."""
        if self._shown is None or differs(self._shown, display):
            kind = Kind.SHOWN if self._shown else Kind.START
            self._shown, self._since = display, at
            self._waiting.append(Line(at, why, display, kind))
        return self.flush()

    def frame(self, digest: str) -> bool:
        """Writes the digest of the picture that now stands; False where the disk refused it."""
        if self._since:
            self._waiting.append(Frame(self._since, digest))
        return self.flush()

    def note(self, display: Display, at: datetime, what: str) -> bool:
        """Writes what a person ordered, beside what was shown at that moment; False where the disk refused it."""
        self._waiting.append(Line(at, what, display, Kind.ORDER))
        return self.flush()

    def end(self, at: datetime) -> bool:
        """Writes that the run ends by itself: nothing is shown from now on."""
        if self._shown:
            self._waiting.append(Line(at, "The program was ended.", self._shown, Kind.END))
        return self.flush()

    def rest(self, at: datetime) -> None:
        """Does what can wait while nothing happens: a sign of life now and then, and the bound of the log."""
        if self._shown is None or self._waiting:
            return
        if self._alive is None or abs(at - self._alive) >= _SIGN_OF_LIFE_EVERY:
            self._alive = at
            self._tried(lambda: self._store.signed_of_life(at))
        if self._size > LIMIT and self._since and abs(at - self._since) >= _CALM:
            self._tried(self._shorten)

    def flush(self) -> bool:
        """Writes the lines that wait; False where the disk refused them."""
        if not self._waiting:
            return True
        if not self._tried(self._append):
            return False
        self._alive = self._waiting[-1].at
        self._waiting.clear()
        return True

    def _append(self) -> None:
        self._size = self._store.append(tuple(self._waiting))

    def _shorten(self) -> None:
        self._size = self._store.give_up(LIMIT)

    def _due(self, wanted: State) -> bool:
        saved = self._saved
        if saved is None or _timeless(saved) != _timeless(wanted):
            return True
        if wanted.held is None or saved.held is None:
            return False
        newest, stored = wanted.held.confirmed, saved.held.confirmed
        return newest.run != stored.run or newest.boot - stored.boot >= self._unsaved_at_most.total_seconds()

    def _tried(self, write: Callable[[], None]) -> bool:
        """Whether a write worked; only the first failure and the first success after it are told."""
        try:
            write()
        except StoreError as error:
            if self._failing_since is None:
                _logger.warning("Nothing can be saved: %s", error)
                self._failing_since = since_boot()
            return False
        if self._failing_since is not None:
            _logger.info("Saving works again, after %s.", lasted(self._failing_since, since_boot()))
        self._failing_since = None
        return True


def _timeless(state: State) -> tuple[object, ...]:
    """The state without its stamps: what makes it worth a write at once."""
    sources = tuple(
        (
            source.name,
            # The same statement in other bytes, such as with the time of the answer, is no other statement.
            source.claim and replace(source.claim.reading, document=None),
            source.newest,
            source.disputed,
            source.note,
        )
        for source in state.sources
    )
    held = state.held
    statement = held and (held.level, held.source, held.statement, held.previous, held.changed)
    return state.area, sources, statement, state.floor, state.operator, state.pending
