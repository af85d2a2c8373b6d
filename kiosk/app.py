"""The composition root: builds the kiosk, wires it, runs it, and takes it apart in reverse order.

The only module that knows everybody. The way of the data: sources -> watcher (thread) -> outlet -> bridge (Qt
signal) -> stage -> wall of windows; and back: stage -> watcher -> recorder (what was shown, and how sure it was at
best).
"""

import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kiosk.config.model import Config
from kiosk.core.model import Clock
from kiosk.core.state import State
from kiosk.errors import ConfigError
from kiosk.exit_codes import DONE
from kiosk.memory import remembered, scope
from kiosk.outlet import Outlet
from kiosk.recorder import Recorder
from kiosk.single import be_the_only_one
from kiosk.stage import Stage
from kiosk.store import Store
from kiosk.supervision import Supervisor, keep_last_words
from kiosk.timekeeping import clock_of_this_run
from kiosk.watcher import Watcher

if TYPE_CHECKING:
    from kiosk.ui.wall import Wall

_logger = logging.getLogger(__name__)

_TICK = 1.0  # seconds: how soon after a suspend or a limit the picture is true again
_FIRST_PICTURE = 1.0  # seconds to wait for it at most; a screen may be off
_FIRST_ANSWER = 0.5  # seconds to wait for that of a source; most that answer at all do within
_FAULT = "A part of the program failed; its log tells more."


def run(config: Config, folder: Path, *, windowed: bool, demonstration: bool = False) -> int:
    """Runs the kiosk until it is told to end; KioskError where it can't begin.

    In the order in which a visitor needs it. The sources are asked while Qt loads, which is most of a start.
    Then comes the picture of what is remembered. What nobody waits for is loaded behind it.
    """
    with ExitStack() as clean_up:
        be_the_only_one(folder, clean_up)
        keep_last_words(clean_up)
        clock = clock_of_this_run()
        store = Store(folder)
        state = remembered(store, config, clock())
        states = Outlet()
        windows = clean_up.enter_context(ExitStack())  # the picture stays until the worker has ended
        watcher = Watcher(config, _recorder(store, config), state, clock, states.put)
        watcher.start()
        clean_up.callback(_stop, watcher)

        from kiosk.ui.application import application
        from kiosk.ui.bridge import Bridge
        from kiosk.ui.signals import StopSignals
        from kiosk.ui.waiting import once, wait
        from kiosk.ui.wall import Wall, every

        app = application()
        ending = threading.Event()

        def end() -> None:
            ending.set()  # Qt forgets an exit that comes before its loop runs
            app.exit(DONE)  # not quit: that asks the windows first, and they refuse to close

        stop = StopSignals(end, app)
        windows.callback(stop.remove)
        wall = Wall(app, windowed=windowed, still=config.reduced_motion, closed=end)
        windows.callback(wall.leave)
        stage = Stage(
            config, state, clock, wall.show_scene, wall.announce, watcher.seen, demonstration=demonstration
        )
        _show_faults(stage, watcher, clean_up)
        stage.tick()
        bridge = Bridge(app)
        bridge.changed.connect(stage.take)
        states.open(bridge.publish)
        wall.arrange()
        supervisor = Supervisor(os.environ.get("NOTIFY_SOCKET"))
        once(lambda: wall.seen, supervisor.ready, wall)
        wait(lambda: wall.seen or ending.is_set(), _FIRST_PICTURE)
        wait(lambda: _answered(stage.state, clock()) or ending.is_set(), _FIRST_ANSWER)
        _look_at_logo(config)
        _answer_commands(config, folder, clock, stage, watcher, wall, clean_up)
        tick = _watched(wall, stage, watcher, supervisor, clean_up)

        def each_second() -> None:
            if ending.is_set():
                end()
            tick()

        every(_TICK, each_second, app)
        if not ending.is_set():
            app.exec()
    return DONE


def _answered(state: State, now: Clock) -> bool:
    """Whether a source has answered in this run, whatever it said."""
    return any(source.attempted is not None and source.attempted.run == now.run for source in state.sources)


def _answer_commands(
    config: Config,
    folder: Path,
    clock: Callable[[], Clock],
    stage: Stage,
    watcher: Watcher,
    wall: "Wall",
    clean_up: ExitStack,
) -> None:
    from kiosk.answering import Counter
    from kiosk.control import LONGEST_REQUEST, addresses
    from kiosk.ui.bridge import Bridge
    from kiosk.ui.control_server import ControlServer

    counter = Counter(stage, watcher, config, clock, Bridge(wall))
    server = ControlServer(addresses(folder), LONGEST_REQUEST, counter.take, wall)
    clean_up.callback(server.close)


def _watched(
    wall: "Wall", stage: Stage, watcher: Watcher, supervisor: Supervisor, clean_up: ExitStack
) -> Callable[[], None]:
    """What is to be done each second; the witness begins to expect it now."""
    from kiosk.witness import Witness, end_untrue

    witness = Witness(lambda: end_untrue(supervised=supervisor.listens), wall.repaint, stage.fault)
    witness.start()
    clean_up.callback(witness.stop)

    def tick() -> None:
        if not watcher.alive:
            stage.fault(_FAULT)
        stage.tick()
        wall.keep()
        witness.look(wall.misread() if watcher.alive else _FAULT)
        if witness.content:
            supervisor.alive()

    return tick


def _look_at_logo(config: Config) -> None:
    """Says why the venue's logo is missing; the screen goes without, because it is not what people come for."""
    if config.venue.logo is None:
        return
    from kiosk.ui.logo import read_logo

    try:
        read_logo(config.venue.logo)
    except ConfigError as error:
        _logger.warning("%s", error)


def _recorder(store: Store, config: Config) -> Recorder:
    policy = config.policy()
    return Recorder(store, scope(config), min(policy.live_limit(source.name) for source in config.sources))


def _show_faults(stage: Stage, watcher: Watcher, clean_up: ExitStack) -> None:
    """Puts every exception that nobody caught into the log and onto the screen."""

    def on_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _logger.critical("A fault in the display.", exc_info=(kind, error, trace))
        stage.fault(_FAULT)

    def on_thread(args: threading.ExceptHookArgs) -> None:
        error = args.exc_value or args.exc_type()
        name = args.thread.name if args.thread else "a thread"
        _logger.critical("A fault in %s.", name, exc_info=(args.exc_type, error, args.exc_traceback))
        watcher.fault(_FAULT)

    before = sys.excepthook, threading.excepthook
    clean_up.callback(lambda: setattr(sys, "excepthook", before[0]))
    clean_up.callback(lambda: setattr(threading, "excepthook", before[1]))
    sys.excepthook, threading.excepthook = on_main, on_thread


def _stop(watcher: Watcher) -> None:
    if not watcher.stop():
        _logger.error("The watcher did not end in time; everything it saved is whole.")
