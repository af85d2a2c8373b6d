"""``check``: asks every source once, prints what would be shown, stores nothing."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

from kiosk.asking import ask
from kiosk.config.model import Config
from kiosk.core.derive import derive
from kiosk.core.fold import fold
from kiosk.core.model import Display, Mark, StateName
from kiosk.core.state import beginning
from kiosk.exit_codes import DONE, NO_LEVEL
from kiosk.report import as_json, as_text
from kiosk.timekeeping import clock_of_this_run


def check(config: Config, *, json_wanted: bool) -> int:
    """Exit code 0 where a source confirms a level and none contradicts it."""
    display = ask_all(config)
    if json_wanted:
        print(json.dumps(as_json(display, config.profile), ensure_ascii=False))
    else:
        print("\n".join(as_text(display, config.profile)))
    confirmed = display.state is StateName.LIVE and Mark.CONFLICT not in display.marks
    return DONE if confirmed else NO_LEVEL


def ask_all(config: Config) -> Display:
    """What a kiosk that knows nothing would show after one poll of every source."""
    look, policy, stop = clock_of_this_run(), config.policy(), threading.Event()
    state = beginning(policy)
    with ThreadPoolExecutor(len(config.sources), "ask") as pool:
        try:
            asked = [pool.submit(ask, source, config, stop, look().wall) for source in config.sources]
            for done in as_completed(asked):
                state = fold(state, done.result().event, look(), policy)
        finally:
            stop.set()
    return derive(state, look(), policy)
