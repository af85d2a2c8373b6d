"""Whether the screens are on: the hours, and what counts for more."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from kiosk.core.hours import PowerPlan, read_hours
from kiosk.core.model import Clock, Display, Mark, StateName
from kiosk.core.vigil import Vigil

PLAN = PowerPlan((read_hours("07:00-19:00"),), timedelta(hours=1))
SEVERE = Display(StateName.LIVE, (), "SEVERE", 4, 5, "UK")
NIGHT = datetime(2026, 11, 24, 2, tzinfo=UTC)
RISE = 3600.0


class Night:
    """A kiosk that started at two in the morning."""

    def __init__(self, plan: PowerPlan | None = PLAN) -> None:
        self.vigil = Vigil(plan)

    def on(self, seconds: float, display: Display | None = SEVERE) -> bool | None:
        moment = NIGHT + timedelta(seconds=seconds)
        return self.vigil.wanted(display, Clock(moment, 500 + seconds, "boot", "run"), moment)


def test_without_hours_the_power_is_left_alone() -> None:
    night = Night(None)
    assert night.on(0) is None
    assert night.on(9 * RISE) is None


def test_a_start_keeps_them_on_for_a_while_and_then_the_hours_hold() -> None:
    night = Night()
    assert [night.on(0), night.on(RISE - 1), night.on(RISE)] == [True, True, False]
    assert night.on(5 * 3600 - 1) is False
    assert night.on(5 * 3600) is True
    assert night.on(17 * 3600) is False


def test_a_rise_switches_them_on_at_once_and_for_a_while_and_a_fall_does_not() -> None:
    night = Night()
    night.on(0)
    assert night.on(2 * RISE) is False
    critical = replace(SEVERE, level="CRITICAL", rank=5)
    assert night.on(2 * RISE + 1, critical) is True
    assert night.on(3 * RISE, critical) is True
    assert night.on(3 * RISE + 2, critical) is False
    assert night.on(3 * RISE + 3) is False


def test_a_level_that_was_lost_and_is_back_has_not_risen() -> None:
    night = Night()
    night.on(0)
    unknown = replace(SEVERE, state=StateName.UNKNOWN, level=None, rank=None)
    assert night.on(2 * RISE, unknown) is False
    assert night.on(2 * RISE + 1) is False


def test_an_exercise_is_shown_as_long_as_it_lasts_and_raises_nothing() -> None:
    night = Night()
    night.on(0)
    drill = replace(SEVERE, state=StateName.EXERCISE, level="CRITICAL", rank=5)
    assert night.on(2 * RISE, drill) is True
    assert night.on(4 * RISE, drill) is True
    assert night.on(4 * RISE + 1) is False


@pytest.mark.parametrize("display", [None, replace(SEVERE, marks=(Mark.CLOCK,))])
def test_before_the_first_picture_and_by_a_clock_that_cannot_be_trusted_they_are_on(
    display: Display | None,
) -> None:
    night = Night()
    night.on(0)
    assert night.on(2 * RISE, display) is True


def test_other_hours_are_taken_over() -> None:
    night = Night()
    night.on(0)
    assert night.on(2 * RISE) is False
    night.vigil.use(PowerPlan((read_hours("00:00-06:00"),), timedelta(hours=1)))
    assert night.on(2 * RISE + 1) is True
    night.vigil.use(None)
    assert night.on(2 * RISE + 2) is None
