"""Whose turn it is, and when it is night."""

from datetime import datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.core.turns import is_night, reading_time
from tests.ui.screens import LIVE, LONG

BARE = replace(
    LIVE,
    heading="",
    level="SEVERE",
    meaning="",
    change=None,
    guidance_heading="",
    guidance=(),
    contacts=(),
    age="",
    origin="",
)
texts = st.lists(st.sampled_from(["word", "two words", "one or two words"]), max_size=40)


def test_the_shortest_screen_stays_ten_seconds() -> None:
    assert reading_time(BARE) == 10


@given(texts)
def test_every_word_has_half_a_second_and_the_eye_two_to_find_the_start(lines: list[str]) -> None:
    words = 1 + sum(len(line.split()) for line in lines)
    assert reading_time(replace(BARE, guidance=tuple(lines))) == max(10, 2 + words / 2)


def test_a_long_screen_stays_longer_and_chinese_is_counted_by_its_signs() -> None:
    assert reading_time(LONG) > reading_time(LIVE) > 20
    assert reading_time(replace(BARE, meaning="很可能发生袭击" * 10)) > 10


moments = st.times()


@given(st.tuples(moments, moments).filter(lambda night: night[0] != night[1]))
def test_a_night_begins_and_ends_once_a_day_and_lasts_as_long_as_it_says(night: tuple[time, time]) -> None:
    night = (night[0].replace(second=0, microsecond=0), night[1].replace(second=0, microsecond=0))
    if night[0] == night[1]:
        return
    minutes = [datetime(2026, 11, 24) + timedelta(minutes=minute) for minute in range(24 * 60 + 1)]  # noqa: DTZ001 - the venue's own clock
    dark = [is_night(minute, night) for minute in minutes]
    began = datetime.combine(minutes[0], night[0])
    ended = datetime.combine(minutes[0], night[1])
    lasts = (ended - began) % timedelta(days=1)
    assert sum(dark[:-1]) == lasts / timedelta(minutes=1)
    assert sum(before is not after for before, after in pairwise(dark)) <= 2
    assert is_night(began, night)
    assert not is_night(ended, night)


def test_without_a_night_it_is_never_dark() -> None:
    assert not is_night(datetime(2026, 11, 24, 3), None)  # noqa: DTZ001 - as above
