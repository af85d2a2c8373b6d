"""The next state after an event: where a level is accepted, and where it is not.

The ten rules of DESIGN section 1 are decided here and in ``derive``; ``tests/core/test_rules.py`` lets random
histories search for a way around them.
"""

from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from kiosk.core.clocks import ago, later
from kiosk.core.drills import drilled, interrupted, stopped
from kiosk.core.judgement import basis, confidence, contemporaries, highest_counting, settled
from kiosk.core.local import seconded, unended, with_level
from kiosk.core.model import Clock, Confidence, Drill, Problem, Reading
from kiosk.core.policy import Policy
from kiosk.core.recall import proven, recalled
from kiosk.core.state import Claim, Held, LocalLevel, SourceState, State, fitted


class Stated(Struct, frozen=True):
    """A source answered with a document that states a level, ``age`` old where a cache answered in its place."""

    source: str
    reading: Reading
    age: timedelta = timedelta()


class StillStated(Struct, frozen=True):
    """A source answered that the document which we accepted in this run still stands (HTTP 304)."""

    source: str
    age: timedelta = timedelta()


class Recalled(Struct, frozen=True):
    """A broker gave the document that it kept of a source; see ``kiosk.core.recall``."""

    source: str
    reading: Reading


class Failed(Struct, frozen=True):
    """A source gave no level that we can use; what follows ``message`` is as in ``kiosk.errors.Refused``."""

    source: str
    problem: Problem
    message: str
    note: str | None = None
    withdrawn: bool = False
    drills: tuple[Drill, ...] | None = None


class Shown(Struct, frozen=True):
    """The screen showed this confidence; it may have looked at the clocks later than we did."""

    confidence: Confidence


class Passed(Struct, frozen=True):
    """Nothing happened but time."""


class Set(Struct, frozen=True):
    """A person set a level, or with None took back what is set and what waits."""

    level: LocalLevel | None


class Seconded(Struct, frozen=True):
    """Another person confirmed the level that waits."""

    by: str


class Exercised(Struct, frozen=True):
    """A person started an exercise, or stopped it with None. A rise of the sources' level ends it, too."""

    level: LocalLevel | None


class Saved(Struct, frozen=True):
    """The state was written to disk, or could not be."""

    ok: bool


class Faulted(Struct, frozen=True):
    """A part of the program failed, or works again with None."""

    sentence: str | None


class Reconfigured(Struct, frozen=True):
    """Another configuration rules from now on."""

    policy: Policy


News = Stated | StillStated | Recalled | Failed
Event = News | Shown | Passed | Set | Seconded | Exercised | Saved | Faulted | Reconfigured


def fold(state: State, event: Event, now: Clock, policy: Policy) -> State:
    """The state after the event. Time passes first, so that no event can hide what was shown before it."""
    state = _aged(state, now, policy)
    match event:
        case Stated() | StillStated() | Recalled() | Failed():
            state = interrupted(_heard(state, event, now, policy), state.held, policy)
        case Shown(shown):
            state = replace(state, floor=max(state.floor, shown))
        case Set(level):
            state = with_level(state, level, two_person=policy.two_person)
        case Seconded(by):
            state = seconded(state, by)
        case Exercised(level):
            state = replace(state, exercise=level) if level else stopped(state)
        case Saved(ok):
            state = replace(state, unsaved=not ok)
        case Faulted(sentence):
            state = replace(state, fault=sentence)
        case Reconfigured(new):
            state = fitted(state, new)
        case Passed():
            pass
    return state


def _heard(state: State, news: News, now: Clock, policy: Policy) -> State:
    match news:
        case Stated(name, reading, age):
            state = drilled(state, name, reading.drills, now)
            return _stated(state, name, replace(reading, drills=None), now, ago(now, age), policy)
        case StillStated(name, age):
            return _still_stated(state, name, now, ago(now, age), policy)
        case Recalled(name, reading):
            state, reading = drilled(state, name, reading.drills, now), replace(reading, drills=None)
            if stated := proven(state, name, reading, now, policy):
                return _stated(state, name, reading, stated, stated, policy)
            return recalled(state, name, reading, now, policy)
        case Failed(name, problem, message, note, withdrawn, drills):
            state = drilled(state, name, drills, now)
            if withdrawn:
                state = _withdrawn(state, name, now, policy)
            before = state.source(name)
            note = before.note if note is None else note
            source = replace(before, attempted=now, problem=problem, message=message, note=note)
            return state.with_source(source)


def _withdrawn(state: State, name: str, now: Clock, policy: Policy) -> State:
    """A source took its statement back: unless another states the same, the level is a last known one."""
    source, held = state.source(name), state.held
    state = state.with_source(replace(source, claim=None))
    stated = source.claim.reading.level if source.claim else held and held.source == name and held.level
    if held is None or stated != held.level:
        return state
    if any(claim.reading.level == held.level for _, claim in contemporaries(state, now, policy)):
        return state
    return replace(state, floor=max(state.floor, Confidence.LAST_KNOWN))


def _aged(state: State, now: Clock, policy: Policy) -> State:
    """What time alone does: confidence sinks, local levels end; neither ever comes back by itself."""
    state, floor = unended(state, now), confidence(state, now, policy)
    return state if floor == state.floor else replace(state, floor=floor)


def _stated(state: State, name: str, reading: Reading, now: Clock, said: Clock, policy: Policy) -> State:
    source = state.source(name)
    if reading.note is not None:
        source, reading = replace(source, note=reading.note), replace(reading, note=None)
    newest = source.newest
    # A publication date in the future would make every true statement look older until that day, and one that
    # was taken over under a clock far ahead is no better. Our own memory may stem from that clock as well.
    if newest and newest > now.wall >= policy.not_before:
        newest = None
    if newest and reading.issued and reading.issued < newest:
        return _rolled_back(state, source, reading, now, said, policy)
    claim = source.claim
    if claim and claim.last.run == now.run and claim.reading.level == reading.level:
        claim = Claim(reading, claim.first, later(claim.last, said), claim.left)
    else:
        claim = Claim(reading, said, said, _left(claim, state, now))
    if reading.issued and reading.issued <= now.wall:
        newest = max(newest or reading.issued, reading.issued)
    return _weighed(
        state.with_source(SourceState(name, claim, newest, now, note=source.note)), claim, name, now, policy
    )


def _left(claim: Claim | None, state: State, now: Clock) -> str | None:
    """The held level, where a source that states another one from now on stated it until now."""
    held = state.held
    if claim is None or held is None or claim.last.run != now.run:
        return None
    return held.level if claim.reading.level == held.level else None


def _still_stated(state: State, name: str, now: Clock, said: Clock, policy: Policy) -> State:
    source = state.source(name)
    if source.claim is None or source.claim.last.run != now.run:
        message = f"{name} says that nothing changed since a document which this screen never accepted."
        return _heard(state, Failed(name, Problem.HTTP_STATUS, message), now, policy)
    claim = replace(source.claim, last=later(source.claim.last, said))
    source = replace(source, claim=claim, attempted=now, problem=None, message=None)
    return _weighed(state.with_source(source), claim, name, now, policy)


def _rolled_back(
    state: State, source: SourceState, reading: Reading, now: Clock, said: Clock, policy: Policy
) -> State:
    """An older statement after a newer one confirms nothing, but a higher level in it is not kept back."""
    held = state.held
    disputed = source.disputed or held is None or reading.level != held.level
    message = f"{source.name} serves a statement older than one that it served before; the newer one is kept."
    claim = None if disputed else source.claim
    source = SourceState(source.name, claim, source.newest, now, Problem.ROLLBACK, message, disputed, source.note)
    state = state.with_source(source)
    if held and policy.scale.rank(reading.level) > policy.scale.rank(held.level):
        found = basis(state, source.name, Claim(reading, said, said), now, policy)
        return _taken(state, *found) if found else state
    return state


def _weighed(state: State, claim: Claim, name: str, now: Clock, policy: Policy) -> State:
    """What the new claim does to the held level: confirm it, raise it, or at length lower it."""
    held, rank = state.held, policy.scale.rank
    found = basis(state, name, claim, now, policy)
    if found is None:
        return state
    # The floor is what the screen showed a moment ago: from "not confirmed" nothing can fall.
    if held is None or state.floor is Confidence.UNKNOWN or rank(claim.reading.level) > rank(held.level):
        return _taken(state, *found)
    if claim.reading.level == held.level:
        return _confirmed(state, held, *found, now, policy)
    highest = highest_counting(state, now, policy)
    if settled(claim, policy) and rank(claim.reading.level) == highest < rank(held.level):
        return _taken(state, *found)
    return state


def _confirmed(state: State, held: Held, name: str, claim: Claim, now: Clock, policy: Policy) -> State:
    if held.confirmed.run == now.run and claim.last.boot < held.confirmed.boot:
        return state  # other sources confirmed it later than those that still do
    # A source that is asked less often may not lend its patience to a confirmation by another.
    agreeing = {
        source: other
        for source, other in contemporaries(state, now, policy)
        if other.reading.level == held.level and policy.live_limit(source) <= policy.live_limit(name)
    } | {name: claim}
    first = next(plan.name for plan in policy.sources if plan.name in agreeing)
    watched = _watched(state)  # else the level may have gone and come back unseen, and the change is another
    held = replace(
        held,
        source=first,
        statement=agreeing[first].reading.statement,
        document=agreeing[first].reading.document,
        previous=(held.previous if watched else None) or claim.reading.previous,
        changed=_earliest(held.changed if watched else None, claim.reading.changed),
        confirmed=claim.last,
        until=_latest([claim.reading.until for claim in agreeing.values()]),
    )
    return replace(state, held=held, floor=Confidence.LIVE)


def _taken(state: State, name: str, claim: Claim) -> State:
    """Another level is held. What it was before is told only if we watched the change."""
    before = state.held
    previous = claim.reading.previous or (before.level if before and _watched(state) else None)
    reading = claim.reading
    held = Held(
        reading.level,
        name,
        reading.statement,
        previous,
        reading.changed,
        claim.last,
        reading.until,
        document=reading.document,
    )
    return replace(state, held=held, floor=Confidence.LIVE)


def _latest(ends: list[datetime | None]) -> datetime | None:
    """When the last of several statements ends; None where one of them has no end."""
    known = [end for end in ends if end]
    return max(known) if len(known) == len(ends) else None


def _watched(state: State) -> bool:
    """Whether too little time passed since the last confirmation for a change to have come and gone."""
    return state.floor <= Confidence.STALE


def _earliest(one: date | None, other: date | None) -> date | None:
    """A source's date moves with other news too, and the level was the same on the earlier one already."""
    return min((day for day in (one, other) if day), default=None)
