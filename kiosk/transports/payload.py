"""What every transport gives and takes."""

import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

from msgspec import Struct

THIS_SOURCE = "this source"


class Validators(Struct, frozen=True):
    """What the last accepted answer of a source was marked with, for a conditional request."""

    etag: str | None = None
    last_modified: str | None = None


class Broker(Struct, frozen=True):
    """How a broker knows this machine, and this machine the broker.

    Attributes:
        username: None for an anonymous connection.
        password_file: a file whose one line is the password; read at each connection, never kept or told.
        ca_file: the certificate authority (PEM) that is trusted in place of the system's.
    """

    username: str | None = None
    password_file: str | None = None
    ca_file: str | None = None


class Request(Struct, frozen=True):
    """One question to one source.

    Attributes:
        url: its scheme chose the transport.
        deadline: the fetch ends within it, whatever the other side does.
        limit: most bytes of a decoded document.
        redirect_hosts: hosts beside the url's own to which a redirect may lead.
        insecure: whether plain http to another machine is allowed.
        validators: of the last answer that was accepted in full, else None.
        broker: for the transports that have one.
        entry: what in the configuration it stands in, for sentences.
    """

    url: str
    deadline: timedelta = timedelta(seconds=30)
    limit: int = 1024 * 1024
    redirect_hosts: tuple[str, ...] = ()
    insecure: bool = False
    validators: Validators | None = None
    broker: Broker = Broker()
    entry: str = THIS_SOURCE


class Payload(Struct, frozen=True):
    """A complete document.

    Attributes:
        document: None where the source says that the one we have still stands.
        age: how long before the question the source said so, where a cache on the way answered in its place.
        kept: whether somebody between kept the document for an unknown time, as a broker its retained message.
        since: the time on the boot clock since which a document that was pushed has waited at most; None where it
            was asked for.
        beside: what came along with it, by the ending of its name, such as "minisig". None where what a document
            refers to has to be asked for.
    """

    document: bytes | None
    validators: Validators | None = None
    age: timedelta = timedelta()
    kept: bool = False
    since: float | None = None
    beside: Mapping[str, bytes] | None = None


class Transport(Protocol):
    """Obtains one document."""

    def __call__(self, request: Request, stop: threading.Event) -> Payload:
        """Returns within ``request.deadline`` and soon after ``stop`` is set.

        Raises:
            kiosk.errors.Unobtainable: no complete document arrived.
        """
