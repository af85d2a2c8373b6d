"""What the kiosk publishes of itself: where something changed, and now and then where nothing did."""

import json
import logging
import socket
from datetime import UTC, timedelta
from typing import Any

from kiosk import __version__
from kiosk.afar.look import Look, facts
from kiosk.config.model import PresenceConfig
from kiosk.errors import Unobtainable
from kiosk.report import as_json
from kiosk.transports.payload import Request
from kiosk.transports.presence import Presence

_logger = logging.getLogger(__name__)

GONE = {"online": False}
"""What the broker says in our place when we are gone."""

_SHOWN = ("state", "marks", "level", "rank", "of", "area", "confirmed", "source")
_SILENCE = timedelta(seconds=30)  # a display that hangs is ended before that
_LASTS = 3  # times the pause between two statuses: one that is lost changes nothing


def request(where: PresenceConfig) -> Request:
    """Whom to ask to keep the status, and how long to wait for that."""
    return Request(
        where.url, timedelta(seconds=10), insecure=where.insecure, broker=where.broker, entry="[presence]"
    )


class Announcer:
    """Told once a second how the kiosk is; decides when the broker is."""

    def __init__(self, where: PresenceConfig) -> None:
        self._every = where.every
        self._failing = False
        self._said: tuple[object, ...] | None = None
        self._due = timedelta()
        self._presence = Presence(request(where), _line(GONE), where.every * _LASTS, _SILENCE, self._told)

    def start(self) -> None:
        """Begins; returns at once."""
        self._presence.start()

    def stop(self) -> None:
        """Ends the connection; the broker tells that we are gone."""
        self._presence.stop()

    def take(self, look: Look, since_boot: float) -> None:
        """Takes a look, on the thread of the display."""
        now, said = timedelta(seconds=since_boot), _edges(look)
        if said == self._said and now < self._due:
            self._presence.alive()
            return
        self._said, self._due = said, now + self._every
        self._presence.say(_line(status(look)))

    def _told(self, error: Unobtainable | None) -> None:
        """Only the first failure and the first success after it are told."""
        if error and not self._failing:
            _logger.warning("The presence is not published: %s", error)
        elif self._failing and not error:
            _logger.info("The presence is published again.")
        self._failing = error is not None


def status(look: Look) -> dict[str, Any]:
    """The status: who, when, what is shown, and the three facts."""
    shown = as_json(look.display, look.config.profile)
    return {
        "online": True,
        "at": look.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "host": socket.gethostname(),
        "place": look.config.venue.place,
        "version": __version__,
        **{key: shown[key] for key in _SHOWN},
        "configuration_refused": look.refused,
        **facts(look.vitals),
    }


def _edges(look: Look) -> tuple[object, ...]:
    """What is worth a message when it changes: not an age, and not a confirmation more."""
    display, vitals = look.display, look.vitals
    frame, confirmation, power = vitals.frame, vitals.confirmation, vitals.power
    return (
        (display.state, display.marks, display.level, look.refused),
        (frame.ok, frame.wrong, confirmation.ok, power.ok, power.on, power.meant),
    )


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
