"""The kiosk's machine: its screens, what keeps them awake, their power; and what to tell of them."""

import msgspec

from kiosk.awake import means, switch
from kiosk.caretaker import Caretaker
from kiosk.control import Identify, Machine, Receipt
from kiosk.core.hours import PowerPlan
from kiosk.core.model import Clock, Display
from kiosk.core.vigil import Power, Vigil
from kiosk.core.vitals import ScreenPower
from kiosk.core.walls import missing_sentence
from kiosk.exit_codes import DONE
from kiosk.timekeeping import local_time
from kiosk.ui.connected import reports
from kiosk.ui.numbers import LONGEST
from kiosk.ui.wall import Wall


class Surroundings:
    """Looks after them, on Qt's thread; whatever may hang is the caretaker's.

    Args:
        platform: Qt's word for the display system.
    """

    def __init__(self, wall: Wall, platform: str) -> None:
        self._wall = wall
        self._caretaker = Caretaker(means(platform), switch(platform))
        self._vigil = Vigil()

    def use(self, plan: PowerPlan | None) -> None:
        """Take opening hours over, None for always on; they hold from the next tick on."""
        self._vigil.use(plan)

    def start(self) -> None:
        """Begin; once, after the first picture."""
        self._caretaker.start()

    def stop(self) -> None:
        """Leave the machine as it was, with its screens on."""
        self._caretaker.stop()

    def tick(self, display: Display | None, now: Clock) -> None:
        """Once a second: what is shown decides with the clock whether the screens are on."""
        self._caretaker.want(self._vigil.wanted(display, now, local_time(now.wall)))
        self._wall.dark = self._caretaker.dark

    def power(self) -> ScreenPower:
        """Whether the screens have power, as told half a minute ago at most, and whether they should."""
        caretaker = self._caretaker
        on = {Power.ON: True, Power.OFF: False}.get(caretaker.power)
        return ScreenPower(on, caretaker.meant, caretaker.seen)

    def tell(self) -> bytes:
        """All of it, for ``screens`` and ``doctor``."""
        choice, caretaker = self._wall.choice, self._caretaker
        return msgspec.json.encode(
            Machine(
                reports(choice),
                missing_sentence(choice),
                caretaker.held,
                caretaker.power,
                self._vigil.scheduled,
                caretaker.trouble,
            )
        )

    def identify(self, request: Identify) -> bytes:
        """Shows the numbers, and says so."""
        seconds = min(max(request.seconds, 1.0), LONGEST)
        self._wall.identify(seconds)
        return msgspec.json.encode(Receipt(DONE, f"Each screen shows its number for {seconds:g} seconds."))
