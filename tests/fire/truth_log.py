"""What a screen with one source ought to show, worked out from what truly happened: the simulator's own log.

Nothing of the kiosk is used here. Times are true seconds since the simulation began.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

LEVELS = ("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")
STATES = ("live", "stale", "last-known", "unknown")
LIVE, STALE, LAST_KNOWN, UNKNOWN = range(4)
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@dataclass
class Statement:
    """When the held level was last stated: truly, on the wall, and in which boot and run."""

    true: float
    wall: datetime
    boot: int
    run: int


@dataclass
class TruthLog:
    """The rules of the README, for one source that is asked every ten minutes.

    Attributes:
        reviewed: before this no clock can be right.
        lines: each state and level that ought to have been on the screen, in order.
    """

    reviewed: datetime
    level: str | None = None
    said: Statement | None = None
    lower: tuple[str, float] | None = None
    worst: int = LIVE
    lines: list[tuple[str, str | None]] = field(default_factory=list)

    def hears(self, level: str, now: Statement) -> None:
        """The source stated a level."""
        self.worst = max(self.worst, self._confidence(now))
        if self.level is None or self.worst == UNKNOWN or LEVELS.index(level) >= LEVELS.index(self.level):
            self._takes(level, now)
        elif self.lower is None or self.lower[0] != level:
            self.lower = (level, now.true)
        elif now.true - self.lower[1] >= _MINUTE:
            self._takes(level, now)

    def restarts(self, stored: Statement | None) -> None:
        """A run of its own begins with what the disk has."""
        self.lower = None
        self.said = stored

    def shows(self, now: Statement) -> None:
        """Notes what ought to be on the screen."""
        self.worst = max(self.worst, self._confidence(now))
        shown = (STATES[self.worst], None if self.worst == UNKNOWN else self.level)
        if not self.lines or self.lines[-1] != shown:
            self.lines.append(shown)

    def _takes(self, level: str, now: Statement) -> None:
        self.level, self.said, self.lower, self.worst = level, now, None, LIVE

    def _confidence(self, now: Statement) -> int:
        if self.said is None:
            return UNKNOWN
        age = now.true - self.said.true
        if now.boot != self.said.boot:
            if now.wall < max(self.reviewed, self.said.wall - timedelta(minutes=2)):
                return LAST_KNOWN  # no clock tells how old it is
            age = max(0.0, (now.wall - self.said.wall).total_seconds())
        if age > 28 * _DAY:
            return UNKNOWN
        if age > _DAY:
            return LAST_KNOWN
        return STALE if age > 30 * _MINUTE or now.run != self.said.run else LIVE
