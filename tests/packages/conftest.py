"""What the proofs of the packages share: they need root, Debian's archive, and what `make packages` left."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.displays import VirtualScreen
from tests.e2e.kiosks import configuration, mi5_document
from tests.packages import figures
from tests.packages.roots import ARCHITECTURE, SUITES, Root
from tests.servers import DocumentServer

DIST = Path(os.environ.get("KIOSK_PACKAGES", Path(__file__).parents[2] / "dist")).absolute()


def only(pattern: str) -> Path:
    """The one file in dist/ with such a name."""
    (found,) = DIST.glob(pattern)
    return found


@pytest.fixture(scope="session")
def deb() -> Path:
    return only(f"threat-level-kiosk_*_{ARCHITECTURE}.deb")


@pytest.fixture(scope="session", params=SUITES)
def root(request: pytest.FixtureRequest, deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Root:
    """A bare release with nothing of Python, in which the package was installed."""
    bare = Root(request.param, tmp_path_factory.mktemp(request.param) / "root")
    assert not [path for path in bare.files() if "bin/python" in path]
    bare.install(deb)
    assert not [path for path in bare.files() if "bin/python" in path], "no Python comes along"
    return bare


@pytest.fixture(scope="session")
def server() -> Iterator[DocumentServer]:
    with DocumentServer(mi5_document("SEVERE")) as started:
        yield started


@pytest.fixture(scope="session")
def source(server: DocumentServer, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A configuration with a source on this machine."""
    return configuration(tmp_path_factory.mktemp("configuration"), server.url()).read_bytes()


@pytest.fixture
def screen() -> Iterator[VirtualScreen]:
    with VirtualScreen() as started:
        yield started


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the figures."""
    terminalreporter.section("figures")
    for line in figures.taken():
        terminalreporter.write_line(line)
