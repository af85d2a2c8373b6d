"""What was on the screen at a moment of the past, as far as the display log can tell.

The log has a line for each change. A screen that stayed live between two lines was confirmed again and again;
after the last line of a kiosk that doesn't run any more nothing was, and no level stays current by silence.
"""

from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from kiosk.config.model import Config
from kiosk.control import ask_running
from kiosk.core.derive import derive
from kiosk.core.model import Clock, Confidence, Display, StateName
from kiosk.core.state import Held, State, beginning
from kiosk.display_log import OVER, Kind, Line
from kiosk.errors import KioskError
from kiosk.store import Store
from kiosk.timekeeping import local_time

_CONFIDENCE = {
    StateName.LIVE: Confidence.LIVE,
    StateName.STALE: Confidence.STALE,
    StateName.LAST_KNOWN: Confidence.LAST_KNOWN,
}


def shown_at(config: Config, folder: Path, moment: datetime) -> tuple[Display, str]:
    """The display of that moment (UTC), and what is to be said of it, if anything.

    It is unknown before the first line, while no kiosk ran, and where the log can't tell.

    Raises:
        KioskError: the log can't be read, or what it tells of is another configuration's level.
    """
    found, last = None, False
    for line in Store(folder).lines():
        # The last sign of life of a run is of a moment at which it was alive.
        last = line.at < moment if line.kind is Kind.LOST else line.at <= moment
        found = line if last else found
    if found is None:
        return _nothing(config, moment), ""
    if found.kind in OVER:
        return _nothing(config, moment), _over(found)
    belongs(found.display, config)
    return _shown(found.display, config, folder, moment, last=last), ""


def belongs(shown: Display, config: Config) -> None:
    """KioskError where what was shown was another configuration's level."""
    if not _fits(shown, config):
        raise KioskError(
            f"What was shown then belongs to another profile or area than {config.profile.name}, {config.area}; "
            "name its configuration with --config."
        )


def _over(line: Line) -> str:
    ended = f"{local_time(line.at):%Y-%m-%d %H:%M:%S}"
    if line.kind is Kind.END:
        return f"No kiosk ran then; it was ended at {ended}. The picture claims nothing."
    return f"Nobody knows whether a kiosk ran then; it last gave a sign at {ended}. The picture claims nothing."


def _shown(shown: Display, config: Config, folder: Path, moment: datetime, *, last: bool) -> Display:
    if shown.local:
        return shown if moment < shown.local.until else _nothing(config, moment)
    if shown.confirmed is None or shown.state not in _CONFIDENCE:
        return shown
    age = max(moment - shown.confirmed, timedelta())
    limit = config.policy().live_limit(shown.source or "")
    if last and not runs(folder):
        return _aged(shown, shown.confirmed, moment, config)
    return replace(shown, age=None if shown.state is StateName.LIVE and age > limit else age)


def _aged(shown: Display, confirmed: datetime, moment: datetime, config: Config) -> Display:
    """What the display had sunk to by then without any further confirmation."""
    if shown.level is None:
        return shown
    held = Held(
        shown.level,
        shown.source or "",
        shown.statement or "",
        shown.previous,
        shown.changed,
        Clock(confirmed, 0.0, "log", "log"),
    )
    state = State(shown.area, held=held, floor=_CONFIDENCE[shown.state])
    then = Clock(moment, max(0.0, (moment - confirmed).total_seconds()), "log", "log")
    aged = derive(state, then, config.policy())
    marks = shown.marks if aged.level else ()
    return replace(aged, marks=marks, attempted=shown.attempted, sources=shown.sources)


def _nothing(config: Config, moment: datetime) -> Display:
    policy = config.policy()
    return derive(beginning(policy), Clock(moment, 0.0, "log", "log"), policy)


def _fits(shown: Display, config: Config) -> bool:
    named = {shown.level, shown.previous} - {None}
    return shown.area == config.area and all(level in config.profile.scale for level in named)


def runs(folder: Path) -> bool:
    """Whether a kiosk runs that uses this state directory."""
    try:
        ask_running(folder)
    except KioskError:
        return False
    return True
