"""The picture for when the program can't start: it claims nothing and says where to look, in the venue's words.

The program draws it of its own configuration while it is well. Another program shows it where a supervisor has one
to do so (``threat-level-kiosk-picture.service``).
"""

import logging
from pathlib import Path

from kiosk.config.model import Config
from kiosk.core.derive import derive
from kiosk.core.plain import plain
from kiosk.core.present import Occasion, told
from kiosk.core.screen import Scene
from kiosk.core.state import beginning
from kiosk.errors import KioskError
from kiosk.timekeeping import clock_of_this_run, local_time

_logger = logging.getLogger(__name__)

FILE = "not-confirmed.png"


def nothing_confirmed(config: Config) -> Scene:
    """The picture without anything that could be out of date, such as a clock."""
    now, policy = clock_of_this_run()(), config.policy()
    display = derive(beginning(policy), now, policy)
    scene = told(display, config.profile, config.words, Occasion(now.wall, local_time))
    return Scene(tuple(map(plain, scene.screens)))


def keep(config: Config, folder: Path, size: tuple[int, int]) -> None:
    """Draws it into the state directory, in pixels; nothing is written where it is the same as before."""
    from kiosk.ui.render import render, save

    path = folder / FILE
    new = path.with_suffix(".new")
    try:
        save(render(nothing_confirmed(config), *size), new)
        if path.is_file() and path.read_bytes() == new.read_bytes():
            new.unlink()
        else:
            new.replace(path)
    except (OSError, KioskError) as error:
        _logger.info("The picture for when the program can't start is not kept: %s", error)
