"""What the kiosk remembers: one immutable value, changed by ``fold`` only.

The level on the screen (``held``) is kept apart from what each source says now (``claims``): a rise passes
from a claim to ``held`` at once, a fall only after a second confirmation, and a refusal touches neither.
"""

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from kiosk.core.model import Clock, Confidence, Problem, Reading
from kiosk.core.policy import Policy


class Claim(Struct, frozen=True):
    """What one source has stated without a break from ``first`` to ``last``, both in the same run.

    Attributes:
        left: the level that it stated just before in this run, where that was the held one; else None.
    """

    reading: Reading
    first: Clock
    last: Clock
    left: str | None = None


class SourceState(Struct, frozen=True):
    """One source: its claim and how the last attempt went.

    Attributes:
        newest: the latest publication time that this source has shown us; older statements are rollbacks.
        disputed: whether the source now serves an older statement that differs from its newer one.
        note: what its format has to know when it reads the next document; see ``Reading.note``.
    """

    name: str
    claim: Claim | None = None
    newest: datetime | None = None
    attempted: Clock | None = None
    problem: Problem | None = None
    message: str | None = None
    disputed: bool = False
    note: str = ""


class Held(Struct, frozen=True):
    """The last accepted statement: the only level that may be shown beside a local one.

    Attributes:
        until: when it ends by its own words; from then on it is a last known level at best.
        kept: whether a broker kept it for a time that nobody knows: then ``confirmed`` is when it came, and no
            confirmation.
        document: the SHA-256 of the document that stated it.
    """

    level: str
    source: str
    statement: str
    previous: str | None
    changed: date | None
    confirmed: Clock
    until: datetime | None = None
    kept: bool = False
    document: str | None = None


class LocalLevel(Struct, frozen=True):
    """A level that a person set, or an exercise: with a name, a reason and a forced end (UTC).

    Attributes:
        source: the source that asks for the exercise; None where a person began it.
    """

    level: str
    by: str
    reason: str
    since: Clock
    until: datetime
    source: str | None = None


class State(Struct, frozen=True):
    """Everything that the display is derived from, beside the clock and the configuration.

    Attributes:
        pending: a level that a person set and that another person has to confirm; it is never shown.
        stopped: the exercise of a source that a person stopped; it does not begin again.
        floor: the least confidence that ``held`` had since it was last confirmed. Time alone can't do this
            work: a clock that steps back or a longer limit after a reload would raise confidence again.
        unsaved: whether the last attempt to store this state failed.
        fault: what failed inside the program, as a sentence; None in health.
    """

    area: str
    sources: tuple[SourceState, ...] = ()
    held: Held | None = None
    floor: Confidence = Confidence.LIVE
    operator: LocalLevel | None = None
    pending: LocalLevel | None = None
    exercise: LocalLevel | None = None
    stopped: LocalLevel | None = None
    unsaved: bool = False
    fault: str | None = None

    def source(self, name: str) -> SourceState:
        """The source of that name; StopIteration is a programming error."""
        return next(source for source in self.sources if source.name == name)

    def with_source(self, changed: SourceState) -> "State":
        """The same state with one source replaced."""
        return replace(
            self, sources=tuple(changed if source.name == changed.name else source for source in self.sources)
        )


def beginning(policy: Policy) -> State:
    """The state of a kiosk that has never heard anything."""
    return State(policy.area, tuple(SourceState(plan.name) for plan in policy.sources))


def fitted(state: State, policy: Policy) -> State:
    """The state cut to another configuration: what its sources never said, or said of elsewhere, is gone."""
    if state.area != policy.area:
        return replace(beginning(policy), unsaved=state.unsaved, fault=state.fault)
    known = {source.name: source for source in state.sources if _on_scale(source.claim, policy)}
    names = {plan.name for plan in policy.sources}
    held = state.held
    if held and (held.source not in names or held.level not in policy.scale):
        held = None
    if held and held.previous not in policy.scale:
        held = replace(held, previous=None)
    return replace(
        state,
        sources=tuple(known.get(plan.name, SourceState(plan.name)) for plan in policy.sources),
        held=held,
        operator=_local_on_scale(state.operator, policy),
        pending=_local_on_scale(state.pending, policy),
        exercise=_local_on_scale(state.exercise, policy),
    )


def succeeding(memory: State, before: State, policy: Policy) -> State:
    """What another configuration's memory holds, where that takes over from ``before`` while the program runs.

    Nobody has looked at its sources meanwhile, so its level is stale at best until one of them confirms it. What
    people set on this screen stays as far as the area is the same and the level on the scale.
    """
    local = fitted(before, policy)
    return replace(
        memory,
        floor=max(memory.floor, Confidence.STALE),
        operator=local.operator,
        pending=local.pending,
        exercise=local.exercise,
        stopped=local.stopped,
        fault=before.fault,
    )


def durable(state: State) -> State:
    """What may be stored: an exercise never is, and yesterday's news of the sources is of no use tomorrow."""
    sources = tuple(replace(source, attempted=None, problem=None, message=None) for source in state.sources)
    return replace(state, sources=sources, exercise=None, stopped=None, unsaved=False, fault=None)


def _on_scale(claim: Claim | None, policy: Policy) -> bool:
    return claim is None or claim.reading.level in policy.scale


def _local_on_scale(local: LocalLevel | None, policy: Policy) -> LocalLevel | None:
    return local if local and local.level in policy.scale else None
