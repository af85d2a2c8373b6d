"""One kiosk for one state directory, on every platform.

A lock of the operating system on an open file: it ends with the process, however that ends. A library for it took
a tenth of the whole start to import.
"""

import logging
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from kiosk.errors import AlreadyRunning

_logger = logging.getLogger(__name__)


def be_the_only_one(folder: Path, clean_up: ExitStack) -> None:
    """Takes a state directory for this process; where it can't be written, there is nothing to fight over.

    Raises:
        AlreadyRunning: another process has it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _lock(clean_up.enter_context((folder / "lock").open("ab")))
    except _TAKEN:
        raise AlreadyRunning(
            f"A kiosk already runs with the state directory {folder}; end it, or name another with --state-dir."
        ) from None
    except OSError as error:
        _logger.warning(
            "The state directory %s can't be used (%s); nothing will be saved.", folder, error.strerror
        )


if sys.platform == "win32":
    import msvcrt

    class _TakenError(Exception):
        """Windows says the same of a lock that another process has and of a file that may not be opened."""

    _TAKEN = _TakenError

    def _lock(file: BinaryIO) -> None:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise _TakenError from error
else:
    import fcntl

    _TAKEN = BlockingIOError

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
