"""Keeps the endpoint open: what stands in the way is told once, and tried again."""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from kiosk.afar.closed import why_closed
from kiosk.afar.pages import Pages
from kiosk.afar.server import Server
from kiosk.afar.token import Token, read_secret
from kiosk.config.model import EndpointConfig
from kiosk.errors import ConfigError

_logger = logging.getLogger(__name__)

_AGAIN = 30.0  # seconds: an address may come after the program, a port become free, and a token be written


async def serve(where: EndpointConfig, pages: Pages, over: asyncio.Event) -> None:
    """Answers until it is over."""
    asyncio.get_running_loop().set_exception_handler(_tell_quietly)
    told = False
    while not over.is_set():
        try:
            token = Token(read_secret(where.token_file)) if where.token_file else None
            server = await Server(pages, token).listen(where.host, where.port)
        except (ConfigError, OSError) as error:
            if not told:
                reason = f"{why_closed(error)}." if isinstance(error, OSError) else error
                _logger.warning("The endpoint %s is not open, and is tried again: %s", where.url, reason)
            told = True
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), _AGAIN)
            continue
        if told:
            _logger.info("The endpoint %s is open.", where.url)
        await over.wait()
        server.close()


def _tell_quietly(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Of connections that break, and of none that can be had while a flood lasts, the log has no use."""
    _logger.debug("The endpoint: %s", context.get("message"))
