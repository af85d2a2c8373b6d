"""Real processes: a window on a real X server, and an event loop that is told to stop."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.displays import VirtualScreen
from tests.ui.drawing import render
from tests.ui.screens import LIVE

ROOT = Path(__file__).parents[2]
SECONDS = 20

_WINDOW = """
from tests.ui.drawing import scene
from tests.ui.screens import LIVE
from kiosk.ui.application import application
from kiosk.ui.signals import StopSignals
from kiosk.ui.connected import screens
from kiosk.ui.window import KioskWindow
app = application()
# Not app.quit: it asks every window first, and this one refuses.
stop = StopSignals(lambda: app.exit(0))
window = KioskWindow()
window.show_scene(scene(LIVE))
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
def python(program: str, environment: dict[str, str] | None = None) -> Iterator["subprocess.Popen[str]"]:
    """A program in a process of its own, which does not outlive the test."""
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_kiosk_fills_a_real_screen_with_exactly_the_rendered_picture() -> None:
    expected = render(LIVE, 1366, 768)
    with VirtualScreen(1366, 768) as screen, python(_WINDOW, screen.environment()) as kiosk:
        deadline = time.monotonic() + SECONDS
        while (seen := screen.picture()) != expected and time.monotonic() < deadline:
            assert kiosk.poll() is None, kiosk.communicate()[1]
        assert seen == expected
        kiosk.send_signal(signal.SIGTERM)
        out, err = kiosk.communicate(timeout=SECONDS)
    assert (kiosk.returncode, out) == (0, "ended\n"), err


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
