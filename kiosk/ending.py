"""How the program ends: the first who says so decides."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kiosk.exit_codes import DONE


class Ending:
    """Ends Qt's loop, as soon as there is one.

    Attributes:
        code: the exit code; None while nobody wants an end.
    """

    def __init__(self) -> None:
        self._leave: Callable[[int], None] = lambda _: None
        self.code: int | None = None

    def by(self, leave: Callable[[int], None]) -> None:
        """Know what ends the loop, with a code.

        It must not be Qt's quit, which asks the windows first: they refuse to close.
        """
        self._leave = leave

    def begin(self, code: int = DONE) -> None:
        """End with an exit code."""
        if self.code is None:
            self.code = code
        self._leave(self.code)

    def insist(self) -> None:
        """Say it again where it was said: Qt forgets an exit that comes before its loop runs."""
        if self.code is not None:
            self._leave(self.code)

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Remembers for the block that somebody asked for an end (SIGTERM, SIGINT) before Qt could hear it.

        Else the process would die of it, and the next start would take that for a crash.
        """
        before = {
            number: signal.signal(number, lambda *_: self.begin()) for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
