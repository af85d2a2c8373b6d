"""The witness on board: what hangs or shows something wrong is put right, or said, or ended to be started anew."""

import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from kiosk.exit_codes import UNTRUE
from tests.displays import VirtualScreen
from tests.e2e.kiosks import PATIENCE, Kiosk, configuration, mi5_document
from tests.e2e.pictures import until_shown
from tests.endpoints import asked, until_told
from tests.servers import DocumentServer, unused_port

pytestmark = pytest.mark.xdist_group("screen-3")

LONGEST = 30.0  # seconds until it has to be noticed
FAULTS = """
import ctypes, signal, threading, time

def hang(*_):
    time.sleep(1000)

def lose_the_worker(*_):
    (worker,) = (thread.ident for thread in threading.enumerate() if thread.name == "watcher")
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker), ctypes.py_object(SystemExit))

signal.signal(signal.SIGUSR1, hang)
signal.signal(signal.SIGUSR2, lose_the_worker)
"""
"""Put into the real process by Python's own door for such things, so that it can be hit from outside."""


@contextmanager
def kiosk(screen: VirtualScreen, folder: Path, notify: Path | None, more: str = "") -> Iterator[Kiosk]:
    (folder / "door").mkdir(parents=True)
    (folder / "door" / "sitecustomize.py").write_text(FAULTS)
    environment = screen.environment() | {"PYTHONPATH": str(folder / "door")}
    if notify:
        environment["NOTIFY_SOCKET"] = str(notify)
    with DocumentServer(mi5_document("SEVERE")) as server:
        arguments = ("--config", str(configuration(folder, server.url(), more=more)))
        with Kiosk(environment, folder / "state", *arguments) as started:
            started.until_shown("SEVERE", "live")
            yield started


def until_ended(kiosk: Kiosk) -> str:
    _, errors = kiosk.process.communicate(timeout=PATIENCE)
    assert kiosk.process.returncode == UNTRUE, errors
    return str(errors)


@pytest.mark.usefixtures("supervisor")
def test_a_display_that_hangs_and_a_lost_worker_end_the_program_to_be_started_anew(tmp_path: Path) -> None:
    """Three kiosks at once, because each takes its time."""
    folders = [tmp_path / "hung", tmp_path / "lost", tmp_path / "alone"]
    with ExitStack() as stack:
        hung, lost, alone = (
            stack.enter_context(kiosk(stack.enter_context(VirtualScreen()), folder, notify))
            for folder, notify in zip(folders, (tmp_path / "notify", tmp_path / "notify", None), strict=True)
        )
        hung.process.send_signal(signal.SIGUSR1)
        lost.process.send_signal(signal.SIGUSR2)
        alone.process.send_signal(signal.SIGUSR2)
        began = time.monotonic()
        lost.until(lambda status: "fault" in status["marks"])
        alone.until(lambda status: "fault" in status["marks"])
        assert "The screen stays wrong" in until_ended(lost)
        errors = until_ended(hung)
        assert time.monotonic() - began < LONGEST
        assert "The display hangs" in errors
        assert "in hang" in errors
        # Nobody else would start this one.
        alone.until_shown("SEVERE", "live")
        alone.until(lambda status: status["marks"] == [])
        code, _, errors = alone.end()
        assert code == 0
        assert "to be started anew" in errors
        assert "The last run ended badly (E4)" in errors


def test_what_is_drawn_over_the_picture_is_painted_over_and_where_it_stays_the_program_ends(
    supervisor: socket.socket, screen: VirtualScreen, tmp_path: Path
) -> None:
    with unused_port() as port:
        pass
    more = f'[endpoint]\naddress = "127.0.0.1:{port}"\n'
    with kiosk(screen, tmp_path, tmp_path / "notify", more) as running:
        whole = 0, 100, 1920, 300
        until_told(port, "/health", 200)
        until_shown(screen.picture, "SEVERE")
        meant = screen.picture().copy(*whole)
        screen.smear(*whole)
        assert screen.picture().copy(*whole) != meant
        end = time.monotonic() + LONGEST
        while True:
            right = screen.picture().copy(*whole) == meant
            if not asked(port, "/health").json["frame"]["ok"]:
                break
            if right:  # something else painted it before the witness could notice, such as the minute's change
                screen.smear(*whole)
            assert time.monotonic() < end
            time.sleep(0.1)
        while screen.picture().copy(*whole) != meant:
            assert time.monotonic() < end
            time.sleep(0.1)
        drained(supervisor)
        for _ in range(2):  # until it has looked again
            supervisor.recv(200)
        assert running.status()["marks"] == []

        with screen.smeared(*whole):
            running.until(lambda status: "fault" in status["marks"])
            health = asked(port, "/health")
            assert (health.status, health.json["frame"]["ok"]) == (503, False)
            assert health.json["frame"]["problem"].startswith(
                "The screen shows other pixels than were drawn for it"
            )
            assert drained(supervisor)
            errors = until_ended(running)
            assert not drained(supervisor), "nothing was vouched for while it was wrong"
    assert errors.count("The screen is wrong: The screen shows other pixels") == 2
    assert errors.count("The screen is right again, after ") == 1
    assert "The screen stays wrong" in errors


@pytest.mark.parametrize(("scale", "rotated"), [("1.25", 0), ("1.75", 90)])
def test_a_picture_in_pixels_of_another_size_is_found_right(
    screen: VirtualScreen, tmp_path: Path, scale: str, rotated: int
) -> None:
    with unused_port() as port:
        pass
    more = f'[endpoint]\naddress = "127.0.0.1:{port}"\n[[screen]]\nname = "screen"\nrotation = {rotated}\n'
    with DocumentServer(mi5_document("SEVERE")) as server:
        config = configuration(tmp_path, server.url(), more=more)
        environment = screen.environment() | {"QT_SCALE_FACTOR": scale}
        with Kiosk(environment, tmp_path / "state", "--config", str(config)) as running:
            running.until_shown("SEVERE", "live")
            assert until_told(port, "/health", 200).json["frame"]["by"] == "screen"
            assert running.end()[2] == ""


def drained(listening: socket.socket) -> list[bytes]:
    """What was said until now."""
    said = []
    listening.setblocking(False)
    with suppress(BlockingIOError):
        while True:
            said.append(listening.recv(200))
    listening.settimeout(PATIENCE)
    return said
