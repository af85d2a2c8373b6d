"""``level`` and ``exercise``: a person orders, and the running kiosk carries it out and says so."""

import getpass
import sys
from pathlib import Path

from kiosk.control import Order, order_running
from kiosk.errors import OrderRefused
from kiosk.exit_codes import DONE, USAGE

_WORD = "EXERCISE"


def order(folder: Path, wanted: Order) -> int:
    """Has it carried out and prints how; KioskError where no kiosk runs: nothing is kept for a later start.

    An order that took effect at some later start would be on the screen when nobody stands before it any more.
    """
    receipt = order_running(folder, wanted)
    print(receipt.sentence, file=sys.stdout if receipt.code == DONE else sys.stderr)
    return receipt.code


def confirm_exercise(*, yes: bool) -> None:
    """Asks for the word on the terminal; OrderRefused where it is not written exactly so."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise OrderRefused(
            USAGE, f"Type the word {_WORD} on a terminal, or give --yes-exercise; nothing was started."
        )
    print(f"This fills the screen with a drill. Type {_WORD} to start it: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip() != _WORD:
        raise OrderRefused(USAGE, f"That is not the word {_WORD}; nothing was started.")


def account() -> str:
    """Who orders where no name was given: the account, which may be a role's."""
    try:
        return f"user {getpass.getuser()}"
    except (KeyError, OSError):  # an account without a name
        return "a user without a name"
