"""When a source is asked next, for any interval and any run of luck."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.schedule import LONGEST_RETRY_AFTER, next_delay

MINUTE = timedelta(minutes=1)
intervals = st.timedeltas(timedelta(seconds=1), timedelta(days=1))
chances = st.floats(0, 1, exclude_max=True)
failures = st.integers(0, 10**6)


@given(every=intervals, chance=chances)
def test_a_source_that_answers_is_asked_within_a_tenth_of_its_interval(every: timedelta, chance: float) -> None:
    assert 0.9 * every <= next_delay(every, failures=0, chance=chance) <= 1.1 * every + timedelta.resolution


@given(every=intervals, failed=st.integers(1, 10**6), chance=chances)
def test_a_source_that_fails_is_asked_again_in_bounds(every: timedelta, failed: int, chance: float) -> None:
    delay = next_delay(every, failures=failed, chance=chance)
    assert 0.9 * min(every, MINUTE) <= delay <= 1.65 * every + timedelta.resolution


@given(every=intervals, failed=st.integers(1, 10**6), chance=chances)
def test_the_interval_only_grows_with_failures(every: timedelta, failed: int, chance: float) -> None:
    sooner = next_delay(every, failures=failed, chance=chance)
    assert sooner <= next_delay(every, failures=failed + 1, chance=chance)


def test_the_interval_doubles_from_a_minute_and_stops_at_one_and_a_half_polls() -> None:
    delays = [next_delay(10 * MINUTE, failures=failed, chance=0.5) for failed in range(1, 7)]
    assert delays == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE, 15 * MINUTE]


@given(every=intervals, failed=failures, chance=chances, asked=st.timedeltas(timedelta()))
def test_a_source_that_asks_for_rest_gets_it_for_an_hour_at_most(
    every: timedelta, failed: int, chance: float, asked: timedelta
) -> None:
    plain = next_delay(every, failures=failed, chance=chance)
    delay = next_delay(every, failures=failed, chance=chance, retry_after=asked)
    assert delay == max(plain, min(asked, LONGEST_RETRY_AFTER))


@given(every=intervals, chance=chances, pending=st.timedeltas(timedelta(), timedelta(days=1)))
def test_a_fall_that_waits_is_confirmed_as_soon_as_it_may_be_and_no_sooner_than_a_retry(
    every: timedelta, chance: float, pending: timedelta
) -> None:
    plain = next_delay(every, failures=0, chance=chance)
    delay = next_delay(every, failures=0, chance=chance, fall_pending=pending)
    assert delay == min(plain, max(pending, min(every, MINUTE)))
