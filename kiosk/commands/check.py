"""``check``: asks every source once, prints what would be shown, stores nothing."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from msgspec.structs import replace

from kiosk.asking import ask
from kiosk.config.model import Config
from kiosk.core.derive import derive
from kiosk.core.doubts import doubtful
from kiosk.core.fold import fold
from kiosk.core.model import Display, Mark, StateName
from kiosk.core.state import beginning, fitted
from kiosk.errors import StoreError
from kiosk.exit_codes import DONE, NO_LEVEL
from kiosk.memory import scope
from kiosk.report import as_json, as_text, meaning_of
from kiosk.store import Store
from kiosk.timekeeping import clock_of_this_run


def check(config: Config, folder: Path, *, json_wanted: bool) -> int:
    """Exit code 0 where a source confirms a level and none contradicts it.

    For people it also tells which sources have been doubtful for long, as the kiosk of that folder remembers.
    """
    display = ask_all(config)
    if json_wanted:
        print(json.dumps(as_json(display, config.profile), ensure_ascii=False))
    else:
        print(
            "\n".join((*as_text(display, meaning_of(display, config.profile)), *_doubts(config, folder, display)))
        )
    confirmed = display.state is StateName.LIVE and Mark.CONFLICT not in display.marks
    return DONE if confirmed else NO_LEVEL


def _doubts(config: Config, folder: Path, display: Display) -> Iterator[str]:
    try:
        memory = Store(folder).load(scope(config))
    except StoreError:
        return  # the kiosk's folder is not for everybody to read
    if memory is None:
        return
    policy = config.policy()
    state = fitted(memory, policy)
    for report in display.sources:
        state = state.with_source(replace(state.source(report.name), problem=report.problem))
    answering = [report.name for report in display.sources if report.ok]
    for _, sentence in doubtful(state, clock_of_this_run()(), policy, answering):
        yield sentence


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
