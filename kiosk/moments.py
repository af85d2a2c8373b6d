"""When something ends, as people write it: "2 h", "18:00", "tomorrow 08:30", "2026-11-24 18:00"; or began."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from kiosk.durations import duration
from kiosk.formats.text import excerpt

_CLOCK_TIME = re.compile(r"(?:(today|tomorrow) )?(\d{1,2}):(\d{2})", re.ASCII | re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}\S*", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAY = timedelta(days=1)


def ending(text: str, now: datetime, local: Callable[[datetime], datetime]) -> datetime:
    """The moment (UTC) that a text means; ValueError with a sentence for anything else.

    A time of day is the next one on the venue's own clock. Where that is put back or forward, a time that comes
    twice, or never, is the sooner of what it may mean.

    Args:
        text: what somebody wrote.
        now: the present moment (UTC).
        local: a moment in the venue's own time; of one without an offset, what the venue means by it.
    """
    written = " ".join(text.split())
    try:
        if match := _CLOCK_TIME.fullmatch(written):
            return _next(match, now, local)
        if _ISO.fullmatch(written):
            return local(datetime.fromisoformat(written)).astimezone(UTC)
        return local(now + duration(written)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):  # dates at the ends of the calendar raise each of them
        raise ValueError(
            f'"{excerpt(written)}" is no end; write a length as in "2 h", a time as in "18:00" or '
            '"tomorrow 08:30", or a date as in "2026-11-24 18:00".'
        ) from None


def beginning(text: str, now: datetime, local: Callable[[datetime], datetime], *, end: bool = False) -> datetime:
    """The past moment (UTC) that a text means: a day, a time of it, or how long ago; ValueError for anything else.

    Args:
        text: what somebody wrote.
        now: the present moment (UTC).
        local: as for ``ending``.
        end: whether a day means its end, and not its begin.
    """
    written = " ".join(text.split())
    try:
        if _DATE.fullmatch(written):
            return local(datetime.fromisoformat(written) + end * _DAY).astimezone(UTC)
        if _ISO.fullmatch(written):
            return local(datetime.fromisoformat(written)).astimezone(UTC)
        return local(now - duration(written)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise ValueError(
            f'"{excerpt(written)}" is no time; write a day as in "2026-11-14", a time as in "2026-11-14 18:00", '
            'or how long ago as in "14 d".'
        ) from None


def is_length(text: str) -> bool:
    """Whether a text is a length of time, which needs no clock that shows the right time."""
    try:
        duration(" ".join(text.split()))
    except ValueError:
        return False
    return True


def _next(match: re.Match[str], now: datetime, local: Callable[[datetime], datetime]) -> datetime:
    day, hour, minute = match.groups()
    date = local(now).date()
    if day and day.lower() == "tomorrow":
        date += _DAY
    moments = (local(datetime.combine(date + days, time(int(hour), int(minute)))) for days in (timedelta(), _DAY))
    today, tomorrow = (moment.astimezone(UTC) for moment in moments)
    return today if day or today > now else tomorrow
