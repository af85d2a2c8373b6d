"""The composition root: builds the kiosk, wires it, runs it, and takes it apart in reverse order.

The only module that knows everybody. The way of the data: sources -> watcher (thread) -> bridge (Qt signal) ->
stage -> wall of windows; and back: stage -> watcher -> recorder (what was shown, and how sure it was at best).
"""

import logging
import os
import sys
import threading
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from kiosk.afar.look import Observer
from kiosk.afar.outlook import Outlook
from kiosk.answering import Counter
from kiosk.config.model import Config
from kiosk.control import LONGEST_REQUEST, addresses
from kiosk.core.state import State
from kiosk.crashes import Crashes
from kiosk.editions.begin import Beginning
from kiosk.ending import Ending
from kiosk.errors import AlreadyRunning, ConfigError
from kiosk.exit_codes import DONE, LEFT
from kiosk.framing import Framing
from kiosk.memory import remembered, scope
from kiosk.pulse import EVERY, Pulse
from kiosk.recorder import Recorder
from kiosk.stage import FAULT, Stage
from kiosk.store import Store
from kiosk.supervision import Supervisor
from kiosk.surroundings import Surroundings
from kiosk.takeover import TakeOver
from kiosk.timekeeping import clock_of_this_run
from kiosk.ui.application import application
from kiosk.ui.bridge import Bridge
from kiosk.ui.control_server import ControlServer
from kiosk.ui.lock import Lock
from kiosk.ui.logo import read_logo
from kiosk.ui.signals import StopSignals
from kiosk.ui.waiting import every, later, once
from kiosk.ui.wall import Wall
from kiosk.watcher import Watcher
from kiosk.witness import Witness, end_untrue

_logger = logging.getLogger(__name__)

_QUIET = 5.0  # seconds after which the start is over


def run(
    config: Config, folder: Path, *, windowed: bool, demonstration: bool = False, begun: Beginning | None = None
) -> int:
    """Runs the kiosk until it is told to end, and returns how it ended; KioskError where it can't begin.

    ``begun`` is where the configuration comes from; without it, it stays as it is.
    """
    with ExitStack() as clean_up:
        _be_the_only_one(folder, clean_up)
        crashes = Crashes(folder, store := Store(folder))
        app = application()
        bridge = Bridge(app)
        take_over = TakeOver(begun, folder, store, bridge.publish)

        ending = Ending(app.exit)
        clean_up.callback(StopSignals(ending.begin, app, take_over.ask).remove)
        clock = clock_of_this_run()
        state = remembered(store, config, clock())
        watcher = Watcher(config, _recorder(store, config), state, clock, bridge.publish)
        wall = Wall(app, windowed=windowed, closed=ending.begin)
        clean_up.callback(wall.leave)
        lock = _lock(wall, ending, bridge)
        surroundings = Surroundings(wall, app.platformName())
        framing = Framing(watcher.seen, wall.frame, watcher.pictured)
        stage = Stage(
            config, state, clock, wall.show_scene, wall.announce, framing.seen, demonstration=demonstration
        )
        _show_faults(stage, watcher, clean_up)
        bridge.changed.connect(lambda news: stage.take(news) if isinstance(news, State) else news())
        stage.remark(older=take_over.older, code=crashes.code)

        def follow(config: Config) -> None:
            wall.use(config.screens, still=config.reduced_motion or stage.plain)
            lock.use(config.pin, config.words)
            surroundings.use(config.power)

        follow(config)
        _look_at_logo(config)
        wall.arrange()
        watcher.start()
        clean_up.callback(_stop, watcher)
        supervisor = Supervisor(os.environ.get("NOTIFY_SOCKET"))
        witness = Witness(lambda: end_untrue(supervised=supervisor.listens), wall.repaint, stage.fault)
        clean_up.callback(witness.stop)
        counter = Counter(
            stage, watcher, surroundings, lambda: (*crashes.notes(), *take_over.notes()), clock, Bridge(app)
        )
        clean_up.callback(ControlServer(addresses(folder), LONGEST_REQUEST, counter.take, app).close)
        look = Observer(
            stage, clock, witness, wall.looked, lambda: wall.count, surroundings.power, lambda: take_over.older
        )
        outlook = Outlook(look, wall.photograph, Bridge(app))
        clean_up.callback(outlook.stop)

        pulse = Pulse(
            ending, watcher, stage, wall, surroundings, framing, witness, supervisor, crashes, outlook, clock
        )
        every(EVERY, pulse, app)
        once(lambda: wall.seen, supervisor.ready, app)
        once(lambda: wall.seen, surroundings.start, app)
        clean_up.callback(surroundings.stop)
        later(_QUIET, lambda: take_over.picture(wanted=supervisor.listens), app)
        if ending.code is None:
            witness.start()
            take_over.start(stage, watcher, wall, follow)
            clean_up.callback(take_over.stop)
            app.exec()
        crashes.end()
    return DONE if ending.code is None else ending.code


def _lock(wall: Wall, ending: Ending, parent: Bridge) -> Lock:
    """The one way out at the keyboard."""
    lock = Lock(wall.ask, partial(ending.begin, LEFT), parent)
    wall.pressed.connect(lock.press)
    return lock


def _look_at_logo(config: Config) -> None:
    """Says why the venue's logo is missing; the screen goes without, because it is not what people come for."""
    if config.venue.logo is None:
        return
    try:
        read_logo(config.venue.logo)
    except ConfigError as error:
        _logger.warning("%s", error)


def _recorder(store: Store, config: Config) -> Recorder:
    return Recorder(store, scope(config), config.policy().shortest_live)


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
        stage.fault(FAULT)

    def on_thread(args: threading.ExceptHookArgs) -> None:
        error = args.exc_value or args.exc_type()
        name = args.thread.name if args.thread else "a thread"
        _logger.critical("A fault in %s.", name, exc_info=(args.exc_type, error, args.exc_traceback))
        watcher.fault(FAULT)

    before = sys.excepthook, threading.excepthook
    clean_up.callback(lambda: setattr(sys, "excepthook", before[0]))
    clean_up.callback(lambda: setattr(threading, "excepthook", before[1]))
    sys.excepthook, threading.excepthook = on_main, on_thread


def _stop(watcher: Watcher) -> None:
    if not watcher.stop():
        _logger.error("The watcher did not end in time; everything it saved is whole.")
