"""What is looked after once a second, on Qt's thread, and in which order."""

from collections.abc import Callable

from msgspec import Struct

from kiosk.afar.outlook import Outlook
from kiosk.core.model import Clock
from kiosk.crashes import Crashes
from kiosk.ending import Ending
from kiosk.errors import FAULT
from kiosk.framing import Framing
from kiosk.stage import Stage
from kiosk.supervision import Supervisor
from kiosk.surroundings import Surroundings
from kiosk.ui.wall import Wall
from kiosk.watcher import Watcher
from kiosk.witness import Witness

EVERY = 1.0  # seconds: how soon after a suspend or a limit the picture is true again


class Pulse(Struct, frozen=True):
    """The picture first, then whether it is there, and only then those who are told that all is well."""

    ending: Ending
    watcher: Watcher
    stage: Stage
    wall: Wall
    surroundings: Surroundings
    framing: Framing
    witness: Witness
    supervisor: Supervisor
    crashes: Crashes
    outlook: Outlook
    clock: Callable[[], Clock]

    def __call__(self) -> None:
        """One second."""
        self.ending.insist()
        if not self.watcher.alive:
            self.stage.fault(FAULT)
        self.stage.tick()
        self.surroundings.tick(self.stage.display, self.clock())
        self.wall.keep()
        self.framing.tick()
        self.witness.look(self.wall.misread() if self.watcher.alive else FAULT)
        if self.witness.content:
            self.supervisor.alive()
            self.crashes.healthy(lambda: self.stage.remark(code=""))
        self.outlook.tick()
