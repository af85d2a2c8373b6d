"""What the kiosk and the child process that listens to a broker say to each other.

The question is one line of JSON on the child's standard input, which stays open: its end tells the child to go.
Each delivery is one line of JSON on the child's standard output, a message's line followed by its document.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import BinaryIO

import msgspec

from kiosk.core.model import Problem
from kiosk.transports.payload import Request


class Question(msgspec.Struct, frozen=True):
    """What to listen to.

    Attributes:
        asked: when the question was asked, on the boot clock; the deadline counts from there.
        quiet: after how long without a message the child says so, again and again.
    """

    request: Request
    asked: float
    quiet: timedelta


class Message(msgspec.Struct, frozen=True, tag="message"):
    """A message of ``size`` bytes; the other fields as in ``Payload``."""

    size: int
    kept: bool
    since: float
    beside: dict[str, str]


class Failure(msgspec.Struct, frozen=True, tag="failure"):
    """Why there is no document now."""

    problem: Problem
    message: str


Delivery = Message | Failure

_DECODER: msgspec.json.Decoder[Delivery] = msgspec.json.Decoder(Delivery)
_LONGEST_LINE = 512 * 1024  # bytes; what stands beside a message is bounded by the child


def write(output: BinaryIO, delivery: Delivery, document: bytes = b"") -> None:
    """Writes a delivery at once."""
    output.write(msgspec.json.encode(delivery) + b"\n" + document)
    output.flush()


def deliveries(child: BinaryIO) -> Iterator[tuple[Delivery, bytes]]:
    """What a child delivers until it ends; ValueError where it ends in a delivery."""
    while line := child.readline(_LONGEST_LINE):
        delivery = _DECODER.decode(line)
        size = delivery.size if isinstance(delivery, Message) else 0
        document = child.read(size)
        if len(document) != size:
            raise ValueError("The document is cut.")
        yield delivery, document
