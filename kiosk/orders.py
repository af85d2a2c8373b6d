"""What a person may order of the running kiosk, and why an order is refused."""

from datetime import datetime, timedelta

from msgspec import Struct

from kiosk.control import ClearLevel, ConfirmLevel, Order, SetLevel, StartExercise, StopExercise
from kiosk.core.clocks import credible
from kiosk.core.derive import derive
from kiosk.core.fold import Event, Exercised, Seconded, Set, fold
from kiosk.core.local import LONGEST_EXERCISE, LONGEST_LEVEL, LONGEST_PENDING, same_person
from kiosk.core.model import Clock, Mark, StateName
from kiosk.core.policy import Policy
from kiosk.core.state import LocalLevel, State
from kiosk.durations import written
from kiosk.errors import OrderRefused
from kiosk.exit_codes import OTHER, USAGE
from kiosk.formats.text import clean
from kiosk.moments import ending, is_length
from kiosk.timekeeping import local_time

LONGEST_NAME = 40
LONGEST_REASON = 120
"""Characters; more would not fit the screen in every language."""


class Decision(Struct, frozen=True):
    """An order that can be carried out.

    Attributes:
        what: who did what until when and why, as a sentence for the log.
        effect: what follows from it, as a sentence for whoever ordered it.
    """

    event: Event
    what: str
    effect: str


def decided(order: Order, state: State, now: Clock, policy: Policy) -> Decision:
    """What an order does to a state through which time has passed until now; OrderRefused with a sentence."""
    match order:
        case SetLevel():
            local = _local(order, LONGEST_LEVEL, state, now, policy)
            what = f"{local.by} set {local.level} until {told(local.until)}: {local.reason}."
            return _decision(Set(local), what, state, now, policy)
        case ConfirmLevel():
            return _confirmed(_name(order.by), state, now, policy)
        case ClearLevel():
            level = state.operator or state.pending
            if level is None:
                raise OrderRefused(OTHER, "No level is set on this kiosk; there is nothing to clear.")
            what = f"{_name(order.by)} cleared {level.level}, set by {level.by}."
            return _decision(Set(None), what, state, now, policy)
        case StartExercise():
            local = _local(order, LONGEST_EXERCISE, state, now, policy)
            what = f"{local.by} started an exercise at {local.level} until {told(local.until)}: {local.reason}."
            return _decision(Exercised(local), what, state, now, policy)
        case StopExercise():
            if state.exercise is None:
                raise OrderRefused(OTHER, "No exercise runs on this kiosk; there is nothing to stop.")
            what = f"{_name(order.by)} stopped the exercise of {state.exercise.by}."
            return _decision(Exercised(None), what, state, now, policy)


def told(moment: datetime) -> str:
    """A moment for people, in the venue's own time and with its offset."""
    return f"{local_time(moment):%Y-%m-%d %H:%M:%S %z}"


def waiting(state: State) -> str | None:
    """The level that waits for a second person, as a sentence; None where none does."""
    pending = state.pending
    if pending is None:
        return None
    return (
        f"{pending.level} until {told(pending.until)}, set by {pending.by} ({pending.reason}), waits for another "
        f"person until {told(min(pending.since.wall + LONGEST_PENDING, pending.until))}."
    )


def _confirmed(by: str, state: State, now: Clock, policy: Policy) -> Decision:
    pending = state.pending
    if pending is None:
        raise OrderRefused(OTHER, "No level waits for another person; set one with: level set.")
    if same_person(pending.by, by):
        raise OrderRefused(OTHER, f"{by} set this level; another person has to confirm it.")
    what = f"{by} confirmed {pending.level}, set by {pending.by} until {told(pending.until)}: {pending.reason}."
    return _decision(Seconded(by), what, state, now, policy)


def _local(
    order: SetLevel | StartExercise, longest: timedelta, state: State, now: Clock, policy: Policy
) -> LocalLevel:
    level = clean(order.level).upper()
    if level not in policy.scale:
        raise OrderRefused(
            USAGE, f'"{clean(order.level)}" is not a level of this kiosk; use {", ".join(policy.scale.levels)}.'
        )
    by, reason = _name(order.by), _text("reason", order.reason, LONGEST_REASON).rstrip(".")
    try:
        until = ending(order.until, now.wall, local_time)
    except ValueError as error:
        raise OrderRefused(USAGE, f"until: {error}") from None
    if not is_length(order.until) and not credible(state, now, policy):
        raise OrderRefused(
            OTHER, 'The clock of this machine can\'t be trusted; write how long instead, as in --until "2 h".'
        )
    if until <= now.wall:
        raise OrderRefused(USAGE, f"until: {told(until)} is past; it is {told(now.wall)} now.")
    if until - now.wall > longest:
        raise OrderRefused(
            USAGE, f"until: {told(until)} is too far away; {written(longest)} from now is the most."
        )
    return LocalLevel(level, by, reason, now, until)


def _name(by: str) -> str:
    return _text("by", by, LONGEST_NAME)


def _text(what: str, text: str, longest: int) -> str:
    line = clean(text)
    if not line:
        raise OrderRefused(USAGE, f"{what}: it must not be empty.")
    if len(line) > longest:
        raise OrderRefused(USAGE, f"{what}: it has {len(line)} characters; {longest} are the most.")
    return line


def _decision(event: Event, what: str, state: State, now: Clock, policy: Policy) -> Decision:
    return Decision(event, what, _effect(event, fold(state, event, now, policy), now, policy))


def _effect(event: Event, after: State, now: Clock, policy: Policy) -> str:
    if isinstance(event, Set) and after.pending:
        return (
            f"Nothing is shown of it until another person confirms it within {written(LONGEST_PENDING)} with: "
            "level confirm --by NAME."
        )
    shown = derive(after, now, policy)
    if shown.state is StateName.EXERCISE and not isinstance(event, Exercised):
        return "The exercise that runs covers it until it ends."
    if shown.state is StateName.OPERATOR and Mark.CONFLICT in shown.marks:
        return "The screen shows it, and that its sources state a higher level."
    if shown.local is None:
        return "The screen shows what its sources state."
    if event == Exercised(None):
        return f"The screen shows the level that {shown.local.by} set."
    return "The screen shows it."
