"""Exercises: those that a source asks for, and what ends any of them early."""

from msgspec.structs import replace

from kiosk.core.local import LONGEST_EXERCISE
from kiosk.core.model import Clock, Drill
from kiosk.core.policy import Policy
from kiosk.core.state import Held, LocalLevel, State


def drilled(state: State, name: str, drills: tuple[Drill, ...] | None, now: Clock) -> State:
    """The state after a source named the drills in force: one, or none; None where it said nothing of them.

    A drill that a person began goes before it, and one that a person stopped does not begin again.
    """
    current = state.exercise
    if drills is None or (current and current.source != name):
        return state
    wanted = next((_local(drill, name, now) for drill in drills), None)
    if wanted is None or wanted.until <= now.wall:
        return replace(state, exercise=None) if current else state
    if _same(wanted, current) or _same(wanted, state.stopped):
        return state
    return replace(state, exercise=wanted)


def stopped(state: State) -> State:
    """The state after a person stopped the exercise."""
    current = state.exercise
    return replace(state, exercise=None, stopped=current if current and current.source else state.stopped)


def interrupted(state: State, before: Held | None, policy: Policy) -> State:
    """The state without its exercise where the level rose from the one before.

    Nobody in the lobby may miss a real rise because the house is drilling.
    """
    held, rank = state.held, policy.scale.rank
    if state.exercise is None or held is None or before is None or rank(held.level) <= rank(before.level):
        return state
    return stopped(state)


def _local(drill: Drill, name: str, now: Clock) -> LocalLevel:
    until = min(drill.until, now.wall + LONGEST_EXERCISE)
    return LocalLevel(drill.level, name, drill.reason, now, until, source=name)


def _same(one: LocalLevel, other: LocalLevel | None) -> bool:
    return other is not None and (one.level, one.source, one.until) == (other.level, other.source, other.until)
