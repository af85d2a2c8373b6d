"""Levels that a person put on the screen: how long one is in force, and when it takes a second person."""

from datetime import timedelta

from msgspec.structs import replace

from kiosk.core.clocks import elapsed
from kiosk.core.model import Clock
from kiosk.core.state import LocalLevel, State

LONGEST_LEVEL = timedelta(days=7)
LONGEST_EXERCISE = timedelta(hours=4)
LONGEST_PENDING = timedelta(minutes=15)


def in_force(local: LocalLevel, now: Clock, longest: timedelta) -> bool:
    """Whether a local level has not ended, by whichever clock ends it sooner; a longer one never begins.

    It ends with its boot at the latest: after a power cut no clock proves how long ago it was set.
    """
    length, passed = local.until - local.since.wall, elapsed(local.since, now, wall_credible=False)
    return length <= longest and passed is not None and passed < length and now.wall < local.until


def unended(state: State, now: Clock) -> State:
    """The state without the local levels that have ended; the same object where none has."""
    operator, exercise, pending = (
        local if local and in_force(local, now, longest) else None
        for local, longest in (
            (state.operator, LONGEST_LEVEL),
            (state.exercise, LONGEST_EXERCISE),
            (state.pending, LONGEST_LEVEL),
        )
    )
    if pending and _waited_too_long(pending, now):
        pending = None
    if (operator, exercise, pending) == (state.operator, state.exercise, state.pending):
        return state
    return replace(state, operator=operator, exercise=exercise, pending=pending)


def with_level(state: State, level: LocalLevel | None, *, two_person: bool) -> State:
    """The state after a person set a level; where it takes two, what is shown stays until the other confirms."""
    if level and two_person:
        return replace(state, pending=level)
    return replace(state, operator=level, pending=None)


def seconded(state: State, by: str) -> State:
    """The state after a person confirmed the level that waits; nobody confirms their own."""
    pending = state.pending
    if pending is None or same_person(pending.by, by):
        return state
    return replace(state, operator=replace(pending, by=f"{pending.by}, {by}"), pending=None)


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same but for capitals and spaces."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def _waited_too_long(pending: LocalLevel, now: Clock) -> bool:
    passed = elapsed(pending.since, now, wall_credible=False)
    return passed is None or passed >= LONGEST_PENDING
