"""Dates as English-language publishers write them; only the day counts."""

import re
from datetime import UTC, date, datetime, time

from kiosk.formats.text import FLAGS

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"

_PUBLISHED = re.compile(
    rf"""(?:{WEEKDAY},?\ )?
    (?: (?P<month>{MONTH})\ (?P<day>\d{{1,2}}),?\ (?P<year>\d{{4}})
      | (?P<day_first>\d{{1,2}})\ (?P<month_second>{MONTH})\ (?P<year_last>\d{{4}})
      | (?P<iso>\d{{4}}-\d{{2}}-\d{{2}}) )
    (?![\w-])""",
    FLAGS | re.VERBOSE,
)
_ISO_THEN_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T\d", FLAGS)


def published_day(text: str) -> date | None:
    """The day at the start of a publication date in any of the shapes seen, else None.

    "Tuesday, March 05, 2024 -  02:52", "Tue, 05 Mar 2024 02:52:25 +0000" and "2024-03-05T02:52:25Z" are one
    day. The time is not read: MI5's has no zone and seems to be on a 12-hour clock.
    """
    if iso := _ISO_THEN_TIME.match(text):
        return iso_day(iso[1])
    found = _PUBLISHED.match(text)
    if not found:
        return None
    if found["iso"]:
        return iso_day(found["iso"])
    return day_of(
        found["year"] or found["year_last"],
        found["month"] or found["month_second"],
        found["day"] or found["day_first"],
    )


def iso_day(text: str) -> date | None:
    """A day written 2024-03-05, or None where there is no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_of(year: str, month: str, day: str) -> date | None:
    """The day with this month's English name, or None where there is no such day."""
    try:
        return date(int(year), month_number(month), int(day))
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 for "January" or "jan"; only names that ``MONTH`` matches."""
    return [month[:3] for month in _MONTHS].index(name[:3].lower()) + 1


def midnight(day: date | None) -> datetime | None:
    """The first moment of that day, UTC."""
    return datetime.combine(day, time(), UTC) if day else None
