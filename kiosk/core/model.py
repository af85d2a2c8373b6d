"""The nouns: scales, readings, clocks, and what is finally displayed.

Everything here is frozen, so a value may cross threads and be compared, kept and printed as it is.
"""

from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from msgspec import Struct


class Problem(StrEnum):
    """Why a source stated no level, in the words of ``check --json`` (DESIGN section 3)."""

    DNS = "dns"
    CONNECT = "connect"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_TIME = "tls-time"
    TIMEOUT = "timeout"
    TOO_BIG = "too-big"
    REDIRECT = "redirect"
    HTTP_STATUS = "http-status"
    NOT_A_FEED = "not-a-feed"
    MALFORMED = "malformed"
    NO_LEVEL = "no-level"
    AMBIGUOUS = "ambiguous"
    UNKNOWN_LEVEL = "unknown-level"
    ROLLBACK = "rollback"
    NOT_ACTUAL = "not-actual"
    EXPIRED = "expired"
    UNSIGNED = "unsigned"
    INSECURE = "insecure"
    UNREADABLE = "unreadable"


class Scale(Struct, frozen=True):
    """A country's levels, lowest first: ``("LOW", "MODERATE", ...)``, upper-case identifiers."""

    levels: tuple[str, ...]

    def rank(self, level: str) -> int:
        """The position of a level, 1 for the lowest; ValueError for a level that is not on the scale."""
        return self.levels.index(level) + 1

    def __len__(self) -> int:
        return len(self.levels)

    def __contains__(self, level: object) -> bool:
        return level in self.levels


class Drill(Struct, frozen=True):
    """An exercise that a source asks for; ``until`` (UTC) is forced."""

    level: str
    reason: str
    until: datetime


class Reading(Struct, frozen=True):
    """What one document of one source states about one area.

    Attributes:
        level: an identifier on the scale.
        area: the area the level is for; a level without its area means nothing.
        statement: the words that stated it, one line of plain text, at most 200 characters.
        previous: the level before, where the document says so.
        changed: when the authority changed the level, or dated the statement that gives it.
        issued: when the document says it was published; an older one never replaces a newer one.
        until: when what is stated ends by its own words; None where it holds until something else is stated.
        note: what the format has to know of this source when it reads the next document, in its own words
            (withdrawn messages, the highest sequence seen); None where that is as before.
        drills: the exercise that is in force beside what is stated, or none; None where nothing is said of them.
        document: the SHA-256 of the document, for the display log; no format sets it.
    """

    level: str
    area: str
    statement: str
    previous: str | None = None
    changed: date | None = None
    issued: datetime | None = None
    until: datetime | None = None
    note: str | None = None
    drills: tuple[Drill, ...] | None = None
    document: str | None = None


class Clock(Struct, frozen=True):
    """One look at the clocks.

    Attributes:
        wall: the time of day in UTC; anybody may set it, so it proves little.
        boot: seconds on a clock that never steps and counts suspend.
        boot_id: which boot ``boot`` belongs to; elapsed time is exact within one boot only.
        run: which run of the program this is; only a confirmation of this run can be live.
    """

    wall: datetime
    boot: float
    boot_id: str
    run: str


class Confidence(IntEnum):
    """How far a level can be trusted, best first; it only ever moves down between confirmations."""

    LIVE = 0
    STALE = 1
    LAST_KNOWN = 2
    UNKNOWN = 3


class StateName(StrEnum):
    """The states of DESIGN section 1."""

    LIVE = "live"
    STALE = "stale"
    LAST_KNOWN = "last-known"
    UNKNOWN = "unknown"
    OPERATOR = "operator"
    EXERCISE = "exercise"


class Mark(StrEnum):
    """What is laid over a state.

    ``fault`` says that a part of the program failed and the picture may not follow the sources.
    """

    CONFLICT = "conflict"
    CLOCK = "clock"
    CANNOT_SAVE = "cannot-save"
    FAULT = "fault"


class SourceReport(Struct, frozen=True):
    """One source as ``check`` and ``status`` print it; ``level`` only where its last answer stated one."""

    name: str
    ok: bool
    level: str | None
    problem: Problem | None
    message: str | None


class LocalSetting(Struct, frozen=True):
    """Who put an operator level or an exercise on the screen, why, and until when (UTC)."""

    by: str
    reason: str
    until: datetime


class Display(Struct, frozen=True):
    """The one value that screen, accessible text, ``check``, ``status`` and the log all print.

    Attributes:
        level: None where no level may be shown.
        changed: when the authority changed the level.
        confirmed: when a source last stated it to us, by the wall clock of that moment (UTC).
        age: time since then; None across boots, where only the wall clock could tell it.
        attempted: the last time any source was asked.
        local: set in the states operator and exercise only.
        document: the SHA-256 of the document in which the source stated the level.
    """

    state: StateName
    marks: tuple[Mark, ...]
    level: str | None
    rank: int | None
    of: int
    area: str
    previous: str | None = None
    changed: date | None = None
    confirmed: datetime | None = None
    age: timedelta | None = None
    attempted: datetime | None = None
    source: str | None = None
    statement: str | None = None
    local: LocalSetting | None = None
    sources: tuple[SourceReport, ...] = ()
    document: str | None = None
