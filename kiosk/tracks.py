"""What the watcher knows of each source beside the state, and who is watched at all."""

import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct, field

from kiosk.asking import is_pushed, subscribed
from kiosk.config.model import Config, SourceConfig
from kiosk.transports.payload import Validators

if TYPE_CHECKING:
    from kiosk.transports.file_notice import FileNotice
    from kiosk.transports.mqtt import Subscription


class Track(Struct, eq=False):
    """One source; times are seconds on the boot clock.

    Attributes:
        quiet: after how long without a message a source that speaks by itself is told as a failure.
        stop: ends its fetch; what that still answers is not heard.
    """

    config: SourceConfig
    due: float
    quiet: timedelta
    failures: int = 0
    failing_since: float = 0.0
    asking: threading.Thread | None = None
    validators: Validators | None = None
    full_answer: float = 0.0
    seen_file: object = None
    subscription: "Subscription | None" = None
    notice: "FileNotice | None" = None
    stop: threading.Event = field(default_factory=threading.Event)

    def wants(self, now: float) -> bool:
        """Whether the source is to be asked, or has spoken by itself."""
        if self.subscription:
            return self.subscription.pending
        # The look comes first: a change that a due poll reads anyway is not read once more.
        return self._file_changed() or now >= self.due

    @property
    def watched(self) -> bool:
        """Whether the source is a file, which is looked at between its polls too."""
        return urlsplit(self.config.url).scheme == "file"

    def _file_changed(self) -> bool:
        """Whether a watched file is another than at the last look."""
        if not self.watched:
            return False
        from kiosk.transports.file import signature

        seen, self.seen_file = self.seen_file, signature(self.config.url)
        return seen != self.seen_file


class Tracks:
    """The sources that are watched, by a configuration that may be followed by another.

    Args:
        now: the boot clock.
        arrived: called from another thread whenever a source has spoken by itself.
    """

    def __init__(self, now: Callable[[], float], arrived: Callable[[], None]) -> None:
        self._now = now
        self._arrived = arrived
        self._by_name: dict[str, Track] = {}
        self._leaving: list[threading.Thread] = []

    def __iter__(self) -> Iterator[Track]:
        return iter(self._by_name.values())

    def follow(self, config: Config, renewed: frozenset[str] = frozenset(), *, anew: bool = False) -> None:
        """Watches a configuration's sources. One that is asked as before goes on; every other is asked at once.

        Args:
            config: whose sources.
            renewed: the names of sources that are to be asked anew though their entries are the same.
            anew: whether all are.
        """
        policy = config.policy()
        before, self._by_name = self._by_name, {}
        for source in config.sources:
            known, quiet = before.get(source.name), policy.live_limit(source.name)
            if known and (known.config, known.quiet) == (source, quiet) and not (anew or source.name in renewed):
                self._by_name[source.name] = before.pop(source.name)
            else:
                self._by_name[source.name] = self._begun(source, quiet)
        self._leaving = [thread for thread in self._leaving if thread.is_alive()]
        for track in before.values():
            self._leave(track)

    def leave_all(self) -> None:
        """Ends every fetch and connection, and waits for their threads."""
        for track in self._by_name.values():
            self._leave(track)
        for thread in self._leaving:
            thread.join()

    def _begun(self, source: SourceConfig, quiet: timedelta) -> Track:
        track = Track(source, self._now(), quiet)
        if is_pushed(source):
            track.subscription = subscribed(source, quiet, self._arrived)
            track.subscription.start()
        elif track.watched and sys.platform == "linux":
            from kiosk.transports.file_notice import FileNotice

            track.notice = FileNotice(source.url, self._arrived)
            track.notice.start()
        return track

    def _leave(self, track: Track) -> None:
        track.stop.set()
        if track.subscription:
            track.subscription.stop()
        if track.notice:
            track.notice.stop()
        if track.asking:
            self._leaving.append(track.asking)
