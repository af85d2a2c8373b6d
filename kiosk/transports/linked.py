"""The documents that an index names, within the deadline and the bounds of the index itself.

An index may send this machine nowhere but to its own host or a listed one, by its own scheme, and in files to
nothing outside its own folder. The bytes of all documents together are bounded as one document's are. The first
that can't be had ends it: what an index states hangs on all of them.
"""

import threading
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from msgspec.structs import replace

from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.payload import Request, Transport
from kiosk.transports.urls import host_of, masked, named, printable

_LONGEST_ADDRESS = 120  # characters in a sentence


def obtain_linked(
    addresses: Iterable[str], index: Request, transport: Transport, stop: threading.Event, end: float
) -> dict[str, bytes]:
    """The documents by their address as the index has it.

    Args:
        addresses: whole or relative to the index.
        index: the request that obtained the index.
        transport: of the index's scheme.
        stop: as for the index.
        end: when the index's deadline is over, on the clock of ``time.monotonic``.

    Raises:
        kiosk.errors.Unobtainable: one of them was not obtained, or may not be asked for.
    """
    documents: dict[str, bytes] = {}
    room = index.limit
    for address in addresses:
        url = _permitted(address, index)
        left = timedelta(seconds=max(0.01, end - time.monotonic()))
        payload = transport(replace(index, url=url, deadline=left, limit=room, validators=None), stop)
        documents[address] = payload.document or b""
        room = max(1, room - len(documents[address]))
    return documents


def _permitted(address: str, index: Request) -> str:
    try:
        url = urljoin(index.url, address)
        old, new, written = urlsplit(index.url), urlsplit(url), urlsplit(address)
    except ValueError:
        raise _refused(address, index, "which is no address") from None
    if new.scheme != old.scheme:
        raise _refused(address, index, f"which is not {old.scheme}")
    if new.scheme == "file":
        folder = PurePosixPath(unquote(old.path)).parent
        path = PurePosixPath(unquote(new.path))
        if ".." in path.parts or not path.is_relative_to(folder) or new.netloc != old.netloc:
            raise _refused(address, index, "which is outside its own folder")
        return url
    if host_of(url) not in {host_of(index.url), *(host.lower() for host in index.redirect_hosts)}:
        raise _refused(address, index, "which is on another host; list that in redirect_hosts if it is right")
    if "@" in written.netloc:
        raise _refused(address, index, "which carries a name and password")
    # The index's own user and password are for its own origin, as with redirects.
    if written.netloc and "@" in old.netloc and (new.hostname, new.port) == (old.hostname, old.port):
        return new._replace(netloc=f"{old.netloc.rpartition('@')[0]}@{new.netloc}").geturl()
    return url


def _refused(address: str, index: Request, why: str) -> Unobtainable:
    shown = printable(masked(address), _LONGEST_ADDRESS)
    return Unobtainable(Problem.REDIRECT, f"The index of {named(index.url)} names {shown}, {why}.")
