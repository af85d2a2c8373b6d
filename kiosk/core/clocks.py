"""How much time has passed, and whether the clock on the wall can be believed."""

from datetime import timedelta

from msgspec.structs import replace

from kiosk.core.model import Clock
from kiosk.core.policy import Policy
from kiosk.core.state import State

# A network clock that is set once a day may be off by seconds; nobody reads minutes from "3 hours ago".
TOLERANCE = timedelta(minutes=2)


def credible(state: State, now: Clock, policy: Policy) -> bool:
    """Whether the wall clock may be right: not before the profile's review, nor before our own memory."""
    # Of earlier runs only the held level's stamp counts: one claim from a day when the clock was ahead would
    # otherwise make every right clock look wrong until its source answers again.
    stamps = [source.claim.last for source in state.sources if source.claim and source.claim.last.run == now.run]
    if state.held:
        stamps.append(state.held.confirmed)
    known = max((stamp.wall for stamp in stamps), default=policy.not_before)
    return now.wall >= max(policy.not_before, known - TOLERANCE)


def earlier(now: Clock, boot: float) -> Clock:
    """A look at the clocks at an earlier moment of the same run, known by its time since boot."""
    return ago(now, timedelta(seconds=max(0.0, now.boot - boot)))


def ago(now: Clock, age: timedelta) -> Clock:
    """A look at the clocks so long before, perhaps before this run or its boot began."""
    return replace(now, wall=now.wall - age, boot=now.boot - age.total_seconds())


def later(one: Clock, other: Clock) -> Clock:
    """The later of two looks in one run: a cache may answer with something older than we have heard."""
    return max(one, other, key=lambda look: look.boot)


def elapsed(since: Clock, now: Clock, *, wall_credible: bool) -> timedelta | None:
    """The time from one look at the clocks to another; None where it can't be known.

    Inside one boot the boot clock tells it exactly. Across boots only the wall clock is left.
    """
    if since.boot_id == now.boot_id:
        return timedelta(seconds=max(0.0, now.boot - since.boot))
    if not wall_credible or now.wall < since.wall - TOLERANCE:
        return None
    return max(timedelta(), now.wall - since.wall)
