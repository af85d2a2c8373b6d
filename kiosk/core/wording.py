"""The screen's own words in one language, with dates, times and ages as that language writes them (CLDR)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta

# From here on a language counts in weeks, and "1 week ago" would make ten days sound like seven.
LONGEST_AGO = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Words:
    """One language; ``phrases`` is complete or the file was refused (``kiosk.profiles``)."""

    language: str
    locale: Locale
    phrases: Mapping[str, str]

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return bool(self.locale.text_direction == "rtl")

    def say(self, key: str, **fill: str) -> str:
        """A phrase with its braces filled in; a missing key is a programming error (KeyError)."""
        return self.phrases[key].format(**fill)

    def date(self, day: date) -> str:
        """As in "15 November 2021"."""
        return format_date(day, "long", locale=self.locale)

    def time(self, moment: datetime) -> str:
        """As in "14:32"."""
        return format_time(moment, "short", locale=self.locale)

    def ago(self, age: timedelta) -> str:
        """As in "2 minutes ago"; in whole units, rounded down: 119 minutes are an hour."""
        minutes, hours, days = age // timedelta(minutes=1), age // timedelta(hours=1), age.days
        if not minutes:
            return self.phrases["just_now"]
        whole = timedelta(days=days) if days else timedelta(hours=hours) if hours else timedelta(minutes=minutes)
        return format_timedelta(-whole, threshold=1, add_direction=True, locale=self.locale)
