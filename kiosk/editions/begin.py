"""Which edition rules at a start: the newest, or what was good before it."""

import logging

from msgspec import Struct

from kiosk.editions.edition import Edition
from kiosk.editions.kept import Kept
from kiosk.editions.origin import Origin
from kiosk.errors import ConfigError, Unobtainable

_logger = logging.getLogger(__name__)


class Beginning(Struct, frozen=True):
    """What a start found.

    Attributes:
        edition: what rules.
        mistakes: of the newest edition, where that was refused.
    """

    origin: Origin
    kept: Kept
    edition: Edition
    mistakes: tuple[str, ...] = ()


def begin(origin: Origin, kept: Kept) -> Beginning:
    """The newest edition, or where that is wrong or out of reach the copy of the last good one.

    Raises:
        ConfigError: there is no copy, either; lists every mistake.
    """
    try:
        found = origin.remembered() or origin.read()
    except (ConfigError, Unobtainable) as error:
        before = kept.edition(origin.location)
        mistakes = error.mistakes if isinstance(error, ConfigError) else (str(error),)
        if before is None:
            raise ConfigError(mistakes) from error
        return Beginning(origin, kept, before, mistakes)
    if not found.document.strip() and (before := kept.edition(origin.location)) and before.document.strip():
        return Beginning(origin, kept, before, (emptied(origin.location),))
    return Beginning(origin, kept, found)


def emptied(location: str) -> str:
    """The mistake of a file that has lost its content, as one may on a full disk."""
    return f"{location}: is empty, and was not before. Write it again; config init shows how."
