"""Which changes of the display are told aloud to people who can't see it, and how pressingly."""

from enum import StrEnum

from kiosk.core.model import Display, StateName


class Urgency(StrEnum):
    """``ASSERTIVE`` interrupts what a screen reader says at the moment, ``POLITE`` waits for its end."""

    POLITE = "polite"
    ASSERTIVE = "assertive"


_DOUBT = {
    StateName.LIVE: 0,
    StateName.OPERATOR: 0,
    StateName.STALE: 1,
    StateName.LAST_KNOWN: 2,
    StateName.UNKNOWN: 3,
}


def urgency(before: Display, now: Display) -> Urgency | None:
    """How to tell that another level or state is shown; None where both are the same.

    Ages, marks and languages are not told: they would speak every minute, to somebody who has heard the level.
    What was said must not stand when it is no longer to be believed, so a rise and a loss of confirmation
    interrupt; a fall, a confirmation and the start of a drill can wait. The end of a drill interrupts: behind it
    the level may have risen or been lost, and whoever heard the drill has to hear that it is over.
    """
    if (before.level, before.state) == (now.level, now.state):
        return None
    if StateName.EXERCISE in {before.state, now.state}:
        over = now.state is not StateName.EXERCISE
        return Urgency.ASSERTIVE if over else Urgency.POLITE
    rises = before.rank is not None and now.rank is not None and now.rank > before.rank
    loses = _DOUBT[now.state] > _DOUBT[before.state]
    return Urgency.ASSERTIVE if rises or loses else Urgency.POLITE
