"""What the tests of real kiosks share."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.displays import VirtualScreen
from tests.e2e.kiosks import PATIENCE


@pytest.fixture(scope="module")
def screen() -> Iterator[VirtualScreen]:
    """A real X server for the tests of one module."""
    with VirtualScreen() as started:
        yield started


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[socket.socket]:
    """What a kiosk tells its supervisor, at ``notify`` in the test's folder."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(PATIENCE)
        yield listening
