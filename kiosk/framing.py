"""When the picture of a line in the display log is taken: once, after it stands on the screen, never before."""

from collections.abc import Callable

from kiosk.core.model import Confidence, Display
from kiosk.core.state import Held


class Framing:
    """Stands between the stage, which tells what it shows, and the watcher, which writes it down.

    Taking a picture keeps the display's thread busy for a while, so it waits until the next tick but one: a rise
    is on the screen by then, and the cross-fade is over. What stands for less than that has no frame.

    Args:
        seen: is told at once what is shown.
        take: the digest of the picture that stands; None where there is none to take.
        pictured: is given the digest.
    """

    def __init__(
        self,
        seen: Callable[[Display, Confidence, Held | None], None],
        take: Callable[[], str | None],
        pictured: Callable[[str], None],
    ) -> None:
        self._seen = seen
        self._take = take
        self._pictured = pictured
        self._ticks: int | None = None

    def seen(self, display: Display, confidence: Confidence, held: Held | None) -> None:
        """Passes on what is shown from now on."""
        self._seen(display, confidence, held)
        self._ticks = 0

    def tick(self) -> None:
        """Takes the picture where it is time to; once a second, after the screen had its turn."""
        if self._ticks is None:
            return
        self._ticks += 1
        if self._ticks > 1 and (digest := self._take()):
            self._ticks = None
            self._pictured(digest)
