"""Whether the screens are to be on now: the opening hours, and what is more important than they are."""

from datetime import datetime
from enum import StrEnum

from kiosk.core.hours import PowerPlan
from kiosk.core.model import Clock, Display, Mark, StateName


class Power(StrEnum):
    """Whether a screen has power, as far as its system tells."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"


class Vigil:
    """Watches what is displayed, and keeps the screens on for a while after the level rose.

    An exercise is shown as long as it lasts: whoever began it wants it seen. A clock that can't be trusted keeps
    the screens on, because it can't tell that the venue is closed.
    """

    def __init__(self, plan: PowerPlan | None = None) -> None:
        self._plan = plan
        self._rank: int | None = None
        self._until: float | None = None

    def use(self, plan: PowerPlan | None) -> None:
        """Take other opening hours over."""
        self._plan = plan

    @property
    def scheduled(self) -> bool:
        """Whether there are opening hours."""
        return self._plan is not None

    def wanted(self, display: Display | None, now: Clock, local: datetime) -> bool | None:
        """Whether the screens are to be on; None where the configuration leaves their power alone.

        ``display`` is what is shown, None before the first picture; ``local`` the same moment as ``now`` in the
        venue's own time.
        """
        if display and display.rank is not None and display.state is not StateName.EXERCISE:
            if self._rank is not None and display.rank > self._rank:
                self._until = None
            self._rank = display.rank
        if self._plan is None:
            return None
        if self._until is None:  # just started, or just risen
            self._until = now.boot + self._plan.rise.total_seconds()
        return (
            display is None
            or display.state is StateName.EXERCISE
            or Mark.CLOCK in display.marks
            or now.boot < self._until
            or self._plan.open(local)
        )
