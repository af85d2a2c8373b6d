"""What the kiosk and the child process that publishes its status say to each other.

The purpose is one line of JSON on the child's standard input. Then each line is a status to publish; an empty one
says that nothing has changed and that the display turns. Each word of the child is one line of JSON.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import BinaryIO

import msgspec

from kiosk.transports.mqtt_wire import Failure
from kiosk.transports.payload import Request


class Purpose(msgspec.Struct, frozen=True):
    """Where to publish.

    Attributes:
        gone: what the broker publishes in our place when the connection breaks.
        lasting: how long the broker keeps a status without a newer one.
        silence: how long the display may say nothing until nobody vouches for it any more.
    """

    request: Request
    gone: bytes
    lasting: timedelta
    silence: timedelta


class Taken(msgspec.Struct, frozen=True, tag="taken"):
    """The broker has taken the first status of this connection."""


Word = Taken | Failure

_DECODER: msgspec.json.Decoder[Word] = msgspec.json.Decoder(Word)
_LONGEST_LINE = 64 * 1024  # bytes


def words(child: BinaryIO) -> Iterator[Word]:
    """What a child says until it ends; ValueError for anything else."""
    while line := child.readline(_LONGEST_LINE):
        yield _DECODER.decode(line)
