"""When a source is asked next."""

from datetime import timedelta

LONGEST_RETRY_AFTER = timedelta(hours=1)
_FIRST_RETRY = timedelta(minutes=1)
_LONGEST_BACK_OFF = 1.5  # polls: a source that comes back is not overlooked much longer than usual


def next_delay(
    every: timedelta,
    *,
    failures: int,
    chance: float,
    retry_after: timedelta | None = None,
    fall_pending: timedelta | None = None,
) -> timedelta:
    """The time until the next poll.

    Args:
        every: the configured interval.
        failures: polls that failed in a row; from the second on the interval grows, from a minute at most.
        chance: uniform in [0, 1); five hundred screens that were switched on together drift apart by it.
        retry_after: how long the source asked us to stay away; more than an hour is taken as an hour.
        fall_pending: how long until a second confirmation may lower the level, where one waits for that.
    """
    delay = every
    if failures:
        delay = min(min(every, _FIRST_RETRY) * 2 ** min(failures - 1, 16), every * _LONGEST_BACK_OFF)
    delay *= 0.9 + 0.2 * chance
    if fall_pending is not None:
        delay = min(delay, max(fall_pending, min(every, _FIRST_RETRY)))
    if retry_after is not None:
        delay = max(delay, min(retry_after, LONGEST_RETRY_AFTER))
    return delay
