"""What the tests of real kiosks share."""

from collections.abc import Iterator

import pytest

from tests.displays import VirtualScreen


@pytest.fixture(scope="module")
def screen() -> Iterator[VirtualScreen]:
    """A real X server for the tests of one module."""
    with VirtualScreen() as started:
        yield started
