"""``run --demo``: recorded levels through the real fetch path; a picture where there is no display."""

from pathlib import Path

from kiosk.commands.check import ask_all
from kiosk.config.model import Config
from kiosk.core.present import Occasion, told
from kiosk.demonstration import demonstration
from kiosk.exit_codes import DONE
from kiosk.timekeeping import clock_of_this_run, local_time

_SIZE = (1920, 1080)


def demo(*, windowed: bool, missing: str | None, picture: Path) -> int:
    """Runs the demonstration until it is ended; without a display, draws what it would show and ends."""
    with demonstration() as (config, folder):
        if missing is None:
            from kiosk.app import run

            return run(config, folder, windowed=windowed, demonstration=True)
        _draw(config, picture)
        print(f"{missing}; what the demonstration shows is drawn in {picture.resolve()}.")
        return DONE


def _draw(config: Config, picture: Path) -> None:
    from kiosk.ui.render import render, save

    display = ask_all(config)
    occasion = Occasion(clock_of_this_run()().wall, local_time, config.venue, demonstration=True)
    save(render(told(display, config.profile, config.words, occasion), *_SIZE), picture)
