"""Looks after the configuration that rules: notices another, has it checked and taken over, or says why not.

It looks at the files every few seconds: at time of change, size and inode, and now and then at the bytes. Not
inotify, which is silent about files of other machines. What changes is left alone until it has settled: editors
write in steps. Nothing here ever ends the rule of an edition but a better one.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.boot_clock import since_boot
from kiosk.durations import lasted
from kiosk.editions.begin import Beginning, emptied
from kiosk.editions.edition import Edition, digest, summed
from kiosk.errors import ConfigError, Unobtainable
from kiosk.transports.file import Signature, signature_at

_logger = logging.getLogger(__name__)

_LOOK = 5.0  # seconds between two looks at the files
_SETTLED = 1.5  # seconds without a change until a file is taken for written
_THOROUGH = 30.0  # seconds between two looks at the bytes
_RETRY = 120.0  # seconds between two looks at what was refused: it may hang on a file that nobody knows of yet
_MOST_TOLD = 5  # mistakes in one line of the log


class Ruling:
    """The edition that rules, from ``start`` to ``stop``.

    Args:
        begun: what the start found.
        offer: tries an edition on the display's thread, which calls ``taken`` or ``turned_down``.
        older: is told whether a newer edition was refused.
    """

    def __init__(
        self, begun: Beginning, offer: Callable[[Edition, "Ruling"], None], older: Callable[[bool], None]
    ) -> None:
        self._origin = begun.origin
        self._kept = begun.kept
        self._edition = begun.edition
        self._offer = offer
        self._older = older
        self._mistakes = begun.mistakes
        self._refused_since = since_boot()
        self._away = ""
        self._away_since = 0.0
        self._answered = threading.Event()
        self._wake = threading.Event()
        self._over = threading.Event()
        self._hurry = False
        self._spread = random.uniform(0.9, 1.1)  # noqa: S311 - many screens that start together part, no more
        self._seen: dict[str, Signature | None] = {}
        self._asked = self._tried = self._read_bytes = -float("inf")
        self._thread = threading.Thread(target=self._run, name="configuration", daemon=True)

    @property
    def edition(self) -> Edition:
        """What rules."""
        return self._edition

    @property
    def refused(self) -> bool:
        """Whether what rules is older than what was last seen."""
        return bool(self._mistakes)

    def notes(self) -> Iterator[str]:
        """Sentences for ``status`` on what is wrong with the newest edition."""
        if self._mistakes:
            yield "The configuration before it is in force, because the newest one was refused:"
            yield from self._mistakes
        elif self._away:
            yield f"{self._away} The configuration that was fetched before is in force."

    def start(self) -> None:
        """Begins to look."""
        if self._mistakes:
            self._tell_refusal()
        self._thread.start()

    def stop(self, patience: float = 2.0) -> None:
        """Ends; a share that hangs is not waited for."""
        self._over.set()
        self._wake.set()
        self._answered.set()
        self._origin.end()
        self._thread.join(patience)

    def ask(self) -> None:
        """Has the newest edition read at once; safe from a signal's handler."""
        self._hurry = True
        self._wake.set()

    def taken(self, edition: Edition) -> None:
        """The edition rules now."""
        if self._mistakes:
            lasting = lasted(self._refused_since, since_boot())
            _logger.info("The configuration is in order again, after %s, and is taken over.", lasting)
        else:
            _logger.info("Another configuration is taken over: %s.", edition.config.origin)
        self._edition = edition
        self._told(())
        self._answered.set()

    def turned_down(self, mistakes: tuple[str, ...]) -> None:
        """The edition can't be shown."""
        self._refuse(mistakes)
        self._answered.set()

    def _run(self) -> None:
        self._remember_files()
        first = True  # what changed between the start's own reading and now, no file's time would tell
        while not self._over.is_set():
            self._wake.wait(_LOOK)  # first of all the picture comes up
            self._wake.clear()
            hurry, self._hurry = self._hurry or first, False
            first = False
            try:
                self._look(hurry=hurry)
            except Exception:  # the last net: whatever it is, the next edition may be a better one
                _logger.exception("Looking after the configuration failed for a reason that lies in this program.")

    def _look(self, *, hurry: bool) -> None:
        now = time.monotonic()
        polled = self._origin.every is not None and now - self._asked >= self._origin.every * self._spread
        changed = self._changed()
        if changed and not hurry:
            self._settle()
        due = now - self._read_bytes >= _THOROUGH
        if due:
            self._read_bytes = now
            # What an address serves is looked at when it is asked: what was believed before proves nothing of it.
            retried = bool(self._mistakes) and self._origin.every is None and now - self._tried >= _RETRY
            changed = changed or retried or self._another_content()
        if not self._over.is_set() and (hurry or polled or changed):
            self._try(fetch=hurry or polled)

    def _try(self, *, fetch: bool) -> None:
        """Reads the newest edition and has it taken over where it is another."""
        self._tried = time.monotonic()
        if fetch:
            self._asked = self._tried
        try:
            newest = (None if fetch else self._origin.remembered()) or self._origin.read()
        except ConfigError as error:
            self._refuse(error.mistakes)
            return
        except Unobtainable as error:
            self._miss(str(error))
            return
        if fetch:
            self._found()
        if not newest.document.strip() and self._edition.document.strip():
            self._refuse((emptied(self._origin.location),))
        elif newest.same_as(self._edition):
            if self._mistakes:
                self.taken(self._edition)
            self._kept.keep(self._edition)
        else:
            self._answered.clear()
            self._offer(newest, self)
            self._answered.wait()
            if self._edition is newest:
                self._remember_files()
                self._kept.keep(newest)

    def _refuse(self, mistakes: tuple[str, ...]) -> None:
        if mistakes == self._mistakes or self._over.is_set():
            return
        if not self._mistakes:
            self._refused_since = since_boot()
        self._told(mistakes)
        self._tell_refusal()

    def _tell_refusal(self) -> None:
        more = len(self._mistakes) - _MOST_TOLD
        told = " ".join(self._mistakes[:_MOST_TOLD]) + (f" And {more} more mistakes." if more > 0 else "")
        _logger.warning("The newest configuration is refused, and the one before it stays in force: %s", told)

    def _told(self, mistakes: tuple[str, ...]) -> None:
        self._mistakes = mistakes
        self._older(bool(mistakes))

    def _miss(self, sentence: str) -> None:
        """An address that can't be reached is no mistake of the configuration: what was fetched before holds."""
        if not self._away and not self._over.is_set():
            _logger.warning("The configuration can't be fetched: %s", sentence)
            self._away_since = since_boot()
        self._away = sentence

    def _found(self) -> None:
        if self._away:
            lasting = lasted(self._away_since, since_boot())
            _logger.info("The configuration can be fetched again, after %s.", lasting)
        self._away = ""

    def _files(self) -> Iterator[str]:
        if self._origin.file:
            yield str(self._origin.file.absolute())
        yield from self._edition.files

    def _signatures(self) -> dict[str, Signature | None]:
        # Without a deadline: this thread is nobody else's, and what it does next with a file is to read it.
        return {path: signature_at(Path(path)) for path in self._files()}

    def _remember_files(self) -> None:
        self._seen = self._signatures()
        self._read_bytes = time.monotonic()

    def _changed(self) -> bool:
        seen, self._seen = self._seen, self._signatures()
        return seen != self._seen

    def _settle(self) -> None:
        while not self._over.wait(_SETTLED) and self._changed():
            pass

    def _another_content(self) -> bool:
        """Whether bytes changed where neither time, size nor inode did, as on a disk with coarse times."""
        return any(digest(path) != known for path, known in self._edition.files.items()) or (
            self._origin.file is not None and digest(str(self._origin.file)) != summed(self._edition.document)
        )
