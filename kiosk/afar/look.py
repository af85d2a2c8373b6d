"""One look at the kiosk, made by the thread that shows it, and how it is told as JSON."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from kiosk.config.model import Config
from kiosk.core.model import Clock, Display
from kiosk.core.vitals import Looked, ScreenPower, Vitals, vitals
from kiosk.stage import Stage
from kiosk.witness import Witness


class Look(Struct, frozen=True):
    """What the kiosk shows and how it is, at one moment.

    Attributes:
        config: the configuration that rules.
        at: the moment, by this machine's own clock (UTC).
        screens: how many are covered.
        refused: whether another configuration is there and was not taken over.
    """

    config: Config
    at: datetime
    display: Display
    vitals: Vitals
    screens: int
    refused: bool = False


class Observer(Struct, frozen=True):
    """Makes looks, on the display's thread; see ``Look`` and ``vitals`` for what each part tells."""

    stage: Stage
    clock: Callable[[], Clock]
    witness: Witness
    looked: Callable[[], Looked | None]
    screens: Callable[[], int]
    power: Callable[[], ScreenPower] = ScreenPower
    refused: Callable[[], bool] = lambda: False

    def __call__(self) -> Look | None:
        """A look; None before the first picture."""
        config, display, now = self.stage.config, self.stage.display, self.clock()
        if display is None:
            return None
        facts = vitals(self.looked(), self.witness.lasting, self.power(), self.stage.state, now, config.policy())
        return Look(config, now.wall, display, facts, self.screens(), self.refused())


def facts(found: Vitals) -> dict[str, Any]:
    """The three facts, each with its own ``ok`` (None where nothing tells) and ``age`` in seconds."""
    frame, confirmation, power = found.frame, found.confirmation, found.power
    return {
        "frame": {
            "ok": frame.ok,
            "age": _seconds(frame.age),
            "by": None if frame.age is None else "screen" if frame.by_screen else "drawing",
            "problem": frame.wrong,
        },
        "confirmation": {
            "ok": confirmation.ok,
            "age": _seconds(confirmation.age),
            "state": confirmation.state,
            "source": confirmation.source,
        },
        "power": {
            "ok": power.ok,
            "age": _seconds(power.age),
            "screen": power.word,
            "meant": "on" if power.meant else "off",
        },
    }


def _seconds(age: timedelta | None) -> float | None:
    return None if age is None else round(age.total_seconds(), 1)
