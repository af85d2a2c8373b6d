"""What the claims of the sources amount to: how sure, how far apart, and whether they disagree."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from kiosk.core.clocks import credible, elapsed
from kiosk.core.model import Clock, Confidence
from kiosk.core.policy import Policy
from kiosk.core.state import Claim, State


def confidence(state: State, now: Clock, policy: Policy) -> Confidence:
    """How far the held level can be trusted: by the age of its confirmation, and never more than before.

    Without an age (another boot, and a wall clock that can't be right) it is a last known level at best.
    """
    held, trust = state.held, policy.trust
    if held is None:
        return Confidence.UNKNOWN
    age = elapsed(held.confirmed, now, wall_credible=credible(state, now, policy))
    if age is None:
        found = Confidence.LAST_KNOWN
    elif age > trust.last_known:
        found = Confidence.UNKNOWN
    elif age > trust.stale:
        found = Confidence.LAST_KNOWN
    elif held.confirmed.run != now.run or age > policy.live_limit(held.source):
        found = Confidence.STALE
    else:
        found = Confidence.LIVE
    if held.until and now.wall >= held.until:
        found = max(found, Confidence.LAST_KNOWN)
    return max(found, state.floor)


def contemporaries(state: State, now: Clock, policy: Policy) -> Iterator[tuple[str, Claim]]:
    """The claims that are as good as simultaneous with the newest one: what the sources say side by side.

    Compared with each other and not with the clock, so that the held level never changes by ageing alone. What
    has ended by its own words is said no more.
    """
    believed = credible(state, now, policy)
    aged = [
        (source.name, source.claim, elapsed(source.claim.last, now, wall_credible=believed))
        for source in state.sources
        if source.claim and not (source.claim.reading.until and source.claim.reading.until <= now.wall)
    ]
    newest = min((age for _, _, age in aged if age is not None), default=None)
    for name, claim, age in aged:
        if age is not None and newest is not None and age - newest <= policy.live_limit(name):
            yield name, claim


def basis(state: State, name: str, claim: Claim, now: Clock, policy: Policy) -> tuple[str, Claim] | None:
    """The source and the claim on which a level rests that a source states now; None where too few state it.

    Of as many sources as the policy demands, it is the one whose statement stops being live first: an agreement
    is no fresher than that.
    """
    beside = [
        (other, stated)
        for other, stated in contemporaries(state, now, policy)
        if other != name and stated.reading.level == claim.reading.level and stated.last.run == now.run
    ]
    if len(beside) < policy.agree - 1:
        return None

    def expiry(entry: tuple[str, Claim]) -> float:
        return entry[1].last.boot + policy.live_limit(entry[0]).total_seconds()

    longest = sorted(beside, key=expiry, reverse=True)[: policy.agree - 1]
    return min([(name, claim), *longest], key=expiry)


def highest_counting(state: State, now: Clock, policy: Policy) -> int:
    """The rank of the highest level that enough sources state at present; 0 for none."""
    stated = Counter(claim.reading.level for _, claim in contemporaries(state, now, policy))
    return max((policy.scale.rank(level) for level, many in stated.items() if many >= policy.agree), default=0)


def settled(claim: Claim, policy: Policy) -> bool:
    """Whether a source has said so twice, far enough apart to lower a level."""
    passed = elapsed(claim.first, claim.last, wall_credible=False)
    return passed is not None and passed >= policy.trust.confirm_fall


def fall_pending(state: State, name: str, now: Clock, policy: Policy) -> timedelta | None:
    """How long until a lower level of this source may be confirmed; None where no fall waits for it."""
    claim, held, rank = state.source(name).claim, state.held, policy.scale.rank
    if claim is None or held is None or settled(claim, policy):
        return None
    if rank(claim.reading.level) >= rank(held.level):
        return None
    waited = elapsed(claim.first, now, wall_credible=False) or timedelta()
    return max(timedelta(), policy.trust.confirm_fall - waited)


def in_conflict(state: State, now: Clock, policy: Policy) -> bool:
    """Whether sources disagree, or one has gone back to an older statement.

    A lower claim that is not settled yet is a fall on its way, unless another source stated the held level
    at nearly the same moment. Sources that agreed until one of them moved have the time of grace to agree again.
    """
    held = state.held
    if held is None:
        return False
    claims = [claim for _, claim in contemporaries(state, now, policy)]
    agreeing = [claim for claim in claims if claim.reading.level == held.level]
    return any(source.disputed for source in state.sources) or any(
        _contradicts(claim, agreeing, held.level, now, policy)
        for claim in claims
        if claim.reading.level != held.level
    )


def _contradicts(claim: Claim, agreeing: Sequence[Claim], held: str, now: Clock, policy: Policy) -> bool:
    """Whether a claim of another level than the held one is a disagreement, and not news on its way."""
    # Too few state a higher one for it to count, and a visitor shall know at once that it is stated.
    higher = policy.scale.rank(claim.reading.level) > policy.scale.rank(held)
    if not higher and claim.left == held and _is_new(claim, now, policy):
        return False
    if any(other.left == claim.reading.level for other in agreeing) and all(
        _is_new(other, now, policy) for other in agreeing
    ):
        return False
    return higher or settled(claim, policy) or any(_side_by_side(claim, other, policy) for other in agreeing)


def _is_new(claim: Claim, now: Clock, policy: Policy) -> bool:
    """Whether a source has begun to state this within the time of grace."""
    passed = elapsed(claim.first, now, wall_credible=False)
    return passed is not None and passed < policy.trust.grace


def _side_by_side(claim: Claim, other: Claim, policy: Policy) -> bool:
    """Whether the other claim still stood when this one began, give or take the time that settles a claim."""
    passed = elapsed(other.last, claim.first, wall_credible=False)
    return passed is not None and passed <= policy.trust.confirm_fall
