"""How many messages of a broker get through: a flood must not keep the kiosk busy, nor its newest message wait."""

from typing import Generic, TypeVar

T = TypeVar("T")

_MOST_AT_ONCE = 10
_EVERY = 1.0  # seconds between two of a flood


class Gate(Generic[T]):
    """Lets ten pass at once and then one each second; of those that wait, only the newest is kept."""

    def __init__(self, now: float) -> None:
        """Takes the time in seconds on any clock that never steps; so do the methods."""
        self._tokens = float(_MOST_AT_ONCE)
        self._counted = now
        self._waiting: T | None = None

    def offer(self, item: T) -> None:
        """Takes an item; one that waited is forgotten."""
        self._waiting = item

    def take(self, now: float) -> T | None:
        """The item that may pass now, if there is one."""
        self._tokens = min(float(_MOST_AT_ONCE), self._tokens + (now - self._counted) / _EVERY)
        self._counted = now
        if self._waiting is None or self._tokens < 1:
            return None
        item, self._waiting = self._waiting, None
        self._tokens -= 1
        return item

    def patience(self, longest: float) -> float:
        """Seconds until what waits may pass, at most ``longest``."""
        return longest if self._waiting is None else min(longest, max(0.0, 1 - self._tokens) * _EVERY)
