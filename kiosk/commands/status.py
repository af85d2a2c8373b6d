"""``status``: what the running kiosk shows now, in its own words."""

from pathlib import Path

import msgspec

from kiosk.config.model import Config
from kiosk.control import ask_running
from kiosk.core.model import Display
from kiosk.errors import KioskError
from kiosk.exit_codes import DONE
from kiosk.report import as_text


class Answer(msgspec.Struct, frozen=True):
    """What the kiosk answers: the object of ``check --json`` ready to print, and the display behind it."""

    printed: msgspec.Raw
    display: Display


def status(folder: Path, config: Config, *, json_wanted: bool) -> int:
    """Prints it; KioskError where no kiosk answers."""
    try:
        answer = msgspec.json.decode(ask_running(folder), type=Answer)
    except msgspec.MsgspecError as error:
        raise KioskError(
            f"The kiosk with the state directory {folder} answered something else than its status ({error}); "
            "is it another version?"
        ) from error
    if json_wanted:
        print(bytes(answer.printed).decode())
    else:
        print("\n".join(as_text(answer.display, config.profile)))
    return DONE
