"""``doctor``: looks at everything that the kiosk hangs on, and says of each what was found and what to do.

It asks every source as the kiosk does, and stores nothing.
"""

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from kiosk.asking import Outcome, ask
from kiosk.commands.afar import endpoint, presence
from kiosk.commands.doctor_machine import machine_findings
from kiosk.commands.finding import Finding
from kiosk.config.model import Config, SourceConfig
from kiosk.core.clocks import TOLERANCE
from kiosk.core.doubts import doubtful
from kiosk.core.fold import Failed, Recalled, Stated
from kiosk.core.model import Clock
from kiosk.core.recall import published
from kiosk.core.state import State, beginning, fitted
from kiosk.displays import display_missing
from kiosk.errors import KioskError, StoreError
from kiosk.exit_codes import DONE, NO_LEVEL, OTHER
from kiosk.memory import scope
from kiosk.store import Store
from kiosk.timekeeping import clock_of_this_run, local_time
from kiosk.transports.route import certificate_end, proxy_of
from kiosk.transports.urls import is_loopback, named

_SMALLEST_ROOM = 100 * 1024 * 1024  # bytes: the largest log twice
_ENDS_SOON = timedelta(days=14)
_SILENT_FOR_LONG = timedelta(days=1)
_SYNCHRONISED = Path("/run/systemd/timesync/synchronized")


def doctor(config: Config, folder: Path) -> int:
    """Prints the findings; 3 where no source states a level, 1 where anything else is amiss."""
    now = clock_of_this_run()()
    memory, disk = _disk(config, folder)
    answers = _asked(config, memory, now)
    stating = _stating(config, answers, now)
    findings = [
        *(
            finding
            for source in config.sources
            for finding in _source(source, answers[source.name], memory, now, stating=source.name in stating)
        ),
        *_doubts(config, stating, memory, now),
        _clock(config, now),
        *disk,
        endpoint(config, folder),
        presence(config),
        _display(),  # before the font, which is looked at on a display in memory
        *machine_findings(folder),
        _font(),
    ]
    for finding in findings:
        print(f"{'ok  ' if finding.well else 'LOOK'} {finding.about}: {finding.sentence}")
    if not stating:
        return NO_LEVEL
    return DONE if all(finding.well for finding in findings) else OTHER


class _Answer(Struct, frozen=True):
    outcome: Outcome
    seconds: float


def _asked(config: Config, memory: State, now: Clock) -> dict[str, _Answer]:
    stop = threading.Event()

    def one(source: SourceConfig) -> _Answer:
        began = time.monotonic()
        outcome = ask(source, config, stop, now.wall, memory.source(source.name).note)
        return _Answer(outcome, time.monotonic() - began)

    with ThreadPoolExecutor(len(config.sources), "ask") as pool:
        try:
            return dict(
                zip((source.name for source in config.sources), pool.map(one, config.sources), strict=True)
            )
        finally:
            stop.set()


def _stating(config: Config, answers: dict[str, _Answer], now: Clock) -> frozenset[str]:
    """The sources that state a level now, or whose broker kept one that is new enough."""
    policy = config.policy()
    return frozenset(
        name
        for name, answer in answers.items()
        if isinstance(event := answer.outcome.event, Stated)
        or (isinstance(event, Recalled) and published(event.reading, now, policy.live_limit(name)))
    )


def _doubts(config: Config, stating: frozenset[str], memory: State, now: Clock) -> Iterator[Finding]:
    """Which of the sources that answer have contradicted what is shown for long; of the others more was said."""
    for name, sentence in doubtful(memory, now, config.policy(), stating):
        if name in stating:
            yield Finding(False, name, sentence)


def _source(
    source: SourceConfig, answer: _Answer, memory: State, now: Clock, *, stating: bool
) -> Iterator[Finding]:
    event = answer.outcome.event
    if isinstance(event, Stated | Recalled):
        yield Finding(stating, source.name, _statement(event, source, answer.seconds, now, stating=stating))
    elif isinstance(event, Failed):
        yield Finding(False, source.name, f"{event.message} [{event.problem}, {source.format}]")
        claim = memory.source(source.name).claim
        if claim is None:
            yield Finding(False, source.name, "this kiosk has never heard a level from it; check its entry.")
        elif now.wall - claim.last.wall > _SILENT_FOR_LONG:
            silent = _ago(now.wall - claim.last.wall)
            yield Finding(False, source.name, f"it last stated a level {silent}; replace it if that stays.")
    yield from _way(source, now)


def _statement(
    event: Stated | Recalled, source: SourceConfig, seconds: float, now: Clock, *, stating: bool
) -> str:
    reading = event.reading
    dated = f", published {_ago(now.wall - reading.issued)}" if reading.issued else ""
    until = f", until {_moment(reading.until)}" if reading.until else ""
    old = ""
    if isinstance(event, Stated) and event.age > TOLERANCE:
        old = f"; a cache gave an answer of {_ago(event.age)}, or its clock or this one is wrong"
    states = "states" if isinstance(event, Stated) else "has a broker that kept"
    advice = "" if stating else "; nothing proves that it is new, so let its publisher publish again"
    how = f"read as {source.format} in {seconds:.1f} s"
    return f"{states} {reading.level} for {reading.area}{dated}{until}; {how}{old}{advice}."


def _way(source: SourceConfig, now: Clock) -> Iterator[Finding]:
    """Proxy and certificate."""
    plain = urlsplit(source.url).scheme
    if source.insecure and plain in {"http", "mqtt"} and not is_loopback(source.url):
        yield Finding(False, source.name, f"it is asked over plain {plain}, which anybody on the way can change.")
    if proxy := proxy_of(source.url):
        yield Finding(True, source.name, f"{named(source.url)} is asked through the proxy {proxy}.")
    elif end := certificate_end(source.url, source.ca_file):
        well = end - now.wall > _ENDS_SOON
        advice = "" if well else "; its operator has to renew it"
        yield Finding(well, source.name, f"the certificate of {named(source.url)} ends on {_moment(end)}{advice}.")


def _clock(config: Config, now: Clock) -> Finding:
    shown = f"{local_time(now.wall):%Y-%m-%d %H:%M %Z}"
    if now.wall < config.policy().not_before:
        return Finding(False, "clock", f"it shows {shown}, which is past already; set it, and check its battery.")
    if _SYNCHRONISED.parent.is_dir() and not _SYNCHRONISED.exists():
        return Finding(False, "clock", f"it shows {shown} and was not set by network time; look at timedatectl.")
    return Finding(True, "clock", f"it shows {shown}; compare it with another one.")


def _disk(config: Config, folder: Path) -> tuple[State, list[Finding]]:
    """What is remembered, and the findings about where it is kept."""
    store, policy = Store(folder), config.policy()
    try:
        memory = store.load(scope(config))
        room = shutil.disk_usage(_existing(folder)).free
        with tempfile.TemporaryFile(dir=_existing(folder)):
            pass
    except StoreError as error:
        return beginning(policy), [Finding(False, "memory", str(error))]
    except OSError as error:
        advice = f"{folder} can't be written ({error.strerror}); make it writable, or nothing is remembered."
        return beginning(policy), [Finding(False, "disk", advice)]
    held = memory.held if memory else None
    known = (
        f"the last level was confirmed on {_moment(held.confirmed.wall)}"
        if held
        else "there is no level in it yet"
    )
    findings = [Finding(True, "memory", f"{store.path}: {known}.")]
    advice = "" if room >= _SMALLEST_ROOM else "; make room, or nothing is remembered"
    findings.append(
        Finding(room >= _SMALLEST_ROOM, "disk", f"{room // 1024**2} MiB are free in {folder}{advice}.")
    )
    return fitted(memory, policy) if memory else beginning(policy), findings


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it: reading never makes one."""
    return next(place for place in (folder.absolute(), *folder.absolute().parents) if place.is_dir())


def _font() -> Finding:
    try:
        from kiosk.ui.application import application

        application(offscreen=True)
    except (KioskError, ImportError) as error:
        return Finding(False, "font", str(error))
    return Finding(True, "font", "Inter is there and can be read.")


def _display() -> Finding:
    missing = display_missing()
    return Finding(not missing, "display", f"{missing}; start the kiosk on one." if missing else "one answers.")


def _moment(moment: datetime) -> str:
    return f"{local_time(moment):%Y-%m-%d %H:%M}"


def _ago(age: timedelta) -> str:
    """As in "3 hours ago", in whole units, rounded down."""
    hours = age // timedelta(hours=1)
    if hours < 1:
        return f"{max(0, age // timedelta(minutes=1))} minutes ago"
    return f"{hours} hours ago" if hours < 48 else f"{age.days} days ago"  # noqa: PLR2004 - two days
