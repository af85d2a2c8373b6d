"""From publishing a level at a real Mosquitto to the changed pixel on a real X server.

The way is the whole program's: broker, child process, format, rules, memory on the disk (SQLite, synced), and only
then the picture. Rises are measured, because a fall waits for its second confirmation by design. The messages come
at the pace of one in a second or slower, as the kiosk's bound against floods wants.
"""

import argparse
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.config.load import parse_config
from kiosk.core.model import Display, StateName
from kiosk.core.present import Occasion, told
from kiosk.core.screen import Scene
from kiosk.store import Store
from kiosk.timekeeping import local_time
from kiosk.transports.mqtt import Subscription
from kiosk.transports.payload import Request
from tests.brokers import Broker, Publisher
from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk
from tests.memories import SCOPE, state

_LEVELS = ("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")
_PLACE = (0.95, 0.25)  # a point of the banner without text
_SIZE = (1920, 1080)
_PACE = 1.1  # seconds between two messages
_PATIENCE = 20.0
_LOOK = 0.0002  # seconds between two looks at the pixel
_GOAL = 25.0  # milliseconds, of the median


def main() -> None:
    """Measures, prints, and writes the figures as JSON where that was asked for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--json", type=Path, help="where to write the figures")
    options.add_argument("--times", type=int, default=100, help="how many rises (100)")
    options.add_argument("--fade", action="store_true", help="with the cross-fade, until the first change in it")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="push-to-pixel-") as name, Broker(Path(name)) as broker:
        whole = _pushes(broker, Path(name), chosen.times, fade=chosen.fade)
        parts = {
            "publish to the kiosk's own process": _deliveries(broker, chosen.times),
            "one synced write of the memory": _writes(Path(name), chosen.times),
        } | _drawings(chosen.times)
    print(f"publish to pixel: {_told(whole)}; the goal is a median of {_GOAL:g} ms")
    for part, times in parts.items():
        print(f"  of which {part}: {_told(times)}")
    if chosen.json:
        figures = {"publish to pixel": whole} | parts
        chosen.json.write_text(json.dumps({part: _figures(times) for part, times in figures.items()}, indent=1))


def _pushes(broker: Broker, folder: Path, many: int, *, fade: bool) -> list[float]:
    """Milliseconds from each publishing to the pixel's change."""
    config = folder / "kiosk.toml"
    config.write_text(
        f'reduced_motion = {str(not fade).lower()}\n[[source]]\nname = "Office"\nurl = "{broker.url()}"\n'
        'format = "json"\nlevel = "level"\n[trust]\nconfirm_fall = "1 s"\n'
    )
    broker.publish(b"a sign that the kiosk listens", retain=True)
    times: list[float] = []
    with ExitStack() as stack:
        screen = stack.enter_context(VirtualScreen())
        kiosk = stack.enter_context(Kiosk(screen.environment(), folder / "state", "--config", str(config)))
        office = stack.enter_context(broker.publisher())
        look = stack.enter_context(screen.pixel(*_PLACE))
        kiosk.until(lambda status: bool(status["sources"][0]["problem"]))
        _publish(office, "LOW")
        kiosk.until_shown("LOW", "live")
        while len(times) < many:
            for level in _LEVELS[1:]:
                time.sleep(_PACE)
                times.append(_change(look, office, level))
            for _ in range(2):
                time.sleep(_PACE)
                _publish(office, "LOW")
            kiosk.until_shown("LOW", "live")
        kiosk.end()
    return times[:many]


def _change(look: Callable[[], bytes], office: Publisher, level: str) -> float:
    before, began = look(), time.perf_counter()
    _publish(office, level)
    _until(lambda: look() != before)
    return (time.perf_counter() - began) * 1000


def _deliveries(broker: Broker, many: int) -> list[float]:
    """Milliseconds from each publishing until a subscriber of the kiosk's kind has the message."""
    topic = "office/parts"
    request = Request(broker.url(topic), deadline=timedelta(seconds=_PATIENCE))
    times = []
    broker.publish(b"a sign that it listens", topic, retain=True)
    with Subscription(request, timedelta(hours=1)) as subscription, broker.publisher() as office:
        stop = threading.Event()
        subscription.obtain(request, stop)
        for _ in range(min(many, 20)):
            time.sleep(_PACE)
            began = time.perf_counter()
            office.publish(b"{}", topic, wait=False)
            subscription.obtain(request, stop)
            times.append((time.perf_counter() - began) * 1000)
    return times


def _writes(folder: Path, many: int) -> list[float]:
    """Milliseconds of each write of a state to the disk."""
    store, times = Store(folder / "parts"), []
    for number in range(many):
        memory = state(_LEVELS[number % len(_LEVELS)])
        began = time.perf_counter()
        store.save(SCOPE, memory)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _drawings(many: int) -> dict[str, list[float]]:
    """Milliseconds of making each picture, without an X server."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from kiosk.ui.render import board, image

    scenes = [_scene(level) for level in _LEVELS]
    drawn, arranging, painting = board(scenes[0], *_SIZE), [], []
    image(drawn)
    for number in range(1, many + 1):
        began = time.perf_counter()
        drawn.show_scene(scenes[number % len(scenes)])
        arranged = time.perf_counter()
        image(drawn)
        arranging.append((arranged - began) * 1000)
        painting.append((time.perf_counter() - arranged) * 1000)
    return {"arranging the picture": arranging, "painting it": painting}


def _scene(level: str) -> Scene:
    """What the United Kingdom's screen says of a level."""
    config, now = parse_config("", "the benchmark"), datetime.now(UTC)
    rank = _LEVELS.index(level) + 1
    display = Display(
        StateName.LIVE, (), level, rank, len(_LEVELS), "UK", confirmed=now, age=timedelta(), source="Office"
    )
    return told(display, config.profile, config.words, Occasion(now, local_time, config.venue))


def _publish(office: Publisher, level: str) -> None:
    office.publish(json.dumps({"level": level}).encode(), wait=False)


def _until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError("The pixel did not change.")
        time.sleep(_LOOK)


def _figures(times: list[float]) -> dict[str, float]:
    return {
        "times": len(times),
        "median_ms": round(statistics.median(times), 2),
        "worst_ms": round(max(times), 2),
        "best_ms": round(min(times), 2),
    }


def _told(times: list[float]) -> str:
    figures = _figures(times)
    return (
        f"median {figures['median_ms']:g} ms, worst {figures['worst_ms']:g} ms, best {figures['best_ms']:g} ms"
        f" of {len(times)}"
    )


if __name__ == "__main__":
    main()
