"""The screen's own words in one language, with dates, times and ages as that language writes them.

That is what the CLDR says, through Babel: ``make calendars`` keeps it in a file for each language.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from msgspec import Struct

from kiosk.core.calendar import Calendar

# From here on a language counts in weeks, and "1 week ago" would make ten days sound like seven.
LONGEST_AGO = timedelta(days=7)


class Words(Struct, frozen=True):
    """One language; ``phrases`` is complete or the file was refused (``kiosk.profiles``)."""

    language: str
    calendar: Calendar
    phrases: Mapping[str, str]

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return self.calendar.right_to_left

    def say(self, key: str, **fill: str) -> str:
        """A phrase with its braces filled in; a missing key is a programming error (KeyError).

        What is written in the other direction is isolated (U+2068 and U+2069), so that a name cannot turn the
        words around it. Everything that came from outside was cleaned of such characters when it was read.
        """
        return self.phrases[key].format(**{name: self.apart(text) for name, text in fill.items()})

    def apart(self, text: str) -> str:
        """The text, isolated if it is or may be written in the other direction."""
        return _apart(text, self.right_to_left)

    def date(self, day: date) -> str:
        """As in "15 November 2021"."""
        return self.calendar.written(self.calendar.long_date, day)

    def time(self, moment: datetime) -> str:
        """As in "14:32": of 24 hours in every language, as on the timetables and clocks of a public place."""
        return self.calendar.time.format(hour=moment.hour, minute=moment.minute)

    def hour(self, moment: datetime) -> str:
        """A mark of a time axis: the time, or the day at midnight."""
        return self.day(moment) if moment.time() == time() else self.time(moment)

    def day(self, moment: datetime) -> str:
        """As in "15 Nov"."""
        return self.calendar.written(self.calendar.day, moment)

    def month(self, moment: datetime) -> str:
        """As in "Nov 2021"."""
        return self.calendar.written(self.calendar.month, moment)

    def year(self, moment: datetime) -> str:
        """As in "2021"."""
        return self.calendar.written(self.calendar.year, moment)

    def span(self, since: datetime, until: datetime) -> str:
        """As in "15 November 2021, 09:00 \u2013 17 November 2021, 18:00"."""
        return " \u2013 ".join(self.apart(f"{self.date(end.date())}, {self.time(end)}") for end in (since, until))

    def ago(self, age: timedelta) -> str:
        """As in "2 minutes ago"; in whole units, rounded down: 119 minutes are an hour.

        An age below zero or from LONGEST_AGO on is a programming error (ValueError): no sentence says it.
        """
        if not timedelta() <= age < LONGEST_AGO:
            raise ValueError(f"An age of {age} can't be told in minutes, hours or days.")
        minutes, hours, days = age // timedelta(minutes=1), age // timedelta(hours=1), age.days
        if days:
            return self.calendar.days[days - 1]
        if hours:
            return self.calendar.hours[hours - 1]
        return self.calendar.minutes[minutes - 1] if minutes else self.phrases["just_now"]


# A picture is worded anew each second, nearly always of the same texts.
@lru_cache(maxsize=256)
def _apart(text: str, right_to_left: bool) -> str:  # noqa: FBT001 - the one thing that it is about
    found = {unicodedata.bidirectional(character) for character in text}
    if right_to_left:
        turns = bool(text) and ("L" in found or not found & {"R", "AL"})  # "5 / 6" alone would turn, too
    else:
        turns = bool(found & {"R", "AL", "AN"})
    return f"\u2068{text}\u2069" if turns else text
