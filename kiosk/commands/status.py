"""``status``: what the running kiosk shows now, in its own words."""

from pathlib import Path

import msgspec

from kiosk.control import ask_running
from kiosk.exit_codes import DONE
from kiosk.report import as_text


class _Printed(msgspec.Struct):
    """Of what the kiosk prints, the one thing that only its own configuration tells."""

    meaning: str | None


def status(folder: Path, *, json_wanted: bool) -> int:
    """Prints it, whatever is wrong with the configuration by now; KioskError where no kiosk answers."""
    answer = ask_running(folder)
    if json_wanted:
        print(bytes(answer.printed).decode())
    else:
        meaning = msgspec.json.decode(answer.printed, type=_Printed).meaning
        print("\n".join((*as_text(answer.display, meaning), *answer.notes)))
    return DONE
