"""The steps of ``kiosk.app.run`` to the first picture, one by one, with the time that each takes; prints JSON.

A script for the environment in which the kiosk is installed.
Usage: phases.py CONFIGURATION STATE-DIRECTORY STARTED (on the clock of time.monotonic)
"""

import json
import sys
import time
from pathlib import Path

_took: dict[str, float] = {}
_last = float(sys.argv[3])


def _done(step: str) -> None:
    """Everything since the step before was this one."""
    global _last  # noqa: PLW0603 - a script that is run once
    now = time.monotonic()
    _took[step] = (now - _last) * 1000
    _last = now


_done("interpreter")
from kiosk.garbage import search_later  # noqa: E402

search_later()
from kiosk.arguments import parser  # noqa: E402
from kiosk.config.load import load_config  # noqa: E402
from kiosk.editions.choose import chosen  # noqa: E402, F401

_done("import of the command line and the configuration")
parser().parse_args(["--config", sys.argv[1]])
_done("command line")
config = load_config(Path(sys.argv[1]))
_done("configuration")
from kiosk.memory import remembered, scope  # noqa: E402
from kiosk.outlet import Outlet  # noqa: E402
from kiosk.recorder import Recorder  # noqa: E402
from kiosk.store import Store  # noqa: E402
from kiosk.timekeeping import clock_of_this_run  # noqa: E402
from kiosk.watcher import Watcher  # noqa: E402

_done("import of memory and worker")
clock = clock_of_this_run()
store = Store(Path(sys.argv[2]))
state = remembered(store, config, clock())
_done("memory")
import kiosk.ui  # noqa: E402, F401

_done("import of QtCore")
recorder = Recorder(store, scope(config), config.trust.live)
watcher = Watcher(config, recorder, state, clock, Outlet().put)
watcher.start()
_done("start of the worker, which asks the source meanwhile")
from kiosk.stage import Stage  # noqa: E402
from kiosk.ui.application import application  # noqa: E402
from kiosk.ui.waiting import wait  # noqa: E402
from kiosk.ui.wall import Wall  # noqa: E402

_done("import of the rest of Qt and of what draws")
app = application()
_done("application and fonts")
wall = Wall(app, windowed=False, closed=lambda: None)
wall.use(config.screens, still=True)
stage = Stage(config, state, clock, wall.show_scene, wall.announce, watcher.seen)
stage.tick()
_done("words of the picture")
wall.arrange()
_done("window and layout")
wait(lambda: wall.seen, 10)
_done("painting")
watcher.stop()
print(json.dumps(_took))
