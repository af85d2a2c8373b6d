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
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from msgspec import Struct

from kiosk.config.model import Config
from kiosk.core.model import Clock
from kiosk.core.state import State
from kiosk.crashes import Crashes
from kiosk.editions.begin import Beginning
from kiosk.ending import Ending
from kiosk.errors import FAULT, ConfigError
from kiosk.exit_codes import DONE, LEFT
from kiosk.memory import remembered, scope
from kiosk.outlet import Outlet
from kiosk.recorder import Recorder
from kiosk.single import be_the_only_one
from kiosk.store import Store
from kiosk.timekeeping import clock_of_this_run
from kiosk.watcher import Watcher

if TYPE_CHECKING:
    from kiosk.framing import Framing
    from kiosk.stage import Stage
    from kiosk.supervision import Supervisor
    from kiosk.ui.signals import StopSignals
    from kiosk.ui.wall import Wall

_logger = logging.getLogger(__name__)

_FIRST_PICTURE = 1.0  # seconds to wait for it at most; a screen may be off
_FIRST_ANSWER = 0.5  # seconds to wait for that of a source; most that answer at all do within
_QUIET = 5.0  # seconds after which the start is over


class _Parts(Struct, frozen=True):
    """What there is when the first picture stands."""

    begun: Beginning | None
    folder: Path
    store: Store
    clock: Callable[[], Clock]
    crashes: Crashes
    watcher: Watcher
    ending: Ending
    signals: "StopSignals"
    back: Callable[[Callable[[], None]], None]
    wall: "Wall"
    framing: "Framing"
    stage: "Stage"
    supervisor: "Supervisor"


def run(
    config: Config, folder: Path, *, windowed: bool, demonstration: bool = False, begun: Beginning | None = None
) -> int:
    """Runs the kiosk until it is told to end, and returns how it ended; KioskError where it can't begin.

    In the order in which a visitor needs it. The sources are asked while the picture of what is remembered is
    made. What nobody waits for is loaded behind that picture.

    ``begun`` is where the configuration comes from; without it, it stays as it is.
    """
    with ExitStack() as clean_up:
        ending = Ending()
        clean_up.enter_context(ending.heeded())
        be_the_only_one(folder, clean_up)
        crashes = Crashes(folder, store := Store(folder))
        clock = clock_of_this_run()
        state = remembered(store, config, clock())

        outlet = Outlet()
        watcher = Watcher(config, _recorder(store, config), state, clock, outlet.put)
        _begin_to_ask(watcher, clean_up)

        from kiosk.framing import Framing
        from kiosk.stage import Stage
        from kiosk.supervision import Supervisor
        from kiosk.ui.application import application
        from kiosk.ui.bridge import Bridge
        from kiosk.ui.signals import StopSignals
        from kiosk.ui.waiting import once, wait
        from kiosk.ui.wall import Wall

        app = application()
        bridge = Bridge(app)
        ending.by(app.exit)
        signals = StopSignals(ending.begin, app)
        clean_up.callback(signals.remove)
        wall = Wall(app, windowed=windowed, closed=ending.begin)
        clean_up.callback(wall.leave)
        framing = Framing(watcher.seen, wall.frame, watcher.pictured)
        stage = Stage(
            config, state, clock, wall.show_scene, wall.announce, framing.seen, demonstration=demonstration
        )
        _show_faults(stage, clean_up)
        bridge.changed.connect(lambda news: stage.take(news) if isinstance(news, State) else news())
        outlet.open(bridge.publish)
        stage.remark(older=begun is not None and bool(begun.mistakes), code=crashes.code)
        _show_on(wall, config, stage)
        wall.arrange()
        supervisor = Supervisor(os.environ.get("NOTIFY_SOCKET"))
        once(lambda: wall.seen, supervisor.ready, app)
        wait(lambda: wall.seen or ending.code is not None, _FIRST_PICTURE)
        wait(lambda: _answered(stage.state, clock()) or ending.code is not None, _FIRST_ANSWER)
        if ending.code is None:
            parts = _Parts(
                begun, folder, store, clock, crashes, watcher, ending, signals, outlet.put, wall, framing, stage,
                supervisor,
            )  # fmt: skip
            _look_after(parts, clean_up)
            app.exec()
        crashes.end()
    return DONE if ending.code is None else ending.code


def _answered(state: State, now: Clock) -> bool:
    """Whether a source has answered in this run, whatever it said."""
    return any(source.attempted is not None and source.attempted.run == now.run for source in state.sources)


def _show_on(wall: "Wall", config: Config, stage: "Stage") -> None:
    wall.use(config.screens, still=config.reduced_motion or stage.plain)


def _look_after(parts: _Parts, clean_up: ExitStack) -> None:
    """Begins what goes on while the picture stands; nobody in the lobby waits for it."""
    from kiosk.afar.look import Observer
    from kiosk.afar.outlook import Outlook
    from kiosk.answering import Counter
    from kiosk.control import LONGEST_REQUEST, addresses
    from kiosk.garbage import search_from_now
    from kiosk.large_blocks import give_back_large_blocks
    from kiosk.pulse import EVERY, Pulse
    from kiosk.surroundings import Surroundings
    from kiosk.takeover import TakeOver
    from kiosk.ui.application import application
    from kiosk.ui.bridge import Bridge
    from kiosk.ui.control_server import ControlServer
    from kiosk.ui.lock import Lock
    from kiosk.ui.waiting import every, later, once
    from kiosk.witness import Witness, end_untrue

    app = application()
    stage, watcher, wall, crashes, supervisor = (
        parts.stage, parts.watcher, parts.wall, parts.crashes, parts.supervisor,
    )  # fmt: skip
    take_over = TakeOver(parts.begun, parts.folder, parts.store, parts.back)
    parts.signals.again = take_over.ask
    lock = Lock(wall.ask, partial(parts.ending.begin, LEFT), app)
    wall.pressed.connect(lock.press)
    surroundings = Surroundings(wall, app.platformName())

    def go_by(config: Config) -> None:
        lock.use(config.pin, config.words)
        surroundings.use(config.power)

    def follow(config: Config) -> None:
        _show_on(wall, config, stage)
        go_by(config)

    go_by(stage.config)
    _look_at_logo(stage.config)
    witness = Witness(lambda: end_untrue(supervised=supervisor.listens), wall.repaint, stage.fault)
    clean_up.callback(witness.stop)
    counter = Counter(
        stage, watcher, surroundings, lambda: (*crashes.notes(), *take_over.notes()), parts.clock, Bridge(app)
    )
    clean_up.callback(ControlServer(addresses(parts.folder), LONGEST_REQUEST, counter.take, app).close)
    look = Observer(
        stage, parts.clock, witness, wall.looked, lambda: wall.count, surroundings.power, lambda: take_over.older
    )
    outlook = Outlook(look, wall.photograph, Bridge(app))
    clean_up.callback(outlook.stop)

    pulse = Pulse(
        parts.ending, watcher, stage, wall, surroundings, parts.framing, witness, supervisor, crashes, outlook,
        parts.clock,
    )  # fmt: skip
    every(EVERY, pulse, app)
    once(lambda: wall.seen, surroundings.start, app)
    clean_up.callback(surroundings.stop)
    later(_QUIET, lambda: take_over.picture(wanted=supervisor.listens), app)
    witness.start()
    take_over.start(stage, watcher, wall, follow)
    clean_up.callback(take_over.stop)
    search_from_now()
    give_back_large_blocks()


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
    return Recorder(store, scope(config), config.policy().shortest_live)


def _begin_to_ask(watcher: Watcher, clean_up: ExitStack) -> None:
    """Starts the worker; what fails in any thread is logged, and the worker brings it onto the screen."""
    # Not before Qt is there: PySide goes through all modules when it is first imported, and a thread that imports
    # another meanwhile ends the whole program.
    import kiosk.ui  # noqa: F401 - which loads QtCore

    def on_thread(args: threading.ExceptHookArgs) -> None:
        error = args.exc_value or args.exc_type()
        name = args.thread.name if args.thread else "a thread"
        _logger.critical("A fault in %s.", name, exc_info=(args.exc_type, error, args.exc_traceback))
        watcher.fault(FAULT)

    clean_up.callback(setattr, threading, "excepthook", threading.excepthook)
    threading.excepthook = on_thread
    watcher.start()
    clean_up.callback(_stop, watcher)


def _show_faults(stage: "Stage", clean_up: ExitStack) -> None:
    """Puts every exception that nobody caught on the display's thread into the log and onto the screen."""

    def on_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _logger.critical("A fault in the display.", exc_info=(kind, error, trace))
        stage.fault(FAULT)

    clean_up.callback(setattr, sys, "excepthook", sys.excepthook)
    sys.excepthook = on_main


def _stop(watcher: Watcher) -> None:
    if not watcher.stop():
        _logger.error("The watcher did not end in time; everything it saved is whole.")
