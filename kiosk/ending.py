"""How the program ends: the first who says so decides."""

from collections.abc import Callable

from kiosk.exit_codes import DONE


class Ending:
    """Ends Qt's loop.

    Args:
        leave: does so with a code. Not quit: that asks the windows first, and they refuse to close.

    Attributes:
        code: the exit code; None while nobody wants an end.
    """

    def __init__(self, leave: Callable[[int], None]) -> None:
        self._leave = leave
        self.code: int | None = None

    def begin(self, code: int = DONE) -> None:
        """End with an exit code."""
        if self.code is None:
            self.code = code
        self._leave(self.code)

    def insist(self) -> None:
        """Say it again where it was said: Qt forgets an exit that comes before its loop runs."""
        if self.code is not None:
            self._leave(self.code)
