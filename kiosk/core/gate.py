"""How often a PIN may be tried."""

FREE_TRIES = 5
_PAUSES = (60.0, 120.0, 300.0, 900.0)  # seconds after each further wrong one; the last for all that follow


class Gate:
    """Counts wrong PINs: five in a row are free, then each costs a pause.

    It forgets with the program, and needs no memory on the disk: who can restart the machine at will has other
    ways to be rid of the picture, and a start takes as long as a pause.
    """

    def __init__(self) -> None:
        self._wrong = 0
        self._until = 0.0

    def pause(self, now: float) -> float:
        """Seconds until the next try; 0.0 where one is allowed."""
        return max(0.0, self._until - now)

    def wrong(self, now: float) -> None:
        """Take note of a wrong one at a moment in seconds."""
        self._wrong += 1
        if self._wrong >= FREE_TRIES:
            self._until = now + _PAUSES[min(self._wrong - FREE_TRIES, len(_PAUSES) - 1)]

    def right(self) -> None:
        """Forget what was wrong before."""
        self._wrong = 0
