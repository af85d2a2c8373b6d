"""``screens``: lists what is connected, and shows which is which."""

import json
from pathlib import Path

from msgspec.structs import asdict

from kiosk.config.model import Config
from kiosk.control import identify_running, machine_of_running
from kiosk.core.walls import ScreenReport, choose, missing_sentence
from kiosk.displays import display_missing
from kiosk.errors import KioskError
from kiosk.exit_codes import DONE

_AGAIN = 0.2  # seconds: how soon a number is above a kiosk that raises itself


def screens(config: Config, folder: Path, *, json_wanted: bool, identify: float | None) -> int:
    """Prints the screens as the running kiosk sees them; where none runs, as this command does.

    ``identify`` is for how many seconds each shows its number; None for not at all.
    """
    try:
        machine = machine_of_running(folder)
        if identify is not None:
            identify_running(folder, identify)
        found, missing = machine.screens, machine.missing
    except KioskError as error:
        if display_missing():
            raise KioskError(f"{error} And there is no display here to look at.") from error
        found, missing = _seen(config, identify)
    if json_wanted:
        print(json.dumps([asdict(screen) for screen in found], ensure_ascii=False))
        return DONE
    for number, screen in enumerate(found, 1):
        print(f"{number}  {_row(screen)}")
    if not found:
        print("No screen is connected.")
    if missing:
        print(missing)
    return DONE


def _row(screen: ScreenReport) -> str:
    made = " ".join(part for part in (screen.maker, screen.model) if part) or "unnamed"
    turned = f", turned by {screen.rotation} degrees" if screen.rotation else ""
    used = "the kiosk's" if screen.used else "not used"
    size = f"{screen.width}x{screen.height} at scale {screen.scale:g}, {screen.refresh:g} Hz"
    return f"{screen.name} ({made}): {size}{turned}; {used}"


def _seen(config: Config, identify: float | None) -> tuple[tuple[ScreenReport, ...], str | None]:
    """What this process sees, which shows the numbers itself."""
    from kiosk.ui.application import application
    from kiosk.ui.connected import reports
    from kiosk.ui.connected import screens as connected
    from kiosk.ui.numbers import Numbers
    from kiosk.ui.waiting import every, once

    app = application()
    choice = choose([screen.name() for screen in connected()], config.screens)
    if identify is not None:
        numbers = Numbers(app)
        numbers.show_for(identify, {})
        every(_AGAIN, numbers.raise_, app)
        once(lambda: not numbers.shown, app.quit, app)
        app.exec()
    return reports(choice), missing_sentence(choice)
