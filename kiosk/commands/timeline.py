"""``history --picture``: what the screen showed over a span of time, drawn."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.commands.replay import belongs, runs
from kiosk.commands.sizes import size
from kiosk.config.model import Config
from kiosk.core.chart import chart
from kiosk.core.timeline import Moment, stretches
from kiosk.display_log import OVER, Kind, Line
from kiosk.errors import KioskError
from kiosk.exit_codes import DONE
from kiosk.store import Store
from kiosk.timekeeping import local_time

_SHORTEST = timedelta(minutes=1)


def draw(
    config: Config, folder: Path, span: tuple[datetime | None, datetime | None], out: Path, written: str
) -> int:
    """Draws the span, by default from the first line of the log until now, in the screen's first language."""
    width, height = size(written)
    store, now = Store(folder), datetime.now(UTC)
    lines = list(store.lines())
    if not lines:
        raise KioskError("Nothing has been shown yet; there is nothing to draw.")
    until = min(span[1] or now, now)
    since = min(span[0] or min(line.at for line in lines), until - _SHORTEST)
    moments = [_moment(line) for line in lines]
    alive = now if runs(folder) or lines[-1].kind is Kind.END else store.alive()
    found = stretches(moments, since, until, alive)
    for stretch in found:
        if stretch.display:
            belongs(stretch.display, config)
    picture = chart(found, config.profile, config.area, config.venue.place, config.words[0], local_time)

    from kiosk.ui.render import save
    from kiosk.ui.timeline import timeline

    save(timeline(picture, width, height), out)
    return DONE


def _moment(line: Line) -> Moment:
    """What stood from a line on."""
    over = line.kind in OVER
    return Moment(line.at, None if over else line.display, known=line.kind is not Kind.LOST)
