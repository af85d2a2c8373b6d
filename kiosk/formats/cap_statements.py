"""What CAP messages state in the parameter that carries the level, and which messages withdraw others."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from kiosk.formats.ask import Ask
from kiosk.formats.cap_message import Key, Message

AHEAD = timedelta(minutes=2)
"""Of a sender's clock before ours."""

_MOST_NOTED = 500  # withdrawn messages; years of a threat level's
_WITHDRAWING = frozenset(("Update", "Cancel"))


class Stated(Struct, frozen=True):
    """The value of the parameter in a block of a message, and when it ends."""

    words: str
    until: datetime
    message: Message


def stated(message: Message, ask: Ask) -> Iterator[Stated]:
    """What the blocks of a message state; blocks about other areas, or that begin later, state nothing."""
    for info in message.infos:
        if ask.areas and not set(info.areas) & set(ask.areas):
            continue
        if info.effective and info.effective > ask.now + AHEAD:
            continue
        until = info.expires or message.sent + ask.expires_after
        yield from (Stated(words, until, message) for name, words in info.parameters if name == ask.parameter)


def digest(key: Key) -> str:
    """A short name for a message, for notes."""
    return hashlib.blake2b("\n".join(key).encode(), digest_size=9).hexdigest()


def withdrawn_by(messages: Iterable[Message], before: tuple[str, ...]) -> tuple[str, ...]:
    """The digests of ``before``, and of what these messages replace or cancel; of very many the oldest go."""
    keys = (key for message in messages if message.kind in _WITHDRAWING for key in sorted(message.references))
    return tuple(dict.fromkeys((*before, *map(digest, keys))))[-_MOST_NOTED:]
