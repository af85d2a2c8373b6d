"""Short histories for the tests of the rules: a kiosk without a disk or a network, whose time is set by hand."""

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from kiosk.core.derive import derive
from kiosk.core.fold import Event, Failed, Passed, Reconfigured, Stated, StillStated, fold
from kiosk.core.model import Clock, Display, Problem, Reading, Scale
from kiosk.core.policy import Policy, SourcePlan, Trust
from kiosk.core.state import beginning, durable, fitted

LEVELS = ("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")
START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
REVIEWED = datetime(2026, 11, 1, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


def policy(
    *names: str,
    area: str = "UK",
    levels: tuple[str, ...] = LEVELS,
    every: timedelta = TEN_MINUTES,
    trust: Trust | None = None,
    agree: int = 1,
    two_person: bool = False,
) -> Policy:
    plans = tuple(SourcePlan(name, every) for name in names or ("A", "B"))
    return Policy(Scale(levels), area, plans, REVIEWED, trust or Trust(), agree, two_person)


class History:
    """A state and its clocks; ``seconds`` pass before each event.

    Attributes:
        now: what the clocks show.
        state: what the kiosk holds.
    """

    def __init__(self, ruling: Policy | None = None) -> None:
        self.policy = ruling or policy()
        self.now = Clock(START, 1000.0, "boot 1", "run 1")
        self.state = beginning(self.policy)

    def wait(self, seconds: float) -> "History":
        """Lets time pass on both clocks."""
        wall, boot = self.now.wall + timedelta(seconds=seconds), self.now.boot + seconds
        self.now = replace(self.now, wall=wall, boot=boot)
        return self

    def set_clock(self, wall: datetime) -> "History":
        """Steps the wall clock only."""
        self.now = replace(self.now, wall=wall)
        return self

    def hear(self, event: Event) -> "History":
        """Folds an event."""
        self.state = fold(self.state, event, self.now, self.policy)
        return self

    def states(
        self,
        level: str,
        source: str = "A",
        *,
        previous: str | None = None,
        changed: date | None = None,
        issued: datetime | None = None,
    ) -> "History":
        """A source answers with a level."""
        reading = Reading(level, self.policy.area, f"{source} says {level}", previous, changed, issued)
        return self.hear(Stated(source, reading))

    def unchanged(self, source: str = "A") -> "History":
        """A source answers that its document did not change."""
        return self.hear(StillStated(source))

    def fails(self, source: str = "A", problem: Problem = Problem.TIMEOUT) -> "History":
        """A source gives no level."""
        return self.hear(Failed(source, problem, f"{source} gave no level."))

    def restart(self, seconds: float = 5, *, power_cut: bool = False) -> "History":
        """Ends the program, and the machine too for a power cut, and starts again from what was stored."""
        self.wait(seconds)
        boot = ("boot 2", 20.0) if power_cut else (self.now.boot_id, self.now.boot)
        self.now = Clock(self.now.wall, boot[1], boot[0], f"{self.now.run}+")
        self.state = fitted(durable(self.state), self.policy)
        return self

    def reload(self, ruling: Policy) -> "History":
        """Another configuration rules."""
        self.hear(Reconfigured(ruling))
        self.policy = ruling
        return self

    def shown(self) -> Display:
        """What is on the screen now."""
        self.hear(Passed())
        return derive(self.state, self.now, self.policy)

    def brief(self) -> str:
        """State, level and marks in one line, such as "live SEVERE conflict"."""
        shown = self.shown()
        return " ".join(str(part) for part in (shown.state, shown.level, *shown.marks) if part)
