"""How long the packaged program takes to its first picture, beside the checkout's in the same run."""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.displays import VirtualScreen
from tests.packages import figures
from tests.packages.roots import Root
from tests.packages.test_installed import CONFIGURATION, process_inside

ROUNDS = 7
NAME = f"kiosk-start-{os.getpid()}"


@pytest.fixture
def supervisor() -> Iterator[socket.socket]:
    """An abstract name is found from inside a root folder too."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{NAME}")
        listening.settimeout(60)
        yield listening


def test_the_first_picture_is_there_as_soon_as_from_the_checkout(
    root: Root, source: bytes, screen: VirtualScreen, supervisor: socket.socket, tmp_path: Path
) -> None:
    root.put(source, CONFIGURATION)
    (tmp_path / "kiosk.toml").write_bytes(source)
    packaged = root.command("threat-level-kiosk", DISPLAY=screen.name, NOTIFY_SOCKET=f"@{NAME}")
    options = ["--config", str(tmp_path / "kiosk.toml"), "--state-dir", str(tmp_path / "state")]
    checkout = [sys.executable, "-m", "kiosk", *options]
    environment = screen.environment() | {"NOTIFY_SOCKET": f"@{NAME}"}

    def seconds(command: list[str], kiosk: Callable[[subprocess.Popen[bytes]], int]) -> float:
        began = time.monotonic()
        with subprocess.Popen(command, env=environment) as process:
            while supervisor.recv(200) != b"READY=1":
                pass
            took = time.monotonic() - began
            os.kill(kiosk(process), signal.SIGTERM)
        return took

    times = [
        (seconds(packaged, process_inside), seconds(checkout, lambda process: process.pid)) for _ in range(ROUNDS)
    ]
    ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    figures.take(f"start to first picture, {root.suite}", f"{ours:.2f} s", f"{theirs:.2f} s, from the checkout")
    assert ours < 2 * theirs
