"""Questions to the display's own thread: an answer proves that it turns, and a crowd can't keep it busy."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Inquiry(Generic[T, R]):
    """One kind of question. Whoever asks while one is on its way gets the same answer.

    A display that hangs has one question waiting of each kind, however often and long it is asked.

    Args:
        there: runs a function on the display's thread, some time.
        make: makes the answer, there.
        finish: does the rest of the work, elsewhere.
        apart: seconds from one question to the next at least.
    """

    def __init__(
        self,
        there: Callable[[Callable[[], None]], None],
        make: Callable[[], T],
        finish: Callable[[T], R],
        apart: float,
    ) -> None:
        self._there = there
        self._make = make
        self._finish = finish
        self._apart = apart
        self._next = 0.0
        self._asking: asyncio.Task[R] | None = None

    async def answer(self, patience: float) -> R:
        """What the display's thread answers.

        Raises:
            TimeoutError: it does not, within so many seconds.
            Exception: whatever ``make`` or ``finish`` raised, which is a fault in this program.
        """
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._asked())
        return await asyncio.wait_for(asyncio.shield(self._asking), patience)

    async def _asked(self) -> R:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self._next - loop.time())
        self._next = loop.time() + self._apart
        answer: asyncio.Future[T] = loop.create_future()

        def make() -> None:
            try:
                settle = partial(answer.set_result, self._make())
            except Exception as error:  # noqa: BLE001 - whoever asked is told
                settle = partial(answer.set_exception, error)
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(settle)

        self._there(make)
        return await loop.run_in_executor(None, self._finish, await answer)
