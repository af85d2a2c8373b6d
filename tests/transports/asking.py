"""How the tests ask a transport, and count the processes that it leaves behind."""

import os
import threading
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import Unobtainable
from kiosk.transports import transport_for
from kiosk.transports.payload import Payload, Request


def ask(url: str, *, seconds: float = 20, stop: threading.Event | None = None, **fields: Any) -> Payload:
    """What the url's own transport obtains."""
    request = Request(url, deadline=timedelta(seconds=seconds), **fields)
    return transport_for(url)(request, stop or threading.Event())


def refused(url: str, **fields: Any) -> Unobtainable:
    """Why the url's own transport obtains nothing; the sentence is one line and ends like one."""
    with pytest.raises(Unobtainable) as caught:
        ask(url, **fields)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return caught.value


def children() -> set[int]:
    """The processes whose parent we are, zombies too; empty where there is no ``/proc`` to tell."""
    return {pid for pid, parent in _processes() if parent == os.getpid()}


def _processes() -> Iterable[tuple[int, int]]:
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in parentheses may contain anything; the parent is the second word after it.
            after_name = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        yield int(entry.parent.name), int(after_name[1])
