"""Opening hours, as people write them and as a clock meets them."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.hours import Hours, read_hours, write_hours

MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - the venue's own time


def at(text: str, moment: str) -> bool:
    """Whether hours hold at "Tue 07:00" of that week."""
    day, clock = moment.split()
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").index(day)
    hours, minutes = map(int, clock.split(":"))
    return read_hours(text).hold(MONDAY + timedelta(days=days, hours=hours, minutes=minutes))


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("07:00-22:00", ["Mon 07:00", "Sun 21:59"], ["Mon 06:59", "Sun 22:00"]),
        ("Mon-Fri 07:00-19:00", ["Fri 18:59"], ["Sat 12:00", "Mon 06:59"]),
        ("Sat,Mon 09:00-13:00", ["Sat 09:00", "Mon 12:59"], ["Sun 10:00", "Tue 10:00"]),
        ("fri-mon 09:00-13:00", ["Fri 09:00", "Sun 09:00", "Mon 09:00"], ["Tue 09:00", "Thu 09:00"]),
        ("Sat 18:00-02:00", ["Sat 18:00", "Sun 01:59"], ["Sat 01:00", "Sun 02:00", "Mon 01:00"]),
        ("Sun 18:00-24:00", ["Sun 23:59"], ["Mon 00:00", "Sun 17:59"]),
        ("Tue 00:00-24:00", ["Tue 00:00", "Tue 23:59"], ["Wed 00:00", "Mon 23:59"]),
    ],
)
def test_hours_hold_when_they_say(text: str, inside: list[str], outside: list[str]) -> None:
    assert [moment for moment in inside if not at(text, moment)] == []
    assert [moment for moment in outside if at(text, moment)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "always",
        "7-22",
        "07:00",
        "07:00-22:00-23:00",
        "Mo 07:00-22:00",
        "Mon-Wed-Fri 07:00-08:00",
        "25:00-26:00",
    ],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match='write it as in "07:00-22:00"'):
        read_hours(text)


@given(st.frozensets(st.integers(0, 6), min_size=1), st.times(), st.times())
def test_what_is_written_is_read_again(days: frozenset[int], begin: time, end: time) -> None:
    hours = Hours(days, begin.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))
    assert read_hours(write_hours(hours)) == hours
