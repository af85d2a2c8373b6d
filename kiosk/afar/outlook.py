"""Everything of the kiosk that is seen from afar, as the configuration wants it: nothing by default."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.afar.look import Observer
from kiosk.boot_clock import since_boot
from kiosk.config.model import EndpointConfig, PresenceConfig
from kiosk.ui.bridge import Bridge
from kiosk.ui.photograph import Photograph

if TYPE_CHECKING:
    from kiosk.afar.endpoint import Endpoint
    from kiosk.afar.presence import Announcer

_logger = logging.getLogger(__name__)


class Outlook:
    """Begins with the first tick, so that the first picture comes before everything else.

    Args:
        observer: makes looks.
        photograph: makes a picture of a screen by its number.
        errands: brings questions to the thread of the display.
    """

    def __init__(
        self, observer: Observer, photograph: Callable[[int], Photograph | None], errands: Bridge
    ) -> None:
        errands.changed.connect(lambda errand: errand())
        self._observer = observer
        self._photograph = photograph
        self._errands = errands
        self._open: EndpointConfig | None = None
        self._endpoint: Endpoint | None = None
        self._told: PresenceConfig | None = None
        self._announcer: Announcer | None = None
        self._failed = False

    def tick(self) -> None:
        """Once a second, on the display's thread: follows the configuration that rules, and tells of a change.

        A fault here is for the log: what visitors see is right all the same.
        """
        try:
            self._follow()
        except Exception:
            if not self._failed:
                _logger.exception("The kiosk can't be seen from afar; this is told once.")
            self._failed = True

    def _follow(self) -> None:
        config = self._observer.stage.config
        if config.endpoint != self._open:
            self._open_at(config.endpoint)
        if config.presence != self._told:
            self._tell_at(config.presence)
        if self._announcer and (look := self._observer()):
            self._announcer.take(look, since_boot())

    def stop(self) -> None:
        """Ends it all."""
        self._open_at(None)
        self._tell_at(None)

    def _open_at(self, where: EndpointConfig | None) -> None:
        if self._endpoint:
            self._endpoint.stop()
        self._open, self._endpoint = where, None
        if where:
            from kiosk.afar.endpoint import Endpoint

            self._endpoint = Endpoint(where, self._errands.publish, self._observer, self._photograph)
            self._endpoint.start()

    def _tell_at(self, where: PresenceConfig | None) -> None:
        if self._announcer:
            self._announcer.stop()
        self._told, self._announcer = where, None
        if where:
            from kiosk.afar.presence import Announcer

            self._announcer = Announcer(where)
            self._announcer.start()
