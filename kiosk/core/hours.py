"""Opening hours: when a screen is to be on, in the venue's own time."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from msgspec import Struct

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MIDNIGHT = time()


class Hours(Struct, frozen=True):
    """A part of the day on some days of the week.

    Attributes:
        days: 0 for Monday; the days on which it begins.
        begin, end: where the end is not later than the begin, it is on the next day; from midnight to midnight is
            the whole day.
    """

    days: frozenset[int]
    begin: time
    end: time

    def hold(self, moment: datetime) -> bool:
        """Whether a moment of the venue's own time is within."""
        now, today = moment.time(), moment.weekday() in self.days
        if self.begin < self.end:
            return today and self.begin <= now < self.end
        return (today and now >= self.begin) or (
            (moment.weekday() - 1) % len(DAYS) in self.days and now < self.end
        )


class PowerPlan(Struct, frozen=True):
    """When the screens are on.

    Attributes:
        on: the opening hours, at least one.
        rise: how long they are on after the level rose or the program started, whatever the hours say.
    """

    on: tuple[Hours, ...]
    rise: timedelta

    def open(self, moment: datetime) -> bool:
        """Whether a moment of the venue's own time is within the hours."""
        return any(hours.hold(moment) for hours in self.on)


def read_hours(text: str) -> Hours:
    """As in "07:00-22:00", "Mon-Fri 07:00-19:00" or "Sat,Sun 09:00-13:00"; ValueError for anything else."""
    days, _, span = text.strip().rpartition(" ")
    try:
        begin, end = (_time(part.strip()) for part in span.split("-"))
        return Hours(_days(days), begin, end)
    except ValueError:
        raise ValueError(
            f'"{text}" is no opening time; write it as in "07:00-22:00" or "Mon-Fri 07:00-19:00"'
        ) from None


def write_hours(hours: Hours) -> str:
    """As ``read_hours`` reads it."""
    span = f"{hours.begin:%H:%M}-{hours.end:%H:%M}"
    if len(hours.days) == len(DAYS):
        return span
    return f"{','.join(DAYS[day] for day in sorted(hours.days))} {span}"


def _time(text: str) -> time:
    return _MIDNIGHT if text == "24:00" else time.fromisoformat(text)


def _days(text: str) -> frozenset[int]:
    if not text.strip():
        return frozenset(range(len(DAYS)))
    found: set[int] = set()
    for part in text.split(","):
        found |= set(_run(part.strip().split("-")))
    return frozenset(found)


def _run(ends: Sequence[str]) -> Sequence[int]:
    """The days from one to another; from Saturday to Monday are three."""
    first, last = (DAYS.index(end.strip().capitalize()) for end in (ends[0], ends[-1]))
    if len(ends) > 2:  # noqa: PLR2004 - the first and the last
        raise ValueError(ends)
    return [day % len(DAYS) for day in range(first, last + (len(DAYS) if last < first else 0) + 1)]
