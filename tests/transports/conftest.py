"""What every test of a transport needs, and must leave behind: nothing."""

import threading
import time
from collections.abc import Iterator

import pytest

from tests.transports.asking import children


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    """No child process, alive or a zombie, and no thread outlives a test."""
    processes, threads = children(), threading.active_count()
    yield
    end = time.monotonic() + 2
    while threading.active_count() > threads and time.monotonic() < end:
        time.sleep(0.01)
    assert children() <= processes
    assert threading.active_count() <= threads
