"""The watcher with real sources: a server, a silent socket and a file; and a real disk."""

import hashlib
import queue
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.config.load import parse_config
from kiosk.core.derive import derive
from kiosk.core.model import Confidence, Display
from kiosk.core.state import State, beginning
from kiosk.display_log import Verdict
from kiosk.recorder import Recorder
from kiosk.store import Store
from kiosk.timekeeping import clock_of_this_run
from kiosk.watcher import Watcher
from tests.e2e.kiosks import PATIENCE, configuration, mi5_document
from tests.servers import Answer, DocumentServer


class Watching:
    """A running watcher and the states that it published."""

    def __init__(self, path: Path) -> None:
        self.config = parse_config(path.read_text(), "the test")
        self.clock = clock_of_this_run()
        self.store = Store(path.parent / "state")
        self._states: queue.SimpleQueue[State] = queue.SimpleQueue()
        policy = self.config.policy()
        recorder = Recorder(self.store, "uk/UK", policy.trust.live)
        self.watcher = Watcher(self.config, recorder, beginning(policy), self.clock, self._states.put)

    def until(self, wanted: Callable[[State], bool]) -> State:
        """The first published state for which ``wanted`` holds."""
        end = time.monotonic() + PATIENCE
        while not wanted(state := self._states.get(timeout=end - time.monotonic())):
            pass
        return state

    def display(self, state: State) -> Display:
        """What a screen would show of the state now."""
        return derive(state, self.clock(), self.config.policy())


@contextmanager
def watching(path: Path) -> Iterator[Watching]:
    running = Watching(path)
    running.watcher.start()
    try:
        yield running
    finally:
        assert running.watcher.stop()
        assert not running.watcher.alive


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def held(level: str) -> Callable[[State], bool]:
    return lambda state: state.held is not None and state.held.level == level


def test_a_changed_file_is_read_within_two_seconds(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(mi5_document("SEVERE"))
    path = configuration(tmp_path, feed.as_uri())
    path.write_text(path.read_text().replace('every = "1 s"', 'every = "10 min"'))
    with watching(path) as running:
        running.until(held("SEVERE"))
        (tmp_path / "new.xml").write_bytes(mi5_document("CRITICAL"))
        changed = time.monotonic()
        (tmp_path / "new.xml").replace(feed)
        running.until(held("CRITICAL"))
        assert time.monotonic() - changed < 2


def test_a_source_that_hangs_does_not_hold_up_another(tmp_path: Path) -> None:
    with DocumentServer(mi5_document("SEVERE")) as server, socket.create_server(("127.0.0.1", 0)) as silent:
        hanging = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with watching(configuration(tmp_path, hanging, server.url())) as running:
            state = running.until(held("SEVERE"))
            assert running.display(state).source == "Source 2"
            asked = len(server.seen)
            running.until(lambda _: len(server.seen) > asked + 1)


def test_an_answer_counts_from_when_it_was_asked_for(tmp_path: Path) -> None:
    """It may have waited in the socket while the machine slept; only the question's time is sure."""
    with (
        socket.create_server(("127.0.0.1", 0)) as slow,
        watching(configuration(tmp_path, f"http://127.0.0.1:{slow.getsockname()[1]}/")) as running,
        slow.accept()[0] as connection,
    ):
        received = running.clock().boot
        time.sleep(1.5)  # the wait itself is what is tested
        document = mi5_document("SEVERE")
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(document)}\r\n\r\n".encode() + document)
        state = running.until(held("SEVERE"))
    assert state.held
    assert state.held.confirmed.boot <= received


def test_an_unchanged_answer_confirms_only_with_our_own_validator(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with DocumentServer() as server:
        server.answer = Answer(headers={"ETag": '"one"'}, body=mi5_document("SEVERE"))
        with watching(configuration(tmp_path, server.url())) as running:
            first = running.until(held("SEVERE"))
            assert first.held
            server.answer = Answer(status=304, headers={"ETag": '"one"'})
            later = running.until(
                lambda state: bool(
                    state.held and first.held and state.held.confirmed.boot > first.held.confirmed.boot
                )
            )
            assert later.source("Source 1").problem is None
            assert server.seen[-1].headers["If-None-Match"] == '"one"'
            # A refusal in between: what we hold is not what the validator stood for any more.
            server.answer = Answer(body=b"error code: 1022")
            running.until(lambda state: state.source("Source 1").problem == "not-a-feed")
            server.answer = Answer(status=304)
            running.until(lambda state: state.source("Source 1").problem == "http-status")
            assert server.seen[-1].headers["If-None-Match"] is None


def test_a_source_that_asks_for_quiet_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with DocumentServer(mi5_document("SEVERE")) as server, DocumentServer() as busy:
        busy.answer = Answer(status=503, headers={"Retry-After": "600"})
        with watching(configuration(tmp_path, server.url(), busy.url())) as running:
            asked = len(server.seen)
            running.until(lambda _: len(server.seen) > asked + 3)
            assert len(busy.seen) == 1


def test_failures_are_logged_once_and_so_is_recovery(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "kiosk.watcher")
    with DocumentServer(b"error code: 520") as server, watching(configuration(tmp_path, server.url())) as running:
        running.until(lambda _: len(server.seen) > 3)
        server.answer = Answer(body=mi5_document("LOW"))
        running.until(held("LOW"))
        asked = len(server.seen)
        running.until(lambda _: len(server.seen) > asked)
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert told[0].startswith("Source 1 gives no level (not-a-feed)")
    assert re.fullmatch(r"Source 1 answers again, after \d+ s\.", told[1])


def test_what_is_stored_was_stored_before_it_is_published(tmp_path: Path) -> None:
    with (
        DocumentServer(mi5_document("SEVERE")) as server,
        watching(configuration(tmp_path, server.url())) as running,
    ):
        running.until(held("SEVERE"))
        stored = running.store.load("uk/UK")
        assert stored is not None
        assert stored.held is not None
        assert stored.held.level == "SEVERE"


def asked_once(folder: Path, url: str) -> Path:
    """A configuration whose source is asked again in ten minutes."""
    path = configuration(folder, url)
    path.write_text(path.read_text().replace('every = "1 s"', 'every = "10 min"'))
    return path


def test_what_the_screen_showed_is_in_the_log_with_its_reason(tmp_path: Path) -> None:
    with (
        DocumentServer(mi5_document("SEVERE")) as server,
        watching(asked_once(tmp_path, server.url())) as running,
    ):
        live = running.until(held("SEVERE"))
        shown = running.display(live)
        for _ in range(3):
            running.watcher.seen(shown, Confidence.LIVE, live.held)
        nothing = running.display(beginning(running.config.policy()))
        running.watcher.seen(nothing, Confidence.UNKNOWN, live.held)
        state = running.until(lambda state: state.floor is Confidence.UNKNOWN)
        assert running.display(state).state == "unknown", "what was shown is the most that is shown again"
    lines = list(running.store.lines())
    assert [(line.kind, line.display.state) for line in lines] == [
        ("start", "live"),
        ("shown", "unknown"),
        ("end", "unknown"),
    ]
    assert lines[0].display.document == hashlib.sha256(mi5_document("SEVERE")).hexdigest()
    assert lines[0].why == "Current threat level: SEVERE"
    assert running.store.verify() == Verdict(3)


def test_what_was_shown_before_a_confirmation_does_not_lower_it(tmp_path: Path) -> None:
    with (
        DocumentServer(mi5_document("SEVERE")) as server,
        watching(asked_once(tmp_path, server.url())) as running,
    ):
        running.until(held("SEVERE"))
        nothing = running.display(beginning(running.config.policy()))
        running.watcher.seen(nothing, Confidence.UNKNOWN, None)
        running.watcher.fault("a sign that the watcher got that far")
        state = running.until(lambda state: state.fault is not None)
        assert (running.display(state).level, running.display(state).state) == ("SEVERE", "live")
    assert "unknown" in [line.display.state for line in running.store.lines()]


def test_no_process_and_no_descriptor_outlives_a_poll(tmp_path: Path) -> None:
    with (
        DocumentServer(mi5_document("SEVERE")) as server,
        watching(configuration(tmp_path, server.url())) as running,
    ):
        running.until(lambda _: len(server.seen) > 1)
        before = descriptors()
        asked = len(server.seen)
        running.until(lambda _: len(server.seen) > asked + 3)
        assert descriptors() <= before + 2  # a fetch may be under way
