"""Looks after the machine's screens: kept awake, and switched on and off at the opening hours.

On a thread of its own, because servers and buses may hang. What fails is said once and never touches the picture.
"""

import logging
import threading
import time
from collections.abc import Sequence

from kiosk.awake import Means, Switch
from kiosk.boot_clock import since_boot
from kiosk.control import HeldAwake
from kiosk.core.vigil import Power
from kiosk.errors import Unavailable

_logger = logging.getLogger(__name__)

_TICK = 1.0  # seconds: how soon the screens follow
_ASSERT_EVERY, _LOOK_EVERY = 60.0, 30.0
"""Seconds until what keeps awake is asserted again, which another program may have changed, and until the power is
read again."""
_PROMPT, _PATIENT = 60.0, 10.0
"""A screen that does not do what it should is told again at each tick for so long, then every so many seconds."""
_LONGEST_END = 3.0  # seconds to leave everything as it was


class Caretaker:
    """Keeps awake by all the means there are, and switches the screens where that is wanted.

    Args:
        means: what keeps awake.
        switch: what switches the screens; None where nothing can.
    """

    def __init__(self, means: Sequence[Means], switch: Switch | None) -> None:
        self._means = means
        self._switch = switch
        self._wanted: bool | None = None
        self._switched = False
        self._power = Power.UNKNOWN
        self._seen: float | None = None
        self._trouble: str | None = None
        self._held: tuple[HeldAwake, ...] = ()
        self._lost = False
        self._over = threading.Event()
        self._changed = threading.Event()
        self._thread = threading.Thread(target=self._work, name="caretaker", daemon=True)

    def start(self) -> None:
        """Begin; once, and after the first picture, which nothing here shall delay."""
        self._thread.start()

    def stop(self) -> None:
        """Leave everything as it was, with the screens on; returns after some seconds however much hangs."""
        self._over.set()
        self._changed.set()
        if self._thread.is_alive():
            self._thread.join(_LONGEST_END)

    def want(self, on: bool | None) -> None:  # noqa: FBT001 - the one thing that it is about
        """Have the screens on or off; None leaves their power alone."""
        if on != self._wanted:
            self._wanted = on
            self._changed.set()

    @property
    def power(self) -> Power:
        """Whether the screens have power, as last read, half a minute ago at most."""
        return self._power

    @property
    def seen(self) -> float | None:
        """When that was read, in seconds on the boot clock; None where it never was."""
        return self._seen

    @property
    def meant(self) -> bool:
        """Whether the screens are to have power now."""
        return self._wanted is not False

    @property
    def dark(self) -> bool:
        """Whether the screens are off at our own wish, as last read: only then nobody has to look at them."""
        return self._wanted is False and self._power is Power.OFF

    @property
    def trouble(self) -> str | None:
        """Why the screens can't be switched, as a clause; None where they can, or needn't be."""
        return self._trouble

    @property
    def held(self) -> tuple[HeldAwake, ...]:
        """What keeps awake and what does not; empty before the first look."""
        return self._held

    def _work(self) -> None:
        assert_at = look_at = try_at = since = 0.0
        before: bool | None = None
        while not self._over.is_set():
            self._changed.clear()
            now = time.monotonic()
            if now >= assert_at:
                assert_at = now + _ASSERT_EVERY
                self._hold()
            wanted = self._wanted
            if now >= look_at or (before is not None and now - since < _PROMPT):
                look_at = now + _LOOK_EVERY
                self._read()
            if wanted is not before:
                since = try_at = now
                before = wanted
                self._turn(on=wanted is not False)  # whatever was read: an earlier order may still be on its way
            elif wanted is not None and self._differs(wanted) and now >= try_at:
                try_at = now + (_TICK if now - since < _PROMPT else _PATIENT)
                self._turn(on=wanted)
            busy = wanted is not None and (self._differs(wanted) or now - since < _PROMPT)
            self._changed.wait(_TICK if busy else min(assert_at, look_at) - time.monotonic())
        self._leave()

    def _differs(self, wanted: bool) -> bool:  # noqa: FBT001 - as in want
        return self._power is not (Power.ON if wanted else Power.OFF)

    def _hold(self) -> None:
        held = []
        for means in self._means:
            try:
                held.append(HeldAwake(means.name, True, means.hold()))
            except Unavailable as error:
                held.append(HeldAwake(means.name, False, str(error)))
            except Exception as error:  # a library's own mistake must not end the thread
                _logger.debug("A fault in %s.", means.name, exc_info=True)
                held.append(HeldAwake(means.name, False, f"it failed ({type(error).__name__})"))
        self._held = tuple(held)
        lost = bool(held) and not any(entry.took for entry in held)
        if lost and not self._lost:
            reasons = "; ".join(f"{entry.name}: {entry.sentence}" for entry in held)
            _logger.warning("Nothing keeps this screen awake: %s. Switch blanking and sleep off by hand.", reasons)
        elif self._lost and not lost:
            _logger.info("The screen is kept awake again.")
        self._lost = lost

    def _read(self) -> None:
        if self._switch is None:
            if self._wanted is not None:
                self._complain("this system offers no means to switch screens")
            return
        try:
            self._power = self._switch.read()
            self._seen = since_boot()
        except Exception as error:  # noqa: BLE001 - as above; it is told where switching matters
            self._power = Power.UNKNOWN
            if self._wanted is not None:
                self._complain(_reason(error))

    def _turn(self, *, on: bool) -> None:
        if self._switch is None or (on and not self._switched and self._wanted is None):
            return
        try:
            self._switch.turn(on=on)
        except Exception as error:  # noqa: BLE001 - as above
            self._complain(_reason(error))
            return
        self._switched = True
        if self._trouble:
            _logger.info("The screens can be switched again.")
        self._trouble = None

    def _complain(self, reason: str) -> None:
        if self._trouble is None:
            _logger.warning("The screens can't be switched at the opening hours: %s.", reason)
        self._trouble = reason

    def _leave(self) -> None:
        if self._switched:  # whatever was read: an order may still be on its way
            self._turn(on=True)
        for means in self._means:
            try:
                means.release()
            except Exception:  # as above
                _logger.debug("A fault in %s.", means.name, exc_info=True)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, Unavailable) else f"it failed ({type(error).__name__})"
