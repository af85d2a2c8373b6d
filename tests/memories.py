"""States and lines worth storing, for the tests of whatever stores them."""

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from kiosk.core.model import (
    Clock,
    Confidence,
    Display,
    LocalSetting,
    Mark,
    Problem,
    Reading,
    SourceReport,
    StateName,
)
from kiosk.core.state import Claim, Held, LocalLevel, SourceState, State, durable
from kiosk.store import Line

SCOPE = "uk/UK"
WALL = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NOW = Clock(WALL, 1000.0, "boot", "run")


def later(seconds: float) -> Clock:
    """A look at the clocks some seconds after ``NOW``."""
    return replace(NOW, wall=WALL + timedelta(seconds=seconds), boot=NOW.boot + seconds)


def state(level: str = "SEVERE", now: Clock = NOW) -> State:
    """A state with something in every place that is stored."""
    reading = Reading(level, "UK", f"The level is {level}", "LOW", date(2026, 4, 30), WALL)
    return State(
        "UK",
        (
            SourceState("A", Claim(reading, NOW, now), WALL, now, None, None, disputed=True),
            SourceState("Ŷ", attempted=now, problem=Problem.DNS, message="Nobody knows the host."),
        ),
        Held(level, "A", reading.statement, "LOW", reading.changed, now),
        Confidence.STALE,
        operator=LocalLevel("LOW", "Ann", "repairs", NOW, WALL + timedelta(hours=1)),
    )


def stored(original: State) -> State:
    """What a store gives back of a state."""
    return durable(original)


def line(number: int = 0, why: str = "The level is SEVERE") -> Line:
    """A line with something in every place."""
    display = Display(
        StateName.OPERATOR,
        (Mark.CONFLICT,),
        "SEVERE",
        4,
        5,
        "UK",
        previous="LOW",
        changed=date(2026, 4, 30),
        confirmed=WALL,
        age=timedelta(seconds=number),
        attempted=WALL,
        source="A",
        statement="The level is SEVERE",
        local=LocalSetting("Ann", "repairs", WALL),
        sources=(SourceReport("A", ok=True, level="SEVERE", problem=None, message=None),),
    )
    return Line(WALL + timedelta(seconds=number), why, display)
