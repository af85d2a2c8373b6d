"""The marks of a time axis: whole hours, days, weeks, months or years of the venue's own clock."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

from msgspec import Struct

from kiosk.core.wording import Words

_MOST = 60
"""Marks; with more there would be no room for a label in any size."""


class Tick(Struct, frozen=True):
    """A mark at a share of the span, 0 to 1, with what stands at it."""

    place: float
    label: str


_Days = Callable[[datetime], Iterator[datetime]]


def ticks(
    since: datetime, until: datetime, words: Words, local: Callable[[datetime], datetime]
) -> tuple[tuple[Tick, ...], ...]:
    """The axes that fit a span of time, the most detailed first; times in UTC, marks at local ones."""
    whole = max(until - since, timedelta(seconds=1))
    found: list[tuple[Tick, ...]] = []
    for label, begins in _steps():
        axis: list[Tick] = []
        for naive in begins(local(since).replace(tzinfo=None)):
            # A time that the clock skips in spring is that of the hour after it.
            moment = local(naive)
            if moment > until:
                break
            if moment >= since:
                axis.append(Tick((moment - since) / whole, label(words, naive)))
            if len(axis) > _MOST:
                break
        if 0 < len(axis) <= _MOST:
            found.append(tuple(axis))
    return tuple(found)


def _steps() -> Iterator[tuple[Callable[[Words, datetime], str], _Days]]:
    for minutes in (5, 15, 30, 60, 180, 360, 720):
        yield Words.hour, _every(timedelta(minutes=minutes))
    for days in (1, 2):
        yield Words.day, _every(timedelta(days=days))
    yield Words.day, _weeks
    for months in (1, 3, 6):
        yield Words.month, _months(months)
    for years in (1, 5, 10):
        yield Words.year, _months(12 * years)


def _every(step: timedelta) -> _Days:
    def begins(since: datetime) -> Iterator[datetime]:
        moment = datetime.combine(since.date(), time())
        if step >= timedelta(days=1):  # every other day, whatever the first is
            moment -= timedelta(days=moment.toordinal() % step.days)
        while True:
            if moment + step >= since:
                yield moment
            moment += step

    return begins


def _weeks(since: datetime) -> Iterator[datetime]:
    monday = datetime.combine(since.date(), time()) - timedelta(days=since.weekday())
    while True:
        yield monday
        monday += timedelta(days=7)


def _months(step: int) -> _Days:
    def begins(since: datetime) -> Iterator[datetime]:
        month = (since.year * 12 + since.month - 1) // step * step
        while True:
            yield datetime(month // 12, month % 12 + 1, 1)  # noqa: DTZ001 - the venue's own time
            month += step

    return begins
