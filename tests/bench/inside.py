"""What only the kiosk itself can tell of its picture; a program of its own, which prints JSON.

Usage: python -m tests.bench.inside repaint|fade|changes NUMBER
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kiosk.config.load import parse_config
from kiosk.core.model import Clock
from kiosk.core.state import State
from kiosk.stage import Stage
from kiosk.timekeeping import clock_of_this_run
from kiosk.ui.application import application
from kiosk.ui.wall import Wall
from tests.memories import state

_LEVELS = ("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")
_PATIENCE = 20.0


class Inside:
    """A kiosk's stage and wall on a real screen, with states handed to it as its worker would."""

    def __init__(self, *, still: bool) -> None:
        self._app: QApplication = application()
        self._config = parse_config("", "the benchmark")
        self._clock = clock_of_this_run()
        self.wall = Wall(self._app, windowed=False, closed=lambda: None)
        self.wall.use(self._config.screens, still=still)
        self._stage = Stage(
            self._config,
            self._state(_LEVELS[0]),
            self._clock,
            self.wall.show_scene,
            self.wall.announce,
            lambda *_: None,
        )
        self._stage.tick()
        self.wall.arrange()
        self.until(lambda: self.wall.seen)

    def show(self, level: str) -> None:
        """Another level, painted when this returns."""
        self._stage.take(self._state(level))
        self._app.processEvents()

    def until(self, happened: Callable[[], bool]) -> None:
        """Handle events until something has happened."""
        end = time.monotonic() + _PATIENCE
        while not happened():
            self._app.processEvents()
            assert time.monotonic() < end

    def idle(self, seconds: float) -> None:
        """Handle events for some time, asleep between them."""
        # Not quit: that asks the windows first, and they refuse.
        QTimer.singleShot(round(seconds * 1000), lambda: self._app.exit(0))
        self._app.exec()

    def _state(self, level: str) -> State:
        now: Clock = self._clock()
        memory = state(level, now)
        claimed = memory.sources[0]
        return replace(
            memory, sources=(replace(claimed, name=self._config.sources[0].name, disputed=False),), operator=None
        )


def repaint(number: int) -> list[float]:
    """Milliseconds of CPU of each painting of the whole window."""
    inside = Inside(still=True)
    inside.idle(0.5)
    times = []
    for _ in range(number):
        began = time.process_time()
        inside.wall.repaint()
        inside.idle(0)
        times.append((time.process_time() - began) * 1000)
    return times


def other(number: int) -> list[float]:
    """Milliseconds of CPU of each change of the level, arranged and painted."""
    inside = Inside(still=True)
    return _changes(inside, number, 0.3)


def fade(number: int) -> list[float]:
    """Milliseconds of CPU of each change of the level in a cross-fade, to its end."""
    inside = Inside(still=False)
    return _changes(inside, number, 0.7)


def _changes(inside: Inside, number: int, pause: float) -> list[float]:
    inside.idle(1)
    times = []
    for turn in range(number):
        began = time.process_time()
        inside.show(_LEVELS[(turn + 1) % len(_LEVELS)])
        inside.idle(pause)
        times.append((time.process_time() - began) * 1000)
    return times


def changes(number: int) -> dict[str, float]:
    """Milliseconds of each of so many changes, and megabytes that the process grew after the first tenth."""
    inside = Inside(still=True)
    began, grown = time.perf_counter(), 0.0
    for turn in range(number):
        if turn == number // 10:
            grown = _megabytes()
        inside.show(_LEVELS[(turn + 1) % len(_LEVELS)])
    return {"each": (time.perf_counter() - began) * 1000 / number, "growth": _megabytes() - grown}


def _megabytes() -> float:
    gc.collect()
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) / 1024


if __name__ == "__main__":
    measure = {"repaint": repaint, "other": other, "fade": fade, "changes": changes}[sys.argv[1]]
    print(json.dumps(measure(int(sys.argv[2]))))
