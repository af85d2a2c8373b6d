"""Whose turn it is: how long a language stays where not all fit, when it is night, where the picture stands."""

from datetime import datetime, time, timedelta

from kiosk.core.screen import Screen

# Twice the time of an average silent reader (238 words a minute, Brysbaert 2019): a visitor looks up late, and may
# read the language as a second one.
_SECONDS_A_WORD = 0.5
_SECONDS_TO_BEGIN = 2.0
_SHORTEST = 10.0
_LETTERS_A_WORD = 2  # of Chinese, which has no spaces between its words

STEP_EVERY = timedelta(minutes=3)
"""How often the composition moves a little, so that nothing burns in."""


def reading_time(screen: Screen) -> float:
    """Seconds in which a visitor reads everything on a screen."""
    texts = (
        screen.heading,
        screen.lead or "",
        screen.level,
        screen.meaning,
        screen.change or "",
        screen.guidance_heading,
        *screen.guidance,
        *screen.notice,
        *(contact.label for contact in screen.contacts),
        *screen.marks,
        screen.strip or "",
        screen.age,
        screen.origin,
    )
    return max(_SHORTEST, _SECONDS_TO_BEGIN + _SECONDS_A_WORD * sum(map(_words, texts)))


def _words(text: str) -> int:
    ideographs = sum("\u2e80" <= letter <= "\u9fff" for letter in text)
    return len(text.split()) + ideographs // _LETTERS_A_WORD


def is_night(moment: datetime, night: tuple[time, time] | None) -> bool:
    """Whether a moment of the venue's own time is within the night, which may reach over midnight."""
    if night is None:
        return False
    begin, end = night
    now = moment.time()
    return begin <= now < end if begin < end else now >= begin or now < end
