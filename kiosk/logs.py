"""Where the log goes, and how much of it: to whoever reads stderr, to journald with its priorities, or to a file.

The program logs edges only. What follows bounds it all the same, because a log that fills a disk, or hides its one
important line among a million, is a fault of its own.
"""

import io
import logging
import os
import sys
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.boot_clock import since_boot

_PLAIN = "%(levelname)s %(name)s: %(message)s"
_DATED = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_LARGEST = 1_000_000  # bytes of a file; then it is put aside and another is begun
_FILES = 5  # those that are put aside
_WINDOW = 600.0  # seconds
_SAME = 3  # times that one line is written in that time
_ANY = 300  # lines in that time
_REMEMBERED = 200  # different lines
_PRIORITIES = ((logging.CRITICAL, 2), (logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6))


def begin(file: Path | None) -> None:
    """Logs to the file, else to stderr; where neither is there, nowhere.

    A file that can't be written is told on stderr, and the log goes there.
    """
    handler: logging.Handler = logging.StreamHandler() if sys.stderr is not None else logging.NullHandler()
    handler.setFormatter(_Prioritised(_PLAIN) if _journald_reads() else logging.Formatter(_PLAIN))
    trouble = None
    if file is not None:
        from logging.handlers import RotatingFileHandler

        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(file, maxBytes=_LARGEST, backupCount=_FILES, encoding="utf-8")
            handler.setFormatter(logging.Formatter(_DATED))
        except OSError as error:
            trouble = error.strerror
    handler.addFilter(Bounded())
    root = logging.getLogger()
    for before in tuple(root.handlers):
        root.removeHandler(before)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    if trouble:
        logging.getLogger(__name__).warning(
            "The log can't be written to %s (%s); name another file.", file, trouble
        )


def file_instead_of_stderr(file: Path) -> None:
    """For a program without a console: logs to the file, and what is printed goes into the log, too."""
    begin(file)
    sys.stdout = sys.stderr = _Printed()


class Bounded(logging.Filter):
    """Lets a line pass a few times within ten minutes, and all lines some hundred times, and counts the others.

    How often one was left out is told with the next record of any kind after its time.
    """

    def __init__(self, now: Callable[[], float] = since_boot) -> None:
        super().__init__()
        self._now = now
        self._lines: OrderedDict[str, list[float]] = (
            OrderedDict()
        )  # text -> when it began, times written, left out
        self._all = [now(), 0.0, 0.0]
        self._owed = 0  # lines that were left out, which nobody was told of yet

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written; it takes the counts of what was left out before it along."""
        now = self._now()
        left = self._owed + self._closed(now)
        told = f"{left} lines were left out since" if left else ""
        text = f"{record.levelno} {record.name} {record.getMessage()}"
        line = self._lines.setdefault(text, [now, 0, 0])
        self._lines.move_to_end(text)
        passes = line[1] < _SAME and self._all[1] < _ANY
        for count in (line, self._all):
            count[1 if passes else 2] += 1
        if passes and told:
            record.msg, record.args = f"{record.getMessage()} ({told})", ()
        self._owed = 0 if passes else left
        return passes

    def _closed(self, now: float) -> int:
        """Forgets what is past; how many lines of it were left out."""
        left = 0
        for text, (began, _, out) in tuple(self._lines.items()):
            if not 0 <= now - began < _WINDOW or len(self._lines) > _REMEMBERED:
                left += int(out)
                del self._lines[text]
        if not 0 <= now - self._all[0] < _WINDOW:
            self._all = [now, 0.0, 0.0]
        return left


class _Prioritised(logging.Formatter):
    """Each line with the priority that journald understands; see sd-daemon(3)."""

    def format(self, record: logging.LogRecord) -> str:
        """The record, a prefix before every line of it."""
        priority = next((number for level, number in _PRIORITIES if record.levelno >= level), 7)
        return "\n".join(f"<{priority}>{line}" for line in super().format(record).splitlines() or [""])


class _Printed(io.TextIOBase):
    """A stream whose lines become lines of the log."""

    def __init__(self) -> None:
        self._rest = ""

    def writable(self) -> bool:
        """See io.IOBase."""
        return True

    def write(self, text: str) -> int:
        """See io.TextIOBase."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in filter(str.strip, lines):
            logging.getLogger("kiosk").error("%s", line)
        return len(text)


def _journald_reads() -> bool:
    """Whether stderr is the stream that systemd opened for its journal."""
    named = os.environ.get("JOURNAL_STREAM", "")
    with suppress(OSError, ValueError, AttributeError):
        status = os.fstat(sys.stderr.fileno())
        return named == f"{status.st_dev}:{status.st_ino}"
    return False
