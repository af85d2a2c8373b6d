"""The kiosk under a supervisor such as systemd: what it tells it, and what it leaves in the log when aborted."""

import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.servers import DocumentServer

pytestmark = pytest.mark.xdist_group("screen")


def supervised(environment: dict[str, str], folder: Path, server: DocumentServer) -> Kiosk:
    environment = environment | {"NOTIFY_SOCKET": str(folder / "notify")}
    return Kiosk(environment, folder / "state", "--config", str(configuration(folder, server.url())))


def test_it_is_ready_once_with_its_picture_on_the_screen_and_then_tells_that_it_is_alive(
    supervisor: socket.socket, tmp_path: Path
) -> None:
    with DocumentServer(mi5_document("SEVERE")) as server, VirtualScreen() as screen:
        bare = screen.colour_at(0.5, 0.9)
        with supervised(screen.environment(), tmp_path, server) as kiosk:
            assert supervisor.recv(200) == b"READY=1"
            end = time.monotonic() + 1  # the X server draws what it was sent when it comes to it
            while screen.colour_at(0.5, 0.9) == bare:
                assert time.monotonic() < end, "ready, and nothing is on the screen"
            for _ in range(3):
                assert supervisor.recv(200).startswith(b"WATCHDOG=1")
            assert kiosk.end()[0] == 0


def test_an_abort_leaves_the_stack_of_the_display_to_the_log_of_the_next_start(
    supervisor: socket.socket, tmp_path: Path
) -> None:
    with DocumentServer(mi5_document("SEVERE")) as server, VirtualScreen() as screen:
        with supervised(screen.environment(), tmp_path, server) as kiosk:
            supervisor.recv(200)
            assert kiosk.end(signal.SIGABRT)[0] == -signal.SIGABRT
        with supervised(screen.environment(), tmp_path, server) as kiosk:
            kiosk.until_shown("SEVERE", "live")
            code, _, errors = kiosk.end()
    assert code == 0
    assert "Fatal Python error: Aborted" in errors
    assert "app.py" in errors


def test_a_supervisor_that_does_not_listen_holds_nothing_up_and_hears_of_the_picture_later(
    supervisor: socket.socket, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as crowd, suppress(BlockingIOError):
        crowd.setblocking(False)
        while True:
            crowd.sendto(b"full", str(tmp_path / "notify"))
    with (
        DocumentServer(mi5_document("SEVERE")) as server,
        VirtualScreen() as screen,
        supervised(screen.environment(), tmp_path, server) as kiosk,
    ):
        kiosk.until_shown("SEVERE", "live")
        while (said := supervisor.recv(200)) == b"full":
            pass
        assert said == b"READY=1"
        assert "can't be told" in kiosk.end()[2]
