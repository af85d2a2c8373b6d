"""A witness on board: notices a display that hangs, shows something else than it should, or lost its worker.

The promise is about the screen, not about our variables. So the picture is read back (``kiosk.ui.readback``), and
what stays wrong ends the process: a supervisor starts it anew, and where none does, it starts itself anew.

A worker that only waits, such as for a disk that hangs, ends nothing: a new start would wait for the same disk, in
front of a black screen, while this one shows truthfully how old its level is.
"""

import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Callable

from kiosk.durations import lasted
from kiosk.exit_codes import UNTRUE

_logger = logging.getLogger(__name__)

_NOTICED, _LASTING, _ENOUGH = 3, 6, 12
"""Looks that find something wrong, a second apart, until the picture is painted anew, which takes away what
another program drew over it; until the screen says so, which lasts until the next start; and until the end."""
_ROUND = 5.0  # seconds between two looks at the thread of the display
_ROUNDS = 4
"""Rounds without a sign of life until it is taken for hung: 20 seconds, twice what systemd's unit allows it."""


class Witness:
    """Told once a second how things are; watches from a thread of its own that it is told at all.

    Args:
        end: ends the process, or starts it anew; called from any thread.
        repaint: paints the whole picture once more.
        say: shows a sentence as a fault on the screen.
    """

    def __init__(self, end: Callable[[], None], repaint: Callable[[], None], say: Callable[[str], None]) -> None:
        self._end = end
        self._repaint = repaint
        self._say = say
        self._ticks = 0
        self._wrong = 0
        self._found: str | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="witness", daemon=True)

    def start(self) -> None:
        """Begin to watch the thread of the display."""
        self._thread.start()

    def stop(self) -> None:
        """The display ends by itself: nobody expects a sign of life any more."""
        self._over.set()

    @property
    def content(self) -> bool:
        """Whether the last look found nothing, or nothing that lasted."""
        return self._wrong < _NOTICED

    @property
    def lasting(self) -> str | None:
        """What is wrong and lasts, in one sentence; None where nothing does."""
        return None if self.content else self._found

    def look(self, found: str | None) -> None:
        """Take note of one look.

        Args:
            found: what is wrong, in one sentence; None where nothing is.
        """
        self._ticks += 1
        self._found = found
        if found is None:
            if not self.content:
                _logger.info("The screen is right again, after %s.", lasted(0, self._wrong))
            self._wrong = 0
            return
        self._wrong += 1
        if self._wrong == _NOTICED:
            _logger.error("The screen is wrong: %s", found)
            self._repaint()
        if self._wrong == _LASTING:
            self._say("The screen showed something wrong; the log tells more.")
        if self._wrong == _ENOUGH:
            _logger.critical("The screen stays wrong; the program ends, to be started anew. %s", found)
            self._end()

    def _watch(self) -> None:
        seen, silent = -1, 0
        # Rounds are counted, not time: a process that was stopped as a whole did not hang.
        while not self._over.wait(_ROUND):
            silent = silent + 1 if seen == self._ticks else 0
            seen = self._ticks
            if silent == _ROUNDS:
                _logger.critical("The display hangs; the program ends, to be started anew.")
                if sys.stderr is not None:
                    faulthandler.dump_traceback(all_threads=True)
                self._end()


def end_untrue(*, supervised: bool) -> None:
    """Ends this process at once, as a kill would: everything on disk is whole at any moment.

    Args:
        supervised: whether somebody starts it anew; else it does so itself, so that no desktop stays visible.
    """
    if supervised:
        os._exit(UNTRUE)
    # A frozen program would take its successor for a child of its own.
    environment = os.environ | {"PYINSTALLER_RESET_ENVIRONMENT": "1"}
    os.execve(sys.executable, sys.orig_argv, environment)  # noqa: S606 - our own command line, once more
