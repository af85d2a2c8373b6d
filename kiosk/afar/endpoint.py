"""The endpoint from start to stop: a thread of its own, for which nothing on the screen ever waits."""

import threading
from collections.abc import Callable
from contextlib import suppress

from kiosk.afar.look import Look
from kiosk.config.model import EndpointConfig
from kiosk.ui.photograph import Photograph

_PATIENCE = 2.0  # seconds for the thread to end


class Endpoint:
    """Answers at an address; see ``Pages`` for what the other arguments are."""

    def __init__(
        self,
        where: EndpointConfig,
        there: Callable[[Callable[[], None]], None],
        look: Callable[[], Look | None],
        photograph: Callable[[int], Photograph | None],
    ) -> None:
        self._where = where
        self._there = there
        self._look = look
        self._photograph = photograph
        self._over = threading.Event()
        self._wake: Callable[[], object] | None = None
        self._thread = threading.Thread(target=self._run, name="endpoint", daemon=True)

    def start(self) -> None:
        """Begins; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ends every connection."""
        self._over.set()
        if self._wake:
            with suppress(RuntimeError):  # the loop has ended by itself
                self._wake()
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        # Here, because the thread that draws would be held up by imports of a tenth of a second.
        import asyncio

        from kiosk.afar.pages import Pages
        from kiosk.afar.serving import serve

        async def until_over() -> None:
            over = asyncio.Event()
            loop = asyncio.get_running_loop()
            self._wake = lambda: loop.call_soon_threadsafe(over.set)
            if not self._over.is_set():
                await serve(self._where, Pages(self._there, self._look, self._photograph), over)

        asyncio.run(until_over())
