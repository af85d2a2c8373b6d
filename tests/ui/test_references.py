"""No call of Qt that the screen makes loses a reference to None or True.

One release of PySide6 did on Python 3.11: every call without a result took one away, and the process
aborted after some thousand calls, which is days on a screen and seconds here.
"""

import subprocess
import sys
from pathlib import Path

_TOLERANCE = 50

_PROGRAM = """
import sys
from msgspec.structs import replace

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QImage
from tests.ui.screens import LIVE, STALE

from kiosk.ui.bridge import Bridge
from tests.ui.drawing import board, scene
from kiosk.ui.window import KioskWindow

picture = board(LIVE, 640, 360)
block = picture.texts()[0]
slots = [block.slot, replace(block.slot, text="x", rect=block.slot.rect._replace(x=9))]
ticks = [replace(LIVE, clock="14:32"), replace(LIVE, clock="14:33")]
window = KioskWindow()
bridge = Bridge()
bridge.changed.connect(lambda value: None)
timer = QTimer()
# One for all: each new image that is painted on adds (never takes) six references to None.
canvas = QImage(picture.size(), QImage.Format.Format_RGB32)

def timers(i):
    timer.start(1000)
    timer.stop()

CALLS = {
    "draw": (2_000, lambda i: block.draw(slots[i % 2])),
    "setText": (2_000, lambda i: block.setText(str(i % 2))),
    "update": (2_000, lambda i: picture.update()),
    "setGeometry": (2_000, lambda i: block.setGeometry(1, 1, 20 + i % 2, 20)),
    "resize": (2_000, lambda i: window.resize(300 + i % 2, 200)),
    "hide": (2_000, lambda i: block.setVisible(bool(i % 2))),
    "accessible": (2_000, lambda i: picture.setAccessibleName(str(i % 2))),
    "emit": (2_000, lambda i: bridge.publish(i)),
    "timer": (2_000, timers),
    "tick": (100, lambda i: picture.show_scene(scene(ticks[i % 2]))),
    "paint": (60, lambda i: picture.render(canvas, QPoint(0, 0))),
    "change": (60, lambda i: picture.show_scene(scene([LIVE, STALE][i % 2]))),
}
for name, (rounds, call) in CALLS.items():
    for i in range(20):
        call(i)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for i in range(rounds):
        call(i)
    after = sys.getrefcount(None), sys.getrefcount(True)
    print(name, after[0] - before[0], after[1] - before[1])
"""


def test_thousands_of_calls_leave_none_and_true_as_they_were() -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", _PROGRAM],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    drifts = [line.split() for line in ran.stdout.splitlines()]
    assert len(drifts) == 12
    assert [line for line in drifts if max(abs(int(line[1])), abs(int(line[2]))) > _TOLERANCE] == []
