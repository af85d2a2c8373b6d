"""How the last runs ended: a report of each that ended badly, and whether there were too many of them.

The file ``running`` in the folder of reports is there while a kiosk runs, and takes its last words: the stacks of
a crash (faulthandler), and what was logged as critical. A clean end takes it away. A start that finds one knows
that the run before ended otherwise, makes a report of it, and counts it. Ends are counted within one boot and by
the clock that never steps: a power cut is no crash.
"""

import faulthandler
import logging
import os
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

from kiosk import __version__
from kiosk.boot_clock import since_boot
from kiosk.durations import lasted
from kiosk.errors import StoreError
from kiosk.store import Store
from kiosk.timekeeping import boot_id
from kiosk.transports.urls import masked

_logger = logging.getLogger(__name__)

FOLDER = "crashes"
TOO_MANY = 3
WITHIN = 600.0  # seconds
HEALTHY = 3600.0  # seconds of health after which what was before counts no more
_RUNNING, _ENDS = "running", "ends.json"
_MOST_REPORTS = 10
_LONGEST = 64 * 1024  # bytes of a report
_CODES = (
    ("Fatal Python error", "E3"),  # a crash in native code, or the supervisor's abort of a display that hangs
    ("kiosk.witness", "E4"),
    ("Traceback", "E2"),
)
_UNKNOWN = "E1"


class _Ends(msgspec.Struct):
    """The bad ends that count: on which boot, and when by its clock."""

    boot_id: str
    at: list[float]


class Crashes:
    """The reports in a state directory. No method fails: a disk that can't be written only has no reports.

    Args:
        state: the state directory.
        store: the memory there, whose log tells what was shown last.
        now: the clock of the boot, in seconds.

    Attributes:
        code: of the fault for which the plain picture is due; empty for none.
    """

    def __init__(self, state: Path, store: Store, now: Callable[[], float] = since_boot) -> None:
        self._folder = state / FOLDER
        self._running = self._folder / _RUNNING
        self._now = now
        self._began = now()
        self._words: _LastWords | None = None
        self._counted = False
        self.code = ""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._look_back(store)
            self._words = _LastWords(self._running)
        if self._words:
            faulthandler.enable(self._words.file)
            logging.getLogger().addHandler(self._words)
        elif sys.stderr is not None and not faulthandler.is_enabled():
            with suppress(OSError, ValueError):  # a stream without a descriptor
                faulthandler.enable()

    def notes(self) -> Iterator[str]:
        """What ``status`` tells of the ends that were bad."""
        if self.code:
            yield (
                f"The program ended badly {TOO_MANY} times within {lasted(0, WITHIN)} (fault code {self.code}); "
                "it shows the level and its age alone until an hour went well. "
                f"The reports are in {self._folder}."
            )

    def healthy(self, recover: Callable[[], None]) -> None:
        """Told now and then that all is well; after an hour what was before counts no more.

        Args:
            recover: shows the whole picture again.
        """
        if self._counted or self._now() - self._began < HEALTHY:
            return
        self._counted = True
        self._forget()
        if self.code:
            _logger.info("An hour went well; the whole picture is shown again.")
            self.code = ""
            recover()

    def end(self) -> None:
        """This run ended as it was told to; what was critical in it is kept as a report."""
        faulthandler.disable()
        if self._words is None:
            return
        logging.getLogger().removeHandler(self._words)
        self._words.close()
        self._forget()
        with suppress(OSError):
            if self._words.said:
                self._report(self._running.read_bytes(), "It ended as it was told to.")
            self._running.unlink()

    def _look_back(self, store: Store) -> None:
        """Reports on the run before, if it ended badly, and decides how this one begins."""
        if not self._running.exists():
            return
        with self._running.open("rb") as file:
            words = file.read(_LONGEST)
        path = self._report(words, _last_shown(store))
        text = words.decode(errors="replace")
        code = next((code for sign, code in _CODES if sign in text), _UNKNOWN)
        said = text.partition("\n\n")[2].strip() or "It left no words: killed, or the machine went down."
        _logger.error("The last run ended badly (%s); a report is in %s. %s", code, path, said)
        ends = self._ends()
        if self._same_boot(text):
            ends.at.append(self._now())
        ends.at = [at for at in ends.at if self._now() - at <= WITHIN]
        (self._folder / _ENDS).write_bytes(msgspec.json.encode(ends))
        if len(ends.at) >= TOO_MANY:
            self.code = code
            _logger.error(
                "The program ended badly %d times within %s; it shows the level and its age alone, with the fault "
                "code %s, until an hour went well.",
                len(ends.at),
                lasted(0, WITHIN),
                code,
            )

    def _ends(self) -> _Ends:
        try:
            ends = msgspec.json.decode((self._folder / _ENDS).read_bytes(), type=_Ends)
        except (OSError, msgspec.MsgspecError):
            return _Ends(boot_id(), [])
        # Without names for boots a clock that shows less than before tells of another one.
        same = ends.boot_id == boot_id() and all(at <= self._now() for at in ends.at)
        return ends if same else _Ends(boot_id(), [])

    def _same_boot(self, words: str) -> bool:
        return f"Boot: {boot_id()}\n" in words

    def _report(self, words: bytes, note: str) -> Path:
        """Writes a report and lets the oldest go."""
        path = self._folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}.txt"
        path.write_bytes(words[: _LONGEST - 1024] + f"\n\n{note}\n".encode()[:1024])
        path.chmod(0o600)
        for old in sorted(self._folder.glob("crash-*.txt"))[:-_MOST_REPORTS]:
            old.unlink()
        return path

    def _forget(self) -> None:
        with suppress(OSError):
            (self._folder / _ENDS).unlink(missing_ok=True)


def _last_shown(store: Store) -> str:
    try:
        line = store.last()
    except StoreError:
        line = None
    if line is None:
        return "Nothing is known of what the screen showed."
    shown = line.display
    marks = f" ({', '.join(shown.marks)})" if shown.marks else ""
    return f"The screen showed since {line.at:%Y-%m-%dT%H:%M:%SZ}: {shown.state} {shown.level or ''}{marks}."


class _LastWords(logging.Handler):
    """What a run says in its need, written as it comes: nothing waits in memory for an end that may not come."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.CRITICAL)
        self.setFormatter(logging.Formatter("%(asctime)s %(name)s: %(message)s"))
        self.said = False
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.file: IO[bytes] = os.fdopen(descriptor, "wb", buffering=0)
        head = {
            "Version": __version__,
            "Python": f"{platform.python_version()} on {sys.platform}",
            "Began": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "Boot": boot_id(),
        }
        self.file.write("".join(f"{name}: {value}\n" for name, value in head.items()).encode() + b"\n")

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError, ValueError):
            if os.fstat(self.file.fileno()).st_size < _LONGEST:
                self.file.write(f"{masked(self.format(record))}\n".encode(errors="replace")[:_LONGEST])
                self.said = True

    def close(self) -> None:
        with suppress(OSError):
            self.file.close()
        super().close()
