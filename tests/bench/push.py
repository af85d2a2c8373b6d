"""From a changed source to the changed pixel on a real X server.

The way is the whole program's: file or broker, format, rules, memory on the disk (SQLite, synced), and only then
the picture. Rises are measured, because a fall waits for its second confirmation by design. A broker's messages
come at the pace of one in a second or slower, as the kiosk's bound against floods wants.
"""

import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from kiosk.store import Store
from tests.bench.contenders import Bench, alive, colour, configuration, document, running, wait_until
from tests.bench.eye import eye
from tests.bench.goals import CHROMIUM
from tests.bench.page import Page
from tests.brokers import Broker
from tests.displays import VirtualScreen
from tests.memories import SCOPE, state

_LEVELS = ("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")
_PLACE = (0.95, 0.25)  # a point of the banner without text
_PACE = 1.1  # seconds between two messages
_FORMAT = 'format = "json"\nlevel = "level"'


def push(bench: Bench, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds from publishing to the pixel, without the cross-fade; of Chromium from its server's event."""
    browser = _browser(bench, rounds)
    file: dict[str, list[float]] = {CHROMIUM: browser}
    broker: dict[str, list[float]] = {CHROMIUM: browser}
    for program in bench.kiosks():
        file[program] = _file(bench, program, rounds)
        broker[program] = _broker(bench, program, rounds)
    print(
        f"  of which one synced write of the memory: {statistics.median(_writes(bench.folder)):.2f} ms", flush=True
    )
    return {"push.file": file, "push.broker": broker}


def _file(bench: Bench, program: str, rounds: int) -> list[float]:
    """A publisher writes beside the file and renames."""
    watched = bench.folder / "level.json"

    def publish(level: str) -> None:
        fresh = watched.with_suffix(".new")
        fresh.write_bytes(document(level))
        fresh.replace(watched)

    publish("LOW")
    return _rises(bench, program, watched.as_uri(), publish, rounds)


def _broker(bench: Bench, program: str, rounds: int) -> list[float]:
    with Broker(bench.folder) as broker, broker.publisher() as office:
        broker.publish(document("LOW"), retain=True)
        return _rises(
            bench, program, broker.url(), lambda level: office.publish(document(level), wait=False), rounds
        )


def _rises(bench: Bench, program: str, url: str, publish: Callable[[str], None], rounds: int) -> list[float]:
    config = configuration(bench.folder, url, source=_FORMAT)
    times: list[float] = []
    with ExitStack() as stack:
        screen = stack.enter_context(VirtualScreen())
        look = stack.enter_context(screen.pixel(*_PLACE))
        bench.remember("LOW")
        process = stack.enter_context(running(bench.command(program, config), screen))
        colours = {level: _pixel(level) for level in _LEVELS}

        def lowered() -> bool:
            """A fall takes two confirmations, a second apart."""
            time.sleep(_PACE)
            publish("LOW")
            alive(process)()
            return look()[:3] == colours["LOW"]

        while len(times) < rounds:
            wait_until(lowered, f"{program} did not show the lowest level")
            for level in _LEVELS[1:]:
                time.sleep(_PACE)
                before, began = look(), time.perf_counter()
                publish(level)
                wait_until(lambda before=before: look() != before, f"{program} did not show {level}")  # type: ignore[misc]
                times.append((time.perf_counter() - began) * 1000)
    return times[:rounds]


def _browser(bench: Bench, rounds: int) -> list[float]:
    """An event of the server turns one picture that was loaded before into another."""
    times = []
    with ExitStack() as stack:
        screen = stack.enter_context(VirtualScreen())
        pictures = {level: bench.picture(level) for level in _LEVELS[-2:]}
        page = stack.enter_context(Page(pictures, fade=False).served())
        watching = stack.enter_context(eye(screen))
        look = stack.enter_context(screen.pixel(*_PLACE))
        process = stack.enter_context(running(bench.command(CHROMIUM, url=page.url), screen))
        watching.complete(time.perf_counter(), colour(_LEVELS[-2]), alive(process))
        wait_until(lambda: page.listened, "the page did not listen")
        for number in range(rounds):
            time.sleep(_PACE / 2)
            before, began = look(), time.perf_counter()
            page.push(_LEVELS[-1 - number % 2])
            wait_until(lambda before=before: look() != before, "Chromium did not change")  # type: ignore[misc]
            times.append((time.perf_counter() - began) * 1000)
    return times


def _writes(folder: Path) -> list[float]:
    """Milliseconds of each write of a state to the disk."""
    store, times = Store(folder / "parts"), []
    for level in _LEVELS * 4:
        memory = state(level)
        began = time.perf_counter()
        store.save(SCOPE, memory)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _pixel(level: str) -> bytes:
    """The colour of a level as its bytes lie in the frame buffer."""
    return bytes.fromhex(colour(level)[1:])[::-1]
