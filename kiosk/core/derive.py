"""What is displayed: one pure function of state, clock and configuration."""

from datetime import datetime, timedelta

from kiosk.core.clocks import TOLERANCE, credible, elapsed
from kiosk.core.judgement import confidence, in_conflict
from kiosk.core.local import LONGEST_EXERCISE, LONGEST_LEVEL, in_force
from kiosk.core.model import (
    Clock,
    Confidence,
    Display,
    LocalSetting,
    Mark,
    SourceReport,
    StateName,
)
from kiosk.core.policy import Policy
from kiosk.core.state import LocalLevel, SourceState, State

STATE_NAMES = {
    Confidence.LIVE: StateName.LIVE,
    Confidence.STALE: StateName.STALE,
    Confidence.LAST_KNOWN: StateName.LAST_KNOWN,
    Confidence.UNKNOWN: StateName.UNKNOWN,
}


def derive(state: State, now: Clock, policy: Policy) -> Display:
    """The display at this moment. An exercise covers an operator's level, which covers the sources'.

    An exercise that the sources' level rises under is over already (``kiosk.core.fold``).
    """
    for name, local, longest in (
        (StateName.EXERCISE, state.exercise, LONGEST_EXERCISE),
        (StateName.OPERATOR, state.operator, LONGEST_LEVEL),
    ):
        if local and in_force(local, now, longest):
            return _local(name, local, state, now, policy)
    return _public(confidence(state, now, policy), state, now, policy)


def _local(name: StateName, local: LocalLevel, state: State, now: Clock, policy: Policy) -> Display:
    marks = set(_marks(state, now, policy)) - {Mark.CONFLICT}
    held = state.held
    if (
        name is StateName.OPERATOR
        and held
        and confidence(state, now, policy) <= Confidence.STALE
        and policy.scale.rank(held.level) > policy.scale.rank(local.level)
    ):
        marks.add(Mark.CONFLICT)
    return Display(
        state=name,
        marks=tuple(mark for mark in Mark if mark in marks),
        level=local.level,
        rank=policy.scale.rank(local.level),
        of=len(policy.scale),
        area=state.area,
        attempted=_attempted(state),
        local=LocalSetting(local.by, local.reason, local.until),
        sources=_reports(state),
    )


def _public(sure: Confidence, state: State, now: Clock, policy: Policy) -> Display:
    """The held level, or none where it is unknown; the time of the last confirmation is told in either."""
    held = state.held
    shown = held if sure is not Confidence.UNKNOWN else None
    # Across boots a clock without a battery makes any age too small; the date of the confirmation stays true.
    confirmed = held.confirmed if held and not held.kept else None
    age = elapsed(confirmed, now, wall_credible=False) if confirmed else None
    return Display(
        state=STATE_NAMES[sure],
        marks=tuple(mark for mark in _marks(state, now, policy) if shown or mark is not Mark.CONFLICT),
        level=shown.level if shown else None,
        rank=policy.scale.rank(shown.level) if shown else None,
        of=len(policy.scale),
        area=state.area,
        previous=shown.previous if shown else None,
        changed=shown.changed if shown else None,
        confirmed=_confirmed(confirmed, now, age, state, policy) if confirmed else None,
        age=age,
        attempted=_attempted(state),
        source=shown.source if shown else None,
        statement=shown.statement if shown else None,
        sources=_reports(state),
        document=shown.document if shown else None,
    )


def _confirmed(stamp: Clock, now: Clock, age: timedelta | None, state: State, policy: Policy) -> datetime:
    """The wall time of a confirmation, to the second, corrected where the wall clock was set right since."""
    if age is not None and credible(state, now, policy):
        told = now.wall - age
        if abs(told - stamp.wall) > TOLERANCE:
            return told.replace(microsecond=0)
    return stamp.wall.replace(microsecond=0)


def _marks(state: State, now: Clock, policy: Policy) -> tuple[Mark, ...]:
    wrong = {
        Mark.CONFLICT: in_conflict(state, now, policy),
        Mark.CLOCK: not credible(state, now, policy),
        Mark.CANNOT_SAVE: state.unsaved,
        Mark.FAULT: state.fault is not None,
    }
    return tuple(mark for mark, present in wrong.items() if present)


def _attempted(state: State) -> datetime | None:
    times = (source.attempted.wall.replace(microsecond=0) for source in state.sources if source.attempted)
    return max(times, default=None)


def _reports(state: State) -> tuple[SourceReport, ...]:
    return tuple(_report(source) for source in state.sources)


def _report(source: SourceState) -> SourceReport:
    """A source that was not asked in this run yet is neither well nor at fault: not ok, without a problem."""
    ok = source.attempted is not None and source.problem is None
    level = source.claim.reading.level if ok and source.claim else None
    return SourceReport(source.name, ok, level, source.problem, source.message)
