"""Which sources have been silent, or alone with what they state, for too long."""

from collections.abc import Collection, Iterator

from kiosk.core.clocks import credible, elapsed
from kiosk.core.judgement import contemporaries
from kiosk.core.model import Clock
from kiosk.core.policy import Policy
from kiosk.core.state import Held, SourceState, State


def doubtful(
    state: State, now: Clock, policy: Policy, answering: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """The name of each source that somebody should look at, and a sentence about it.

    Silent is who stated no level for as long as a statement is live while a level is held; wrong may be who has
    stated another level than the held one for longer than the time of grace, and who serves an older statement
    again. Who of those that disagree is right, no program can know. Those in ``answering`` have just stated a
    level, whatever the state remembers of them.
    """
    if state.held is None:
        return
    beside = dict(contemporaries(state, now, policy))
    for source in state.sources:
        silent = None if source.name in answering else _silent(source, state, now, policy)
        sentence = silent or _wrong(source, state.held, now, policy, beside=source.name in beside)
        if sentence:
            yield source.name, sentence


def _silent(source: SourceState, state: State, now: Clock, policy: Policy) -> str | None:
    claim = source.claim
    if claim is None:
        return (
            None
            if source.disputed or source.problem is None
            else f"{source.name} has never stated a level to this screen."
        )
    passed = elapsed(claim.last, now, wall_credible=credible(state, now, policy))
    if passed is not None and passed <= policy.live_limit(source.name):
        return None
    return f"{source.name} has stated no level since {_when(claim.last)}."


def _wrong(source: SourceState, held: Held, now: Clock, policy: Policy, *, beside: bool) -> str | None:
    if source.disputed:
        return f"{source.name} serves an older statement again."
    claim = source.claim
    if claim is None or not beside or claim.reading.level == held.level:
        return None
    passed = elapsed(claim.first, now, wall_credible=False)
    if passed is None or passed < policy.trust.grace:
        return None
    return (
        f"{source.name} has stated {claim.reading.level} since {_when(claim.first)}, while {held.level} is shown."
    )


def _when(stamp: Clock) -> str:
    return f"{stamp.wall:%Y-%m-%dT%H:%M:%SZ}"
