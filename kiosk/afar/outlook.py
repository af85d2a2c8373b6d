"""Everything of the kiosk that is seen from afar, as the configuration wants it: nothing by default."""

from collections.abc import Callable

from kiosk.afar.endpoint import Endpoint
from kiosk.afar.look import Observer
from kiosk.afar.presence import Announcer
from kiosk.boot_clock import since_boot
from kiosk.config.model import Config
from kiosk.ui.bridge import Bridge
from kiosk.ui.photograph import Photograph


class Outlook:
    """Begins with the first tick, so that the first picture comes before everything else.

    Args:
        config: what is wanted.
        observer: makes looks.
        photograph: makes a picture of a screen by its number.
        errands: brings questions to the thread of the display.
    """

    def __init__(
        self,
        config: Config,
        observer: Observer,
        photograph: Callable[[int], Photograph | None],
        errands: Bridge,
    ) -> None:
        errands.changed.connect(lambda errand: errand())
        self._endpoint = (
            Endpoint(config.endpoint, config, errands.publish, observer, photograph) if config.endpoint else None
        )
        self._announcer = Announcer(config.presence, config) if config.presence else None
        self._observer = observer
        self._begun = False

    def tick(self) -> None:
        """Once a second, on the thread of the display."""
        if not self._begun:
            self._begun = True
            for part in self._parts():
                part.start()
        if self._announcer and (look := self._observer()):
            self._announcer.take(look, since_boot())

    def stop(self) -> None:
        """Ends it all."""
        if self._begun:
            for part in self._parts():
                part.stop()

    def _parts(self) -> list[Endpoint | Announcer]:
        return [part for part in (self._endpoint, self._announcer) if part]
