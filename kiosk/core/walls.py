"""Which screens show the picture, and how it is turned on each."""

from collections.abc import Sequence

from msgspec import Struct

ROTATIONS = (0, 90, 180, 270)


class ScreenPlan(Struct, frozen=True):
    """A screen of the configuration.

    Attributes:
        name: as the system calls it ("HDMI-1").
        rotation: by how many degrees the picture is turned clockwise on it: 0, 90, 180 or 270.
    """

    name: str
    rotation: int = 0


class ScreenReport(Struct, frozen=True):
    """A screen that is connected, for people and programs.

    Attributes:
        maker, model: as the screen names itself; empty where it does not, or the system keeps it back.
        width, height: in its own pixels.
        scale: how many of them are one of the desktop's.
        refresh: pictures a second.
        used: whether the kiosk shows its picture there.
    """

    name: str
    maker: str
    model: str
    width: int
    height: int
    scale: float
    refresh: float
    rotation: int
    used: bool


class Choice(Struct, frozen=True):
    """Which of the connected screens are used.

    Attributes:
        plans: one for each screen that shows the picture, in the order in which they are connected.
        missing: what the configuration names and is not there.
        stranded: whether none of the named ones is there, so that all others stand in for them.
    """

    plans: tuple[ScreenPlan, ...]
    missing: tuple[str, ...]
    stranded: bool

    def rotation(self, name: str) -> int:
        """How the picture is turned on a screen."""
        return next((plan.rotation for plan in self.plans if plan.name == name), 0)

    def uses(self, name: str) -> bool:
        """Whether a screen shows the picture."""
        return any(plan.name == name for plan in self.plans)


def choose(connected: Sequence[str], wanted: Sequence[ScreenPlan]) -> Choice:
    """The screens to use: those that are wanted, or all where none is; never none of those that are there."""
    plans = {plan.name: plan for plan in wanted}
    missing = tuple(name for name in plans if name not in connected)
    used = tuple(plans[name] for name in connected if name in plans)
    if used:
        return Choice(used, missing, stranded=False)
    return Choice(tuple(map(ScreenPlan, connected)), missing, stranded=bool(wanted and connected))


def missing_sentence(choice: Choice) -> str | None:
    """What a person has to know of the named screens; None where all are there, or no screen is at all."""
    if not choice.missing or not choice.plans:
        return None
    named, used = ", ".join(choice.missing), ", ".join(plan.name for plan in choice.plans)
    if choice.stranded:
        return (
            f"No screen that the configuration names is connected ({named}); all that are there show the kiosk "
            f"({used}). Plug one in, or correct the names: screens lists them."
        )
    return f"A screen that the configuration names is not connected ({named}); the kiosk is shown on {used}."
