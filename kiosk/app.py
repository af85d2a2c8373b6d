"""The composition root: builds the kiosk, wires it, runs it, and takes it apart in reverse order.

The only module that knows everybody. The way of the data: sources -> watcher (thread) -> bridge (Qt signal) ->
stage -> wall of windows; and back: stage -> watcher -> recorder (what was shown, and how sure it was at best).
"""

import logging
import os
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from kiosk.answering import Counter
from kiosk.config.model import Config
from kiosk.control import LONGEST_REQUEST, addresses
from kiosk.errors import AlreadyRunning, ConfigError
from kiosk.exit_codes import DONE
from kiosk.framing import Framing
from kiosk.memory import remembered, scope
from kiosk.recorder import Recorder
from kiosk.stage import Stage
from kiosk.store import Store
from kiosk.supervision import Supervisor, keep_last_words
from kiosk.timekeeping import clock_of_this_run
from kiosk.ui.application import application
from kiosk.ui.bridge import Bridge
from kiosk.ui.control_server import ControlServer
from kiosk.ui.logo import read_logo
from kiosk.ui.signals import StopSignals
from kiosk.ui.waiting import once
from kiosk.ui.wall import Wall, every
from kiosk.watcher import Watcher
from kiosk.witness import Witness, end_untrue

_logger = logging.getLogger(__name__)

_TICK = 1.0  # seconds: how soon after a suspend or a limit the picture is true again
_FAULT = "A part of the program failed; its log tells more."


def run(config: Config, folder: Path, *, windowed: bool, demonstration: bool = False) -> int:
    """Runs the kiosk until it is told to end; KioskError where it can't begin."""
    with ExitStack() as clean_up:
        _be_the_only_one(folder, clean_up)
        keep_last_words(clean_up)
        app = application()

        ending = threading.Event()

        def end() -> None:
            ending.set()  # Qt forgets an exit that comes before its loop runs
            app.exit(DONE)  # not quit: that asks the windows first, and they refuse to close

        stop = StopSignals(end, app)
        clean_up.callback(stop.remove)
        clock = clock_of_this_run()
        store = Store(folder)
        state = remembered(store, config, clock())
        bridge = Bridge(app)
        watcher = Watcher(config, _recorder(store, config), state, clock, bridge.publish)
        wall = Wall(app, windowed=windowed, still=config.reduced_motion, closed=end)
        clean_up.callback(wall.leave)
        framing = Framing(watcher.seen, wall.frame, watcher.pictured)
        stage = Stage(
            config, state, clock, wall.show_scene, wall.announce, framing.seen, demonstration=demonstration
        )
        _show_faults(stage, watcher, clean_up)
        bridge.changed.connect(stage.take)
        stage.tick()
        _look_at_logo(config)
        wall.arrange()
        watcher.start()
        clean_up.callback(_stop, watcher)
        supervisor = Supervisor(os.environ.get("NOTIFY_SOCKET"))
        witness = Witness(lambda: end_untrue(supervised=supervisor.listens), wall.repaint, stage.fault)
        clean_up.callback(witness.stop)
        counter = Counter(stage, watcher, config, clock, Bridge(app))
        server = ControlServer(addresses(folder), LONGEST_REQUEST, counter.take, app)
        clean_up.callback(server.close)

        def tick() -> None:
            if ending.is_set():
                end()
            if not watcher.alive:
                stage.fault(_FAULT)
            stage.tick()
            wall.keep()
            framing.tick()
            witness.look(wall.misread() if watcher.alive else _FAULT)
            if witness.content:
                supervisor.alive()

        every(_TICK, tick, app)
        once(lambda: wall.seen, supervisor.ready, app)
        if not ending.is_set():
            witness.start()
            app.exec()
    return DONE


def _look_at_logo(config: Config) -> None:
    """Says why the venue's logo is missing; the screen goes without, because it is not what people come for."""
    if config.venue.logo is None:
        return
    try:
        read_logo(config.venue.logo)
    except ConfigError as error:
        _logger.warning("%s", error)


def _recorder(store: Store, config: Config) -> Recorder:
    policy = config.policy()
    return Recorder(store, scope(config), min(policy.live_limit(source.name) for source in config.sources))


def _be_the_only_one(folder: Path, clean_up: ExitStack) -> None:
    """Takes the state directory for this process; where it can't be written, there is nothing to fight over."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise AlreadyRunning(
            f"A kiosk already runs with the state directory {folder}; end it, or name another with --state-dir."
        ) from None
    except OSError as error:
        _logger.warning(
            "The state directory %s can't be used (%s); nothing will be saved.", folder, error.strerror
        )
        return
    clean_up.callback(lock.release)


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
