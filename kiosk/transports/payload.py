"""What every transport gives and takes."""

import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last accepted answer of a source was marked with, for a conditional request."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One question to one source.

    Attributes:
        url: its scheme chose the transport.
        deadline: the fetch ends within it, whatever the other side does.
        limit: most bytes of a decoded document.
        redirect_hosts: hosts beside the url's own to which a redirect may lead.
        insecure: whether plain http to another machine is allowed.
        validators: of the last answer that was accepted in full, else None.
    """

    url: str
    deadline: timedelta = timedelta(seconds=30)
    limit: int = 1024 * 1024
    redirect_hosts: tuple[str, ...] = ()
    insecure: bool = False
    validators: Validators | None = None


@dataclass(frozen=True, slots=True)
class Payload:
    """A complete document; ``document`` is None where the source says that the one we have still stands.

    ``age`` is how long before the question the source said so, where a cache on the way answered in its place.
    """

    document: bytes | None
    validators: Validators | None = None
    age: timedelta = timedelta()


class Transport(Protocol):
    """Obtains one document."""

    def __call__(self, request: Request, stop: threading.Event) -> Payload:
        """Returns within ``request.deadline`` and soon after ``stop`` is set.

        Raises:
            kiosk.errors.Unobtainable: no complete document arrived.
        """
