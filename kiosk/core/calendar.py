"""How a language writes dates, times and ages, as the Common Locale Data Repository (CLDR) has it.

The files in ``assets/calendars`` are made from it by ``make calendars``. To ask CLDR itself while the program runs
(Babel) took a tenth of a start and 6 MB, for a dozen sentences.
"""

from datetime import date, datetime

from msgspec import Struct

MINUTES, HOURS, DAYS = 59, 23, 6
"""The largest age that is told in each unit: from a week on a language would count in weeks."""


class Calendar(Struct, frozen=True):
    """One language's.

    Templates are those of ``str.format``; ``filled`` has what they can name. Ages are whole sentences, the first
    for one unit, because each language counts in its own way.

    Attributes:
        name: of the language, in itself.
        right_to_left: whether it is written so.
        long_date: as in "15 November 2021".
        hour: as in "14:32".
        short_day: as in "15 Nov".
        short_month: as in "Nov 2021".
        year: as in "2021".
        months: their names within a date, from January on.
        short_months: the same, short.
        lone_months: the same, short and without a day.
        minutes: as in "1 minute ago", for 1 to ``MINUTES``.
        hours: for 1 to ``HOURS``.
        days: for 1 to ``DAYS``.
    """

    name: str
    right_to_left: bool
    long_date: str
    hour: str
    short_day: str
    short_month: str
    year: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    lone_months: tuple[str, ...]
    minutes: tuple[str, ...]
    hours: tuple[str, ...]
    days: tuple[str, ...]

    def filled(self, template: str, moment: date | datetime) -> str:
        """A template of this calendar's at a moment; that of a time needs one with a time."""
        month = moment.month - 1
        clock = {"hour": moment.hour, "minute": moment.minute} if isinstance(moment, datetime) else {}
        return template.format(
            **clock,
            year=moment.year,
            month=moment.month,
            day=moment.day,
            long=self.months[month],
            short=self.short_months[month],
            lone=self.lone_months[month],
        )
