"""What the CLDR says of a language, as far as the screen needs it.

``make calendars`` writes it into assets/calendars with Babel, and ``kiosk.profiles`` reads it there: Babel's own
tables would cost each start 30 ms and 5.6 MB.
"""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct


class Calendar(Struct, frozen=True):
    """The facts of one language; of its date patterns only the braces are ours.

    Attributes:
        cldr: the version of the CLDR.
        name: the language's own name, as it is written within a sentence.
        right_to_left: whether the language is written from right to left.
        long_date, day, month, year: how a date is written, whole or in part, with the braces of ``written``.
        time: how a time of 24 hours is written, with {hour} and {minute}.
        months: the names of the twelve months by the brace that stands for them, in the forms that are needed.
        minutes, hours, days: how an age is told in that unit, from 1 to the last before the next unit. A language
            has up to six forms for its numbers, and whole sentences need no rule that chooses among them.
    """

    cldr: str
    name: str
    right_to_left: bool
    long_date: str
    day: str
    month: str
    year: str
    time: str
    months: Mapping[str, tuple[str, ...]]
    minutes: tuple[str, ...]
    hours: tuple[str, ...]
    days: tuple[str, ...]

    def written(self, pattern: str, day: date) -> str:
        """One of the patterns, with the day, the month (as a number or by a name) and the year filled in."""
        names = {form: names[day.month - 1] for form, names in self.months.items()}
        return pattern.format(day=day.day, month=day.month, year=day.year, **names)
