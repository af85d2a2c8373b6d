"""What it costs to paint: whole pictures, other levels, the cross-fade, and ten thousand changes."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import Any

from tests.bench.contenders import Bench, alive, colour, running, wait_until
from tests.bench.eye import eye
from tests.bench.family import seconds
from tests.bench.goals import CHROMIUM, KIOSK
from tests.bench.page import Page
from tests.commands import ROOT
from tests.displays import VirtualScreen

_LEVELS = ("SEVERE", "CRITICAL")
_PAUSE = 1.0  # seconds: a cross-fade of 400 ms, and what follows it
_PAINTINGS = 20


def paint(bench: Bench, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of the kiosk's CPU; the X server's is not in it."""
    return {
        "paint.1080p": {KIOSK: _inside("repaint", _PAINTINGS)},
        "paint.4k": {KIOSK: _inside("repaint", _PAINTINGS, (3840, 2160))},
        "paint.other": {KIOSK: _inside("other", _PAINTINGS)},
    }


def fade(bench: Bench, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of CPU from one picture to another, all of the change included."""
    return {"fade": {KIOSK: _inside("fade", rounds), CHROMIUM: [_browser(bench, rounds)]}}


def changes(bench: Bench, number: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of each change, and megabytes of growth after the first tenth of them."""
    found = _inside("changes", number)
    return {"changes.each": {KIOSK: [found["each"]]}, "changes.growth": {KIOSK: [found["growth"]]}}


def _browser(bench: Bench, rounds: int) -> float:
    with ExitStack() as stack:
        screen = stack.enter_context(VirtualScreen())
        page = stack.enter_context(Page({level: bench.picture(level) for level in _LEVELS}, fade=True).served())
        watching = stack.enter_context(eye(screen))
        process = stack.enter_context(running(bench.command(CHROMIUM, url=page.url), screen))
        watching.complete(time.perf_counter(), colour(_LEVELS[0]), alive(process))
        wait_until(lambda: page.listened, "the page did not listen")
        time.sleep(_PAUSE * 3)
        before = seconds(process.pid)
        for number in range(rounds):
            page.push(_LEVELS[(number + 1) % 2])
            time.sleep(_PAUSE)
        return (seconds(process.pid) - before) * 1000 / rounds


def _inside(what: str, number: int, size: tuple[int, int] = (1920, 1080)) -> Any:
    """What the kiosk tells of its own picture, from a process of its own."""
    with VirtualScreen(*size) as screen:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.inside", what, str(number)],
            env=screen.environment() | {"PYTHONPATH": os.fspath(ROOT)},
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["no word"])[-1])
    return json.loads(done.stdout)
