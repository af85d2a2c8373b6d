"""``config pin``: asks for a PIN and prints the line for the configuration."""

import sys
from getpass import getpass

from kiosk.errors import KioskError
from kiosk.exit_codes import DONE
from kiosk.pins import hashed, refusal


def pin() -> int:
    """Asks twice on the terminal; KioskError where there is none, the PIN is refused, or the two differ.

    The file of the configuration is the administrator's, with comments and perhaps signed: it is left alone.
    """
    if not sys.stdin.isatty():
        raise KioskError("A PIN is asked for on a terminal only; run this command on one.")
    try:
        wanted = getpass("PIN: ")
        if reason := refusal(wanted):
            raise KioskError(reason)
        if getpass("The same again: ") != wanted:
            raise KioskError("The two PINs differ; nothing was made.")
    except EOFError:
        raise KioskError("No PIN was given; nothing was made.") from None
    print(
        "# Put this into the configuration. It does not tell the PIN, which is asked for after Ctrl+Alt+Shift+Q."
    )
    print("[lock]")
    print(f'pin = "{hashed(wanted)}"')
    return DONE
