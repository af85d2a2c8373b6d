"""Which changes are told aloud, and which of them interrupt."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.core.announce import Urgency, urgency
from kiosk.core.model import Display, Mark
from tests.core.pictures import EXERCISE, LAST_KNOWN, LIVE, OPERATOR, STALE, UNKNOWN

CRITICAL = replace(LIVE, level="CRITICAL", rank=5)
LOW = replace(LIVE, level="LOW", rank=1)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (LIVE, CRITICAL),
        (LOW, replace(STALE, level="SEVERE", rank=4)),
        (LIVE, STALE),
        (STALE, LAST_KNOWN),
        (LAST_KNOWN, UNKNOWN),
        (LIVE, UNKNOWN),
        (OPERATOR, UNKNOWN),
        (CRITICAL, STALE),
        (EXERCISE, LIVE),
        (EXERCISE, UNKNOWN),
    ],
)
def test_a_rise_a_loss_and_the_end_of_a_drill_interrupt(before: Display, now: Display) -> None:
    assert urgency(before, now) is Urgency.ASSERTIVE


@pytest.mark.parametrize(
    ("before", "now"),
    [(CRITICAL, LIVE), (STALE, LIVE), (UNKNOWN, LIVE), (LIVE, OPERATOR), (LIVE, EXERCISE), (UNKNOWN, STALE)],
)
def test_a_fall_a_confirmation_and_the_start_of_a_drill_wait(before: Display, now: Display) -> None:
    assert urgency(before, now) is Urgency.POLITE


@pytest.mark.parametrize("display", [LIVE, STALE, UNKNOWN, EXERCISE], ids=lambda display: display.state)
def test_ages_marks_and_sources_are_not_told(display: Display) -> None:
    older = replace(display, age=timedelta(hours=1), marks=(Mark.CLOCK,), source="Another", attempted=None)
    assert urgency(display, older) is None
