"""How the screen is, in three facts that are never summed up into one: the picture, the level, the power."""

from datetime import timedelta

from msgspec import Struct

from kiosk.core.clocks import elapsed
from kiosk.core.derive import STATE_NAMES
from kiosk.core.judgement import confidence
from kiosk.core.model import Clock, Confidence, StateName
from kiosk.core.policy import Policy
from kiosk.core.state import State

LONGEST_UNVERIFIED = timedelta(seconds=30)
"""How old the last good look at the picture may be: the witness looks every ten seconds at least."""


class ScreenPower(Struct, frozen=True):
    """Whether the screens have power.

    Attributes:
        on: None where nothing tells.
        meant: whether they are to be on now, by the opening hours.
        seen: when that was learned, in seconds on the boot clock; None where nothing was.
    """

    on: bool | None = None
    meant: bool = True
    seen: float | None = None


class Looked(Struct, frozen=True):
    """What the looks at the picture found.

    Attributes:
        verified: when the last one found the picture as it should be, in seconds on the boot clock.
        by_screen: whether the screen itself was read, and not only what was drawn for it.
    """

    verified: float | None
    by_screen: bool


class Frame(Struct, frozen=True):
    """The picture; ``ok`` and ``age`` are None where it is not looked at, as in an ordinary window."""

    ok: bool | None
    age: timedelta | None
    by_screen: bool
    wrong: str | None


class Confirmation(Struct, frozen=True):
    """The sources' level: how sure it is, whoever else's is shown; each is None where it can't be known."""

    ok: bool | None
    age: timedelta | None
    state: StateName | None
    source: str | None


class Power(Struct, frozen=True):
    """The screens' power; ``ok`` is None where nothing tells of it."""

    ok: bool | None
    age: timedelta | None
    on: bool | None
    meant: bool

    @property
    def word(self) -> str:
        """As in "on"."""
        return {True: "on", False: "off", None: "unknown"}[self.on]


class Vitals(Struct, frozen=True):
    """The three facts."""

    frame: Frame
    confirmation: Confirmation
    power: Power

    @property
    def failing(self) -> bool:
        """Whether one of them is known to be wrong; that none is proves nothing."""
        return any(fact.ok is False for fact in (self.frame, self.confirmation, self.power))


def unanswered(why: str) -> Vitals:
    """The facts of a display that tells nothing: its picture can't be trusted, and more isn't known."""
    return Vitals(
        Frame(ok=False, age=None, by_screen=False, wrong=why),
        Confirmation(None, None, None, None),
        Power(None, None, None, meant=True),
    )


def vitals(
    looked: Looked | None, wrong: str | None, power: ScreenPower, state: State, now: Clock, policy: Policy
) -> Vitals:
    """The facts at this moment.

    Args:
        looked: None where nobody looks at the picture.
        wrong: what is wrong with it and lasts, in one sentence; None where nothing does.
        power: of the screens.
        state: what the sources have said.
        now: the moment.
        policy: how long a confirmation is live.
    """
    resting = power.on is False and not power.meant
    frame = _frame(looked, wrong, now, resting=resting)
    return Vitals(frame, _confirmation(state, now, policy), _power(power, now))


def _frame(looked: Looked | None, wrong: str | None, now: Clock, *, resting: bool) -> Frame:
    if looked is None:
        return Frame(None, None, by_screen=False, wrong=None)
    age = _since(looked.verified, now)
    if wrong is None and age is not None and age <= LONGEST_UNVERIFIED:
        return Frame(True, age, looked.by_screen, None)
    # What a screen shows that is off as it should be, nobody can see or know.
    return Frame(None if resting and wrong is None else False, age, looked.by_screen, wrong)


def _confirmation(state: State, now: Clock, policy: Policy) -> Confirmation:
    sure = confidence(state, now, policy)
    held = state.held if state.held and not state.held.kept else None
    age = elapsed(held.confirmed, now, wall_credible=False) if held else None  # as the screen tells it
    return Confirmation(sure is Confidence.LIVE, age, STATE_NAMES[sure], held.source if held else None)


def _power(power: ScreenPower, now: Clock) -> Power:
    well = None if power.on is None else power.on or not power.meant
    return Power(well, _since(power.seen, now), power.on, power.meant)


def _since(boot: float | None, now: Clock) -> timedelta | None:
    return None if boot is None else timedelta(seconds=max(0.0, now.boot - boot))
