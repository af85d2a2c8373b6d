"""``status``: what the running kiosk shows now, in its own words."""

from pathlib import Path

from kiosk.config.model import Config
from kiosk.control import ask_running
from kiosk.exit_codes import DONE
from kiosk.report import as_text


def status(folder: Path, config: Config, *, json_wanted: bool) -> int:
    """Prints it; KioskError where no kiosk answers."""
    answer = ask_running(folder)
    if json_wanted:
        print(bytes(answer.printed).decode())
    else:
        print("\n".join((*as_text(answer.display, config.profile), *answer.notes)))
    return DONE
