"""Real processes: a window on a real X server, and an event loop that is told to stop."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QColorSpace, QImage

from kiosk.ui.render import render
from tests.ui.screens import LIVE

ROOT = Path(__file__).parents[2]
SECONDS = 20

_WINDOW = """
from tests.ui.screens import LIVE
from kiosk.ui.application import application
from kiosk.ui.signals import StopSignals
from kiosk.ui.window import KioskWindow, screens
app = application()
# Not app.quit: it asks every window first, and this one refuses.
stop = StopSignals(lambda: app.exit(0))
window = KioskWindow()
window.show_screen(LIVE)
window.present(screens()[0])
app.exec()
stop.remove()
print("ended", flush=True)
"""

_IDLE = """
import signal
from PySide6.QtCore import QTimer
from kiosk.ui.application import application
from kiosk.ui.signals import StopSignals
app = application(offscreen=True)
before = signal.getsignal(signal.SIGTERM)
stop = StopSignals(app.quit)
QTimer.singleShot(0, lambda: print("ready", flush=True))
app.exec()
stop.remove()
stop.remove()
assert signal.getsignal(signal.SIGTERM) is before
assert signal.set_wakeup_fd(-1) == -1
print("ended", flush=True)
"""


@contextmanager
def python(program: str, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    """A program in a process of its own, which does not outlive the test."""
    inherited = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=inherited | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def display() -> Iterator[str]:
    """A real X server of 1366x768 without a window manager."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],  # noqa: S607 - found on PATH
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            yield f":{numbers.readline().strip()}"
    finally:
        server.terminate()
        server.wait(SECONDS)


def test_the_kiosk_fills_a_real_screen_with_exactly_the_rendered_picture(display: str, tmp_path: Path) -> None:
    expected = render(LIVE, 1366, 768)
    with python(_WINDOW, DISPLAY=display, QT_QPA_PLATFORM="xcb") as kiosk:
        deadline = time.monotonic() + SECONDS
        while (seen := screenshot(display, tmp_path)) != expected and time.monotonic() < deadline:
            assert kiosk.poll() is None, kiosk.communicate()[1]
        assert seen == expected
        kiosk.send_signal(signal.SIGTERM)
        out, err = kiosk.communicate(timeout=SECONDS)
    assert (kiosk.returncode, out) == (0, "ended\n"), err


def screenshot(display: str, folder: Path) -> QImage:
    path = folder / "seen.png"
    subprocess.run(
        ["import", "-display", display, "-window", "root", str(path)],  # noqa: S607 - found on PATH
        check=True,
        timeout=SECONDS,
    )
    seen = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    # The file names a colour space, and images with different ones are never equal.
    seen.setColorSpace(QColorSpace())
    return seen


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_event_loop_ends_at_once_when_told_to(number: signal.Signals) -> None:
    with python(_IDLE) as kiosk:
        assert kiosk.stdout is not None
        assert kiosk.stdout.readline() == "ready\n"
        told = time.monotonic()
        kiosk.send_signal(number)
        out, err = kiosk.communicate(timeout=SECONDS)
    assert (kiosk.returncode, out) == (0, "ended\n"), err
    assert time.monotonic() - told < 5
