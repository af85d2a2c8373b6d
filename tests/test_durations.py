"""Lengths of time as people write them, there and back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.durations import duration, written


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90 s", 90), ("10 min", 600), ("24h", 86400), (" 28 d ", 28 * 86400), ("1.5 h", 5400), ("0 s", 0)],
)
def test_a_length_of_time_is_read_as_people_write_it(text: str, seconds: int) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text",
    ["", "10", "min", "-1 s", "1 m", "1 year", "1e3 s", "1,5 h", "٣ s", "9" * 10 + " s", "nan s", "1 s 2 s"],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r'write it as in "90 s"'):
        duration(text)


def test_the_longest_that_can_be_written_is_still_a_length_of_time() -> None:
    assert duration("999999999.999 d") < timedelta.max


@given(milliseconds=st.integers(0, 366 * 86400 * 1000))
def test_what_is_written_is_read_as_the_same_length(milliseconds: int) -> None:
    length = timedelta(milliseconds=milliseconds)
    assert duration(written(length)) == length
